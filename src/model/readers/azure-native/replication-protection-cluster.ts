import { valueOf } from "../../values";
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
        const cluster = properties.below("properties");
        const details = cluster.below("sharedDiskProperties", "sharedDiskProviderSpecificDetails");
        const items = cluster.planned("clusterProtectedItemIds").list();
        return {
            disks: diskList(resource, details, identity.lifetime, "protectedManagedDisks", "protectedManagedDisks"),
            items: (valueOf(items) ?? []).map((item) => reference(resource, item)),
        };
    },
);
