import { known, mapValue, withDefault } from "../../values";
import { isSet, reference } from "../../planned-resource";
import { FABRIC, PROTECTION_CONTAINER } from "../../ids/resource-types";
import { numberSetting } from "../reader";
import { reader } from "./resource";

const VAULT = "Microsoft.RecoveryServices/vaults";

/** `azure:siterecovery/fabric:Fabric` (ARM-06) */
export const readFabric = reader(
    "replication fabric",
    { armType: FABRIC, names: ["recoveryVaultName", "name"] },
    ({ properties }) => ({ location: properties.planned("location").text() }),
);

/** `azure:siterecovery/replicationPolicy:ReplicationPolicy` (ARM-10) */
export const readReplicationPolicy = reader(
    "replication policy",
    { armType: `${VAULT}/replicationPolicies`, names: ["recoveryVaultName", "name"] },
    ({ properties }) => ({
        isAzureToAzure: known(true),
        historyMinutes: numberSetting(properties.planned("recoveryPointRetentionInMinutes")),
        appConsistentMinutes: numberSetting(properties.planned("applicationConsistentSnapshotFrequencyInMinutes")),
    }),
);

/** `azure:siterecovery/protectionContainerMapping:ProtectionContainerMapping` (ARM-09) */
export const readProtectionContainerMapping = reader(
    "protection container mapping",
    {
        armType: `${PROTECTION_CONTAINER}/replicationProtectionContainerMappings`,
        names: ["recoveryVaultName", "recoveryFabricName", "recoverySourceProtectionContainerName", "name"],
    },
    ({ resource, properties }) => {
        const updates = properties.below("automaticUpdate");
        const enabled = updates.planned("enabled").flag();
        const account = updates.planned("automationAccountId");
        return {
            isAzureToAzure: known(true),
            autoUpdate: {
                property: "automaticUpdate.enabled",
                // Later versions of the provider tell by the account alone.
                value: enabled.state === "absent" ? mapValue(account.text(), () => true) : enabled,
            },
            automationAccount: {
                property: "automaticUpdate.automationAccountId",
                value: isSet(reference(resource, account)),
            },
            authentication: {
                property: "automaticUpdate.authenticationType",
                value: withDefault(updates.planned("authenticationType").text(), "SystemAssignedIdentity"),
            },
        };
    },
);

/** `azure:siterecovery/protectionContainer:ProtectionContainer` (ARM-07) */
export const readProtectionContainer = reader(
    "protection container",
    {
        armType: PROTECTION_CONTAINER,
        names: ["recoveryVaultName", "recoveryFabricName", "name"],
    },
    ({ resource, properties, identities }) => ({
        fabric: identities.namedAbove(resource, properties, ["recoveryVaultName", "recoveryFabricName"], FABRIC),
    }),
);
