import { pushTo } from "../../model/lists";
import type { PlanContent, Step } from "../../model/plan";
import type { PlannedResource, Urn } from "../../model/planned-resource";
import { own, UNKNOWN_VALUE, type PropertyBag } from "../../model/property-bag";
import { parseUrn } from "../../model/ids/urn";
import type { RecordedResource } from "../../findings/record";
import type { Deployment } from "./deployment";
import type { EngineRun, EngineState, EngineStep } from "./engine-run";
import { isSameKnownValue, mergedOutputs } from "./merged-outputs";
import type { PackRecord } from "./record";
import { isProvider, plannedProvider, STACK, withId } from "./resources";

/** Whose part a resource is matters to none of this. */
type Run = Omit<EngineRun, "parents">;

/**
 * The plan of a run, from all that is there: its events, the state before it where somebody has exported that, and what
 * the pack has written down. Without the latter two, nothing is known of what resources were made from, and so links
 * hold only where an id is known.
 */
export function planContent(run: Run, before: Deployment | undefined, record: PackRecord | undefined): PlanContent {
    const changes = changesIn(run);
    const formerUrns = new Map(
        changes.flatMap(({ urn, before: state }) =>
            state === undefined || state.urn === urn ? [] : [[urn, state.urn] as const],
        ),
    );
    const former = formerResources(changes, before, run);
    return {
        kind: run.kind,
        before: [...former.values()],
        after: resourcesAfter(changes, former, formerUrns, record, before !== undefined),
        steps: new Map(changes.map(({ urn, step }) => [urn, step])),
        formerUrns,
    };
}

/** All that a run does with one resource, taken together. */
interface Change {
    readonly urn: Urn;
    readonly type: string;
    readonly step: Step;
    /** Undefined where there was none. */
    readonly before: EngineState | undefined;
    /** Undefined where there is none afterwards. */
    readonly after: EngineState | undefined;
    /** True where a refresh came first, so that the exported state is not the one that the run goes by. */
    readonly isRefreshed: boolean;
}

function changesIn(run: Run): readonly Change[] {
    const byUrn = new Map<Urn, EngineStep[]>();
    for (const step of run.steps) {
        pushTo(byUrn, step.urn, step);
    }
    return [...byUrn.values()].flatMap((steps) => changeOf(steps, run) ?? []);
}

function changeOf(steps: readonly EngineStep[], run: Run): Change | undefined {
    const refresh = steps.findLast(({ operation }) => operation === "refresh");
    const others = steps.filter(({ operation }) => MEANT.has(operation));
    const replacement = replacementIn(others);
    const first = others.find(({ operation }) => operation !== REMOVE_PENDING);
    if (replacement !== undefined) {
        return changeBy(replacement.create, refresh, replacement.step, replacement.old, run);
    }
    if (first !== undefined) {
        return singleChange(first, refresh, run);
    }
    return refresh && refreshed(refresh, run);
}

/** What an interrupted replacement has deleted already is only struck off. */
const REMOVE_PENDING = "remove-pending-replace";

/** What an operation makes of a resource; all others are the engine's own affairs, or about resources that it only reads. */
const MEANT: ReadonlySet<string> = new Set([
    REMOVE_PENDING,
    "same",
    "create",
    "update",
    "delete",
    "replace",
    "create-replacement",
    "delete-replaced",
    "import",
    "import-replacement",
]);

const STEP: Step = { operation: "same", createsFirst: false, retained: false };

function singleChange(step: EngineStep, refresh: EngineStep | undefined, run: Run): Change | undefined {
    switch (step.operation) {
        case "create":
            return changeBy(step, refresh, { ...STEP, operation: "create" }, undefined, run);
        case "update":
            return changeBy(step, refresh, { ...STEP, operation: "update" }, step.old, run);
        case "import":
            // It is there already, and Pulumi takes it over.
            return changeBy(step, refresh, STEP, step.new, run);
        case "delete":
            return step.old?.isReplaced === true || step.old?.isExternal === true
                ? undefined
                : {
                      urn: step.urn,
                      type: step.type,
                      step: { ...STEP, operation: "delete", retained: step.old?.retainOnDelete === true },
                      before: step.old,
                      after: undefined,
                      isRefreshed: refresh?.found === "update",
                  };
        default:
            // What `--target` leaves out and is not there yet has a step as well, with nothing in it (ENG-12).
            return changeBy(step, refresh, STEP, isSkipped(step) ? undefined : step.old, run);
    }
}

