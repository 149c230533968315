import { isUnknown, own } from "./property-bag";

/** Azure takes its names and words in any case, and answers in a case of its own choice. */
export function equalsIgnoringCase(one: string | undefined, other: string): boolean {
    return one === other || (one?.length === other.length && one.toLowerCase() === other.toLowerCase());
}

/**
 * The paths of texts that differ in the case of letters only: `managedDisks[0].diskId`. None where the values differ in
 * anything else, or one is not known.
 */
export function differencesInCase(one: unknown, other: unknown): readonly string[] {
    return differences(one, other, "") ?? [];
}

/** Undefined where there are other differences. */
function differences(one: unknown, other: unknown, path: string): readonly string[] | undefined {
    if (isUnknown(one) || isUnknown(other)) {
        return undefined;
    }
    if (typeof one === "string" && typeof other === "string") {
        return one === other ? [] : equalsIgnoringCase(one, other) ? [path] : undefined;
    }
    if (!isBag(one) || !isBag(other) || Array.isArray(one) !== Array.isArray(other)) {
        return one === other ? [] : undefined;
    }
    // What Pulumi fills in by itself, such as a random name, is another one in each replacement.
    const filledIn = new Set([own(one, DEFAULTS), own(other, DEFAULTS)].flat());
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    const all = [...keys].map((key) => {
        const below = Array.isArray(one) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
        return key.startsWith("__") || filledIn.has(key) ? [] : differences(own(one, key), own(other, key), below);
    });
    return all.includes(undefined) ? undefined : all.flatMap((found) => found ?? []);
}

/** Where the bridge of the classic provider lists the inputs that it has filled in. */
const DEFAULTS = "__defaults";

function isBag(value: unknown): value is object {
    return typeof value === "object" && value !== null;
}

/** Whether one of these is this text, in whatever letter case. */
export function includesIgnoringCase(all: readonly string[], text: string): boolean {
    return all.some((each) => equalsIgnoringCase(each, text));
}
