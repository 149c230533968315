// The web server of before/ on its restored OS disk. Replication was disabled before, so this program creates a new
// replicated item, with a list that has the restored disk.
import * as compute from "@pulumi/azure-native/compute";
import * as recoveryservices from "@pulumi/azure-native/recoveryservices";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";

const subscription = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60";
// Made once for all VMs, in another program.
const staging = `${subscription}/resourceGroups/recovery/providers/Microsoft.Storage/storageAccounts/stagingwesteurope`;
const recoveryGroup = `${subscription}/resourceGroups/shop-recovery`;
// Where Azure Backup keeps the restore points of the VM.
const restorePoints = `${subscription}/resourceGroups/AzureBackupRG_westeurope_1/providers/Microsoft.Compute/restorePointCollections/AzureBackup_web_545359511612843/restorePoints`;

const group = new resources.ResourceGroup("group", { resourceGroupName: "shop", location: "westeurope" });

// The disk from before the restore; nothing has it any more.
new compute.Disk("web-os", {
    resourceGroupName: group.name,
    diskName: "web-os",
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

const webOsRestored = new compute.Disk("web-os-restored", {
    resourceGroupName: group.name,
    diskName: "web-os-restored",
    location: "westeurope",
    osType: "Linux",
    sku: { name: "Premium_LRS" },
    creationData: {
        createOption: "Restore",
        sourceResourceId: `${restorePoints}/AzureBackup_20260301_084023/disks/web-os`,
    },
    tags: { RSVaultBackup: "0e1b7c4e-46bb-4a6f-9d2a-7b2f7c1f2a11" },
});

const webData = new compute.Disk("web-data", {
    resourceGroupName: group.name,
    diskName: "web-data",
    location: "westeurope",
    sku: { name: "Premium_LRS" },
    diskSizeGB: 256,
    creationData: { createOption: "Empty" },
});

const web = new compute.VirtualMachine("web", {
    resourceGroupName: group.name,
    vmName: "web",
    location: "westeurope",
    hardwareProfile: { vmSize: "Standard_D4s_v5" },
    networkProfile: {
        networkInterfaces: [
            {
                id: `${subscription}/resourceGroups/network/providers/Microsoft.Network/networkInterfaces/web`,
                primary: true,
            },
        ],
    },
    storageProfile: {
        // Was: webOs
        osDisk: { createOption: "Attach", osType: "Linux", managedDisk: { id: webOsRestored.id } },
        dataDisks: [{ lun: 0, createOption: "Attach", managedDisk: { id: webData.id } }],
    },
});

/** Backups in it survive the loss of a zone, and nobody deletes them early. */
const vault = (name: string, vaultName: string, location: string): recoveryservices.Vault =>
    new recoveryservices.Vault(name, {
        resourceGroupName: group.name,
        vaultName,
        location,
        sku: { name: "RS0", tier: "Standard" },
        properties: {
            publicNetworkAccess: "Enabled",
            redundancySettings: { standardTierStorageRedundancy: "ZoneRedundant" },
            securitySettings: { immutabilitySettings: { state: "Unlocked" } },
        },
    });

const backupVault = vault("backupVault", "backup-westeurope", "westeurope");
const recoveryVault = vault("recoveryVault", "recovery-northeurope", "northeurope");

new recoveryservices.ProtectedItem("web-backup", {
    resourceGroupName: group.name,
    vaultName: backupVault.name,
    fabricName: "Azure",
    containerName: "iaasvmcontainer;iaasvmcontainerv2;shop;web",
    protectedItemName: "vm;iaasvmcontainerv2;shop;web",
    properties: {
        protectedItemType: "Microsoft.Compute/virtualMachines",
        policyId: pulumi.interpolate`${backupVault.id}/backupPolicies/EnhancedPolicy`,
        sourceResourceId: web.id,
    },
});

new recoveryservices.ReplicationProtectedItem("web-replication", {
    resourceGroupName: group.name,
    resourceName: recoveryVault.name,
    fabricName: "westeurope",
    protectionContainerName: "westeurope",
    replicatedProtectedItemName: "web",
    properties: {
        policyId: pulumi.interpolate`${recoveryVault.id}/replicationPolicies/24-hours`,
        providerSpecificDetails: {
            instanceType: "A2A",
            fabricObjectId: web.id,
            recoveryContainerId: pulumi.interpolate`${recoveryVault.id}/replicationFabrics/northeurope/replicationProtectionContainers/northeurope`,
            recoveryResourceGroupId: recoveryGroup,
            // Was: webOs and webData
            vmManagedDisks: [webOsRestored, webData].map(({ id }) => ({
                diskId: id,
                primaryStagingAzureStorageAccountId: staging,
                recoveryResourceGroupId: recoveryGroup,
            })),
        },
    },
});
