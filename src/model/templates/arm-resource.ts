import { isUnknown, openBag, own, UNKNOWN_VALUE, UNTRACED_VALUE, type PropertyBag } from "../property-bag";
import type { EmbeddedIn, Lifetime, PlannedResource } from "../planned-resource";
import { AZURE_NATIVE_READERS } from "../readers/azure-native";
import { parseArmId } from "../ids/arm-id";

/**
 * A resource in Azure's own words, as a template or a generic resource has it. Unknown parts are `UNKNOWN_VALUE`s where
 * they lead to what the program made them from, else `UNTRACED_VALUE`s.
 */
export interface ArmResource {
    /** `Microsoft.RecoveryServices/vaults/replicationFabrics` */
    readonly type: string;
    /** One name for each part of the type; what stands for all of them where not even their number is known. */
    readonly names: Names;
    /** Undefined where the template chooses it by itself. */
    readonly apiVersion: unknown;
    readonly resourceGroup: unknown;
    readonly location: unknown;
    readonly tags: unknown;
    readonly properties: unknown;
    /** What a resource has beside its `properties`: `sku`, `identity`. */
    readonly beside: (name: string) => unknown;
    readonly scope: unknown;
    /** The properties of the template that hold each part. */
    readonly heldIn: Readonly<Record<Part, readonly string[]>>;
    /** What Azure answered, as far as the template has it: no template has `properties`. */
    readonly readBack: { readonly id: unknown; readonly name: unknown; readonly properties: unknown };
    /** Where the template has it. */
    readonly at: Place;
}

export type Part = "name" | "parents" | "group" | "location" | "tags" | "body";

export type Names = readonly unknown[] | typeof UNKNOWN_VALUE | typeof UNTRACED_VALUE;

export interface Place {
    /** The property with its own name, and the one with the names of the resources above it. */
    readonly name: string;
    readonly parents: string;
    /** The prefix of `properties` and its like: `properties.template.resources[0].` */
    readonly prefix: string;
    /** The template's property whose text this is. */
    readonly text: string | undefined;
    /** What the plan does with a template. Undefined where the template has Azure's answer. */
    readonly deployment: Lifetime | undefined;
    /** The property that decides whether it is made at all, where that cannot be worked out. */
    readonly openBy: string | undefined;
}

/** azure-native lifts what ARM keeps under `properties` to the top, except for types that have their own `properties`. */
const NESTED = /^microsoft\.(recoveryservices|dataprotection)\//i;

const TYPES: ReadonlyMap<string, { readonly token: string; readonly names: readonly string[] }> = new Map(
    [...AZURE_NATIVE_READERS].map(([name, { shape }]) => [
        shape.armType.toLowerCase(),
        { token: `azure-native:${name}`, names: shape.names.filter((source) => typeof source === "string") },
    ]),
);

/** True for what some reader reads. */
export function isReadType(type: string, isWhole: boolean): boolean {
    return typeOf(type, isWhole) !== undefined;
}

/**
 * The same resource as azure-native would have it, so that one reader serves both. It has the template's URN, because
 * that is what a person can find in the program. Undefined for a type that nobody reads.
 */
export function asPlannedResource(template: PlannedResource, arm: ArmResource): PlannedResource | undefined {
    const type = typeOf(arm.type, typeof arm.names === "object");
    if (type === undefined) {
        return undefined;
    }
    const nameAt = (index: number): unknown =>
        typeof arm.names === "object" ? (arm.names[index] ?? UNTRACED_VALUE) : arm.names;
    const names = Object.fromEntries(type.names.map((name, index) => [name, nameAt(index)]));
    const inputs = withBody(arm.type, arm.properties, {
        // A resource group is in none, and has its name there.
        resourceGroupName: arm.resourceGroup,
        ...names,
        ...Object.fromEntries(BESIDE.map((name) => [name, arm.beside(name)])),
        location: arm.location,
        tags: arm.tags,
        scope: arm.scope,
        azureApiVersion: arm.apiVersion,
    });
    return {
        ...template,
        type: type.token,
        inputs,
        outputs: withBody(arm.type, answered(arm), { id: arm.readBack.id, name: arm.readBack.name }),
        dependenciesOf: (property) => {
            const part = partOf(property, type.names);
            return isEvidence(arm, part, own(inputs, property))
                ? arm.heldIn[part].flatMap((each) => template.dependenciesOf(each))
                : [];
        },
        embeddedIn: embeddedIn(arm, type.names),
    };
}

