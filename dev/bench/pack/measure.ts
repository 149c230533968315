import * as path from "node:path";
import { engineFor } from "../../offline/run";
import { placesOf, projectRoot } from "../../offline/setting";
import type { Candidate } from "./candidates";
import { PreviewStack } from "./preview";
import { profileRound, type RoundProfile } from "./profile";
import type { EstateName } from "./programs";
import { circumstances, type EstateSize, type Results, type StackRounds, type StackSize } from "./results";
import { encoded, mixOf, SHARES } from "./rounds";
import { ServedPack, type RoundTimes } from "./served-pack";

export interface Options {
    /** How many rounds instead of the usual number. */
    readonly rounds: number | undefined;
    /** Resources of the stacks. */
    readonly sizes: readonly number[];
    readonly estates: readonly EstateName[];
    readonly say: (text: string) => void;
}

type Part<Name extends keyof Results> = (options: Options) => Promise<Required<Results>[Name]>;

/** Each part of the benchmark by the name that the command line has for it. */
export const PARTS = {
    "start-up": { key: "startUp", measure: startUp },
    analyze: { key: "analyze", measure: analyze },
    "analyze-stack": { key: "analyzeStack", measure: analyzeStack },
    estates: { key: "estates", measure: estates },
    preview: { key: "preview", measure: preview },
    profile: { key: "profile", measure: profile },
    sharing: { key: "sharing", measure: sharing },
    "by-policy": { key: "byPolicy", measure: byPolicy },
} as const satisfies Record<string, { key: keyof Results; measure: Part<keyof Results> }>;

async function startUp({ rounds = 5, say }: Options): ReturnType<Part<"startUp">> {
    await (await ServedPack.start("compiledTemplate")).stop();
    const compared = ["ours", "floor", "single", "compiledTemplate", "template"] as const;
    const found = await alternating(compared, rounds, async (candidate) => {
        const pack = await ServedPack.start(candidate);
        const { serving, ready } = pack;
        const memory = pack.peakMemory();
        await pack.stop();
        say(`start-up ${candidate}: ${ready.toFixed(0)} ms, ${memory.toFixed(0)} MiB`);
        return { serving, ready, memory };
    });
    const candidates = eachOf(found, (all) => ({
        serving: all.map(({ serving }) => serving),
        ready: all.map(({ ready }) => ready),
        memory: all.map(({ memory }) => memory),
    }));
    return { measured: circumstances(), candidates };
}

const CALLS = 500;
const WARM_UP_ROUNDS = 6;

/** All packs run at the same time and take turns, so that a slow moment of the VM hits them alike. */
async function analyze({ rounds = 10, say }: Options): ReturnType<Part<"analyze">> {
    const mix = mixOf(100);
    const packs: Partial<Record<Candidate, ServedPack>> = {};
    const compared = ["ours", "floor", "single", "compiledTemplate"] as const;
    for (const candidate of compared) {
        packs[candidate] = await ServedPack.start(candidate);
    }
    const found = await alternating(compared, WARM_UP_ROUNDS + rounds, async (candidate) => {
        const start = performance.now();
        for (let done = 0; done < CALLS; done += 1) {
            await packs[candidate]?.analyze(mix[done % mix.length] ?? Buffer.of());
        }
        return (performance.now() - start) / CALLS;
    });
    await Promise.all(Object.values(packs).map((pack) => pack.stop()));
    const candidates = eachOf(found, (all) => all.slice(WARM_UP_ROUNDS));
    for (const [candidate, times] of Object.entries(candidates)) {
        say(`Analyze ${candidate}: ${times.map((time) => time.toFixed(3)).join(" ")} ms`);
    }
    return { measured: circumstances(), calls: CALLS, warmUp: CALLS * WARM_UP_ROUNDS, candidates };
}

/** Larger stacks take fewer rounds; in the largest, resources are asked about side by side, because that is not told. */
const STACK_ROUNDS: readonly { readonly upTo: number; readonly rounds: number; readonly atOnce: number }[] = [
    { upTo: 1_000, rounds: 5, atOnce: 1 },
    { upTo: 10_000, rounds: 3, atOnce: 1 },
    { upTo: Infinity, rounds: 2, atOnce: 16 },
];

