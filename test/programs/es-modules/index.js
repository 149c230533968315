// A program in JavaScript, an ES module with an await at its top. It looks a subscription up first.
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as compute from "@pulumi/azure-native/compute/index.js";
import * as recoveryservices from "@pulumi/azure-native/recoveryservices/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config("program");
const isRestored = config.get("boot") === "restored";
const isListed = config.get("listed") === "restored";
const { subscriptionId } = await authorization.getClientConfig();
const hub = `/subscriptions/${subscriptionId}/resourceGroups/hub`;

const group = new resources.ResourceGroup("shop", { location: "westeurope" });
const disk = (name, creationData, more = {}) =>
    new compute.Disk(name, { resourceGroupName: group.name, creationData, ...more });
const os = disk("web-os", { createOption: "Empty" }, { osType: "Linux", diskSizeGB: 64 });
const restored = isRestored
    ? disk(
          "web-os-restored",
          {
              createOption: "Restore",
              sourceResourceId: `/subscriptions/${subscriptionId}/resourceGroups/AzureBackupRG_westeurope_1/providers/Microsoft.Compute/restorePointCollections/AzureBackup_web_545359511612843/restorePoints/AzureBackup_20260301_084023/disks/web-os`,
          },
          { osType: "Linux" },
      )
    : os;
const web = new compute.VirtualMachine("web", {
    resourceGroupName: group.name,
    tags: { "bcdr-tier": "replication" },
    hardwareProfile: { vmSize: "Standard_D4s_v5" },
    networkProfile: { networkInterfaces: [{ id: `${hub}/providers/Microsoft.Network/networkInterfaces/web` }] },
    storageProfile: { osDisk: { createOption: "Attach", osType: "Linux", managedDisk: { id: restored.id } } },
});
const vault = `${hub}/providers/Microsoft.RecoveryServices/vaults/recovery`;
new recoveryservices.ReplicationProtectedItem("web-replication", {
    resourceGroupName: "hub",
    resourceName: "recovery",
    fabricName: "westeurope",
    protectionContainerName: "westeurope",
    properties: {
        policyId: `${vault}/replicationPolicies/24-hours`,
        providerSpecificDetails: {
            instanceType: "A2A",
            fabricObjectId: web.id,
            recoveryContainerId: `${vault}/replicationFabrics/northeurope/replicationProtectionContainers/northeurope`,
            recoveryResourceGroupId: hub,
            vmManagedDisks: [isListed ? restored : os].map(({ id }) => ({
                diskId: id,
                primaryStagingAzureStorageAccountId: `${hub}/providers/Microsoft.Storage/storageAccounts/staging`,
                recoveryResourceGroupId: hub,
            })),
        },
    },
});

export const id = web.id;
