import * as path from "node:path";
import { projectRoot } from "../../offline/setting";
import type { Circumstances, Rounds } from "../pack/results";

/** Where the figures are kept from which the page is made. */
export const RESULTS = path.join(projectRoot(), "docs", "performance", "checkov.json");

/** Milliseconds, one number a round, and the most MiB that any of the rounds needed. */
export interface Figures {
    readonly time: Rounds;
    readonly peakMemory: number;
}

/** What one estate took. The times of the packs are those of one round of the engine, without their start. */
export interface EstateFigures {
    readonly vms: number;
    readonly checkov: Figures;
    readonly pack: Figures;
    /** With as many policies as this one. */
    readonly emptyPack: Figures;
    /** The leanest that there is: with a single stack policy. */
    readonly onePolicyPack: Figures;
}

export interface CheckovResults {
    readonly measured: Circumstances;
    /** What Checkov takes for an empty folder. */
    readonly start: Figures;
    readonly estates: readonly EstateFigures[];
}
