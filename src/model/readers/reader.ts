import { ABSENT, type Value } from "../values";
import type { Identities, IdShape } from "../ids/identify";
import type { AzureResource, Entity, Kind, Setting, Tags } from "../resources";
import { PlannedProperties, type Lifetime, type PlannedResource } from "../planned-resource";
import type { Property, PropertyBag } from "../property-bag";
import { isCopy, isTaggedAsRestored } from "../disks/restored-disk";
import type { Provider } from "../ids/type-token";

/** What a reader is given: one resource, its properties and who it is. */
export interface Reading<K extends Kind> {
    readonly resource: PlannedResource;
    readonly properties: PlannedProperties;
    readonly identities: Identities;
    readonly identity: AzureResource & { readonly kind: K };
}

/** What a kind of resource has beside what all have. */
export type OwnPart<K extends Kind> = Omit<Entity & { readonly kind: K }, keyof AzureResource>;

/** Reads one resource type into the model. */
export interface Reader {
    readonly kind: Kind;
    readonly shape: IdShape;
    readonly read: (resource: PlannedResource, identities: Identities) => Entity;
    /** Whether it makes a disk that was, or may have been, something else before. Told by its inputs, without reading it all. */
    readonly mayRestoreDisks: (inputs: PropertyBag) => boolean;
}

/**
 * Makes the readers of one provider, whose previews tell what is new in their own way. Those of what makes disks say where
 * the create options of these stand.
 */
export function readersOf(provider: Provider, lifetimeOf: (properties: PlannedProperties) => Lifetime) {
    return <K extends Kind>(
        kind: K,
        shape: IdShape,
        read: (reading: Reading<K>) => OwnPart<K>,
        createOptions: (properties: PlannedProperties) => readonly Property[] = () => [],
    ): Reader => ({
        kind,
        shape,
        read: (resource, identities) => {
            const properties = PlannedProperties.of(resource);
            const lifetime = resource.embeddedIn?.deployment ?? lifetimeOf(properties);
            const identity = identities.identify(kind, resource, properties, shape, { provider, lifetime });
            // What has just been made gets the rest: a third object with the properties of both would take a multiple.
            const entity = read({ resource, properties, identities, identity }) as unknown as Writable<AzureResource>;
            // Written out, because Object.assign takes several times as long.
            entity.kind = kind;
            entity.provider = provider;
            entity.lifetime = lifetime;
            entity.urn = identity.urn;
            entity.pulumiName = identity.pulumiName;
            entity.azureName = identity.azureName;
            entity.id = identity.id;
            entity.subscription = identity.subscription;
            entity.groupFrom = identity.groupFrom;
            entity.parentFrom = identity.parentFrom;
            entity.isUpdated = identity.isUpdated;
            entity.skipped = identity.skipped;
            entity.protect = identity.protect;
            entity.ignoreChanges = identity.ignoreChanges;
            entity.embeddedIn = identity.embeddedIn;
            return entity as Entity;
        },
        mayRestoreDisks: (inputs) => {
            const properties = PlannedProperties.of({ inputs, outputs: {} });
            const mayCopy = createOptions(properties).some((property) => {
                const option = property.text();
                return option.state === "unknown" || (option.state === "known" && isCopy(option.value));
            });
            return mayCopy || (kind === "disk" && isTaggedAsRestored(tagsOf(properties)));
        },
    });
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

export function numberSetting(property: Property): Setting<number> {
    return { value: property.number(), property: property.path };
}

export function textSetting(property: Property): Setting<string> {
    return { value: property.text(), property: property.path };
}

export function tagsOf(properties: PlannedProperties): Tags {
    return properties.planned("tags").texts();
}

/**
 * Where a resource is made. The providers fill in the location of its group where the program gives none; of a group
 * that is new, too, that is an unknown value which comes from nothing in the program, and as good as none. In a template
 * nobody fills in anything.
 */
export function locationOf(resource: PlannedResource, properties: PlannedProperties): Value<string> {
    const location = properties.planned("location").text();
    const isInTemplate = resource.embeddedIn?.deployment !== undefined;
    const isFilledIn = !isInTemplate && resource.dependenciesOf("location").length === 0 && !properties.skipped;
    return location.state === "unknown" && isFilledIn ? ABSENT : location;
}
