// All properties of the replicated item come out of one apply.
import * as recoveryservices from "@pulumi/azure-native/recoveryservices";
import * as pulumi from "@pulumi/pulumi";

import { backUp, CONTAINER, element, hub, newDisks, newShop, plainVm } from "../shop";

const { group, backup, recovery } = newShop();
const disks = newDisks("web", group);
const web = plainVm("web", group, disks);
backUp("web", group.name, web, backup);
const ids = pulumi.all([disks.listed, ...disks.data].map(({ id }) => id));
new recoveryservices.ReplicationProtectedItem("web-replication", {
    resourceGroupName: recovery.group,
    resourceName: recovery.name,
    fabricName: "westeurope",
    protectionContainerName: "westeurope",
    properties: pulumi.all([recovery.id, web.id, ids]).apply(([vaultId, fabricObjectId, all]) => ({
        policyId: `${vaultId}/replicationPolicies/24-hours`,
        providerSpecificDetails: {
            instanceType: "A2A" as const,
            fabricObjectId,
            recoveryContainerId: `${vaultId}/${CONTAINER}`,
            recoveryResourceGroupId: hub,
            vmManagedDisks: all.map((id) => element(id)),
        },
    })),
});
