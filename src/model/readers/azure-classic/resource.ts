import { known, type Value } from "../../values";
import type { Lifetime, PlannedProperties } from "../../planned-resource";
import { readersOf } from "../reader";

/** Makes a reader for a resource type of the classic provider. */
export const reader = readersOf("azure-classic", lifetimeOf);

/**
 * The Terraform bridge knows the id of what exists at every preview, and lacks it only where a resource is created or
 * replaced. A read-back without an id says nothing.
 */
function lifetimeOf(properties: PlannedProperties): Lifetime {
    const { state } = properties.readBack("id");
    return state === "known" ? "existing" : state === "unknown" ? "new" : "changing";
}

/** A part of an id that is the same for all resources of a type. */
export function constant(text: string): () => Value<string> {
    return () => known(text);
}
