import { ABSENT, known, type Value } from "../../values";
import type { Lifetime, PlannedProperties, PlannedResource } from "../../planned-resource";
import { parseTypeToken } from "../../ids/type-token";
import { readersOf } from "../reader";

/** Makes a reader for a resource type of azure-native. */
export const reader = readersOf("azure-native", lifetimeOf);

/** Names survive the preview of an update, ids do not (SEE-04, SEE-05). */
function lifetimeOf(properties: PlannedProperties): Lifetime {
    if (properties.readBack("name").state === "unknown") {
        return "new";
    }
    return properties.readBack("id").state === "known" ? "existing" : "changing";
}

/** The provider keeps it among the inputs; old versions of it only have it in the token, if there. */
export function apiVersion({ type }: PlannedResource, properties: PlannedProperties): Value<string> {
    const kept = properties.planned("azureApiVersion").text();
    const written = parseTypeToken(type)?.apiVersion;
    return kept.state === "absent" ? (written === undefined ? ABSENT : known(written)) : kept;
}
