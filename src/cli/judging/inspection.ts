import type { Urn } from "../../model/planned-resource";
import { parseUrn } from "../../model/ids/urn";
import type { OpenFinding } from "../../findings/finding";
import { isInternalError } from "../../findings/internal-error";
import type { PolicyId } from "../../findings/policy-id";
import { SEVERITIES } from "../../../policies/policy";
import type { Baseline } from "./baseline";
import { UNDECIDED, type LevelledFinding } from "./evaluation";
import { fingerprints } from "./fingerprint";
import type { EstateSummary } from "../estate-summary";
import type { Threshold, Location, Inspected, Report, ReportedFinding, ReportedQuestion, Tool } from "../report";
import { inspectedIn } from "./inspected";
import { reportedPolicies } from "./reported-policies";
import { verdictOf } from "./verdict";

/** What one look at a plan or a state has shown. */
export interface Inspection {
    /** What was looked at, in a few words. */
    readonly subject: string;
    readonly findings: readonly LevelledFinding[];
    readonly undecided: readonly OpenFinding[];
    /** What could not be looked at, and what would help. */
    readonly missing: readonly string[];
    /** How much was looked at; undefined where nothing tells. */
    readonly inspected: Inspected | undefined;
    /** What failed beside this pack's findings. */
    readonly failures: readonly string[];
    /** Why this look shows nothing at all; undefined where it does. */
    readonly unreadable: string | undefined;
    /** What was not looked at, beside what was; undefined where all was. */
    readonly incomplete?: string | undefined;
    /** Resources that a bug of this pack kept from being read. */
    readonly unread?: readonly Urn[];
    /** The names of the policies that ran. */
    readonly policies: readonly string[];
    readonly changes: Readonly<Record<string, number>> | undefined;
    /** Made for the report: those of many states are large. */
    readonly summary: (() => EstateSummary) | undefined;
    /** Where the program declares a resource. */
    readonly locationOf: (urn: Urn | undefined) => Location | undefined;
}

export interface Judgement {
    readonly threshold: Threshold;
    readonly baseline: Baseline | undefined;
    readonly tool: Tool;
}

/** A look of which nothing came. */
export function unreadableInspection(subject: string, unreadable: string): Inspection {
    return {
        subject,
        findings: [],
        undecided: [],
        missing: [],
        inspected: undefined,
        failures: [],
        unreadable,
        policies: [],
        changes: undefined,
        summary: undefined,
        locationOf: () => undefined,
    };
}

/** A look that came to nothing because something else failed. */
export function failedInspection(subject: string, failures: readonly string[]): Inspection {
    return { ...unreadableInspection(subject, ""), failures, unreadable: undefined };
}

/** Puts looks together into one report. Where there are several, each finding says which it comes from. */
export function reportOf(inspections: readonly Inspection[], { threshold, baseline, tool }: Judgement): Report {
    const known = new Set(baseline?.findings.map(({ fingerprint }) => fingerprint));
    const findings = inspections
        .flatMap((inspection) => findingsOf(inspection, known, inspections.length > 1))
        .sort(inOrder);
    const undecided = inspections.flatMap((inspection) => eachOnce(inspection.undecided));
    const failures = inspections.flatMap((inspection) => inspection.failures);
    const unreadable = inspections.flatMap((inspection) => inspection.unreadable ?? []);
    const unchecked = [
        ...inspections.flatMap(({ incomplete }) => incomplete ?? []),
        ...notMade(findings),
        ...notRead(inspections),
    ];
    const found = new Set(findings.map(({ fingerprint }) => fingerprint));
    const named = new Set<PolicyId>([...findings, ...undecided].map(({ rule }) => rule));
    const ran = new Set(inspections.flatMap((inspection) => inspection.policies));
    // What was not checked may be there still.
    const inspected = inspectedIn(
        new Map(
            inspections.flatMap((inspection) =>
                inspection.inspected === undefined ? [] : [[inspection.subject, inspection.inspected]],
            ),
        ),
    );
    const isWhole = failures.length === 0 && unreadable.length === 0 && unchecked.length === 0;
    return {
        tool,
        subject: inspections.map(({ subject }) => subject).join(", "),
        findings,
        undecided,
        gone: isWhole ? (baseline?.findings ?? []).filter(({ fingerprint }) => !found.has(fingerprint)) : [],
        missing: inspections.flatMap((inspection) => inspection.missing),
        lookedAt: inspected,
        failures: [...failures, ...unreadable, ...unchecked],
        changes: changesOf(inspections),
        verdict: verdictOf({
            findings,
            undecided: undecided.length,
            failures,
            unreadable: unreadable.length === 0 ? undefined : unreadable.join(" "),
            unchecked: unchecked.length === 0 ? undefined : unchecked.join(" "),
            threshold,
            resources: inspected?.resources,
        }),
        picture: summaryOfAll(inspections),
        rules: reportedPolicies.filter(({ id, policy }) => ran.has(policy) || named.has(id)),
    };
}

