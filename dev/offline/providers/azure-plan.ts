/**
 * What Terraform plans, in the words of the bridge's outputs. The provider previews with it (the bridge is set to
 * `EnableAccurateBridgePreview`), and deploys what it has planned.
 *
 * A property that is set keeps its value; one that is Computed and not set is unknown before the resource exists and
 * keeps its value afterwards; any other one that is not set is null, an empty list of blocks, or the schema's default
 * (pulumi-terraform-bridge, pkg/tfbridge/provider.go and schema.go; terraform-plugin-sdk, PlanResourceChange).
 */
import type { ClassicObject, ClassicProperty, ClassicTypes } from "./azure-sdk-types";
import { normalLocation, sameScalar, type Change } from "./diff";
import type { Shape } from "./sdk-types";
import { isArray, isMap, isUnknown, UNKNOWN, type KnownValue, type ValueMap } from "./values";

/** In the bridge's inputs: what the program did not write itself. */
export const DEFAULTS = "__defaults";

/** `prior` is what the state holds; undefined before the resource or the block exists. */
export function plan(
    object: ClassicObject,
    inputs: ValueMap,
    prior: ValueMap | undefined,
    types: ClassicTypes,
): ValueMap {
    const result: Record<string, KnownValue> = {};
    for (const [name, property] of Object.entries(object)) {
        const input = property.input ? inputs[name] : undefined;
        const value =
            input === undefined || input === null
                ? unset(property, prior, name, types)
                : plannedValue(property.shape, input, prior?.[name], types);
        result[name] = name === "location" && typeof value === "string" ? plannedLocation(value) : value;
    }
    return result;
}

/** azurerm keeps locations as Azure does: "West Europe" is in the state as "westeurope" (its `location.StateFunc`). */
function plannedLocation(location: string): string {
    return isUnknown(location) ? location : normalLocation(location);
}

function unset(property: ClassicProperty, prior: ValueMap | undefined, name: string, types: ClassicTypes): KnownValue {
    if (property.computed) {
        return prior === undefined ? UNKNOWN : whole(property.shape, prior[name] ?? null, types);
    }
    if (property.default !== undefined) {
        return property.default;
    }
    const old = prior?.[name];
    // Terraform takes null and an empty value for the same.
    return old !== undefined && isEmpty(old) ? old : nothing(property.shape);
}

/** The engine's side of the wire has dropped the nulls of the state; a plan has them. */
function whole(shape: Shape, value: KnownValue, types: ClassicTypes): KnownValue {
    if (typeof shape === "object" && "array" in shape && isArray(value)) {
        return value.map((item) => whole(shape.array, item, types));
    }
    const type = isBlock(shape) ? types[shape.ref] : undefined;
    return type === undefined || !isMap(value)
        ? value
        : Object.fromEntries(
              Object.entries(type).map(([name, property]) => [name, whole(property.shape, value[name] ?? null, types)]),
          );
}

/** Lists of blocks are empty where there is none; everything else is null, also a block that may be there once. */
export function nothing(shape: Shape): KnownValue {
    return typeof shape === "object" && "array" in shape && isBlock(shape.array) ? [] : null;
}

function isBlock(shape: Shape): shape is { readonly ref: string } {
    return typeof shape === "object" && "ref" in shape;
}

export function isEmpty(value: KnownValue | undefined): boolean {
    return (
        value === undefined ||
        value === null ||
        value === "" ||
        value === 0 ||
        value === false ||
        (isArray(value) && value.length === 0) ||
        (isMap(value) && Object.keys(value).length === 0)
    );
}

function plannedValue(shape: Shape, input: KnownValue, prior: KnownValue | undefined, types: ClassicTypes): KnownValue {
    if (typeof shape !== "object" || isUnknown(input)) {
        return input;
    }
    if ("array" in shape && isArray(input)) {
        return input.map((item, index) =>
            plannedValue(shape.array, item, isArray(prior) ? prior[index] : undefined, types),
        );
    }
    const type = "ref" in shape ? types[shape.ref] : undefined;
    return type !== undefined && isMap(input) ? plan(type, input, isMap(prior) ? prior : undefined, types) : input;
}

// ---- Differences ----------------------------------------------------------------------------------------------------

/** What tells the members of a set of blocks apart, by the property's name. */
export type Sets = Readonly<Record<string, string>>;

/**
 * From the state to the plan, as the bridge tells it (pkg/tfbridge/detailed_diff.go): a change replaces where the
 * property, or the list that holds it directly, forces a new resource; a block that comes or goes, where anything in it
 * does.
 */
export function planChanges(
    object: ClassicObject,
    prior: ValueMap,
    planned: ValueMap,
    types: ClassicTypes,
    sets: Sets,
): readonly Change[] {
    return blockChanges({ object, types, sets }, prior, planned, "", false);
}

interface Within {
    readonly object: ClassicObject;
    readonly types: ClassicTypes;
    readonly sets: Sets;
}

