import type { Lifetime, PlannedProperties } from "../../planned-resource";
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
