import type { PackConfiguration } from "../../config/configuration-file";
import type { Estate } from "../../model/estate";
import type { Plan } from "../../model/plan";
import { parseUrn } from "../../model/ids/urn";
import type { ProgramLanguage } from "../../advice/program-language";
import type { OpenFinding } from "../../findings/finding";
import { exemptionInUse, exemptionLines, exemptionsMessage } from "../../../policies/coverage/exemption-in-use";
import { unsupportedProtectionInPlace } from "../../../policies/coverage/unsupported-protection-in-place";
import { restoredDataDiskNotReplicated } from "../../../policies/restores/restored-data-disk-not-replicated";
import { restoredDiskUndecided } from "../../../policies/restores/restored-disk-undecided";
import { restoredOsDiskNotReplicated } from "../../../policies/restores/restored-os-disk-not-replicated";
import { isBlocking, type EngineRun } from "../reading/engine-run";
import {
    ALL_DISABLED,
    CHECKED_BY_AZURE,
    evaluatePlan,
    evaluatePolicies,
    evaluateStack,
    exemptionsIn,
    reportedLevel,
    UNDECIDED,
    isAllDisabled,
    type Evaluation,
    type LevelledFinding,
} from "./evaluation";
import type { Inspection } from "./inspection";
import { inspected } from "./inspected";
import { interruptedInWords, unreadableInWords } from "../reading/unsettled";
import { drawn } from "../summary-of-estate";
import { PACK } from "../package";
import type { PlanReading } from "../reading/plan-reading";
import { openWithoutRecord, packFindings } from "./violations";

type Run = PlanReading["run"];

/** What an operation of Pulumi shows: the findings of the pack and those that only steps and old state can show. */
export function inspectPlan(
    subject: string,
    reading: PlanReading,
    configuration: PackConfiguration,
    locationOf: Inspection["locationOf"],
    language?: ProgramLanguage,
): Inspection {
    const { run, plan, record } = reading;
    const inspection = { subject, changes: run.changes, locationOf };
    const { findings, notices } = packFindings(ownViolations(run), record, configuration);
    const failures = [...failuresOf(run), ...notices.map((notice) => `A policy of ${PACK} could not run: ${notice}`)];
    const open = record?.open ?? openWithoutRecord(findings);
    if (plan === undefined) {
        return {
            ...inspection,
            findings,
            undecided: open,
            missing: [NO_STEPS],
            inspected: undefined,
            failures,
            // `policy analyze` tells which pack ran, and not what it looked at.
            unreadable: run.packs.has(PACK) ? undefined : unevaluated(reading, configuration),
            policies: ranIn(run, record),
            summary: undefined,
        };
    }
    const ofPlan = evaluatePlan(plan, configuration, language);
    const ofStack = stackFindings(reading, plan, findings, open, configuration, language);
    // Pulumi asks no pack when it destroys or refreshes: there the gate is the one that evaluates.
    const { summary, missing } = drawn(run.kind === "destroy" ? plan.before : plan.after);
    const evaluated = [...(run.kind === "update" ? [] : ofPlan.policies), ...ofStack.policies];
    return {
        ...inspection,
        findings: withExemptionsInUse([...ofPlan.findings, ...ofStack.findings], plan, configuration),
        undecided: [...ofPlan.open, ...ofStack.open].filter(({ cause }) => cause !== "target"),
        missing: [...missingIn(reading, locationOf), ...missing],
        inspected: inspected(run.kind === "destroy" ? plan.before : plan.after, reading.resources, reading.others),
        failures,
        unreadable: failures.length > 0 || evaluated.length > 0 ? undefined : unevaluated(reading, configuration),
        unread: [...plan.before.unread, ...plan.after.unread].map(({ urn }) => urn),
        policies: [...ranIn(run, record), ...ofPlan.policies, ...ofStack.policies],
        summary: summary && (() => summary),
    };
}

function stackFindings(
    { run, resources, record }: PlanReading,
    { after }: Plan,
    findings: readonly LevelledFinding[],
    open: readonly OpenFinding[],
    configuration: PackConfiguration,
    language: ProgramLanguage | undefined,
): Evaluation {
    const stackTags = record?.stackTags;
    const ask: Ask = (policies) =>
        evaluatePolicies(policies, after, configuration, { dryRun: true, language, stackTags });
    switch (run.kind) {
        case "update": {
            const decided = withOldState(findings, open, ask);
            return run.isPreview ? withSteps(decided, after, configuration, ask) : decided;
        }
        case "refresh":
            return evaluateStack(resources, after, configuration, { dryRun: false, language });
        case "destroy":
            return NOTHING;
    }
}

