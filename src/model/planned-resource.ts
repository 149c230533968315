import { parseArmId, type ArmId } from "./ids/arm-id";
import { ABSENT, known, unknown, type Value } from "./values";
import { getOrCreate } from "./lists";
import { isEmpty, own, Property, type PropertyBag } from "./property-bag";

export type Urn = string;

/**
 * `new`: this plan creates or replaces it. `existing`: it exists, and the plan does not change it. `changing`: it
 * exists, but the plan changes it, so a preview cannot tell what Azure will answer (SEE-05). At a preview the outputs
 * show it: name and id unknown, both known, or only the name known.
 */
export type Lifetime = "new" | "existing" | "changing";

/** One resource of the plan or the state, as the Pulumi edge hands it over. Shapes are still the provider's. */
export interface PlannedResource {
    readonly urn: Urn;
    /** The name it has in the program. */
    readonly name: string;
    /** Pulumi type token, as written. */
    readonly type: string;
    /** What the person configured, after the provider's check (SEE-01). Undefined where nothing was collected. */
    readonly inputs: PropertyBag | undefined;
    /** What exists, or as much of it as the plan can foresee (SEE-04, SEE-05). */
    readonly outputs: PropertyBag;
    /** The resources that a top-level property was made from; they are known even where the value is not (SEE-02). */
    readonly dependenciesOf: (property: string) => readonly Urn[];
    readonly provider: PlannedProvider | undefined;
    readonly protect: boolean;
    readonly ignoreChanges: readonly string[];
    /** The plan changes it in place, although its outputs are known: the gate keeps those that no step changes. */
    readonly isUpdated?: boolean;
    /** The pack, which sees secrets, has said that this disk is restored. */
    readonly isKnownRestored?: boolean;
    /** What Azure answered before an update in place, where a plan tells it. */
    readonly formerOutputs?: PropertyBag;
    /** Where it is in the resource that holds it (TOK-10); undefined for a separate resource. */
    readonly embeddedIn?: EmbeddedIn;
}

/** Where a template has the properties of a resource that it holds, so that a person finds them in the program. */
export interface EmbeddedIn {
    /** By the resource's own top-level property. */
    readonly places: Readonly<Record<string, string>>;
    /** The prefix of all its other properties: `properties.template.resources[0].` */
    readonly prefix: string;
    /** The template's property whose text holds all of this. */
    readonly text: string | undefined;
    /** What the plan does with a template; nothing that it makes is read back. Undefined where Azure's answer tells. */
    readonly deployment: Lifetime | undefined;
    /** The property, among its own, that decides whether it is made at all, where that cannot be worked out. */
    readonly openBy: string | undefined;
}

export interface PlannedProvider {
    readonly urn: Urn;
    readonly subscription: Value<string>;
}

/** Left out by `--target` and not created yet: neither inputs nor outputs, only dependencies (SEE-15). */
export function isSkipped({ inputs, outputs }: Pick<PlannedResource, "inputs" | "outputs">): boolean {
    return !isReadBack(outputs) && (inputs === undefined || isEmpty(inputs));
}

/** Nearly all outputs have an id. */
function isReadBack(outputs: PropertyBag): boolean {
    return own(outputs, "id") !== undefined || !isEmpty(outputs);
}

/** Inputs and outputs of one resource, or of one part of it, read together. Nothing of a skipped resource is known. */
export class PlannedProperties {
    private idAnswered: Value<ArmId> | undefined;

    private constructor(
        private readonly inputs: Property | undefined,
        private readonly outputs: Property,
        readonly skipped: boolean,
    ) {}

    static of(resource: Pick<PlannedResource, "inputs" | "outputs">): PlannedProperties {
        if (isSkipped(resource)) {
            return new PlannedProperties(undefined, Property.unknown(), true);
        }
        const { inputs } = resource;
        // A resource policy sees no outputs at all.
        const outputs = isReadBack(resource.outputs) ? Property.of(resource.outputs) : Property.absent();
        return new PlannedProperties(inputs === undefined ? keptIn(outputs) : Property.of(inputs), outputs, false);
    }

    /** Those of one part. A reader that needs several of them walks down the path only once. */
    below(...path: readonly string[]): PlannedProperties {
        return new PlannedProperties(this.inputs?.at(...path), this.outputs.at(...path), this.skipped);
    }

    /** The id that Azure gave, or will give. */
    get id(): Value<ArmId> {
        this.idAnswered ??= parsedId(this.readBack("id").text());
        return this.idAnswered;
    }

