import { valueOf } from "../../known";
import { reference } from "../../planned-resource";
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
        const items = properties.planned("properties", "clusterProtectedItemIds").list();
        return {
            ...identity,
            disks: diskList(resource, properties, identity.lifetime, path, path),
            items: (valueOf(items) ?? []).map((item) => reference(resource, item)),
        };
    },
);
