import type { Identities, IdShape } from "../../identify";
import type { AzureResource, Entity, Tags } from "../../model";
import { PlannedProperties, type PlannedResource } from "../../planned-resource";

/** What a reader is given: one resource, its properties and who it is. */
export interface Reading {
    readonly resource: PlannedResource;
    readonly properties: PlannedProperties;
    readonly identity: AzureResource;
}

/** Reads one resource type into the model. */
export type Reader = (resource: PlannedResource, identities: Identities) => Entity;

export function reader(shape: IdShape, read: (reading: Reading) => Entity): Reader {
    return (resource, identities) => {
        const properties = new PlannedProperties(resource);
        return read({ resource, properties, identity: identities.identify(resource, properties, shape) });
    };
}

export function tagsOf(properties: PlannedProperties): Tags {
    return properties.planned("tags").texts();
}