    /** What the program asks for. Only where no inputs were collected do the outputs have to do. */
    configured(...path: readonly string[]): Property {
        return (this.inputs ?? this.outputs).at(...path);
    }

    /** What Azure answered, or will answer. Unknown at a preview for all that only Azure can tell. */
    readBack(...path: readonly string[]): Property {
        const output = this.outputs.at(...path);
        return output.state === "unknown" && this.inputs?.at(...path).state === "absent"
            ? output.leftToAzure()
            : output;
    }

    /**
     * What will be there: what Azure answered where that is known, else what the program asks for. A property that
     * nobody set is absent, although a preview's outputs call it unknown (SEE-04).
     */
    planned(...path: readonly string[]): Property {
        if (this.inputs !== undefined && this.outputs.state === "absent") {
            return this.inputs.at(...path);
        }
        const output = this.outputs.at(...path);
        return output.state === "known" || this.inputs === undefined ? output : this.inputs.at(...path);
    }

    /** The same for a property that Azure fills in where nobody sets it: then it is unknown until Azure has. */
    filledIn(...path: readonly string[]): Property {
        const planned = this.planned(...path);
        return planned.state === "absent" ? this.readBack(...path) : planned;
    }
}

/** Version 2 of azure-native kept the inputs in the outputs; where nothing was collected, they will do. */
function keptIn(outputs: Property): Property | undefined {
    const kept = outputs.at("__inputs");
    return kept.state === "known" ? kept : undefined;
}

/** A part of a resource, such as an element of a list, from which to read on. */
export type Part = Pick<Property, "at" | "path">;

/**
 * A part as Azure has it together with the same part as the program asks for it. What nobody sets in it is unknown at a
 * preview, although the part itself is known (SEE-04).
 */
export function plannedPart(answer: Property, asked: Property | undefined): Part {
    return {
        path: answer.path,
        at: (...names) => {
            const answered = answer.at(...names);
            return answered.state === "known" || asked === undefined ? answered : asked.at(...names);
        },
    };
}

/** A property that holds the id of another resource, with what the plan knows of it. */
export interface Reference {
    readonly id: Value<string>;
    readonly property: string;
    /** The resources that the whole top-level property was made from: of all its references together. */
    readonly dependencies: readonly Urn[];
    /** True in a template, where they are those of all that the template holds and is given. */
    readonly isShared?: boolean;
}

export function reference(resource: PlannedResource, property: Property): Reference {
    const id = property.text();
    const isTraced = id.state !== "unknown" || id.isUntraced !== true;
    return {
        id,
        property: property.path,
        dependencies: isTraced ? dependenciesOf(resource, property.topLevel) : [],
        isShared: resource.embeddedIn?.deployment !== undefined,
    };
}

/**
 * Whether a reference refers to anything. An id that is unknown by itself is set; where a list, or a part that would
 * hold it, is unknown as a whole, it may turn out to hold no such thing.
 */
export function isSet({ id, property }: Pick<Reference, "id" | "property">): Value<boolean> {
    return id.state === "unknown" && id.property !== property ? id : known(id.state !== "absent");
}

const dependencies = new WeakMap<PlannedResource, Map<string, readonly Urn[]>>();

/** One list for all references of a property: who looks something up for it once can go by the list. */
function dependenciesOf(resource: PlannedResource, property: string): readonly Urn[] {
    const ofResource = getOrCreate(dependencies, resource, () => new Map<string, readonly Urn[]>());
    return getOrCreate(ofResource, property, () => resource.dependenciesOf(property));
}

/** A text that is no ARM id leads nowhere. */
export function parsedId(text: Value<string>): Value<ArmId> {
    if (text.state !== "known") {
        return text;
    }
    const id = parseArmId(text.value);
    return id === undefined ? ABSENT : known(id);
}

/** A reference of which nothing is known, and nothing can be found out. */
export function unknownReference(property: string): Reference {
    return { id: unknown(property), property, dependencies: [] };
}

/** For a shape that has no such property. */
export function nowhere(property: string): Reference {
    return { id: ABSENT, property, dependencies: [] };
}

/** The same with the id taken apart. */
export interface Target {
    readonly id: Value<ArmId>;
    readonly property: string;
    readonly dependencies: readonly Urn[];
    readonly isShared?: boolean;
}

export function targetOf({ id, property, dependencies, isShared = false }: Reference): Target {
    return { id: parsedId(id), property, dependencies, isShared };
}
