// A VM of the classic provider: data disks are attached by resources, and the list of disks comes out of one apply.
import * as backup from "@pulumi/azure/backup";
import * as compute from "@pulumi/azure/compute";
import * as core from "@pulumi/azure/core";
import * as recoveryservices from "@pulumi/azure/recoveryservices";
import * as siterecovery from "@pulumi/azure/siterecovery";
import * as pulumi from "@pulumi/pulumi";

import { hub, isListed, isRestored, restorePoint } from "../shop";

const group = new core.ResourceGroup("shop", { location: "westeurope" });
const recoveryGroup = new core.ResourceGroup("shop-recovery", { location: "northeurope" });
const disk = (name: string, args: Partial<compute.ManagedDiskArgs>): compute.ManagedDisk =>
    new compute.ManagedDisk(name, {
        resourceGroupName: group.name,
        storageAccountType: "Premium_LRS",
        createOption: "Empty",
        diskSizeGb: 64,
        ...args,
    });
const os = disk("web-os", { osType: "Linux" });
const restored = isRestored
    ? disk("web-os-restored", { osType: "Linux", createOption: "Restore", sourceResourceId: restorePoint("web") })
    : os;
const web = new compute.LinuxVirtualMachine("web", {
    resourceGroupName: group.name,
    size: "Standard_D4s_v5",
    networkInterfaceIds: [`${hub}/providers/Microsoft.Network/networkInterfaces/web`],
    osManagedDiskId: restored.id,
    osDisk: { caching: "ReadWrite" },
});
const data = disk("web-data", {});
const attached = new compute.DataDiskAttachment("web-data-attached", {
    virtualMachineId: web.id,
    managedDiskId: data.id,
    lun: 0,
    caching: "ReadOnly",
});
const vault = (name: string, of: core.ResourceGroup): recoveryservices.Vault =>
    new recoveryservices.Vault(name, {
        resourceGroupName: of.name,
        sku: "Standard",
        storageModeType: "ZoneRedundant",
        immutability: "Unlocked",
    });
const [backupVault, recoveryVault] = [vault("backup", group), vault("recovery", recoveryGroup)];
new backup.ProtectedVM("web-backup", {
    resourceGroupName: group.name,
    recoveryVaultName: backupVault.name,
    sourceVmId: web.id,
    backupPolicyId: pulumi.interpolate`${backupVault.id}/backupPolicies/EnhancedPolicy`,
});
new siterecovery.ReplicatedVM(
    "web-replication",
    {
        resourceGroupName: recoveryGroup.name,
        recoveryVaultName: recoveryVault.name,
        sourceRecoveryFabricName: "westeurope",
        sourceRecoveryProtectionContainerName: "westeurope",
        recoveryReplicationPolicyId: pulumi.interpolate`${recoveryVault.id}/replicationPolicies/24-hours`,
        sourceVmId: web.id,
        targetRecoveryFabricId: pulumi.interpolate`${recoveryVault.id}/replicationFabrics/northeurope`,
        targetRecoveryProtectionContainerId: pulumi.interpolate`${recoveryVault.id}/replicationFabrics/northeurope/replicationProtectionContainers/northeurope`,
        targetResourceGroupId: recoveryGroup.id,
        managedDisks: pulumi.all([(isListed ? restored : os).id, data.id]).apply((ids) =>
            ids.map((diskId) => ({
                diskId,
                stagingStorageAccountId: `${hub}/providers/Microsoft.Storage/storageAccounts/stagingwesteurope`,
                targetResourceGroupId: hub,
                targetDiskType: "Premium_LRS",
                targetReplicaDiskType: "Premium_LRS",
            })),
        ),
    },
    { dependsOn: attached },
);
