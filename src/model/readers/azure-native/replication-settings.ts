import { known, mapValue, type Value } from "../../values";
import type { Setting } from "../../resources";
import { isSet, reference, type PlannedProperties } from "../../planned-resource";
import type { Property } from "../../property-bag";
import { FABRIC } from "../../ids/resource-types";
import { reader } from "./resource";

const VAULT = "Microsoft.RecoveryServices/vaults";

/** `azure-native:recoveryservices:ReplicationFabric` (ARM-06) */
export const readReplicationFabric = reader(
    "replication fabric",
    { armType: FABRIC, names: ["resourceName", "fabricName"] },
    ({ properties }) => ({
        location: properties.planned("properties", "customDetails", "location").text(),
    }),
);

/** `azure-native:recoveryservices:ReplicationPolicy` (ARM-10) */
export const readReplicationPolicy = reader(
    "replication policy",
    { armType: `${VAULT}/replicationPolicies`, names: ["resourceName", "policyName"] },
    ({ properties }) => {
        const instanceType = details(properties, "instanceType").text();
        return {
            isAzureToAzure:
                instanceType.state === "absent"
                    ? known(false)
                    : mapValue(instanceType, (type) => type.toUpperCase() === "A2A"),
            historyMinutes: minutes(properties, "recoveryPointHistory"),
            appConsistentMinutes: minutes(properties, "appConsistentFrequencyInMinutes"),
        };
    },
);

/** The program's request and Azure's answer use different property names. */
function details(properties: PlannedProperties, name: string): Property {
    const asked = properties.configured("properties", "providerSpecificInput", name);
    return asked.state === "absent" ? properties.planned("properties", "providerSpecificDetails", name) : asked;
}

/** A person who has to change it needs the name under which a program asks for it. */
function minutes(properties: PlannedProperties, name: string): Setting<number> {
    return {
        value: details(properties, name).number(),
        property: properties.configured("properties", "providerSpecificInput", name).path,
    };
}

/** `azure-native:recoveryservices:ReplicationProtectionContainerMapping` (ARM-09) */
export const readReplicationProtectionContainerMapping = reader(
    "protection container mapping",
    {
        armType: `${VAULT}/replicationFabrics/replicationProtectionContainers/replicationProtectionContainerMappings`,
        names: ["resourceName", "fabricName", "protectionContainerName", "mappingName"],
    },
    ({ resource, properties }) => {
        const setting = <T>(name: string, value: Value<T>): Setting<T> => ({
            value,
            property: properties.configured("properties", "providerSpecificInput", name).path,
        });
        const updates = details(properties, "agentAutoUpdateStatus").text();
        return {
            isAzureToAzure: isAzureToAzure(properties),
            autoUpdate: setting(
                "agentAutoUpdateStatus",
                mapValue(updates, (status) => status.toLowerCase() === "enabled"),
            ),
            automationAccount: setting(
                "automationAccountArmId",
                isSet(reference(resource, details(properties, "automationAccountArmId"))),
            ),
            authentication: setting(
                "automationAccountAuthenticationType",
                details(properties, "automationAccountAuthenticationType").text(),
            ),
        };
    },
);

/** The other kinds of replication go to Azure from elsewhere, so their target is no container. */
function isAzureToAzure(properties: PlannedProperties): Value<boolean> {
    const type = details(properties, "instanceType").text();
    return type.state === "absent"
        ? mapValue(properties.planned("properties", "targetProtectionContainerId").text(), (target) =>
              target.toLowerCase().includes("/replicationprotectioncontainers/"),
          )
        : mapValue(type, (text) => text.toUpperCase() === "A2A");
}