/** The project that a plan is of, by its stack. */
export function projectOf({ plan }: PlanReading): string | undefined {
    const urn = plan?.after.stackUrn ?? plan?.before.stackUrn;
    return urn === undefined ? undefined : parseUrn(urn).project;
}

function findingKey({ policyId, urn }: Pick<LevelledFinding, "policyId" | "urn">): string {
    return `${policyId} ${urn ?? ""}`;
}

function policiesOf(all: readonly Pick<OpenFinding, "policyId">[]): ReadonlySet<string> {
    return new Set(all.map(({ policyId }) => policyId));
}

/** Asks some policies again, of the stack as the plan leaves it. */
type Ask = (policies: ReadonlySet<string>) => Evaluation;

const NOTHING: Evaluation = { findings: [], open: [], policies: [] };

/** Findings that say what is open: as soon as that is decided, they are none. */
const SAYS_OPEN: ReadonlySet<string> = new Set([UNDECIDED, restoredDiskUndecided.id]);
/** What the second of them leaves open for. */
const ABOUT_RESTORES = [restoredDiskUndecided.id, restoredOsDiskNotReplicated.id, restoredDataDiskNotReplicated.id];

/**
 * What the pack had to leave open at the preview and the old state decides: for every property that a step does not
 * change, Azure's answer is still known. Only open questions are asked again; what the pack has decided does not change.
 */
function withOldState(findings: readonly LevelledFinding[], open: readonly OpenFinding[], ask: Ask): Evaluation {
    const isRestoreOpen = findings.some(({ policyId }) => policyId === restoredDiskUndecided.id);
    const isLimitOpen = open.some(({ policyId }) => CHECKED_BY_AZURE.has(policyId));
    const asked = new Set([
        ...policiesOf(open),
        ...(isRestoreOpen ? ABOUT_RESTORES : []),
        ...(isLimitOpen ? [unsupportedProtectionInPlace.id] : []),
    ]);
    if (asked.size === 0) {
        return { findings, open, policies: [] };
    }
    const again = ask(asked);
    const reported = new Set(findings.map(findingKey));
    const decided = again.findings.filter(
        (finding) =>
            asked.has(finding.policyId) && !reported.has(findingKey(finding)) && !SAYS_OPEN.has(finding.policyId),
    );
    return {
        findings: [
            ...findings.filter(({ policyId }) => !SAYS_OPEN.has(policyId)),
            ...decided,
            // Fewer questions are open now; those that are left are reported at the level that counted in the preview.
            ...again.findings.flatMap((each) => {
                const before = SAYS_OPEN.has(each.policyId)
                    ? findings.find(({ policyId }) => policyId === each.policyId)
                    : undefined;
                return before === undefined ? [] : [reportedAs(each, findings)];
            }),
        ],
        // With one question answered, a policy may come to the next one.
        open: again.open.filter(({ policyId }) => asked.has(policyId)),
        // Only those count as run that Pulumi ran.
        policies: [],
    };
}

/** A finding that was made once more: what counted in the preview still does. */
function reportedAs(finding: LevelledFinding, before: readonly LevelledFinding[]): LevelledFinding {
    const ofPolicy = before.filter(({ policyId }) => policyId === finding.policyId);
    const same = ofPolicy.find(({ target }) => target === finding.target);
    return {
        ...finding,
        level: ofPolicy[0]?.level ?? finding.level,
        exceptions: same?.exceptions ?? finding.exceptions,
    };
}

/**
 * At a preview, the pack cannot see that the plan updates a resource of the classic provider in place, and takes it for one
 * that is left alone. The steps show the update: there each policy reports what the pack has in BCDR430.
 */
function withSteps(evaluation: Evaluation, after: Estate, configuration: PackConfiguration, ask: Ask): Evaluation {
    const { findings } = evaluation;
    const isInPlace = ({ policyId }: LevelledFinding): boolean => policyId === unsupportedProtectionInPlace.id;
    const isListed = configuration.levelOf(unsupportedProtectionInPlace) !== "disabled";
    const isUpdated = after.entities.some((entity) => entity.isUpdated && entity.provider === "azure-classic");
    if (!isUpdated || (isListed && !findings.some(isInPlace))) {
        return evaluation;
    }
    const again = ask(new Set([...CHECKED_BY_AZURE, unsupportedProtectionInPlace.id])).findings;
    const reported = new Set(findings.map(findingKey));
    const limits = again.filter(
        (finding) => CHECKED_BY_AZURE.has(finding.policyId) && !reported.has(findingKey(finding)),
    );
    // Of these, BCDR430 lists less now, or nothing.
    const settled = new Set(limits.map(({ urn }) => urn));
    return {
        ...evaluation,
        findings: [
            ...findings.filter((finding) => !(isInPlace(finding) && settled.has(finding.urn))),
            ...limits,
            ...again.flatMap((finding) =>
                isInPlace(finding) && settled.has(finding.urn) ? [reportedAs(finding, findings)] : [],
            ),
        ],
    };
}

