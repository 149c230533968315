import type { Identities, IdShape } from "../../identify";
import type { AzureResource, Entity, Tags } from "../../model";
import { PlannedProperties, type PlannedResource } from "../../planned-resource";

/** What a reader is given: one resource, its properties and who it is. */
export interface Reading<K extends Entity["kind"]> {
    readonly resource: PlannedResource;
    readonly properties: PlannedProperties;
    readonly identities: Identities;
    readonly identity: AzureResource & { readonly kind: K };
}

/** Reads one resource type into the model. */
export type Reader = (resource: PlannedResource, identities: Identities) => Entity;

export function reader<K extends Entity["kind"]>(
    kind: K,
    shape: IdShape,
    read: (reading: Reading<K>) => Extract<Entity, { kind: K }>,
): Reader {
    return (resource, identities) => {
        const properties = new PlannedProperties(resource);
        const identity = identities.identify(kind, resource, properties, shape);
        return read({ resource, properties, identities, identity });
    };
}

export function tagsOf(properties: PlannedProperties): Tags {
    return properties.planned("tags").texts();
}
