/**
 * Three answers instead of two. A plan does not only say "this is the value" or "there is none": during a preview
 * it also says "nobody knows yet". Taking the third for the second is how a policy raises false alarms, and taking
 * it for nothing at all is how it stays silent (SEE-04).
 */
export type Value<T> = KnownValue<T> | Unknown | Absent;

export interface KnownValue<T> {
    readonly state: "known";
    readonly value: T;
}

export interface Unknown {
    readonly state: "unknown";
    /** The property that will decide it, as the program writes it: `properties.sourceResourceId`. */
    readonly property: string;
    /** True where nothing that the program refers to is what it was made from: a template that nobody can work out. */
    readonly isUntraced?: true;
    readonly decidedBy?: DecidedBy;
}

/**
 * What decides an unknown, where it is not a value that the program makes from others: Azure, because the program does
 * not set the property; something outside of the stack; or another version of the pack, which knows more values.
 */
export type DecidedBy = "azure" | "external" | "version";

export interface Absent {
    readonly state: "absent";
}

export const ABSENT: Absent = { state: "absent" };

export function known<T>(value: T): KnownValue<T> {
    return { state: "known", value };
}

export function unknown(property: string, decidedBy?: DecidedBy): Unknown {
    return { state: "unknown", property, ...(decidedBy === undefined ? {} : { decidedBy }) };
}

export function untraced(property: string): Unknown {
    return { state: "unknown", property, isUntraced: true };
}

/** Applies `change` to a known value; what is unknown or absent stays so. */
export function mapValue<T, U>(value: Value<T>, change: (value: T) => U): Value<U> {
    return value.state === "known" ? known(change(value.value)) : value;
}

/** The value where it is known, else undefined. For places where unknown and absent really mean the same. */
export function valueOf<T>(value: Value<T>): T | undefined {
    return value.state === "known" ? value.value : undefined;
}

/** The value, or what holds where nobody gives one. */
export function withDefault<T>(value: Value<T>, whenUnset: T): KnownValue<T> | Unknown {
    return value.state === "absent" ? known(whenUnset) : value;
}
