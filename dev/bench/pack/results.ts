import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import * as path from "node:path";
import { projectRoot } from "../../offline/setting";
import { policyCounts, type Candidate, type PolicyCounts } from "./candidates";
import type { Profiles } from "./profile";
import type { EstateName } from "./programs";
import type { Share } from "./rounds";

/** One number a round, in the order of the rounds; rounds of the same number belong together. */
export type Rounds = readonly number[];
export type PerCandidate<T> = Readonly<Partial<Record<Candidate, T>>>;

/** Times are in milliseconds, memory is in MiB. */
export interface Results {
    readonly startUp?: Measured<{ readonly candidates: PerCandidate<StartUp> }>;
    readonly analyze?: Measured<Calls>;
    readonly analyzeStack?: Measured<{ readonly sizes: readonly StackSize[] }>;
    readonly estates?: Measured<{ readonly sizes: readonly EstateSize[] }>;
    readonly preview?: Measured<PreviewTimes>;
    readonly profile?: Measured<Profiles>;
    readonly byPolicy?: Measured<PolicyTimes>;
    readonly sharing?: Measured<Sharing>;
}

/** With the unchanged SDK, and with one that turns properties into objects once for all policies. */
export interface Sharing {
    readonly resources: number;
    readonly asItIs: PerCandidate<StackRounds>;
    readonly shared: PerCandidate<StackRounds>;
}

export interface StartUp {
    readonly serving: Rounds;
    readonly ready: Rounds;
    readonly memory: Rounds;
}

export interface Calls {
    /** Calls in a round, and before the first one. */
    readonly calls: number;
    readonly warmUp: number;
    /** What one call took. */
    readonly candidates: PerCandidate<Rounds>;
}

/** AnalyzeStack where a tenth of the VMs have findings, with all policies and without each of those that found something. */
export interface PolicyTimes {
    readonly resources: number;
    readonly all: Rounds;
    readonly without: Readonly<Record<string, Rounds>>;
}

export interface StackSize {
    readonly resources: number;
    readonly found: Share;
    readonly vms: number;
    readonly candidates: PerCandidate<StackRounds>;
}

/** AnalyzeStack of an estate that is not the benchmark's usual one. */
export interface EstateSize {
    readonly estate: EstateName;
    readonly resources: number;
    readonly vms: number;
    readonly found: Share;
    readonly candidates: PerCandidate<{
        /** Processor time. */
        readonly processor: Rounds;
        readonly memory: Rounds;
        readonly findings: number;
    }>;
}

export interface StackRounds {
    /** Remediate and Analyze of all resources one after the other; empty where they were sent side by side. */
    readonly resources: Rounds;
    readonly stack: Rounds;
    readonly memory: Rounds;
    readonly findings: number;
}

export interface PreviewTimes {
    /** The version of Pulumi. */
    readonly engine: string;
    readonly resources: number;
    readonly candidates: Previews;
}

export type Previews = Readonly<Partial<Record<Candidate | "none", Rounds>>>;

export type Measured<T> = T & { readonly measured: Circumstances };

/** Where, when and of what a part was measured: parts may be measured on different days. */
export interface Circumstances {
    readonly date: string;
    readonly cores: number;
    readonly processor: string;
    readonly memory: number;
    readonly system: string;
    readonly versions: Readonly<Record<string, string>>;
    readonly policies: PolicyCounts;
}

export function circumstances(): Circumstances {
    const [first] = cpus();
    return {
        date: new Date().toISOString().slice(0, 10),
        cores: cpus().length,
        processor: (first?.model ?? "").trim(),
        memory: Math.round(totalmem() / 2 ** 30),
        system: `${type()} ${release()}`,
        versions: {
            "azure-bcdr-guard": versionOf("."),
            Node: process.versions.node,
            "@pulumi/policy": versionOf("node_modules/@pulumi/policy"),
            "@pulumi/pulumi": versionOf("node_modules/@pulumi/pulumi"),
        },
        policies: policyCounts(),
    };
}

function versionOf(folder: string): string {
    const text = readFileSync(path.join(projectRoot(), folder, "package.json"), "utf8");
    return (JSON.parse(text) as { version: string }).version.replace(/^v/, "");
}

const FILE = path.join(projectRoot(), "docs", "performance", "results.json");

export function readResults(): Results {
    return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, "utf8")) as Results) : {};
}

export function writeResults(results: Results): void {
    mkdirSync(path.dirname(FILE), { recursive: true });
    writeFileSync(FILE, `${JSON.stringify(results, undefined, 4)}\n`);
}
