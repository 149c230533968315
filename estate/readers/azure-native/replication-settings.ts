import { reader } from "./resource";

const VAULT = "Microsoft.RecoveryServices/vaults";

/** `azure-native:recoveryservices:ReplicationFabric` (ARM-06) */
export const readReplicationFabric = reader(
    "replication fabric",
    { armType: `${VAULT}/replicationFabrics`, names: ["resourceName", "fabricName"] },
    ({ properties, identity }) => ({
        ...identity,
        location: properties.planned("properties", "customDetails", "location").text(),
    }),
);

/** `azure-native:recoveryservices:ReplicationPolicy` (ARM-10) */
export const readReplicationPolicy = reader(
    "replication policy",
    { armType: `${VAULT}/replicationPolicies`, names: ["resourceName", "policyName"] },
    ({ identity }) => identity,
);

/** `azure-native:recoveryservices:ReplicationProtectionContainerMapping` (ARM-09) */
export const readReplicationProtectionContainerMapping = reader(
    "protection container mapping",
    {
        armType: `${VAULT}/replicationFabrics/replicationProtectionContainers/replicationProtectionContainerMappings`,
        names: ["resourceName", "fabricName", "protectionContainerName", "mappingName"],
    },
    ({ identity }) => identity,
);
