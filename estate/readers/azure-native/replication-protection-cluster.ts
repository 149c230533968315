import { diskList } from "./replicated-disks";
import { reader } from "./resource";

/** `azure-native:recoveryservices:ReplicationProtectionCluster`: the same path when asked for and when read back. */
export const readReplicationProtectionCluster = reader(
    "protection cluster",
    {
        armType:
            "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectionClusters",
        names: ["resourceName", "fabricName", "protectionContainerName", "replicationProtectionClusterName"],
    },
    ({ resource, properties, identity }) => {
        const path = [
            "properties",
            "sharedDiskProperties",
            "sharedDiskProviderSpecificDetails",
            "protectedManagedDisks",
        ];
        return { ...identity, disks: diskList(resource, properties, identity.lifetime, path, path) };
    },
);