/**
 * What every stack of the benchmark has by its making: VMs that are both backed up and replicated, and more replicated
 * disks than one subscription may have. Each would make the SDK build the stack once more, with nothing else found.
 */
const ACCEPTED = { disabled: ["vm-backed-up-and-replicated", "too-many-replicated-disks"] };

async function analyzeStack({ rounds, sizes, say }: Options): ReturnType<Part<"analyzeStack">> {
    const results: StackSize[] = [];
    for (const [size, share] of sizes.flatMap((each) => SHARES.map((found) => [each, found] as const))) {
        const usual = STACK_ROUNDS.find(({ upTo }) => size <= upTo);
        const round = encoded(size, share);
        const atOnce = usual?.atOnce ?? 1;
        const compared: readonly Candidate[] = atOnce === 1 ? ["ours", "single", "floor"] : ["ours", "single"];
        const found = await alternating(compared, rounds ?? usual?.rounds ?? 1, async (candidate) => {
            const pack = await ServedPack.start(candidate, ACCEPTED);
            const times = await pack.round(round, { atOnce });
            const memory = pack.peakMemory();
            await pack.stop();
            say(
                `${size} resources, ${share} found, ${candidate}: ${times.resources.toFixed(0)} ms, ` +
                    `then AnalyzeStack ${times.stack.toFixed(0)} ms, ${memory.toFixed(0)} MiB, ${times.findings} findings, of the stack by ${times.finding.join(", ") || "none"}`,
            );
            return { ...times, memory };
        });
        results.push({
            resources: round.requests.length,
            vms: round.vms,
            found: share,
            candidates: eachOf(found, (all) => ({
                ...stackRounds(all),
                ...(atOnce === 1 ? {} : { resources: [] }),
            })),
        });
    }
    return { measured: circumstances(), sizes: results };
}

/** Estates to which nothing was tuned, with all policies as they come. */
async function estates({ rounds, sizes, estates: names, say }: Options): ReturnType<Part<"estates">> {
    const measured: EstateSize[] = [];
    const wanted = ESTATE_SIZES.filter((size) => sizes.includes(size));
    for (const [estate, size] of names.flatMap((name) => wanted.map((each) => [name, each] as const))) {
        for (const share of estate === "unprotected" ? (["nothing"] as const) : SHARES) {
            const round = encoded(size, share, estate);
            const usual = size > 10_000 ? 3 : 5;
            const found = await alternating(["ours", "single"] as const, rounds ?? usual, async (candidate) => {
                const pack = await ServedPack.start(candidate);
                const { stackProcessor, findings } = await pack.round(round, { atOnce: 16 });
                const memory = pack.peakMemory();
                await pack.stop();
                say(
                    `${estate}, ${size} resources, ${share} found, ${candidate}: AnalyzeStack ${stackProcessor.toFixed(0)} ms, ` +
                        `${memory.toFixed(0)} MiB, ${findings} findings`,
                );
                return { stackProcessor, memory, findings };
            });
            measured.push({
                estate,
                resources: round.requests.length,
                vms: round.vms,
                found: share,
                candidates: eachOf(found, (all) => ({
                    processor: all.map(({ stackProcessor }) => stackProcessor),
                    memory: all.map(({ memory }) => memory),
                    findings: all[0]?.findings ?? 0,
                })),
            });
        }
    }
    return { measured: circumstances(), sizes: measured };
}

const ESTATE_SIZES = [10_000, 50_000];

const PREVIEWED = 1_000;

async function preview({ rounds = 4, say }: Options): ReturnType<Part<"preview">> {
    const { version } = await engineFor(process.env, placesOf(projectRoot(), process.env));
    const stack = new PreviewStack();
    const resources = await stack.deploy(PREVIEWED);
    const candidates = await alternating(["none", "ours", "single"] as const, rounds, async (pack) => {
        const time = await stack.preview(pack);
        say(`preview of ${resources} resources, ${pack}: ${time.toFixed(0)} ms`);
        return time;
    });
    return { measured: circumstances(), engine: version, resources, candidates };
}

