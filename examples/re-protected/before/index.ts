// A web server that Azure Backup backs up as a whole and Site Recovery replicates to another region.
import * as compute from "@pulumi/azure-native/compute";
import * as recoveryservices from "@pulumi/azure-native/recoveryservices";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";

const subscription = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60";
// Made once for all VMs, in another program.
const staging = `${subscription}/resourceGroups/recovery/providers/Microsoft.Storage/storageAccounts/stagingwesteurope`;
const recoveryGroup = `${subscription}/resourceGroups/shop-recovery`;

const group = new resources.ResourceGroup("group", { resourceGroupName: "shop", location: "westeurope" });

const webOs = new compute.Disk("web-os", {
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
        osDisk: { createOption: "Attach", osType: "Linux", managedDisk: { id: webOs.id } },
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
            vmManagedDisks: [webOs, webData].map(({ id }) => ({
                diskId: id,
                primaryStagingAzureStorageAccountId: staging,
                recoveryResourceGroupId: recoveryGroup,
            })),
        },
    },
});
