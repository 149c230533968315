import { nameOf, type ArmId, type Subscription } from "./arm-id";
import { ABSENT, known, mapValue, unknown, valueOf, type Value } from "../values";
import type { AzureResource } from "../resources";
import {
    parsedId,
    PlannedProperties,
    type PlannedProvider,
    type PlannedResource,
    type Target,
    type Urn,
} from "../planned-resource";
import { Property } from "../property-bag";
import { isResourceGroup, parseTypeToken } from "./type-token";
import { parseUrn } from "./urn";
import { RESOURCE_GROUP } from "./resource-types";

/** Which part of the id of its own a provider shape tells, and by which properties. */
export interface IdShape {
    /** `Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems` */
    readonly armType: string;
    /** The input that holds the id of the resource above, of which the first names, the group and all are taken. */
    readonly parent?: string;
    /** True for what is put on another resource and has its id below that one's, which is not computed here. */
    readonly isExtension?: true;
    /** The inputs that hold the names, one for each part of the type (or of what the parent leaves of it). */
    readonly names: readonly NameSource[];
}

type NameSource = string | ((properties: PlannedProperties) => Value<string>);

/**
 * Says who a resource is. The id comes from the read-back where it is known; at a preview it is computed from the
 * inputs as far as those are known, so that an id that somebody wrote out still finds its resource.
 */
export class Identities {
    private readonly groupNames = new Map<Urn, Value<string>>();
    private readonly subscriptions = new Map<Urn, string>();

    /** @param failed hears of a resource from which nothing could be learnt: a bug, which the others do not suffer for */
    constructor(resources: readonly PlannedResource[], failed?: (resource: PlannedResource, error: unknown) => void) {
        for (const resource of resources) {
            try {
                this.learnGroupName(resource);
                this.learnSubscription(resource);
            } catch (error) {
                if (failed === undefined) {
                    throw error;
                }
                failed(resource, error);
            }
        }
    }

    identify<K extends string>(
        kind: K,
        resource: PlannedResource,
        properties: PlannedProperties,
        shape: IdShape,
        { provider, lifetime }: Pick<AzureResource, "provider" | "lifetime">,
    ): AzureResource & { readonly kind: K } {
        const id = this.idOf(resource, properties, shape);
        const ownName = shape.names.at(-1);
        const name = ownName === undefined ? ABSENT : nameFrom(properties, ownName);
        return {
            kind,
            provider,
            lifetime,
            urn: resource.urn,
            pulumiName: resource.name,
            azureName: id.state === "known" ? mapValue(id, nameOf) : name,
            id,
            subscription: id.state === "known" ? id.value : this.subscriptionOf(resource),
            groupFrom: resource.dependenciesOf("resourceGroupName"),
            parentFrom: parentFrom(resource, shape),
            isUpdated: resource.isUpdated === true,
            skipped: properties.skipped,
            protect: resource.protect,
            ignoreChanges: resource.ignoreChanges,
            embeddedIn: resource.embeddedIn,
        };
    }

    private idOf(resource: PlannedResource, properties: PlannedProperties, shape: IdShape): Value<ArmId> {
        return properties.id.state === "known" ? properties.id : this.computedId(resource, properties, shape);
    }

    private computedId(resource: PlannedResource, properties: PlannedProperties, shape: IdShape): Value<ArmId> {
        if (shape.isExtension) {
            return unknown("id");
        }
        const names: string[] = [];
        for (const source of shape.names) {
            const name = nameFrom(properties, source);
            if (name.state !== "known") {
                return unknown(typeof source === "string" ? source : shape.armType);
            }
            names.push(name.value);
        }
        if (shape.parent !== undefined) {
            const parent = parsedId(properties.configured(shape.parent).text());
            return mapValue(parent, (id) => ({ ...id, type: shape.armType, names: [...id.names, ...names] }));
        }
        const subscription = this.subscriptionOf(resource);
        if (shape.armType === RESOURCE_GROUP) {
            return known({ ...subscription, resourceGroup: undefined, type: shape.armType, names });
        }
        const group = this.groupOf(resource, properties);
        if (group.state !== "known") {
            return unknown("resourceGroupName");
        }
        return known({ ...subscription, resourceGroup: group.value, type: shape.armType, names });
    }

