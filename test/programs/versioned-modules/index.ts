// Tokens with the version of an API in them, as packages of single versions and the SDKs of version 2 make them.
import * as pulumi from "@pulumi/pulumi";

import { CONTAINER, element, hub, isListed, isRestored, restorePoint } from "../shop";

class Resource extends pulumi.CustomResource {}
const resource = (type: string, name: string, properties: Record<string, unknown>): Resource =>
    new Resource(`azure-native:${type}`, name, properties);

const resourceGroupName = "shop";
resource("resources/v20240301:ResourceGroup", "shop", { resourceGroupName, location: "westeurope" });
const disk = (name: string, creationData: object): Resource =>
    resource("compute/v20240302:Disk", name, { resourceGroupName, osType: "Linux", diskSizeGB: 64, creationData });
const os = disk("web-os", { createOption: "Empty" });
const restored = isRestored
    ? disk("web-os-restored", { createOption: "Restore", sourceResourceId: restorePoint("web") })
    : os;
const web = resource("compute/v20240701:VirtualMachine", "web", {
    resourceGroupName,
    tags: { "bcdr-tier": "replication" },
    hardwareProfile: { vmSize: "Standard_D4s_v5" },
    networkProfile: { networkInterfaces: [{ id: `${hub}/providers/Microsoft.Network/networkInterfaces/web` }] },
    storageProfile: { osDisk: { createOption: "Attach", osType: "Linux", managedDisk: { id: restored.id } } },
});
const vault = `${hub}/providers/Microsoft.RecoveryServices/vaults/recovery`;
resource("recoveryservices/v20240401:ReplicationProtectedItem", "web-replication", {
    resourceGroupName: "hub",
    resourceName: "recovery",
    fabricName: "westeurope",
    protectionContainerName: "westeurope",
    properties: {
        policyId: `${vault}/replicationPolicies/24-hours`,
        providerSpecificDetails: {
            instanceType: "A2A",
            fabricObjectId: web.id,
            recoveryContainerId: `${vault}/${CONTAINER}`,
            recoveryResourceGroupId: hub,
            vmManagedDisks: [element((isListed ? restored : os).id)],
        },
    },
});
