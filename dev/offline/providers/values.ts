/**
 * Property values as they travel between engine and provider, and the one place where protobuf structs become values.
 */
import type { Struct as ProtoStruct } from "google-protobuf/google/protobuf/struct_pb";
import { structs } from "./wire";

export type KnownValue = null | boolean | number | string | readonly KnownValue[] | ValueMap;
export interface ValueMap {
    readonly [key: string]: KnownValue;
}

/**
 * What the engine writes where a value is not known yet. azure-native marks all of its own unknowns as strings.
 */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const UNKNOWNS: ReadonlySet<string> = new Set([
    UNKNOWN,
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
    "030794c1-ac77-496b-92df-f27374a8bd58", // asset
    "e48ece36-62e2-4504-bad9-02848725956a", // archive
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

/** The key and the value that mark a wrapped secret on the wire. */
export const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
export const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

export function isUnknown(value: KnownValue | undefined): boolean {
    return typeof value === "string" && UNKNOWNS.has(value);
}

export function isArray(value: KnownValue | undefined): value is readonly KnownValue[] {
    return Array.isArray(value);
}

export function isMap(value: KnownValue | undefined): value is ValueMap {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function containsUnknown(value: KnownValue | undefined): boolean {
    if (isArray(value)) {
        return value.some(containsUnknown);
    }
    if (isMap(value)) {
        return Object.values(value).some(containsUnknown);
    }
    return isUnknown(value);
}

/** The string at a path of property names, or undefined where there is none or it is not known. */
export function textAt(value: KnownValue | undefined, ...path: readonly string[]): string | undefined {
    const found = valueAt(value, ...path);
    return typeof found === "string" && !isUnknown(found) ? found : undefined;
}

export function valueAt(value: KnownValue | undefined, ...path: readonly string[]): KnownValue | undefined {
    let current = value;
    for (const name of path) {
        current = isMap(current) ? current[name] : undefined;
    }
    return current;
}

export function mapAt(value: KnownValue | undefined, ...path: readonly string[]): ValueMap {
    const found = valueAt(value, ...path);
    return isMap(found) ? found : {};
}

export function listAt(value: KnownValue | undefined, ...path: readonly string[]): readonly KnownValue[] {
    const found = valueAt(value, ...path);
    return isArray(found) ? found : [];
}

/** A map without its undefined entries: lets optional properties be written in one expression. */
export function present(entries: Readonly<Record<string, KnownValue | undefined>>): ValueMap {
    const result: Record<string, KnownValue> = {};
    for (const [key, value] of Object.entries(entries)) {
        if (value !== undefined) {
            result[key] = value;
        }
    }
    return result;
}

/** Secrets are unwrapped and nulls dropped, as the real provider does; the engine marks secrets again on its side. */
function plain(value: KnownValue): KnownValue {
    if (isArray(value)) {
        return value.map(plain);
    }
    if (isMap(value)) {
        return value[SIGNATURE_KEY] === SECRET_SIGNATURE ? plain(value["value"] ?? null) : plainMap(value);
    }
    return value;
}

function plainMap(map: ValueMap): ValueMap {
    const result: Record<string, KnownValue> = {};
    for (const [key, value] of Object.entries(map)) {
        const item = plain(value);
        if (item !== null) {
            result[key] = item;
        }
    }
    return result;
}

export function fromStruct(struct: ProtoStruct | undefined): ValueMap {
    return struct === undefined ? {} : plainMap(struct.toJavaScript());
}

export function toStruct(map: ValueMap): ProtoStruct {
    return structs.Struct.fromJavaScript(map);
}