function blockChanges(
    within: Within,
    prior: ValueMap,
    planned: ValueMap,
    base: string,
    inForcing: boolean,
): readonly Change[] {
    return Object.entries(within.object).flatMap(([name, property]) =>
        valueChanges(
            within,
            property.shape,
            { own: property.forceNew || inForcing, list: property.forceNew, key: within.sets[name] },
            prior[name] ?? null,
            planned[name] ?? null,
            `${base}${name}`,
        ),
    );
}

interface Forcing {
    /** A change of the value itself replaces. */
    readonly own: boolean;
    /** The value is a list, and its own change replaces. */
    readonly list: boolean;
    /** The list is a set, and this tells its members apart. */
    readonly key: string | undefined;
}

function valueChanges(
    within: Within,
    shape: Shape,
    forcing: Forcing,
    prior: KnownValue,
    planned: KnownValue,
    path: string,
): readonly Change[] {
    const [before, after] = [absentIfEmpty(prior), absentIfEmpty(planned)];
    if (before === null && after === null) {
        return [];
    }
    if (before === null || after === null || isUnknown(after)) {
        const value = before === null || (after !== null && !isUnknown(after)) ? after : before;
        return [
            {
                kind: before === null ? "add" : after === null ? "delete" : "update",
                path,
                replace: forcing.own || (value !== null && forcesWithin(shape, value, within.types)),
            },
        ];
    }
    if (typeof shape === "object") {
        if ("array" in shape && isArray(before) && isArray(after)) {
            return listChanges(within, shape.array, forcing, before, after, path);
        }
        if ("map" in shape && isMap(before) && isMap(after)) {
            const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
            return [...keys].flatMap((key) =>
                valueChanges(
                    within,
                    shape.map,
                    { own: forcing.list, list: false, key: undefined },
                    before[key] ?? null,
                    after[key] ?? null,
                    `${path}.${key}`,
                ),
            );
        }
        const object = "ref" in shape ? within.types[shape.ref] : undefined;
        if (object !== undefined && isMap(before) && isMap(after)) {
            return blockChanges({ ...within, object, sets: {} }, before, after, `${path}.`, forcing.list);
        }
    }
    const same = typeof before !== "object" && typeof after !== "object" && sameScalar(before, after, path);
    return same ? [] : [{ kind: "update", path, replace: forcing.own }];
}

/** An empty list or map is none; an empty scalar is a separate value, unless the state has none (`plan`). */
function absentIfEmpty(value: KnownValue): KnownValue {
    return typeof value === "object" && isEmpty(value) ? null : value;
}

function listChanges(
    within: Within,
    element: Shape,
    forcing: Forcing,
    before: readonly KnownValue[],
    after: readonly KnownValue[],
    path: string,
): readonly Change[] {
    const paired = forcing.key === undefined ? byPosition(before, after) : byKey(before, after, forcing.key);
    return paired.flatMap(([index, old, next]) => {
        // An element that comes or goes changes the list; one that stays is judged by its own properties.
        const whole = old === null || next === null || !isBlock(element);
        return valueChanges(
            within,
            element,
            { own: whole && forcing.list, list: false, key: undefined },
            old,
            next,
            `${path}[${index}]`,
        );
    });
}

type Pair = readonly [index: number, before: KnownValue, after: KnownValue];

function byPosition(before: readonly KnownValue[], after: readonly KnownValue[]): readonly Pair[] {
    return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => [
        index,
        before[index] ?? null,
        after[index] ?? null,
    ]);
}

/** Members with the same key belong together wherever they stand; of the others, those at the same place do. */
function byKey(before: readonly KnownValue[], after: readonly KnownValue[], key: string): readonly Pair[] {
    const keyOf = (value: KnownValue): string => {
        const found = isMap(value) ? value[key] : value;
        return typeof found === "string" ? found.toLowerCase() : JSON.stringify(found ?? null);
    };
    const old = new Map(before.map((value) => [keyOf(value), value]));
    const kept = new Set(after.map(keyOf).filter((name) => old.has(name)));
    const same = after.flatMap((value, index): readonly Pair[] => {
        const partner = old.get(keyOf(value));
        return partner === undefined ? [] : [[index, partner, value]];
    });
    const withoutKept = (values: readonly KnownValue[]): readonly KnownValue[] =>
        values.map((value) => (kept.has(keyOf(value)) ? null : value));
    return [...same, ...byPosition(withoutKept(before), withoutKept(after))];
}

function forcesWithin(shape: Shape, value: KnownValue, types: ClassicTypes): boolean {
    if (typeof shape !== "object") {
        return false;
    }
    if ("array" in shape) {
        return isArray(value) && value.some((item) => forcesWithin(shape.array, item, types));
    }
    const object = "ref" in shape ? types[shape.ref] : undefined;
    return (
        object !== undefined &&
        isMap(value) &&
        Object.entries(object).some(
            ([name, property]) =>
                value[name] !== undefined &&
                value[name] !== null &&
                (property.forceNew || forcesWithin(property.shape, value[name], types)),
        )
    );
}