    /** A group of the same preview has no name yet in the group's outputs, but its inputs hold one (SEE-01, SEE-06). */
    groupOf(resource: PlannedResource, properties: PlannedProperties): Value<string> {
        const name = properties.configured("resourceGroupName").text();
        if (name.state === "known") {
            return name;
        }
        const groups = resource.dependenciesOf("resourceGroupName").filter((urn) => this.groupNames.has(urn));
        const [only, ...others] = groups;
        return only === undefined || others.length > 0 ? name : (this.groupNames.get(only) ?? ABSENT);
    }

    /** The vault that a resource is in, which one of its properties names. */
    vaultOf(resource: PlannedResource, properties: PlannedProperties, property: string, armType: string): Target {
        return this.namedAbove(resource, properties, [property], armType);
    }

    /** A resource above this one, which some of its properties name: one for each part of that resource's id. */
    namedAbove(
        resource: PlannedResource,
        properties: PlannedProperties,
        names: readonly string[],
        armType: string,
    ): Target {
        const property = names.at(-1) ?? "";
        const dependencies = resource.dependenciesOf(property);
        const readBack = properties.id;
        if (readBack.state === "known") {
            const above = { ...readBack.value, type: armType, names: readBack.value.names.slice(0, names.length) };
            return { id: known(above), property, dependencies };
        }
        const texts = names.map((name) => properties.configured(name).text());
        const group = this.groupOf(resource, properties);
        const unnamed = names.findLast((_, index) => texts[index]?.state !== "known");
        if (unnamed !== undefined || group.state !== "known") {
            const open = unnamed ?? "resourceGroupName";
            return { id: unknown(open), property: open, dependencies };
        }
        const subscription = this.subscriptionOf(resource);
        const path = texts.flatMap((text) => valueOf(text) ?? []);
        const above = { ...subscription, resourceGroup: group.value, type: armType, names: path };
        return { id: known(above), property, dependencies };
    }

    /** In which subscription a resource's provider makes it, or what is known of that. */
    subscriptionOf({ provider }: Pick<PlannedResource, "provider">): Subscription {
        const subscription = provider && (valueOf(provider.subscription) ?? this.subscriptions.get(provider.urn));
        return subscription !== undefined || provider === undefined || isDefault(provider)
            ? { subscription }
            : { subscription, subscriptionOf: provider.urn };
    }

    private learnGroupName(resource: PlannedResource): void {
        // Groups in a template have its URN in common, so that one tells nothing of the others.
        if (!isResourceGroup(resource.type) || resource.embeddedIn?.deployment !== undefined) {
            return;
        }
        const properties = PlannedProperties.of(resource);
        const name = properties.readBack("name").text();
        const configured = parseTypeToken(resource.type)?.provider === "azure-classic" ? "name" : "resourceGroupName";
        this.groupNames.set(resource.urn, name.state === "known" ? name : properties.configured(configured).text());
    }

    /** All that one provider resource creates lies in one subscription, so one known id tells it for the others. */
    private learnSubscription({ provider, outputs }: PlannedResource): void {
        if (provider === undefined || provider.subscription.state === "known" || this.subscriptions.has(provider.urn)) {
            return;
        }
        const id = valueOf(parsedId(Property.of(outputs).at("id").text()));
        // A lock, like every extension, takes its id from what it is put on, wherever that lies.
        if (id?.subscription !== undefined && !/^microsoft\.authorization\//i.test(id.type)) {
            this.subscriptions.set(provider.urn, id.subscription);
        }
    }
}

/** One that Pulumi makes by itself, for what the program gives no provider: `default`, `default_3_8_0`. */
function isDefault({ urn }: PlannedProvider): boolean {
    return /^default(_|$)/.test(parseUrn(urn).name);
}

function parentFrom(resource: PlannedResource, { parent, names: [first, ...others] }: IdShape): readonly Urn[] {
    const property = parent ?? (others.length > 0 ? first : undefined);
    return typeof property === "string" ? resource.dependenciesOf(property) : [];
}

function nameFrom(properties: PlannedProperties, source: NameSource): Value<string> {
    return typeof source === "string" ? properties.configured(source).text() : source(properties);
}
