import { PlannedProperties, type PlannedResource } from "../planned-resource";
import { isUnknown, UNKNOWN_VALUE } from "../property-bag";
import { asPlannedResource } from "./arm-resource";
import type { EmbeddedResources } from "./embedded";

/** `azure-native:resources:Resource`, which makes any ARM resource (TOK-10). */
export function readGenericResource(template: PlannedResource): EmbeddedResources {
    const properties = PlannedProperties.of(template);
    const namespace = properties.configured("resourceProviderNamespace").text();
    const parents = properties.configured("parentResourcePath").raw();
    const type = properties.configured("resourceType").text();
    if (namespace.state !== "known" || type.state !== "known") {
        const open = namespace.state === "unknown" ? namespace : type;
        const gaps = open.state === "unknown" ? [{ property: open.property, why: "not known" } as const] : [];
        return { resources: [], gaps };
    }
    // `vaults/dr/replicationFabrics/west`: a type and a name in turn.
    const path = typeof parents === "string" ? parents.split("/").filter((part) => part !== "") : [];
    const isKnown = !isUnknown(parents);
    const parentTypes = path.filter((_, index) => index % 2 === 0);
    const parentNames = path.filter((_, index) => index % 2 === 1);
    const resource = asPlannedResource(template, {
        type: [namespace.value, ...(isKnown ? parentTypes : []), ...type.value.split("/")].join("/"),
        names: isKnown ? [...parentNames, properties.configured("resourceName").raw() ?? template.name] : UNKNOWN_VALUE,
        apiVersion: undefined,
        resourceGroup: properties.configured("resourceGroupName").raw(),
        location: properties.configured("location").raw(),
        tags: properties.configured("tags").raw(),
        beside: (name) => properties.configured(name).raw(),
        properties: properties.configured("properties").raw(),
        scope: undefined,
        heldIn: {
            name: ["resourceName"],
            parents: ["parentResourcePath"],
            group: ["resourceGroupName"],
            location: ["location"],
            tags: ["tags"],
            body: ["properties"],
        },
        readBack: {
            id: properties.readBack("id").raw(),
            name: properties.readBack("name").raw(),
            properties: properties.readBack("properties").raw(),
        },
        at: {
            name: "resourceName",
            parents: "parentResourcePath",
            prefix: "",
            text: undefined,
            deployment: undefined,
            openBy: undefined,
        },
    });
    return { resources: resource === undefined ? [] : [resource], gaps: [] };
}
