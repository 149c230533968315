import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../offline/setting";
import type { Circumstances } from "../pack/results";
import { growthExponent } from "../pack/statistics";

/** Where the figures are kept from which the page is made. */
export const RESULTS = path.join(projectRoot(), "docs", "performance", "shapes.json");

/** What `analyze` took for one state. */
export interface ShapeFigures {
    readonly size: number;
    /** MB */
    readonly state: number;
    /** Seconds that the processors were busy with the command, its start among them: what else runs leaves that alone. */
    readonly time: number;
    /** MiB */
    readonly peakMemory: number;
    readonly findings: number;
    /** MB of the report as JSON. */
    readonly report: number;
}

export interface ShapesResults {
    readonly measured: Circumstances;
    /** What the command takes for a state with nothing in it, in seconds. */
    readonly start: number;
    readonly shapes: readonly { readonly name: string; readonly figures: readonly ShapeFigures[] }[];
}

export function readShapesResults(): ShapesResults | undefined {
    return existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, "utf8")) as ShapesResults) : undefined;
}

/** The part of docs/performance.md that is made of these figures. */
export function shapesTable(results: ShapesResults | undefined): string {
    if (results === undefined) {
        return "Not measured yet.";
    }
    const { measured, start, shapes } = results;
    return [
        "| Shape | Size | State (MB) | Time (s) | Grows with the power of | Peak memory (MiB) | Findings | Report (MB) |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
        ...shapes.map(({ name, figures }) => row(name, figures, start)),
        "",
        `Time is processor time, that of the start among it, which takes ${start.toFixed(1)} s for a state with nothing in it. The power is that ` +
            "of the time above the start against the size of the state, between the first figure and the last. " +
            `Measured on ${measured.date} on ${measured.cores} cores (${measured.processor}) with ${measured.memory} GiB, ` +
            `${measured.system}, Node ${measured.versions["Node"] ?? ""}.`,
    ].join("\n");
}

function row(name: string, figures: readonly ShapeFigures[], start: number): string {
    const each = (cell: (of: ShapeFigures) => string): string => figures.map(cell).join(" / ");
    const points = figures.map(({ state, time }) => ({ x: state, y: Math.max(time - start, 0.01) }));
    const cells = [
        name,
        each(({ size }) => size.toLocaleString("en")),
        each(({ state }) => state.toFixed(1)),
        each(({ time }) => time.toFixed(1)),
        growthExponent(points).toFixed(2),
        each(({ peakMemory }) => peakMemory.toFixed(0)),
        each(({ findings }) => findings.toLocaleString("en")),
        each(({ report }) => report.toFixed(1)),
    ];
    return `| ${cells.join(" | ")} |`;
}
