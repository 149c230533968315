// `npm run bench:shapes`: what `azure-bcdr-guard analyze` takes for estates that are unusual in one way, at three sizes each. The
// states are written before the clock starts, and each run has a separate process, to measure its own peak. With names of
// shapes behind it, it measures those alone.
import { spawnSync } from "node:child_process";
import {
    closeSync,
    mkdirSync,
    mkdtempSync,
    openSync,
    readFileSync,
    rmSync,
    statSync,
    writeFileSync,
    writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { Report } from "../../../src/cli/report";
import { projectRoot } from "../../offline/setting";
import { circumstances } from "../pack/results";
import { BUSY_FILE, PEAK_FILE } from "../peak-memory";
import { stateOf, type Bag } from "./resources";
import { readShapesResults, RESULTS, type ShapeFigures, type ShapesResults } from "./results";
import { SHAPES } from "./shapes";

const SIZES = [5_000, 10_000, 20_000];
/** Of a shape whose state grows with the square of the size. */
const SMALL_SIZES = [500, 1_000, 2_000];

function write(file: string, resources: readonly Bag[]): void {
    const descriptor = openSync(file, "w");
    for (const piece of stateOf(resources)) {
        writeSync(descriptor, piece);
    }
    closeSync(descriptor);
}

function analyze(folder: string, size: number, resources: readonly Bag[], configured: object = {}): ShapeFigures {
    const fileIn = (name: string): string => path.join(folder, name);
    const [state, report, peak, busy] = [fileIn("state.json"), fileIn("report.json"), fileIn("peak"), fileIn("busy")];
    write(state, resources);
    const configuration = fileIn("configuration.json");
    writeFileSync(configuration, JSON.stringify(configured));
    const preload = path.join(__dirname, "..", "peak-memory.js");
    const command = [
        path.join(projectRoot(), "dist", "src", "cli", "main.js"),
        "analyze",
        state,
        "--config",
        configuration,
    ];
    const reports = ["--report", `json=${report}`, "--report", "text=/dev/null"];
    const run = spawnSync(process.execPath, ["--require", preload, ...command, ...reports], {
        encoding: "utf8",
        env: { ...process.env, [PEAK_FILE]: peak, [BUSY_FILE]: busy },
    });
    if (run.status !== 0 && run.status !== 1) {
        throw new Error(run.stderr);
    }
    const { findings } = JSON.parse(readFileSync(report, "utf8")) as Report;
    const megabytes = (file: string): number => statSync(file).size / 1e6;
    return {
        size,
        state: megabytes(state),
        time: Number(readFileSync(busy, "utf8")),
        peakMemory: Number(readFileSync(peak, "utf8")),
        findings: findings.length,
        report: megabytes(report),
    };
}

/** Each shape as it is measured, so that one of them can be measured again without the others. */
function keep(start: number, shape: ShapesResults["shapes"][number]): void {
    const before = readShapesResults()?.shapes ?? [];
    const all = new Map([...before, shape].map((each) => [each.name, each]));
    const shapes = SHAPES.flatMap(({ name }) => all.get(name) ?? []);
    const results: ShapesResults = { measured: circumstances(), start, shapes };
    mkdirSync(path.dirname(RESULTS), { recursive: true });
    writeFileSync(RESULTS, `${JSON.stringify(results, undefined, 4)}\n`);
}

function main(only: readonly string[]): void {
    const folder = mkdtempSync(path.join(tmpdir(), "bench-shapes-"));
    try {
        const start = Math.min(...[1, 2, 3].map(() => analyze(folder, 0, []).time));
        for (const shape of SHAPES.filter(({ name }) => only.length === 0 || only.includes(name))) {
            const figures = (shape.isSquare === true ? SMALL_SIZES : SIZES).map((size) =>
                analyze(folder, size, shape.made(size), shape.configured?.(size)),
            );
            console.log(
                `${shape.name}: ${figures.map(({ time, peakMemory, report }) => `${time.toFixed(1)} s, ${peakMemory.toFixed(0)} MiB, report ${report.toFixed(1)} MB`).join("; ")}`,
            );
            keep(start, { name: shape.name, figures });
        }
        console.log("\nUPDATE_DOCS=1 npx jest test/docs/growth puts this on the page.");
    } finally {
        rmSync(folder, { recursive: true });
    }
}

main(process.argv.slice(2));
