/** Differences between two property maps, and what azure-native does with them at Diff and at Read. */
import { containsUnknown, isArray, isMap, type KnownValue, type ValueMap } from "./values";

type ChangeKind = "add" | "delete" | "update";

export interface Change {
    readonly kind: ChangeKind;
    /** As the engine shows it: `storageProfile.osDisk.managedDisk.id`, `zones[0]`. */
    readonly path: string;
    readonly replace: boolean;
}

/**
 * `replaceOn` names properties without indexes (`dataDisks[].lun`); below such a property what is updated replaces too.
 */
export function changesBetween(
    oldInputs: ValueMap,
    newInputs: ValueMap,
    replaceOn: ReadonlySet<string>,
): readonly Change[] {
    return mapChanges(oldInputs, newInputs, "", "", replaceOn, false);
}

function mapChanges(
    oldMap: ValueMap,
    newMap: ValueMap,
    base: string,
    policyId: string,
    replaceOn: ReadonlySet<string>,
    inherited: boolean,
): readonly Change[] {
    const keys = new Set([...Object.keys(oldMap), ...Object.keys(newMap)]);
    return [...keys].flatMap((key) =>
        valueChanges(oldMap[key], newMap[key], `${base}${key}`, `${policyId}${key}`, replaceOn, inherited),
    );
}

function valueChanges(
    oldValue: KnownValue | undefined,
    newValue: KnownValue | undefined,
    path: string,
    policyId: string,
    replaceOn: ReadonlySet<string>,
    inherited: boolean,
): readonly Change[] {
    const replace = replaceOn.has(policyId);
    if (oldValue === undefined) {
        return newValue === undefined ? [] : [{ kind: "add", path, replace }];
    }
    if (newValue === undefined) {
        return [{ kind: "delete", path, replace }];
    }
    if (isMap(oldValue) && isMap(newValue)) {
        return mapChanges(oldValue, newValue, `${path}.`, `${policyId}.`, replaceOn, replace || inherited);
    }
    if (isArray(oldValue) && isArray(newValue)) {
        return Array.from({ length: Math.max(oldValue.length, newValue.length) }, (_, index) => index).flatMap(
            (index) =>
                valueChanges(oldValue[index], newValue[index], `${path}[${index}]`, `${policyId}[]`, replaceOn, false),
        );
    }
    return sameScalar(oldValue, newValue, path) ? [] : [{ kind: "update", path, replace: replace || inherited }];
}

/** A full ARM id, down to a resource of a provider. */
const ARM_ID = /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/.+/i;

export function sameScalar(oldValue: KnownValue, newValue: KnownValue, path: string): boolean {
    if (oldValue === newValue) {
        // An unknown is never equal to anything, but the engine sends none among old inputs.
        return !containsUnknown(newValue);
    }
    if (typeof oldValue !== "string" || typeof newValue !== "string") {
        return false;
    }
    if (path === "location") {
        // Case and blanks mean nothing in the top-level location (pulumi-azure-native, provider/pkg/provider/diff.go).
        return normalLocation(oldValue) === normalLocation(newValue);
    }
    // Nor does case in full ARM ids (the same file's tests).
    return ARM_ID.test(oldValue) && oldValue.toLowerCase() === newValue.toLowerCase();
}

export function normalLocation(location: string): string {
    return location.replace(/ /g, "").toLowerCase();
}

export function sameValue(a: KnownValue | undefined, b: KnownValue | undefined): boolean {
    if (isArray(a) && isArray(b)) {
        return a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
    }
    if (isMap(a) && isMap(b)) {
        const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
        return [...keys].every((key) => sameValue(a[key], b[key]));
    }
    return a === b;
}

/**
 * Carries what changed between two read-backs over to the inputs: the inputs themselves cannot be read, so what Azure
 * fills in by itself stays out of them, and only a property that changed since the last look comes in (SEE-19).
 */
export function carryChanges(inputs: ValueMap, oldProjection: ValueMap, newProjection: ValueMap): ValueMap {
    const result: Record<string, KnownValue> = {};
    for (const [key, value] of Object.entries(inputs)) {
        const deleted = oldProjection[key] !== undefined && newProjection[key] === undefined;
        if (!deleted) {
            result[key] = value;
        }
    }
    for (const [key, after] of Object.entries(newProjection)) {
        const before = oldProjection[key];
        if (!sameValue(before, after)) {
            result[key] = before === undefined ? after : carryChange(inputs[key], before, after);
        }
    }
    return result;
}

function carryChange(input: KnownValue | undefined, before: KnownValue, after: KnownValue): KnownValue {
    if (isMap(input) && isMap(before) && isMap(after)) {
        return carryChanges(input, before, after);
    }
    if (isArray(input) && isArray(before) && isArray(after)) {
        return after.map((item, index) => {
            const [inputItem, beforeItem] = [input[index], before[index]];
            if (inputItem === undefined || beforeItem === undefined) {
                return item;
            }
            return sameValue(beforeItem, item) ? inputItem : carryChange(inputItem, beforeItem, item);
        });
    }
    return after;
}
