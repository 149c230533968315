import * as path from "node:path";

/** Where the figures are kept from which the page is made. */
export const RESULTS = path.join(process.cwd(), "docs", "performance", "checkov.json");

export interface Spread {
    readonly minimum: number;
    readonly median: number;
}

export interface CheckovFigures {
    readonly seconds: Spread;
    readonly mebibytes: number;
}

/** What one size took. */
export interface SizeFigures {
    readonly machines: number;
    readonly checkov: CheckovFigures;
}

export interface CheckovResults {
    readonly date: string;
    readonly machine: { readonly processor: string; readonly cores: number; readonly gibibytes: number };
    readonly versions: { readonly checkov: string; readonly python: string; readonly node: string };
    readonly rounds: number;
    /** An empty folder: what Checkov takes for its own start. */
    readonly start: CheckovFigures;
    readonly sizes: readonly SizeFigures[];
}

export function spread(values: readonly number[]): Spread {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = (sorted.length - 1) / 2;
    const [lower = NaN, upper = NaN] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
    return { minimum: sorted[0] ?? NaN, median: (lower + upper) / 2 };
}
