import type { PolicyException } from "../config/policy-exceptions";
import type { Urn } from "../model/planned-resource";
import type { OpenFinding } from "../findings/finding";
import type { Message } from "../findings/message";
import type { PolicyId } from "../findings/policy-id";
import type { Severity } from "../../policies/policy";
import type { EstateSummary } from "./estate-summary";

/** All that a run of the gate has to tell. Each format of `reports/` is a pure function of it. */
export interface Report {
    readonly tool: Tool;
    /** What was looked at, in a few words: `preview of stack "dev"`, `state.json`. */
    readonly subject: string;
    /** In a fixed order: level, severity, policy, URN. Known and suppressed ones are among them. */
    readonly findings: readonly ReportedFinding[];
    /** What could not be decided. */
    readonly undecided: readonly ReportedQuestion[];
    /** Findings of the baseline that are found no longer. */
    readonly gone: readonly KnownFinding[];
    /** What this run could not look at, and what would help: one sentence each. Never empty in silence. */
    readonly missing: readonly string[];
    /** How much was looked at; undefined where nothing tells (a bare event stream of `policy analyze`, a failed run). */
    readonly lookedAt: ReportedInspected | undefined;
    /** What failed beside this pack's findings: Pulumi, the program, another pack. One sentence each. */
    readonly failures: readonly string[];
    /** What the plan does with resources, by operation: `{ create: 1, update: 2 }`. Undefined where there is no plan. */
    readonly changes: Readonly<Record<string, number>> | undefined;
    readonly verdict: RunVerdict;
    /** What protects which VM; undefined where nothing tells (a bare event stream of `policy analyze`). */
    readonly picture: EstateSummary | undefined;
    /**
     * The policies that ran, in the order of the catalogue, and any other that a finding or an undecided question names. A
     * policy that is not here was not checked.
     */
    readonly rules: readonly ReportedPolicy[];
}

/** How much of a stack was looked at. A run that saw little must not look like one that found little. */
export interface Inspected {
    /** Resources that are there, of whatever type; the stack itself and providers are none. */
    readonly resources: number;
    /** Those of types that policies read. */
    readonly read: number;
    /** VMs among them, and in their templates. */
    readonly vms: number;
    /** Those of types that policies read of which nothing could be read. */
    readonly unreadable: number;
    /**
     * Those of the providers' modules for VMs, disks, backup and replication whose type no policy reads, in the
     * order of their types.
     */
    readonly notChecked: readonly { readonly type: string; readonly count: number }[];
}

export interface ReportedInspected extends Inspected {
    /** What has no resources at all, by its subject. */
    readonly withoutResources: readonly string[];
    /** What has resources, and no VM among them. */
    readonly withoutVms: readonly string[];
}

export interface Tool {
    readonly name: "azure-bcdr-guard";
    readonly version: string;
    readonly url: string;
}

export interface ReportedFinding {
    readonly rule: PolicyId;
    readonly policy: string;
    readonly level: ReportedLevel;
    readonly severity: Severity;
    /** `new` counts against the threshold; `known` is in the baseline; `suppressed` was exempted, or Pulumi excepts it. */
    readonly state: "new" | "known" | "suppressed";
    /** Why and until when it is exempted, for a suppressed one. */
    readonly exemption: { readonly reason: string; readonly expires: string } | undefined;
    /** The exceptions of Pulumi's that it matches, for a suppressed one without an exemption. */
    readonly exceptions: readonly PolicyException[] | undefined;
    /** Undefined where it is about something outside of the stack. */
    readonly urn: Urn | undefined;
    /** What an exception of Pulumi's has to name, where it is not the URN: Pulumi reports it there. */
    readonly target: Urn | undefined;
    /** The name of what it is about. */
    readonly name: string;
    /** Its ID in Azure, if it was found there and not in a program or a state. */
    readonly azureId?: string | undefined;
    /** What Azure answered about it: the rows of the query, with their columns. */
    readonly rows?: readonly Readonly<Record<string, unknown>>[] | undefined;
    /** The file or the stack that it was found in, where the run looked at several. */
    readonly stack: string | undefined;
    /** The VM that it concerns, by URN. */
    readonly machine: Urn | undefined;
    readonly message: Message;
    /** The same across runs, machines and unrelated changes. Hexadecimal. */
    readonly fingerprint: string;
    readonly location: Location | undefined;
}

/** A question that the run left open. */
export interface ReportedQuestion extends Omit<OpenFinding, "policyId"> {
    readonly rule: PolicyId;
    /** Three of the causes as flags, which readers of reports know from before there was `cause`. */
    readonly changing: boolean;
    readonly inTemplate: boolean;
    readonly skipped: boolean;
}

export type ReportedLevel = "mandatory" | "advisory";

/** A place in a file, relative to the folder in which the command was started. */
export interface Location {
    /** With `/`, whatever the machine. */
    readonly file: string;
    /** From 1. */
    readonly line: number;
    /** From 1; undefined where only the line is known. */
    readonly column: number | undefined;
    /** Whether the line certainly is the one that declares the resource. */
    readonly exact: boolean;
    /** How the line was found. */
    readonly basis: LocationBasis;
}

/**
 * `run`: Pulumi tells it, in the run that is looked at. `declaration`: the program is in YAML and declares the resource there.
 * `confirmed`: Pulumi recorded it at the last deployment, and the line still makes a resource of that class and name. All others are
 * near: `name`: the only place in the sources that makes one of that class and name. `call`: a line that leads to where it is made.
 * `recorded`: as at the last deployment. `component`: where the component is made that it is in. `project file`: nothing is known.
 */
export const LOCATION_BASES = [
    "run",
    "declaration",
    "confirmed",
    "name",
    "call",
    "recorded",
    "component",
    "project file",
] as const;
export type LocationBasis = (typeof LOCATION_BASES)[number];

const EXACT: ReadonlySet<LocationBasis> = new Set<LocationBasis>(["run", "declaration", "confirmed"]);

export function isExact(basis: LocationBasis): boolean {
    return EXACT.has(basis);
}

/** A finding as a baseline remembers it. */
export interface KnownFinding {
    readonly fingerprint: string;
    readonly rule: PolicyId;
    readonly urn: Urn | undefined;
    readonly headline: string;
}

/** What makes the command fail; each but the last also what those before it do. */
export const THRESHOLDS = ["mandatory", "advisory", "undecided", "never"] as const;
export type Threshold = (typeof THRESHOLDS)[number];

/** 0 clean; 1 findings at or above the threshold; 2 usage error; 3 Pulumi, the program or another pack failed; 4 incomplete. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

/** What a whole run amounts to. */
export interface RunVerdict {
    readonly exitCode: ExitCode;
    readonly bar: Threshold;
    /** One sentence for the last line: what the outcome is, and because of what. */
    readonly sentence: string;
}

/** What reports say about a policy beside its findings. */
export interface ReportedPolicy {
    readonly id: PolicyId;
    readonly policy: string;
    /** What it finds, as a sentence. */
    readonly finds: string;
    /** The level of its policy as coded; findings have the level that was configured. */
    readonly level: ReportedLevel | "disabled";
    readonly severity: Severity;
    readonly tags: readonly string[];
    /** What to do in general. */
    readonly remediation: string;
    /** The policy's page. */
    readonly url: string;
}