function changeBy(
    { urn, type, new: after, isReported }: EngineStep,
    refresh: EngineStep | undefined,
    step: Step,
    before: EngineState | undefined,
    run: Run,
): Change {
    return {
        urn,
        type,
        step,
        before,
        after: after && {
            ...after,
            outputs: withId(outputsAfter(step, before, after, isReported && !run.isPreview), after.id ?? before?.id),
        },
        isRefreshed: refresh?.found === "update",
    };
}

function outputsAfter(
    { operation }: Step,
    before: EngineState | undefined,
    after: EngineState,
    isDone: boolean,
): PropertyBag {
    if (isDone) {
        return after.outputs;
    }
    switch (operation) {
        case "same":
            return before === undefined ? after.outputs : before.outputs;
        case "update":
            return before === undefined ? after.outputs : mergedOutputs(before, after);
        default:
            return isNothing(after) ? after.outputs : withUnknownId(after.outputs);
    }
}

/** What is made has an id and a name afterwards; a preview that was cut short does not say so. */
function withUnknownId(outputs: PropertyBag): PropertyBag {
    return own(outputs, "id") === undefined ? { id: UNKNOWN_VALUE, name: UNKNOWN_VALUE, ...outputs } : outputs;
}

function isSkipped({ type, old }: EngineStep): boolean {
    return old !== undefined && old.id === undefined && type !== STACK && isNothing(old);
}

function isNothing({ inputs, outputs }: EngineState): boolean {
    return Object.keys(inputs).length === 0 && Object.keys(outputs).length === 0;
}

interface Replacement {
    readonly create: EngineStep;
    readonly old: EngineState | undefined;
    readonly step: Step;
}

/** The engine takes a replacement apart; the order says whether two are there for a while (ENG-10). */
function replacementIn(steps: readonly EngineStep[]): Replacement | undefined {
    const place = (...operations: readonly string[]): number =>
        steps.findIndex(({ operation }) => operations.includes(operation));
    const created = place("create-replacement", "import-replacement");
    const deleted = place("delete-replaced");
    const named = place("replace");
    const create = steps[created] ?? steps[named];
    const remove = steps[deleted];
    const isGone = place(REMOVE_PENDING) >= 0;
    if (create !== undefined && isGone) {
        return { create, old: undefined, step: { ...STEP, operation: "create" } };
    }
    if (create === undefined) {
        // A run that breaks off after the delete; what was left over by an earlier run is no concern of this one.
        return remove === undefined || remove.old?.isReplaced === true
            ? undefined
            : { create: remove, old: remove.old, step: { ...STEP, operation: "replace" } };
    }
    const old = create.old ?? remove?.old ?? steps[named]?.old;
    return {
        create,
        old,
        step: {
            operation: "replace",
            createsFirst: created >= 0 && created < (named >= 0 ? named : deleted >= 0 ? deleted : 0),
            retained: (remove?.old ?? old)?.retainOnDelete === true,
        },
    };
}

/** What somebody has changed outside of Pulumi. A run that changes something afterwards starts from there. */
function refreshed({ urn, type, found, old, new: now }: EngineStep, { kind }: Run): Change | undefined {
    const operation = found === "update" || found === "delete" ? found : "same";
    const after = operation === "delete" ? undefined : operation === "update" ? (now ?? old) : old;
    if (old === undefined || kind === "refresh") {
        return old && { urn, type, step: { ...STEP, operation }, before: old, after, isRefreshed: false };
    }
    return after && { urn, type, step: STEP, before: after, after, isRefreshed: operation === "update" };
}

/** What a refresh before the run did not find any more. */
function lostIn({ kind, steps }: Run): ReadonlySet<Urn> {
    return new Set(kind === "refresh" ? [] : steps.flatMap(({ found, urn }) => (found === "delete" ? [urn] : [])));
}

