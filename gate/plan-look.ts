import type { PackConfiguration } from "../configuration/configuration-file";
import { Plan } from "../estate/plan";
import type { OpenFinding } from "../findings/finding";
import type { Deployment } from "./deployment";
import { PACK, type EngineRun } from "./engine-run";
import { evaluatePlan, evaluateStack, type Evaluation, type LevelledFinding } from "./evaluation";
import type { Look } from "./look";
import { pictureOf } from "./picture-of-estate";
import { planContent } from "./plan-content";
import type { PackRecord } from "./record";
import { openInText, packFindings } from "./violations";

/** All that there is about one operation of Pulumi. */
export interface PlanEvidence {
    readonly subject: string;
    readonly run: EngineRun;
    /** The state before the operation. */
    readonly before: Deployment | undefined;
    /** What the pack wrote down for the gate. */
    readonly record: PackRecord | undefined;
    readonly configuration: PackConfiguration;
    readonly locationOf: Look["locationOf"];
}

/** What an operation of Pulumi shows: the findings of the pack and those that only steps and old state can show. */
export function lookAtPlan(evidence: PlanEvidence): Look {
    const { subject, run, before, record, configuration, locationOf } = evidence;
    const look = { subject, changes: run.changes, locationOf };
    const { findings, notices } = packFindings(ownViolations(run), record, configuration);
    const failures = [...failuresOf(run), ...notices.map((notice) => `A policy of ${PACK} could not run: ${notice}`)];
    if (run.steps.length === 0 && Object.keys(run.changes).length === 0) {
        return {
            ...look,
            findings,
            undecided: openInText(findings),
            missing: [NO_STEPS],
            failures,
            unreadable: unevaluated(run),
            policies: ranIn(run),
            picture: undefined,
        };
    }
    const content = planContent(run, before, record);
    const plan = new Plan(content);
    const ofPlan = evaluatePlan(plan, configuration);
    const ofStack =
        run.kind === "update"
            ? withOldState(
                  findings,
                  record?.open ?? openInText(findings),
                  evaluateStack(content.after, plan.after, configuration, { dryRun: true }),
              )
            : run.kind === "refresh"
              ? evaluateStack(content.after, plan.after, configuration, { dryRun: false })
              : NOTHING;
    return {
        ...look,
        findings: [...ofPlan.findings, ...ofStack.findings],
        undecided: [...ofPlan.open, ...ofStack.open].filter(({ skipped }) => !skipped),
        missing: missingIn(evidence),
        failures,
        // Pulumi asks no pack when it destroys or refreshes: there the gate is the one that evaluates.
        unreadable: run.kind === "update" && failures.length === 0 ? unevaluated(run) : undefined,
        policies: [...ranIn(run), ...ofPlan.policies, ...ofStack.policies],
        picture: pictureOf(run.kind === "destroy" ? plan.before : plan.after),
    };
}

const NOTHING: Evaluation = { findings: [], open: [], policies: [] };

/**
 * What the pack had to leave open at the preview and the old state decides: for every property that a step does not
 * change, Azure's answer is still known. Only open questions are asked again; what the pack has decided stands.
 */
function withOldState(
    findings: readonly LevelledFinding[],
    open: readonly OpenFinding[],
    again: Evaluation,
): Evaluation {
    const asked = new Set(open.map(({ rule }) => rule));
    const stillOpen = new Set(again.open.map(keyOfOpen));
    const told = new Set(findings.map(({ rule, urn }) => `${rule} ${urn ?? ""}`));
    const decided = again.findings.filter(
        ({ rule, urn }) => asked.has(rule) && !told.has(`${rule} ${urn ?? ""}`) && rule !== UNDECIDED,
    );
    return {
        findings: [
            ...findings.filter(({ rule }) => rule !== UNDECIDED),
            ...decided,
            // The list of open questions has become shorter; it is told as it is now.
            ...(findings.some(({ rule }) => rule === UNDECIDED)
                ? again.findings.filter(({ rule }) => rule === UNDECIDED)
                : []),
        ],
        open: open.filter((each) => stillOpen.has(keyOfOpen(each))),
        // Only those count as run that Pulumi ran.
        policies: [],
    };
}

const UNDECIDED = "BCDR490";

function keyOfOpen({ rule, resource, property }: OpenFinding): string {
    return `${rule} ${resource} ${property}`;
}

/** What failed beside the findings of this pack, named. */
function failuresOf({ errors, violations }: EngineRun): readonly string[] {
    const blocking = violations.filter(({ pack, level }) => pack !== PACK && level === "mandatory");
    const others = new Set(blocking.map(({ pack, policy }) => `policy ${policy} of ${pack}`));
    return [
        ...errors.map((error) => `Pulumi: ${error}`),
        ...[...others].map((name) => `Another policy pack has found a mandatory violation: ${name}.`),
    ];
}

function ownViolations({ violations }: EngineRun): EngineRun["violations"] {
    return violations.filter(({ pack }) => pack === PACK);
}

function ranIn({ evaluated }: EngineRun): readonly string[] {
    return [...evaluated.resourcePolicies, ...evaluated.stackPolicies];
}

/** Why a run in which nothing failed says nothing about this pack; undefined where it did run. */
function unevaluated({ evaluated, packs }: EngineRun): string | undefined {
    if (evaluated.stackPolicies.size > 0) {
        return undefined;
    }
    const others = [...packs.keys()].filter((name) => name !== PACK);
    const ran = others.length === 0 ? "no policy pack ran" : `only ${others.join(", ")} ran`;
    return evaluated.resourcePolicies.size > 0
        ? `No stack policy of ${PACK} was evaluated: all are disabled, or the run ended before them.`
        : `There is no sign that ${PACK} ran: ${ran}. Start Pulumi with --policy-pack, or use "azure-bcdr-guard preview".`;
}

const NO_STEPS =
    "The steps of the plan: this stream holds findings only, so BCDR601 to BCDR609 were not checked. Use an event log of a preview (--event-log) for them.";

function missingIn({ run, before, record, locationOf }: PlanEvidence): readonly string[] {
    const root = run.steps[0]?.urn;
    return [
        ...(before === undefined
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
        ...(root !== undefined && locationOf(root) === undefined
            ? [
                  "The place of each resource in the program: no project file was found. Say where it is with --project DIR.",
              ]
            : []),
    ];
}
