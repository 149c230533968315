import { PlannedProperties, type PlannedResource } from "../planned-resource";
import { UNKNOWN_VALUE } from "../property-bag";
import { asPlannedResource } from "./arm-resource";

/** `azure-native:resources:Resource`, which makes any ARM resource (TOK-10). */
export function readGenericResource(carrier: PlannedResource): readonly PlannedResource[] {
    const properties = PlannedProperties.of(carrier);
    const namespace = properties.configured("resourceProviderNamespace").text();
    const parents = properties.configured("parentResourcePath").raw();
    const type = properties.configured("resourceType").text();
    if (namespace.state !== "known" || type.state !== "known") {
        return [];
    }
    // `vaults/dr/replicationFabrics/west`: a type and a name in turn.
    const path = typeof parents === "string" ? parents.split("/").filter((part) => part !== "") : [];
    const isKnown = parents !== UNKNOWN_VALUE;
    const parentTypes = path.filter((_, index) => index % 2 === 0);
    const parentNames = path.filter((_, index) => index % 2 === 1);
    const resource = asPlannedResource(carrier, {
        type: [namespace.value, ...(isKnown ? parentTypes : []), ...type.value.split("/")].join("/"),
        names: isKnown ? [...parentNames, properties.configured("resourceName").raw() ?? carrier.name] : undefined,
        apiVersion: undefined,
        resourceGroup: properties.configured("resourceGroupName").raw(),
        location: properties.configured("location").raw(),
        tags: properties.configured("tags").raw(),
        properties: properties.configured("properties").raw(),
        scope: undefined,
        madeFrom: ["properties"],
        readBack: {
            id: properties.readBack("id").raw(),
            name: properties.readBack("name").raw(),
            properties: properties.readBack("properties").raw(),
        },
        at: { name: "resourceName", parents: "parentResourcePath", prefix: "", text: undefined, deployment: undefined },
    });
    return resource === undefined ? [] : [resource];
}