/** By URN. The exported state has more to tell than an event, and resources that no step names. */
function formerResources(
    changes: readonly Change[],
    deployment: Deployment | undefined,
    run: Run,
): ReadonlyMap<Urn, PlannedResource> {
    const lost = lostIn(run);
    const exported = new Map(
        (deployment?.resources ?? []).flatMap((resource) => (lost.has(resource.urn) ? [] : [[resource.urn, resource]])),
    );
    const providers = new Map(
        changes.flatMap(({ type, before }) =>
            before && isProvider(type) ? [[before.urn, before.inputs] as const] : [],
        ),
    );
    const resources = new Map<Urn, PlannedResource>();
    for (const { type, before, isRefreshed } of changes) {
        if (before === undefined || before.isExternal) {
            continue;
        }
        const known = exported.get(before.urn);
        if (known !== undefined && !isRefreshed) {
            resources.set(known.urn, known);
            continue;
        }
        resources.set(before.urn, {
            urn: before.urn,
            name: parseUrn(before.urn).name,
            type: known?.type ?? type,
            inputs: before.inputs,
            outputs: withId(before.outputs, before.id),
            dependenciesOf: known?.dependenciesOf ?? NOTHING_KNOWN,
            provider: known?.provider ?? plannedProvider(before.provider, providers),
            protect: before.protect,
            ignoreChanges: known?.ignoreChanges ?? [],
        });
    }
    for (const resource of exported.values()) {
        if (!resources.has(resource.urn)) {
            resources.set(resource.urn, resource);
        }
    }
    return resources;
}

const NOTHING_KNOWN = (): readonly Urn[] => [];

/** @param linksAreKnown whether what was there is known with what it was made from */
function resourcesAfter(
    changes: readonly Change[],
    former: ReadonlyMap<Urn, PlannedResource>,
    formerUrns: ReadonlyMap<Urn, Urn>,
    record: PackRecord | undefined,
    linksAreKnown: boolean,
): readonly PlannedResource[] {
    const newUrns = new Map([...formerUrns].map(([now, before]) => [before, now]));
    const providers = new Map<Urn, PropertyBag>();
    for (const { urn, inputs, type } of former.values()) {
        if (isProvider(type) && inputs !== undefined) {
            providers.set(urn, inputs);
        }
    }
    for (const { urn, type, after } of changes) {
        if (isProvider(type) && after !== undefined) {
            providers.set(urn, after.inputs);
        }
    }
    const touched = new Set<Urn>();
    const resources: PlannedResource[] = [];
    for (const { urn, type, step, before, after } of changes) {
        touched.add(before?.urn ?? urn);
        if (after === undefined || after.isExternal) {
            continue;
        }
        const predecessor = former.get(before?.urn ?? urn);
        const isUntouched = step.operation === "same" && predecessor !== undefined;
        const recorded = record?.resources.get(urn);
        const resource: PlannedResource = {
            urn,
            name: parseUrn(urn).name,
            type,
            inputs: after.inputs,
            outputs: isUntouched ? predecessor.outputs : after.outputs,
            dependenciesOf: dependenciesOf(recorded, predecessor, after.inputs, newUrns),
            provider: plannedProvider(after.provider, providers),
            protect: recorded?.protect ?? after.protect,
            ignoreChanges: recorded?.ignoreChanges ?? predecessor?.ignoreChanges ?? [],
            isUpdated: step.operation === "update",
            ...(step.operation === "update" && before !== undefined ? { formerOutputs: before.outputs } : {}),
        };
        const tellsTheSame = recorded === undefined || linksAreKnown;
        // The very same, where it is: then it is read and kept only once.
        resources.push(isUntouched && tellsTheSame && isAsBefore(resource, predecessor) ? predecessor : resource);
    }
    // `--target` leaves some without a step.
    return [...resources, ...[...former.values()].filter(({ urn }) => !touched.has(urn))];
}

function isAsBefore(resource: PlannedResource, predecessor: PlannedResource): boolean {
    return (
        resource.urn === predecessor.urn &&
        resource.protect === predecessor.protect &&
        resource.ignoreChanges.length === predecessor.ignoreChanges.length &&
        isSameKnownValue(resource.inputs, predecessor.inputs)
    );
}

/**
 * The pack has seen what a resource is made from. Without the pack's record, the state says what it was made from; where
 * the input has changed since, nothing does.
 */
function dependenciesOf(
    recorded: RecordedResource | undefined,
    former: PlannedResource | undefined,
    inputs: PropertyBag,
    newUrns: ReadonlyMap<Urn, Urn>,
): PlannedResource["dependenciesOf"] {
    if (recorded !== undefined) {
        const { dependencies } = recorded;
        return (property) => (Object.hasOwn(dependencies, property) ? (dependencies[property] ?? []) : []);
    }
    if (former === undefined) {
        return NOTHING_KNOWN;
    }
    return (property) =>
        isSameKnownValue(own(former.inputs ?? {}, property), own(inputs, property))
            ? former.dependenciesOf(property).map((urn) => newUrns.get(urn) ?? urn)
            : [];
}