const PROFILED = 10_000;

async function profile({ say }: Options): ReturnType<Part<"profile">> {
    const round = encoded(PROFILED);
    const candidates: Partial<Record<Candidate, RoundProfile>> = {};
    for (const candidate of ["ours", "single"] as const) {
        const profiled = await profileRound(candidate, round);
        candidates[candidate] = profiled;
        for (const half of ["resources", "stack"] as const) {
            const layers = profiled[half];
            const lines = Object.entries(layers).map(([layer, time]) => `${time.toFixed(0).padStart(8)} ${layer}`);
            say(`${candidate}, ${half}:\n${lines.slice(0, 25).join("\n")}`);
        }
    }
    return { measured: circumstances(), resources: round.requests.length, candidates };
}

const SHARED = 10_000;

/** docs/sdk-proposal.md */
async function sharing({ rounds = 3, say }: Options): ReturnType<Part<"sharing">> {
    const round = encoded(SHARED);
    const nodeOptions = ["--require", path.join(__dirname, "share-resources.js")];
    const found = await alternating(["ours", "ours shared", "floor", "floor shared"] as const, rounds, async (name) => {
        const candidate = name.startsWith("ours") ? "ours" : "floor";
        const pack = await ServedPack.start(candidate, name.endsWith("shared") ? { nodeOptions } : {});
        const times = await pack.round(round);
        const memory = pack.peakMemory();
        await pack.stop();
        say(`${name}: ${times.resources.toFixed(0)} ms, then AnalyzeStack ${times.stack.toFixed(0)} ms`);
        return { ...times, memory };
    });
    return {
        measured: circumstances(),
        resources: round.requests.length,
        asItIs: { ours: stackRounds(found.ours), floor: stackRounds(found.floor) },
        shared: { ours: stackRounds(found["ours shared"]), floor: stackRounds(found["floor shared"]) },
    };
}

/** What each policy that finds something costs: how much less AnalyzeStack takes where it is disabled. */
async function byPolicy({ rounds = 3, sizes, say }: Options): ReturnType<Part<"byPolicy">> {
    const round = encoded(sizes.includes(PROFILED) ? PROFILED : Math.max(...sizes));
    const timed = async (disabled: readonly string[]): Promise<RoundTimes> => {
        const pack = await ServedPack.start("ours", { disabled });
        const times = await pack.round(round, { atOnce: 16 });
        await pack.stop();
        return times;
    };
    const { finding } = await timed(ACCEPTED.disabled);
    const times = await alternating(["", ...finding], rounds, async (without) => {
        const { stack } = await timed([...ACCEPTED.disabled, without]);
        say(`AnalyzeStack ${without === "" ? "with all policies" : `without ${without}`}: ${stack.toFixed(0)} ms`);
        return stack;
    });
    const { "": all = [], ...without } = times;
    return { measured: circumstances(), resources: round.requests.length, all, without };
}

function stackRounds(all: readonly (RoundTimes & { readonly memory: number })[]): StackRounds {
    return {
        resources: all.map(({ resources }) => resources),
        stack: all.map(({ stackProcessor }) => stackProcessor),
        memory: all.map(({ memory }) => memory),
        findings: all[0]?.findings ?? 0,
    };
}

/** Round by round; every other round goes backwards, so that nobody is always the one who comes after the largest. */
async function alternating<Name extends string, Result>(
    names: readonly Name[],
    rounds: number,
    run: (name: Name) => Promise<Result>,
): Promise<Record<Name, Result[]>> {
    const found = Object.fromEntries(names.map((name) => [name, [] as Result[]])) as Record<Name, Result[]>;
    for (let round = 0; round < rounds; round += 1) {
        for (const name of round % 2 === 0 ? names : [...names].reverse()) {
            found[name].push(await run(name));
        }
    }
    return found;
}

function eachOf<Name extends string, From, To>(all: Record<Name, From>, make: (from: From) => To): Record<Name, To> {
    return Object.fromEntries(Object.entries<From>(all).map(([name, from]) => [name, make(from)])) as Record<Name, To>;
}
