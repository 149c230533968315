import { RESOURCE_GROUP, VM_TYPE } from "../../ids/resource-types";
import { equalsIgnoringCase } from "../../letter-case";
import type { Identities } from "../../ids/identify";
import { ABSENT, known, valueOf } from "../../values";
import { reference, targetOf, type PlannedProperties, type PlannedResource, type Target } from "../../planned-resource";
import { reader } from "./resource";

const SHAPE = { armType: "Microsoft.Authorization/locks", isExtension: true, names: ["lockName"] } as const;

/** `azure-native:authorization:ManagementLockByScope` (CMP-09) */
export const readLockByScope = reader("lock", SHAPE, ({ resource, properties }) => ({
    scope: targetOf(reference(resource, properties.configured("scope"))),
}));

/** `azure-native:authorization:ManagementLockAtResourceGroupLevel` */
export const readLockAtResourceGroupLevel = reader("lock", SHAPE, ({ resource, properties, identities }) => {
    const group = identities.groupOf(resource, properties);
    return {
        scope: {
            id:
                group.state === "known"
                    ? known({
                          ...subscriptionOf(resource, properties, identities),
                          resourceGroup: undefined,
                          type: RESOURCE_GROUP,
                          names: [group.value],
                      })
                    : group,
            property: "resourceGroupName",
            dependencies: resource.dependenciesOf("resourceGroupName"),
        },
    };
});

/** `azure-native:authorization:ManagementLockAtResourceLevel` */
export const readLockAtResourceLevel = reader("lock", SHAPE, ({ resource, properties, identities }) => ({
    scope: lockedResource(resource, properties, identities),
}));

/** A lock that names its group lies in the subscription of its own provider, which Azure's answer tells. */
function subscriptionOf(
    resource: PlannedResource,
    { id }: PlannedProperties,
    identities: Identities,
): ReturnType<Identities["subscriptionOf"]> {
    const subscription = valueOf(id)?.subscription;
    return subscription === undefined ? identities.subscriptionOf(resource) : { subscription };
}

function lockedResource(resource: PlannedResource, properties: PlannedProperties, identities: Identities): Target {
    const group = valueOf(identities.groupOf(resource, properties));
    const name = properties.configured("resourceName").text();
    const namespace = valueOf(properties.configured("resourceProviderNamespace").text());
    const type = valueOf(properties.configured("resourceType").text());
    const dependencies = resource.dependenciesOf("resourceName");
    if (namespace !== undefined && type !== undefined && !equalsIgnoringCase(`${namespace}/${type}`, VM_TYPE)) {
        // Whatever it is called, it is none that policies ask about.
        return { id: ABSENT, property: "resourceName", dependencies };
    }
    const isReported = name.state === "known" && group !== undefined && namespace !== undefined && type !== undefined;
    return {
        id: isReported
            ? known({
                  ...subscriptionOf(resource, properties, identities),
                  resourceGroup: group,
                  type: `${namespace}/${type}`,
                  names: [name.value],
              })
            : { state: "unknown", property: "resourceName" },
        property: "resourceName",
        dependencies,
    };
}
