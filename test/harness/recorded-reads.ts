import type { ObjectShape, ResourceShape, Shape } from "../../dev/offline/providers/sdk-types";
import { Identities } from "../../src/model/ids/identify";
import type { PlannedResource } from "../../src/model/planned-resource";
import type { PropertyBag } from "../../src/model/property-bag";
import type { Reader } from "../../src/model/readers/reader";

/** What one direction of a resource's shape looks like in the SDK. */
interface Direction {
    readonly shape: ObjectShape;
    readonly types: Readonly<Record<string, ObjectShape>>;
}

/** A property that a reader names, and in which direction the SDK knows it. */
export interface RecordedRead {
    /** `properties.providerSpecificDetails.vmManagedDisks[].diskId` */
    readonly path: string;
    readonly input: boolean;
    readonly output: boolean;
}

export interface SdkShapes {
    readonly inputTypes: Readonly<Record<string, ObjectShape>>;
    readonly outputTypes: Readonly<Record<string, ObjectShape>>;
}

/**
 * Every property that a reader asks for, found out by letting it read bags that answer whatever is asked: a text where
 * the SDK has a scalar, one element where it has a list. Bags of both directions are recorded apart.
 */
export function recordedReads(
    reader: Reader,
    type: string,
    shape: ResourceShape,
    sdk: SdkShapes,
): readonly RecordedRead[] {
    const inputs = { shape: shape.inputs, types: sdk.inputTypes };
    const outputs = {
        shape: { ...shape.outputs, properties: { ...shape.outputs.properties, id: "string" as const } },
        types: sdk.outputTypes,
    };
    const asked = new Map<string, { input: boolean; output: boolean }>();
    const note = (direction: "input" | "output") => (path: string, isKnown: boolean) => {
        const before = asked.get(path) ?? { input: false, output: false };
        asked.set(path, { ...before, [direction]: before[direction] || isKnown });
    };
    // A reader asks less of a bag that has no answers, and less of one that has them all: so it is given both.
    for (const answers of [
        [recording(inputs, note("input")), recording(outputs, note("output"))],
        [{}, recording(outputs, note("output"))],
        [recording(inputs, note("input")), {}],
    ] as const) {
        const [inputBag, outputBag] = answers;
        const resource: PlannedResource = {
            urn: `urn:pulumi:dev::shapes::${type}::x`,
            name: "x",
            type,
            inputs: inputBag,
            outputs: outputBag,
            dependenciesOf: () => [],
            provider: undefined,
            protect: false,
            ignoreChanges: [],
        };
        reader.read(resource, new Identities([]));
    }
    return [...asked].map(([path, known]) => ({ path, ...known })).sort((a, b) => (a.path < b.path ? -1 : 1));
}

type Note = (path: string, isKnown: boolean) => void;

function recording({ shape, types }: Direction, note: Note): PropertyBag {
    return answering({ properties: shape.properties }, types, note, "");
}

/** Answers like an object with these properties. It is a list at the same time, so that elements can be asked for. */
function answering(
    shape: { readonly properties: Readonly<Record<string, Shape>> } | { readonly element: Shape },
    types: Direction["types"],
    note: Note,
    path: string,
): PropertyBag {
    const target: unknown[] = "element" in shape ? [undefined] : [];
    const bag = "element" in shape ? target : {};
    return new Proxy(bag, {
        // `isSkipped` asks for the keys: there are some.
        ownKeys: () => ("element" in shape ? ["0", "length"] : ["x"]),
        getOwnPropertyDescriptor: (_, key) => {
            const name = String(key);
            if ("element" in shape) {
                return name === "length"
                    ? Object.getOwnPropertyDescriptor(target, "length")
                    : descriptor(answer(shape.element, types, note, `${path}[]`));
            }
            if (name === "x") {
                return descriptor("x");
            }
            const property = Object.hasOwn(shape.properties, name) ? shape.properties[name] : undefined;
            const below = path === "" ? name : `${path}.${name}`;
            note(below, property !== undefined);
            return property === undefined ? undefined : descriptor(answer(property, types, note, below));
        },
    });
}

function answer(shape: Shape, types: Direction["types"], note: Note, path: string): unknown {
    if (shape === "number") {
        return 1;
    }
    if (shape === "boolean") {
        return false;
    }
    if (shape === "string" || shape === "any") {
        return "x";
    }
    if ("const" in shape) {
        return shape.const;
    }
    if ("array" in shape) {
        return answering({ element: shape.array }, types, note, path);
    }
    if ("map" in shape) {
        return {};
    }
    // Of a choice of types a reader may ask for what any of them has.
    const properties: Record<string, Shape> = {};
    for (const name of namesIn(shape)) {
        for (const [key, property] of Object.entries(types[name]?.properties ?? {})) {
            properties[key] = eitherOf(properties[key], property);
        }
    }
    return answering({ properties }, types, note, path);
}

function namesIn(shape: Shape): readonly string[] {
    return typeof shape !== "object" ? [] : "ref" in shape ? [shape.ref] : "oneOf" in shape ? shape.oneOf : [];
}

/** Where two types of a choice have a property of one name: lists and objects of either. */
function eitherOf(one: Shape | undefined, other: Shape): Shape {
    if (typeof one !== "object" || typeof other !== "object") {
        return other;
    }
    if ("array" in one && "array" in other) {
        return { array: eitherOf(one.array, other.array) };
    }
    const names = [...namesIn(one), ...namesIn(other)];
    return names.length === 0 ? other : { oneOf: names };
}

function descriptor(value: unknown): PropertyDescriptor {
    return { value, configurable: true, enumerable: true, writable: true };
}
