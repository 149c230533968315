import { UNKNOWN_VALUE, type PropertyBag } from "../property-bag";
import type { CarriedIn, Lifetime, PlannedResource } from "../planned-resource";
import { AZURE_NATIVE_READERS } from "../readers/azure-native";

/** A resource in Azure's own words, as a template or a generic resource has it. Unknown parts are `UNKNOWN_VALUE`s. */
export interface ArmResource {
    /** `Microsoft.RecoveryServices/vaults/replicationFabrics` */
    readonly type: string;
    /** One name for each part of the type; undefined where not even their number is known. */
    readonly names: readonly unknown[] | undefined;
    /** Undefined where the carrier chooses it by itself. */
    readonly apiVersion: unknown;
    readonly resourceGroup: unknown;
    readonly location: unknown;
    readonly tags: unknown;
    readonly properties: unknown;
    readonly scope: unknown;
    /** The properties of the carrier that hold it all; what they were made from, it was made from. */
    readonly madeFrom: readonly string[];
    /** What Azure answered, as far as the carrier has it: no template has `properties`. */
    readonly readBack: { readonly id: unknown; readonly name: unknown; readonly properties: unknown };
    /** Where the carrier has it. */
    readonly at: Place;
}

export interface Place {
    /** The property with its own name, and the one with the names of the resources above it. */
    readonly name: string;
    readonly parents: string;
    /** What stands before `properties` and its like: `properties.template.resources[0].` */
    readonly prefix: string;
    /** The carrier's property whose text this is. */
    readonly text: string | undefined;
    /** What the plan does with a template. Undefined where the carrier has Azure's answer. */
    readonly deployment: Lifetime | undefined;
}

/** azure-native lifts what ARM keeps under `properties` to the top, save for types that have a `properties` of their own. */
const NESTED = /^microsoft\.(recoveryservices|dataprotection)\//i;

const TYPES: ReadonlyMap<string, { readonly token: string; readonly names: readonly string[] }> = new Map(
    [...AZURE_NATIVE_READERS].map(([name, { shape }]) => [
        shape.armType.toLowerCase(),
        { token: `azure-native:${name}`, names: shape.names.filter((source) => typeof source === "string") },
    ]),
);

/**
 * The same resource as azure-native would have it, so that one reader serves both. It has the carrier's URN, because
 * that is what a person can find in the program. Undefined for a type that nobody reads.
 */
export function asPlannedResource(carrier: PlannedResource, arm: ArmResource): PlannedResource | undefined {
    const type = TYPES.get(arm.type.toLowerCase()) ?? (arm.names === undefined ? typeByEnds(arm.type) : undefined);
    if (type === undefined) {
        return undefined;
    }
    const names = Object.fromEntries(type.names.map((name, index) => [name, arm.names?.[index] ?? UNKNOWN_VALUE]));
    return {
        ...carrier,
        type: type.token,
        inputs: present({
            ...names,
            resourceGroupName: arm.resourceGroup,
            location: arm.location,
            tags: arm.tags,
            scope: arm.scope,
            azureApiVersion: arm.apiVersion,
            ...body(arm.type, arm.properties),
        }),
        outputs: present({
            id: arm.readBack.id,
            name: arm.readBack.name,
            ...body(arm.type, answered(arm)),
        }),
        dependenciesOf: (property) =>
            property === "resourceGroupName"
                ? carrier.dependenciesOf(property)
                : arm.madeFrom.flatMap((each) => carrier.dependenciesOf(each)),
        carriedIn: carriedIn(arm, type.names),
    };
}

function carriedIn({ type, at }: ArmResource, names: readonly string[]): CarriedIn {
    const { name, parents, prefix, text, deployment } = at;
    return {
        places: {
            ...Object.fromEntries(names.map((each, index) => [each, index === names.length - 1 ? name : parents])),
            azureApiVersion: `${prefix}apiVersion`,
            ...Object.fromEntries(["id", "location", "tags", "scope"].map((each) => [each, `${prefix}${each}`])),
        },
        prefix: NESTED.test(type) ? prefix : `${prefix}properties.`,
        text,
        deployment,
    };
}

/** Until the plan is applied, a preview has in `properties` what the program asks for, which is no answer (SEE-04). */
function answered({ type, readBack: { id, properties } }: ArmResource): unknown {
    return id === UNKNOWN_VALUE && properties !== undefined && NESTED.test(type) ? UNKNOWN_VALUE : properties;
}

function body(type: string, properties: unknown): PropertyBag {
    if (NESTED.test(type)) {
        return { properties };
    }
    return typeof properties === "object" && properties !== null ? { ...properties } : {};
}

/** Below parents that the plan does not know: the one type of that namespace that ends like it, if there is just one. */
function typeByEnds(type: string): ReturnType<typeof TYPES.get> {
    const [namespace = "", last = ""] = [type.split("/")[0]?.toLowerCase(), type.split("/").pop()?.toLowerCase()];
    const fitting = [...TYPES].filter(([each]) => each.startsWith(`${namespace}/`) && each.endsWith(`/${last}`));
    return fitting.length === 1 ? fitting[0]?.[1] : undefined;
}

function present(bag: PropertyBag): PropertyBag {
    return Object.fromEntries(Object.entries(bag).filter(([, value]) => value !== undefined && value !== null));
}
