import type { ExternalResources } from "../../model/external-resources";
import { Plan, type PlanContent } from "../../model/plan";
import { parseUrn } from "../../model/ids/urn";
import type { PlannedResource, Urn } from "../../model/planned-resource";
import type { RecordedFinding } from "../../findings/record";
import type { RecordedPlace } from "../sources/source-position";
import { readDeployment, type Deployment, type InterruptedOperation } from "./deployment";
import { readEngineRun, type EngineRun } from "./engine-run";
import { planContent } from "./plan-content";
import { readRecord, type PackRecord } from "./record";
import { UnreadableInput } from "./unreadable";

/** A file, or what a command printed, with the name that a person knows it by. */
export interface Source {
    readonly name: string;
    /** Line by line for events and record, piece by piece for a state. */
    readonly texts: AsyncIterable<string> | Iterable<string>;
}

/** All that Pulumi and the pack wrote down about one operation. */
export interface PlanSources {
    readonly events: Source;
    /** The state before the operation. */
    readonly state: Source | undefined;
    /** What the pack wrote down for the gate. */
    readonly record: Source | undefined;
    /** What the operation was meant to be: the events of a run that does nothing do not tell. */
    readonly kind: EngineRun["kind"] | undefined;
    /** What is known beyond the stack. */
    readonly external: ExternalResources | undefined;
}

/** One operation of Pulumi as it was read. */
export interface PlanReading {
    readonly run: Omit<EngineRun, "steps" | "parents">;
    /** Undefined where the stream holds findings only. */
    readonly plan: Plan | undefined;
    /** What exists after the operation, or before a destroy. */
    readonly resources: readonly PlannedResource[];
    /** The types of everything else that exists. */
    readonly others: readonly string[];
    readonly record: Omit<PackRecord, "resources"> | undefined;
    /** Where the program made resources when they were deployed last; undefined where no state was given. */
    readonly recordedPlaces: ReadonlyMap<Urn, RecordedPlace> | undefined;
    /** The component of each resource, or the stack. */
    readonly parents: ReadonlyMap<Urn, Urn>;
    /** Undefined where no state was given. */
    readonly interrupted: readonly InterruptedOperation[] | undefined;
}

/**
 * Reads an operation and makes a plan of it. Steps and state end here: of a large stack they are far more than all that
 * comes after them needs, and nobody else may hold on to them.
 *
 * @throws UnreadableInput
 */
export async function readPlan({ events, state, record, kind, external }: PlanSources): Promise<PlanReading> {
    const before = state && (await readDeployment(state.texts, state.name));
    const { steps, parents, ...reported } = await readEngineRun(events.texts, events.name, before);
    const run = { ...reported, kind: kind ?? reported.kind };
    const recorded = record && (await readRecord(record.texts, record.name));
    refuseOtherStack(steps[0]?.urn, state?.name, before?.resources[0]?.urn);
    refuseOtherStack(steps[0]?.urn, record?.name, recorded?.resources.keys().next().value);
    // Where there is nothing to destroy or to refresh there are no steps, and that is a plan as well.
    const hasPlan = kind !== undefined || steps.length > 0 || Object.keys(run.changes).length > 0;
    const content = hasPlan
        ? withRestored(planContent({ ...run, steps }, before, recorded), recorded?.findings ?? [])
        : undefined;
    return {
        run,
        plan: content && new Plan(content, external),
        resources: (run.kind === "destroy" ? content?.before : content?.after) ?? [],
        others: othersIn(run, before),
        record: recorded && {
            findings: recorded.findings,
            inOne: recorded.inOne,
            open: recorded.open,
            stackTags: recorded.stackTags,
            evaluated: recorded.evaluated,
        },
        recordedPlaces: before?.places,
        parents: new Map([...(before?.parents ?? []), ...parents]),
        interrupted: before?.interrupted,
    };
}

/** The policy by which the pack says of a disk that it is restored. */
const RESTORED = "BCDR110";

/**
 * Events and states mask what is secret, and the pack sees it: where a disk is made from a secret id, its finding is what tells
 * that the disk is restored. A VM may make several disks, and of these the finding does not tell which.
 */
function withRestored(content: PlanContent, findings: readonly RecordedFinding[]): PlanContent {
    const reported = new Set(
        findings.flatMap(({ policyId, urn }) => (policyId === RESTORED && urn !== undefined ? [urn] : [])),
    );
    return reported.size === 0
        ? content
        : {
              ...content,
              after: content.after.map((resource) =>
                  reported.has(resource.urn) ? { ...resource, isKnownRestored: true } : resource,
              ),
          };
}

/** With `--target`, the state has some that no step names. */
function othersIn(
    { kind, others }: Pick<EngineRun, "kind" | "others">,
    before: Deployment | undefined,
): readonly string[] {
    const untouched = [...(before?.others ?? [])].flatMap(([urn, type]) => (others.has(urn) ? [] : [type]));
    const touched = [...others.values()].flatMap(({ type, isDeleted }) =>
        isDeleted && kind !== "destroy" ? [] : [type],
    );
    return [...untouched, ...touched];
}

/** What belongs to another stack would be laid over this one, and nothing in it would be found. */
function refuseOtherStack(urn: Urn | undefined, file: string | undefined, other: Urn | undefined): void {
    if (urn === undefined || file === undefined || other === undefined || stackIn(urn) === stackIn(other)) {
        return;
    }
    throw new UnreadableInput(
        file,
        undefined,
        `It is about the stack ${stackIn(other)}, and the events are about ${stackIn(urn)}.`,
        "Give the files of one run.",
    );
}

/** `project/stack` */
function stackIn(urn: Urn): string {
    const { stack, project } = parseUrn(urn);
    return `${project}/${stack}`;
}