/**
 * The pack has told its own exemptions (BCDR491); those that have taken out what only a plan shows are told with them, in
 * the one finding.
 */
function withExemptionsInUse(
    findings: readonly LevelledFinding[],
    { before, after }: Plan,
    configuration: PackConfiguration,
): readonly LevelledFinding[] {
    const reported = findings.find(({ policyId }) => policyId === exemptionInUse.id);
    const reportedLines = reported?.message.facts ?? [];
    const lines = [...new Set([...reportedLines, ...exemptionLines(exemptionsIn(findings))])];
    if (lines.length === reportedLines.length || configuration.levelOf(exemptionInUse) === "disabled") {
        return findings;
    }
    const urn = after.stackUrn ?? before.stackUrn;
    const { name: policy, severity } = exemptionInUse;
    return [
        ...findings.filter(({ policyId }) => policyId !== exemptionInUse.id),
        {
            policy,
            policyId: exemptionInUse.id,
            urn,
            name: "this stack",
            vm: undefined,
            exemption: undefined,
            level: reported?.level ?? reportedLevel(configuration, exemptionInUse),
            severity,
            target: urn,
            exceptions: reported?.exceptions ?? configuration.exceptionsFrom(policy, urn),
            message: exemptionsMessage(lines),
        },
    ];
}

/** What failed beside the findings of this pack, named. */
function failuresOf({ errors, violations }: Run): readonly string[] {
    const blocking = violations.filter((each) => each.pack !== PACK && isBlocking(each));
    const others = new Set(blocking.map(({ pack, policy }) => `policy ${policy} of ${pack}`));
    return [
        ...errors.map((error) => `Pulumi: ${error}`),
        ...[...others].map((name) => `Another policy pack has found a mandatory violation: ${name}.`),
    ];
}

function ownViolations({ violations }: Run): EngineRun["violations"] {
    return violations.filter(({ pack }) => pack === PACK);
}

/** The events leave out policies that do not apply to the stack (SEE-58). The record has all that have looked at it. */
function ranIn({ evaluated }: Run, record: PlanReading["record"]): readonly string[] {
    return [...new Set([...evaluated.resourcePolicies, ...evaluated.stackPolicies, ...(record?.evaluated ?? [])])];
}

/** Why a run in which nothing failed says nothing about this pack; undefined where it did run. */
function unevaluated({ run, record }: PlanReading, configuration: PackConfiguration): string | undefined {
    const { kind, evaluated, packs } = run;
    if (evaluated.stackPolicies.size > 0 || (record?.evaluated.size ?? 0) > 0) {
        return undefined;
    }
    if (kind !== "update" || isAllDisabled(configuration)) {
        return ALL_DISABLED;
    }
    const others = [...packs.keys()].filter((name) => name !== PACK);
    const ran = others.length === 0 ? "no policy pack ran" : `only ${others.join(", ")} ran`;
    return evaluated.resourcePolicies.size > 0
        ? `No stack policy of ${PACK} was evaluated: all are disabled, or the run ended before them.`
        : `There is no sign that ${PACK} ran: ${ran}. Start Pulumi with --policy-pack, or use "azure-bcdr-guard preview".`;
}

const NO_STEPS =
    "The steps of the plan: this stream holds findings only, so BCDR601 to BCDR609 were not checked. Use an event log of a preview (--event-log) for them.";

function missingIn(
    { run, plan, record, interrupted, resources }: PlanReading,
    locationOf: Inspection["locationOf"],
): readonly string[] {
    return [
        ...interruptedInWords(interrupted ?? []),
        ...unreadableInWords(resources),
        ...(interrupted === undefined
            ? [
                  "The old state: what depends on it was read from the steps alone. Give it with --state FILE (pulumi stack export).",
              ]
            : []),
        ...(record === undefined && run.kind === "update"
            ? [
                  "The pack's own record: dependencies between new resources and exempted findings are not in Pulumi's events. " +
                      'Set AZURE_BCDR_GUARD_RECORD to a file for the preview and give it with --record FILE, or use "azure-bcdr-guard preview".',
              ]
            : []),
        ...(locationOf(plan?.after.stackUrn ?? plan?.before.stackUrn) === undefined
            ? [
                  "The place of each resource in the program: the file of its project was not found. Say where it is with --project DIR.",
              ]
            : []),
    ];
}
