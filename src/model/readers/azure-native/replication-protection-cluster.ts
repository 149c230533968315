import { mapValue, valueOf, type Value } from "../../values";
import { reference } from "../../planned-resource";
import type { Property } from "../../property-bag";
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
            itemCount: distinctIn(items),
            nodeCount: distinctIn(cluster.planned("clusterNodeFqdns").list()),
            policy: reference(resource, cluster.planned("policyId")),
        };
    },
);

/** One that is not known yet counts as another one. */
function distinctIn(list: Value<readonly Property[]>): Value<number> {
    return mapValue(list, (all) => new Set(all.map((each) => valueOf(each.text())?.toLowerCase() ?? each)).size);
}