/** A check that was not made lets nothing pass, even where its policy is advisory, or an exception of Pulumi's matches. */
function notMade(findings: readonly ReportedFinding[]): readonly string[] {
    const policies = new Set(
        findings
            .filter(({ exemption, message }) => exemption === undefined && isInternalError(message))
            .map(({ rule: policyId }) => policyId),
    );
    return policies.size === 0
        ? []
        : [
              `An internal error kept ${[...policies].join(", ")} from being checked everywhere; the finding says what to do.`,
          ];
}

/** Where the policy that reports it (BCDR490) did not: it may be disabled. Who exempts it knows. */
function notRead(inspections: readonly Inspection[]): readonly string[] {
    const isReported = ({ findings }: Inspection): boolean =>
        findings.some(
            ({ policyId, exemption, message }) =>
                policyId === UNDECIDED && (exemption !== undefined || isInternalError(message)),
        );
    const urns = [
        ...new Set(inspections.flatMap((inspection) => (isReported(inspection) ? [] : (inspection.unread ?? [])))),
    ];
    const [first, ...others] = urns;
    if (first === undefined) {
        return [];
    }
    const more = others.length === 0 ? "" : ` and ${others.length} more`;
    return [`An internal error kept ${first}${more} from being read; report it to the maintainers.`];
}

/** A policy may ask the same question at several places of its way. */
function eachOnce(open: readonly OpenFinding[]): readonly ReportedQuestion[] {
    const questions = open.map(({ policyId, cause, ...each }) => ({
        rule: policyId,
        ...each,
        cause,
        changing: cause === "change",
        inTemplate: cause === "template",
        skipped: cause === "target",
    }));
    return [...new Map(questions.map((each) => [JSON.stringify(each), each])).values()];
}

function findingsOf(
    inspection: Inspection,
    known: ReadonlySet<string>,
    isOneOfMany: boolean,
): readonly ReportedFinding[] {
    const prints = fingerprints(inspection.findings);
    return inspection.findings.map(({ vm, policyId, exceptions, target, ...finding }, index) => {
        const fingerprint = prints[index] ?? "";
        const isExcepted = exceptions.length > 0;
        const isSuppressed = finding.exemption !== undefined || isExcepted;
        return {
            ...finding,
            rule: policyId,
            exceptions: isExcepted ? exceptions : undefined,
            target: target === finding.urn ? undefined : target,
            machine: vm,
            // Under the name that the program has for it, as Pulumi's own display has it.
            name: finding.urn === undefined ? finding.name : parseUrn(finding.urn).name,
            state: isSuppressed ? "suppressed" : known.has(fingerprint) ? "known" : "new",
            stack: isOneOfMany ? inspection.subject : undefined,
            fingerprint,
            location: inspection.locationOf(finding.urn),
        };
    });
}

const LEVELS = ["mandatory", "advisory"];

/** The worst first; then as Pulumi has them. */
function inOrder(a: ReportedFinding, b: ReportedFinding): number {
    return (
        LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
        SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
        compare(a.rule, b.rule) ||
        compare(a.stack ?? "", b.stack ?? "") ||
        compare(a.urn ?? "", b.urn ?? "") ||
        compare(a.message.headline, b.message.headline)
    );
}

function compare(a: string, b: string): number {
    return a < b ? -1 : a > b ? 1 : 0;
}

function changesOf(inspections: readonly Inspection[]): Report["changes"] {
    const all = inspections.flatMap(({ changes }) => (changes === undefined ? [] : [changes]));
    if (all.length === 0) {
        return undefined;
    }
    const sums: Record<string, number> = {};
    for (const [operation, count] of all.flatMap((changes) => Object.entries(changes))) {
        sums[operation] = (sums[operation] ?? 0) + count;
    }
    return sums;
}

/** The ids of VMs and vaults are unique within one look only. */
function summaryOfAll(inspections: readonly Inspection[]): EstateSummary | undefined {
    const summaries = inspections.flatMap(({ summary }, index) => (summary === undefined ? [] : [{ summary, index }]));
    const [only, ...others] = summaries;
    if (only === undefined || others.length === 0) {
        return only?.summary();
    }
    const all = summaries.map(({ summary, index }) => renumbered(summary(), `${index + 1}:`));
    return {
        machines: all.flatMap(({ machines: vms }) => vms),
        vaults: all.flatMap(({ vaults }) => vaults),
        recoveryPlans: all.flatMap(({ recoveryPlans }) => recoveryPlans),
    };
}

function renumbered({ machines: vms, vaults, recoveryPlans }: EstateSummary, prefix: string): EstateSummary {
    return {
        machines: vms.map((vm) => ({
            ...vm,
            id: `${prefix}${vm.id}`,
            protections: vm.protections.map((protection) => ({
                ...protection,
                vault: protection.vault && `${prefix}${protection.vault}`,
            })),
        })),
        vaults: vaults.map((vault) => ({ ...vault, id: `${prefix}${vault.id}` })),
        recoveryPlans: recoveryPlans.map((plan) => ({
            ...plan,
            machines: plan.machines.map((id) => `${prefix}${id}`),
        })),
    };
}
