/** The words of the tables that say, property by property, what a provider answers. */
import { isArray, isMap, isUnknown, UNKNOWN, type KnownValue } from "../../../dev/offline/providers/values";

/** What a table says of a property: absent, known whatever it is, a pattern, or exactly this value. */
export const ABSENT = Symbol("absent");
export const ANY = Symbol("known");
export type Expected = typeof ABSENT | typeof ANY | RegExp | KnownValue;

export type Row = readonly [
    path: string,
    check: Expected,
    createPreview: Expected,
    deployed: Expected,
    updatePreview: Expected,
];

/** The expectation where it is met, else what was found in its place. */
export function found(actual: KnownValue | undefined, expected: Expected): unknown {
    if (expected === ABSENT) {
        return actual === undefined ? ABSENT : actual;
    }
    if (expected === ANY) {
        return actual === undefined || actual === null || isUnknown(actual) ? actual : ANY;
    }
    return expected instanceof RegExp && typeof actual === "string" && expected.test(actual) ? expected : actual;
}

/** The value at `storageProfile.dataDisks[0].lun`; below an unknown everything is unknown. */
export function at(value: KnownValue | undefined, path: string): KnownValue | undefined {
    let current = value;
    for (const step of path.split(/[.[\]]+/).filter((part) => part !== "")) {
        if (isUnknown(current)) {
            return UNKNOWN;
        }
        current = isArray(current) ? current[Number(step)] : isMap(current) ? current[step] : undefined;
    }
    return current;
}
