// The VMs of before/. One of them, the application server, boots from a restored OS disk.
import * as compute from "@pulumi/azure-native/compute";
import * as recoveryservices from "@pulumi/azure-native/recoveryservices";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";

const subscription = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60";
// Made once for all VMs, in another program.
const staging = `${subscription}/resourceGroups/recovery/providers/Microsoft.Storage/storageAccounts/stagingwesteurope`;
const recoveryGroup = `${subscription}/resourceGroups/shop-recovery`;
// Where Azure Backup keeps the restore points of the VM.
const restorePoints = `${subscription}/resourceGroups/AzureBackupRG_westeurope_1/providers/Microsoft.Compute/restorePointCollections/AzureBackup_app_545359511612843/restorePoints`;

const group = new resources.ResourceGroup("group", { resourceGroupName: "fleet", location: "westeurope" });

// Backups in it survive the loss of a zone, and nobody deletes them early.
const recoveryVault = new recoveryservices.Vault("recoveryVault", {
    resourceGroupName: group.name,
    vaultName: "recovery-northeurope",
    location: "northeurope",
    sku: { name: "RS0", tier: "Standard" },
    properties: {
        publicNetworkAccess: "Enabled",
        redundancySettings: { standardTierStorageRedundancy: "ZoneRedundant" },
        securitySettings: { immutabilitySettings: { state: "Unlocked" } },
    },
});

const appOsRestored = new compute.Disk("app-os-restored", {
    resourceGroupName: group.name,
    diskName: "app-os-restored",
    location: "westeurope",
    osType: "Linux",
    sku: { name: "Premium_LRS" },
    creationData: {
        createOption: "Restore",
        sourceResourceId: `${restorePoints}/AzureBackup_20260301_084023/disks/app-os`,
    },
    tags: { RSVaultBackup: "0e1b7c4e-46bb-4a6f-9d2a-7b2f7c1f2a11" },
});

for (const name of ["web", "app", "db"]) {
    const os = new compute.Disk(`${name}-os`, {
        resourceGroupName: group.name,
        diskName: `${name}-os`,
        location: "westeurope",
        osType: "Linux",
        sku: { name: "Premium_LRS" },
        creationData: {
            createOption: "FromImage",
            imageReference: {
                id: `${subscription}/resourceGroups/images/providers/Microsoft.Compute/galleries/shop/images/ubuntu/versions/24.4.0`,
            },
        },
    });
    // Was: os
    const boot = name === "app" ? appOsRestored : os;

    const vm = new compute.VirtualMachine(name, {
        resourceGroupName: group.name,
        vmName: name,
        location: "westeurope",
        // Another program backs it up.
        tags: { "bcdr-tier": "replication" },
        hardwareProfile: { vmSize: "Standard_D4s_v5" },
        networkProfile: {
            networkInterfaces: [
                {
                    id: `${subscription}/resourceGroups/network/providers/Microsoft.Network/networkInterfaces/${name}`,
                    primary: true,
                },
            ],
        },
        storageProfile: {
            osDisk: { createOption: "Attach", osType: "Linux", managedDisk: { id: boot.id } },
        },
    });

    new recoveryservices.ReplicationProtectedItem(`${name}-replication`, {
        resourceGroupName: group.name,
        resourceName: recoveryVault.name,
        fabricName: "westeurope",
        protectionContainerName: "westeurope",
        replicatedProtectedItemName: name,
        properties: {
            policyId: pulumi.interpolate`${recoveryVault.id}/replicationPolicies/24-hours`,
            providerSpecificDetails: {
                instanceType: "A2A",
                fabricObjectId: vm.id,
                recoveryContainerId: pulumi.interpolate`${recoveryVault.id}/replicationFabrics/northeurope/replicationProtectionContainers/northeurope`,
                recoveryResourceGroupId: recoveryGroup,
                multiVmGroupName: "shop",
                vmManagedDisks: [
                    {
                        diskId: os.id,
                        primaryStagingAzureStorageAccountId: staging,
                        recoveryResourceGroupId: recoveryGroup,
                    },
                ],
            },
        },
    });
}
