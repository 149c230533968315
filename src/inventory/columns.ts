import { parseArmId } from "../model/ids/arm-id";

/**
 * A row of Resource Graph that is not as its query makes it. What it stood for is not known. The message names columns and
 * never repeats what they hold.
 */
export class MalformedRow extends Error {}

export type Columns = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Columns {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function columnsOf(row: unknown): Columns {
    if (!isObject(row)) {
        throw new MalformedRow(`it is ${kindOf(row)}, not an object.`);
    }
    return row;
}

export function objectAt(value: unknown, path: string): Columns {
    if (!isObject(value)) {
        throw new MalformedRow(`"${path}" is ${kindOf(value)}, not an object.`);
    }
    return value;
}

/** Resource Graph writes an empty text, or null, where a resource does not have a property. */
export function text(columns: Columns, column: string, above = ""): string | undefined {
    const value = columns[column];
    if (value === undefined || value === null || value === "") {
        return undefined;
    }
    if (typeof value !== "string") {
        throw new MalformedRow(`"${above}${column}" is ${kindOf(value)}, not a text.`);
    }
    return value;
}

export function required(columns: Columns, column: string, above = ""): string {
    const value = text(columns, column, above);
    if (value === undefined) {
        throw new MalformedRow(`"${above}${column}" is missing.`);
    }
    return value;
}

export function armId(columns: Columns, column: string, above = ""): string {
    return checkedArmId(required(columns, column, above), `${above}${column}`);
}

export function optionalArmId(columns: Columns, column: string): string | undefined {
    const value = text(columns, column);
    return value === undefined ? undefined : checkedArmId(value, column);
}

/** Some rows of Disk Backup have ids that begin with two slashes; in an inventory each begins with one. */
function checkedArmId(value: string, column: string): string {
    if (parseArmId(value) === undefined) {
        throw new MalformedRow(`"${column}" is no resource id.`);
    }
    return value.replace(/^\/*/, "/");
}

export function list(columns: Columns, column: string, above = ""): readonly unknown[] | undefined {
    const value = columns[column];
    if (value === undefined || value === null || value === "") {
        return undefined;
    }
    if (!Array.isArray(value)) {
        throw new MalformedRow(`"${above}${column}" is ${kindOf(value)}, not a list.`);
    }
    return value as readonly unknown[];
}

export function number(columns: Columns, column: string, above: string): number | undefined {
    const value = columns[column];
    if (value === undefined || value === null) {
        return undefined;
    }
    if (typeof value !== "number") {
        throw new MalformedRow(`"${above}${column}" is ${kindOf(value)}, not a number.`);
    }
    return value;
}

/** Resource Graph may answer a computed truth value as 0 or 1. */
export function flag(columns: Columns, column: string): boolean | undefined {
    const value = columns[column];
    if (value === undefined || value === null) {
        return undefined;
    }
    if (typeof value === "boolean") {
        return value;
    }
    if (value === 0 || value === 1) {
        return value === 1;
    }
    throw new MalformedRow(`"${column}" is ${kindOf(value)}, not true or false.`);
}

export function optional<Name extends string, KnownValue>(
    name: Name,
    value: KnownValue | undefined,
): Readonly<Record<Name, KnownValue>> | Readonly<Record<string, never>> {
    return value === undefined ? {} : ({ [name]: value } as Record<Name, KnownValue>);
}

function kindOf(value: unknown): string {
    if (value === null || value === undefined) {
        return "null";
    }
    return Array.isArray(value) ? "a list" : `a${typeof value === "object" ? "n" : ""} ${typeof value}`;
}
