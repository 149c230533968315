import * as fc from "fast-check";
import { isArray, isMap, UNKNOWN, type KnownValue, type ValueMap } from "../../dev/offline/providers/values";
import type { SentResource, SentRound } from "../harness/stack";

/** What may happen to a round on its way, and must not change what is found in it. */

// ---- Unknown values -------------------------------------------------------------------------------------------------

/** Which values become unknown: places in the list of all that can, taken modulo its length. */
export interface Forgetting {
    readonly picks: readonly number[];
}

export const forgetting: fc.Arbitrary<Forgetting> = fc.record({
    picks: fc.array(fc.nat({ max: 100_000 }), { minLength: 1, maxLength: 4 }),
});

/** Types of which the policies read more than who they are. */
const FORGETFUL = new Set([
    "azure-native:compute:VirtualMachine",
    "azure-native:compute:Disk",
    "azure-native:recoveryservices:ProtectedItem",
    "azure-native:recoveryservices:ReplicationProtectedItem",
    "azure-native:dataprotection:BackupInstance",
]);

/**
 * - `name` tells a new resource from an existing one: without it the round would say that the plan makes the resource
 *   anew, which is another plan. In a state, and at an update, it is always known (SEE-05).
 * - `lun` and `createOption` of a place, and `instanceType`, are what programs write out; unknown, they would make it
 *   another kind of thing (an attached disk of one that Azure makes). None of them ever comes from another resource.
 * - Inputs below `vmManagedDisks` count for new items only. What Azure has answered is known or unknown as a whole; its
 *   single elements are never open, so nothing has to explain them (the item's dependencies are those of the inputs).
 */
const KEPT = /^name$|\.lun$|storageProfile\..*createOption$|instanceType$|vmManagedDisks|protectedManagedDisks\./;

/**
 * The dependencies of a state are those of the last program: what the portal has put into a VM since, they do not
 * show. No plan leaves just that open: the program's own reference is what a preview resolves, and it is right then.
 */
const KEPT_AFTER_PORTAL = /^storageProfile/;

type Path = readonly (string | number)[];

export function forget(round: SentRound, { picks }: Forgetting, isAfterPortal: boolean): SentRound {
    const all = round.resources.flatMap((resource, index) =>
        FORGETFUL.has(resource.type)
            ? pathsOf(resource)
                  .filter((path) => !isAfterPortal || !KEPT_AFTER_PORTAL.test(path.join(".")))
                  .map((path) => ({ index, path }))
            : [],
    );
    const chosen = all.length === 0 ? [] : picks.map((pick) => all[pick % all.length]!);
    return {
        ...round,
        resources: round.resources.map((resource, at) =>
            chosen
                .filter(({ index }) => index === at)
                .reduce<SentResource>(
                    (result, { path }) => ({
                        ...result,
                        inputs: without(result.inputs, path) as ValueMap,
                        outputs: without(result.outputs, path) as ValueMap,
                    }),
                    resource,
                ),
        ),
    };
}

/** The names of the forgotten, for the counterexample. */
export function forgotten(before: SentRound, after: SentRound): readonly string[] {
    return before.resources.flatMap((resource, index) => {
        const other = after.resources[index]!;
        return pathsOf(resource)
            .filter((path) => [other.inputs, other.outputs].some((bag) => valueAt(bag, path) === UNKNOWN))
            .map((path) => `${resource.name}: ${path.join(".")}`);
    });
}

function pathsOf({ inputs, outputs }: SentResource): readonly Path[] {
    const paths = new Map<string, Path>();
    for (const path of [...below(outputs, []), ...below(inputs, [])]) {
        if (path.length > 0 && !KEPT.test(path.join("."))) {
            paths.set(path.join("."), path);
        }
    }
    return [...paths.values()];
}

function below(value: KnownValue, path: Path): readonly Path[] {
    if (isArray(value)) {
        return [path, ...value.flatMap((each, index) => below(each, [...path, index]))];
    }
    return isMap(value)
        ? [path, ...Object.entries(value).flatMap(([name, each]) => below(each, [...path, name]))]
        : [path];
}

function valueAt(value: KnownValue | undefined, path: Path): KnownValue | undefined {
    return path.reduce<KnownValue | undefined>(
        (each, step) => (typeof each === "object" && each !== null ? (each as ValueMap)[step] : undefined),
        value,
    );
}

function without(value: KnownValue | undefined, [step, ...rest]: Path): KnownValue | undefined {
    if (step === undefined) {
        return value === undefined ? undefined : UNKNOWN;
    }
    if (isArray(value)) {
        return value.map((each, index) => (index === step ? without(each, rest)! : each));
    }
    return isMap(value) && value[step] !== undefined ? { ...value, [step]: without(value[step], rest)! } : value;
}

// ---- Order ----------------------------------------------------------------------------------------------------------

export function shuffled(round: SentRound, keys: readonly number[]): SentRound {
    const keyed = round.resources.map((resource, index) => ({
        resource,
        key: keys[index % keys.length]! * (index + 7),
    }));
    // What is left over of a division is as good as random, and the same each time.
    return { ...round, resources: keyed.sort((a, b) => (a.key % 101) - (b.key % 101)).map(({ resource }) => resource) };
}

// ---- Spelling -------------------------------------------------------------------------------------------------------

/** The ways in which Azure and people write one and the same id (ARM-16, ARM-17). */
const SPELLINGS: readonly ((id: string) => string)[] = [
    (id) => id,
    (id) => id.toUpperCase(),
    (id) => id.toLowerCase(),
    (id) => `${id}/`,
    (id) => `${id}?id=5a0b6c1e-3c1f-4a52-9a37-6d2f1e0c9b84`,
];

/** Every ARM id, and every name of an item that is made of a group's and a VM's (ARM-04), spelt another way. */
export function respelt(round: SentRound, turns: readonly number[]): SentRound {
    let at = 0;
    const again = (value: KnownValue): KnownValue => {
        if (typeof value === "string") {
            const turn = turns[at++ % turns.length]! + at;
            if (value.startsWith("/subscriptions/")) {
                return SPELLINGS[turn % SPELLINGS.length]!(value);
            }
            return /^(vm|iaasvmcontainer);/.test(value) && turn % 2 === 0 ? value.toUpperCase() : value;
        }
        return isArray(value) ? value.map(again) : isMap(value) ? mapped(value) : value;
    };
    const mapped = (map: ValueMap): ValueMap =>
        Object.fromEntries(Object.entries(map).map(([name, value]) => [name, again(value)]));
    return {
        ...round,
        resources: round.resources.map((resource) => ({
            ...resource,
            inputs: mapped(resource.inputs),
            outputs: mapped(resource.outputs),
        })),
    };
}
