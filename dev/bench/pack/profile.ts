import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Profiler } from "node:inspector";
import { projectRoot } from "../../offline/setting";
import { sourceAt } from "../../../src/findings/internal-error";
import { packFolder, type Candidate } from "./candidates";
import type { EncodedRound } from "./rounds";
import { ServedPack } from "./served-pack";

/** Milliseconds of self time by layer. */
export type LayerTimes = Readonly<Record<string, number>>;

export interface RoundProfile {
    readonly resources: LayerTimes;
    readonly stack: LayerTimes;
}

export interface Profiles {
    readonly resources: number;
    readonly candidates: Readonly<Partial<Record<Candidate, RoundProfile>>>;
}

/** One round under the profiler, its two halves apart. */
export async function profileRound(candidate: Candidate, round: EncodedRound): Promise<RoundProfile> {
    const folder = path.join(projectRoot(), ".offline", "bench", "profiles", candidate);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const pack = await ServedPack.start(candidate, {
        nodeOptions: ["--require", path.join(__dirname, "profiler.js")],
        env: { AZURE_BCDR_BENCH_PROFILES: folder },
    });
    const start = async (): Promise<void> => {
        pack.signal("SIGUSR2");
        // The signal is heard between two calls; there is nothing else to tell that the profiler runs.
        await wait(500);
    };
    const stop = async (number: number): Promise<LayerTimes> => {
        const file = path.join(folder, `${number}.cpuprofile`);
        pack.signal("SIGUSR2");
        while (!existsSync(file)) {
            await wait(100);
        }
        return byLayer(JSON.parse(readFileSync(file, "utf8")) as Profiler.Profile, codeFolder(candidate));
    };
    try {
        let resources: LayerTimes = {};
        await start();
        await pack.round(round, {
            between: async () => {
                resources = await stop(1);
                await start();
            },
        });
        return { resources, stack: await stop(2) };
    } finally {
        await pack.stop();
    }
}

/** Where Node says that the code of a candidate is: it follows the links to this pack's. */
function codeFolder(candidate: Candidate): string {
    return candidate === "ours" ? projectRoot() : packFolder(candidate);
}

function byLayer({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile, folder: string): LayerTimes {
    const oneFile = path.join(folder, "dist", "policy-pack.js");
    const lines = existsSync(oneFile) ? readFileSync(oneFile, "utf8").split("\n") : [];
    const layers = new Map(nodes.map(({ id, callFrame }) => [id, layerOf(callFrame, folder, lines)]));
    const times = new Map<string, number>();
    samples.forEach((node, index) => {
        const layer = layers.get(node) ?? "unknown";
        // Of a sample the profiler tells how long after the one before it came.
        times.set(layer, (times.get(layer) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
    });
    times.delete(IDLE);
    return Object.fromEntries([...times].sort(([, a], [, b]) => b - a));
}

const IDLE = "idle";
const OF_THE_ENGINE = new Map([
    ["(garbage collector)", "garbage collection"],
    ["(idle)", IDLE],
]);

/** `src/model/readers`, `src/model/link`, `policies/coverage`; of modules their names. */
function layerOf(
    { functionName, url, lineNumber }: Profiler.Profile["nodes"][number]["callFrame"],
    folder: string,
    oneFile: readonly string[],
): string {
    const file = url.startsWith("file:") ? fileURLToPath(url) : url;
    const [, module] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
    if (module !== undefined) {
        return module === "@pulumi/pulumi" && file.includes("/proto/") ? "@pulumi/pulumi/proto" : module;
    }
    const source = file === path.join(folder, "dist", "policy-pack.js") ? sourceAt(lineNumber + 1, oneFile) : undefined;
    if (source !== undefined) {
        const [layer = "", ...rest] = source.split("/");
        const parts = layer === "src" ? rest.slice(0, 2) : rest.slice(0, 1);
        return [layer, ...parts.map((part) => path.basename(part, ".ts"))].join("/");
    }
    if (file.startsWith(folder)) {
        return "the pack itself";
    }
    return OF_THE_ENGINE.get(functionName) ?? "Node";
}
