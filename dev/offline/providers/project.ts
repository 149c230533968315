/**
 * Between the two shapes of a resource: what of a read-back is also an input, and what of the inputs a read-back shows.
 */
import type { TypesByName } from "./preview-outputs";
import type { ObjectShape, Shape } from "./sdk-types";
import { isArray, isMap, type KnownValue, type ValueMap } from "./values";

/**
 * A value cut down to the properties of a shape, recursively. Of a choice of types the first one is taken whose fixed
 * discriminator agrees; where none does, the value does not change.
 *
 * From outputs to inputs this drops what only Azure writes; `vmManagedDisks` never comes out of it, because a read-back
 * has none.
 */
export function project(value: ValueMap, shape: ObjectShape, types: TypesByName): ValueMap {
    const result: Record<string, KnownValue> = {};
    for (const [name, property] of Object.entries(shape.properties)) {
        const found = value[name];
        if (found !== undefined) {
            result[name] = projectValue(found, property, types);
        }
    }
    return result;
}

function projectValue(value: KnownValue, shape: Shape, types: TypesByName): KnownValue {
    if (typeof shape === "string" || "const" in shape) {
        return value;
    }
    if ("array" in shape) {
        if (isArray(value)) {
            return value.map((item) => projectValue(item, shape.array, types));
        }
        // A set of strings is an array among the inputs and a map in the read-back (userAssignedIdentities).
        return isMap(value) && shape.array === "string" ? Object.keys(value) : value;
    }
    if ("map" in shape) {
        if (isArray(value)) {
            return Object.fromEntries(
                value.map((item) => [typeof item === "string" ? item : JSON.stringify(item), {}]),
            );
        }
        return isMap(value)
            ? Object.fromEntries(
                  Object.entries(value).map(([key, item]) => [key, projectValue(item, shape.map, types)]),
              )
            : value;
    }
    if (!isMap(value)) {
        return value;
    }
    const type = "ref" in shape ? types[shape.ref] : variant(value, shape.oneOf, types);
    return type === undefined ? value : project(value, type, types);
}

/** The member of a choice that a value's discriminator names. */
function variant(value: ValueMap, names: readonly string[], types: TypesByName): ObjectShape | undefined {
    for (const name of names) {
        const type = types[name];
        if (type !== undefined && agrees(value, type)) {
            return type;
        }
    }
    return undefined;
}

function agrees(value: ValueMap, type: ObjectShape): boolean {
    let discriminated = false;
    for (const [name, shape] of Object.entries(type.properties)) {
        if (typeof shape !== "string" && "const" in shape) {
            if (value[name] !== shape.const) {
                return false;
            }
            discriminated = true;
        }
    }
    return discriminated;
}

/**
 * Import takes no empty lists and maps over into inputs (pulumi-azure-native,
 * provider/pkg/convert/responseToSdkInputs.go).
 */
export function withoutEmpty(value: KnownValue): KnownValue | undefined {
    if (isArray(value)) {
        const items = value.map(withoutEmpty).filter((item) => item !== undefined);
        return items.length === 0 ? undefined : items;
    }
    if (isMap(value)) {
        const entries = Object.entries(value).flatMap(([key, item]) => {
            const kept = withoutEmpty(item);
            return kept === undefined ? [] : [[key, kept] as const];
        });
        return entries.length === 0 ? undefined : Object.fromEntries(entries);
    }
    return value;
}
