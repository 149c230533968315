import type { PlannedProperties, PlannedResource } from "../planned-resource";
import { Property } from "../property-bag";

/** A property that is fixed when replication is enabled: an update in place leaves it as Azure had it. */
export function fixedAtEnabling(
    { formerOutputs, embeddedIn }: Pick<PlannedResource, "formerOutputs" | "embeddedIn">,
    properties: PlannedProperties,
    ...path: readonly string[]
): Property {
    return formerOutputs === undefined || embeddedIn !== undefined
        ? properties.planned(...path)
        : Property.of(formerOutputs).at(...path);
}