/** A resource that exists, as Azure answers it. */
export interface AnsweredResource {
    readonly id: string;
    readonly location?: string | undefined;
    readonly tags?: unknown;
    readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * The same as azure-native would have read it. No program declares it, so its id stands for the URN, and what Azure answers for
 * what was asked for. Undefined for a type that nobody reads.
 */
export function existingResource({ id, location, tags, properties }: AnsweredResource): PlannedResource | undefined {
    const parsed = parseArmId(id);
    const type = parsed && TYPES.get(parsed.type.toLowerCase());
    if (parsed === undefined || type === undefined) {
        return undefined;
    }
    const name = parsed.names.at(-1) ?? "";
    const bag = withBody(parsed.type, properties, {
        resourceGroupName: parsed.resourceGroup,
        ...Object.fromEntries(type.names.map((each, index) => [each, parsed.names[index]])),
        id,
        name,
        location,
        tags,
    });
    return {
        urn: id,
        name,
        type: type.token,
        inputs: bag,
        outputs: bag,
        dependenciesOf: () => [],
        provider: undefined,
        protect: false,
        ignoreChanges: [],
    };
}

/** What ARM has beside `properties`, and azure-native under the same names. */
const BESIDE = ["sku", "kind", "identity", "zones", "plan", "managedBy", "extendedLocation", "placement"];

function embeddedIn({ type, at }: ArmResource, names: readonly string[]): EmbeddedIn {
    const { name, parents, prefix, text, deployment, openBy } = at;
    const beside = ["id", "location", "tags", "scope", ...BESIDE];
    return {
        places: {
            ...Object.fromEntries(names.map((each, index) => [each, index === names.length - 1 ? name : parents])),
            azureApiVersion: `${prefix}apiVersion`,
            ...Object.fromEntries(beside.map((each) => [each, `${prefix}${each}`])),
            ...(openBy === undefined ? {} : { [CONDITION]: openBy }),
        },
        prefix: NESTED.test(type) ? prefix : `${prefix}properties.`,
        text,
        deployment,
        openBy: openBy === undefined ? undefined : CONDITION,
    };
}

const CONDITION = "condition";

/** Until the plan is applied, a preview has in `properties` what the program asks for, which is no answer (SEE-04). */
function answered({ type, readBack: { id, properties } }: ArmResource): unknown {
    return id === UNKNOWN_VALUE && properties !== undefined && NESTED.test(type) ? UNKNOWN_VALUE : properties;
}

function withBody(type: string, properties: unknown, bag: PropertyBag): PropertyBag {
    if (NESTED.test(type)) {
        return present({ ...bag, properties });
    }
    if (isUnknown(properties)) {
        return openBag(present(bag), properties);
    }
    return present(typeof properties === "object" && properties !== null ? { ...bag, ...properties } : bag);
}

function partOf(property: string, names: readonly string[]): Part {
    if (property === names.at(-1)) {
        return "name";
    }
    if (names.includes(property)) {
        return "parents";
    }
    switch (property) {
        case "resourceGroupName":
            return "group";
        case "location":
        case "tags":
            return property;
        default:
            return "body";
    }
}

/**
 * All resources of a template share what the template was made from. A known name in it needs none of that, and a name
 * that nothing leads to was not made from it; `reference` decides the same for values in `properties`.
 */
function isEvidence({ at, heldIn }: ArmResource, part: Part, value: unknown): boolean {
    if (at.deployment === undefined || part === "body" || heldIn[part] !== heldIn.body) {
        return true;
    }
    return typeof value === "string" && isUnknown(value);
}

type ReadType = NonNullable<ReturnType<typeof TYPES.get>>;

function typeOf(type: string, isWhole: boolean): ReadType | undefined {
    return TYPES.get(type.toLowerCase()) ?? (isWhole ? undefined : typeByEnds(type));
}

/** Below parents that the plan does not know: the one type of that namespace that ends like it, if there is just one. */
function typeByEnds(type: string): ReadType | undefined {
    const [namespace = "", last = ""] = [type.split("/")[0]?.toLowerCase(), type.split("/").pop()?.toLowerCase()];
    const fitting = [...TYPES].filter(([each]) => each.startsWith(`${namespace}/`) && each.endsWith(`/${last}`));
    return fitting.length === 1 ? fitting[0]?.[1] : undefined;
}

function present(bag: PropertyBag): PropertyBag {
    return Object.fromEntries(Object.entries(bag).filter(([, value]) => value !== undefined && value !== null));
}
