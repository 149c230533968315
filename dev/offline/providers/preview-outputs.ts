/**
 * What azure-native answers at preview before anything exists (SEE-04): the response's properties, recursively; one
 * that the inputs set keeps its value, each other one is unknown.
 */
import type { ObjectShape, Shape } from "./sdk-types";
import { isArray, isMap, UNKNOWN, type KnownValue, type ValueMap } from "./values";

export type TypesByName = Readonly<Record<string, ObjectShape>>;

export function previewOutputs(inputs: ValueMap, response: ObjectShape, types: TypesByName): ValueMap {
    const result: Record<string, KnownValue> = {};
    for (const [name, shape] of Object.entries(response.properties)) {
        result[name] = previewValue(inputs[name], shape, types);
    }
    return result;
}

function previewValue(input: KnownValue | undefined, shape: Shape, types: TypesByName): KnownValue {
    if (shape === "any") {
        return input ?? UNKNOWN;
    }
    if (typeof shape === "string") {
        return isScalar(input) ? input : UNKNOWN;
    }
    if ("const" in shape) {
        return shape.const;
    }
    if ("array" in shape) {
        return isArray(input) ? input.map((item) => previewValue(item, shape.array, types)) : UNKNOWN;
    }
    if (!isMap(input)) {
        // Also a set of strings that the response shows as a map (userAssignedIdentities): wholly unknown.
        return UNKNOWN;
    }
    if ("map" in shape) {
        return Object.fromEntries(
            Object.entries(input).map(([key, item]) => [key, previewValue(item, shape.map, types)]),
        );
    }
    if ("ref" in shape) {
        const type = types[shape.ref];
        return type === undefined ? input : previewOutputs(input, type, types);
    }
    // A choice of types is passed through as the inputs have it, input-only properties included.
    return input;
}

function isScalar(value: KnownValue | undefined): value is string | number | boolean {
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** SEE-05: at the preview of an update only these two keep their old values. */
const STABLE: readonly string[] = ["name", "location"];

export function previewUpdateOutputs(
    inputs: ValueMap,
    oldOutputs: ValueMap,
    response: ObjectShape,
    types: TypesByName,
): ValueMap {
    const kept = STABLE.flatMap((name) => {
        const value = oldOutputs[name];
        return value === undefined ? [] : [[name, value] as const];
    });
    return { ...previewOutputs(inputs, response, types), ...Object.fromEntries(kept) };
}
