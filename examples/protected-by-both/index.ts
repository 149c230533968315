// Four VMs, of which two are under both services: `web` is backed up as a whole, `db` by its data disk.
// `batch` is only backed up and `cache` only replicated. Nothing is named here that Pulumi can name itself, so on the
// first preview hardly any id is known.
import * as compute from "@pulumi/azure-native/compute";
import * as dataprotection from "@pulumi/azure-native/dataprotection";
import * as recoveryservices from "@pulumi/azure-native/recoveryservices";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";

// Made once for all VMs, in another program.
const hub = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/hub";
const staging = `${hub}/providers/Microsoft.Storage/storageAccounts/stagingwesteurope`;

const shop = new resources.ResourceGroup("shop", { location: "westeurope" });
const shopRecovery = new resources.ResourceGroup("shopRecovery", { location: "northeurope" });
const snapshots = new resources.ResourceGroup("snapshots", { location: "westeurope" });

interface MachineArgs {
    readonly vmSize?: string;
    readonly tags?: Readonly<Record<string, string>>;
    readonly dataDisks?: readonly compute.Disk[];
}

const vm = (name: string, { vmSize = "Standard_D4s_v5", tags = {}, dataDisks = [] }: MachineArgs = {}) =>
    new compute.VirtualMachine(name, {
        resourceGroupName: shop.name,
        tags,
        hardwareProfile: { vmSize },
        networkProfile: {
            networkInterfaces: [{ id: `${hub}/providers/Microsoft.Network/networkInterfaces/${name}` }],
        },
        storageProfile: {
            imageReference: { publisher: "Canonical", offer: "ubuntu-24_04-lts", sku: "server", version: "latest" },
            osDisk: { createOption: "FromImage", managedDisk: { storageAccountType: "Premium_LRS" } },
            dataDisks: dataDisks.map(({ id }, lun) => ({ lun, createOption: "Attach", managedDisk: { id } })),
        },
    });

const dbData = new compute.Disk("dbData", {
    resourceGroupName: shop.name,
    sku: { name: "Premium_LRS" },
    diskSizeGB: 512,
    creationData: { createOption: "Empty" },
});
const web = vm("web");
const db = vm("db", { vmSize: "Standard_E8s_v5", dataDisks: [dbData] });
const batch = vm("batch");
const cache = vm("cache", { tags: { "bcdr-tier": "replication" } });

/** Backups in it survive the loss of a zone, and nobody deletes them early. */
const vault = (name: string, group: resources.ResourceGroup): recoveryservices.Vault =>
    new recoveryservices.Vault(name, {
        resourceGroupName: group.name,
        sku: { name: "RS0", tier: "Standard" },
        properties: {
            publicNetworkAccess: "Enabled",
            redundancySettings: { standardTierStorageRedundancy: "ZoneRedundant" },
            securitySettings: { immutabilitySettings: { state: "Unlocked" } },
        },
    });

// Azure Backup
const backup = vault("backup", shop);
const backUp = (name: string, vm: compute.VirtualMachine): recoveryservices.ProtectedItem =>
    new recoveryservices.ProtectedItem(`${name}Backup`, {
        resourceGroupName: shop.name,
        vaultName: backup.name,
        fabricName: "Azure",
        containerName: pulumi.interpolate`iaasvmcontainer;iaasvmcontainerv2;${shop.name};${vm.name}`,
        protectedItemName: pulumi.interpolate`vm;iaasvmcontainerv2;${shop.name};${vm.name}`,
        properties: {
            protectedItemType: "Microsoft.Compute/virtualMachines",
            policyId: pulumi.interpolate`${backup.id}/backupPolicies/EnhancedPolicy`,
            sourceResourceId: vm.id,
        },
    });
backUp("web", web);
backUp("batch", batch);

const diskBackup = new dataprotection.BackupVault("diskBackup", {
    resourceGroupName: shop.name,
    identity: { type: "SystemAssigned" },
    properties: {
        storageSettings: [{ datastoreType: "VaultStore", type: "ZoneRedundant" }],
        securitySettings: { immutabilitySettings: { state: "Unlocked" } },
    },
});
new dataprotection.BackupInstance("dbDataBackup", {
    resourceGroupName: shop.name,
    vaultName: diskBackup.name,
    properties: {
        objectType: "BackupInstance",
        dataSourceInfo: {
            objectType: "Datasource",
            datasourceType: "Microsoft.Compute/disks",
            resourceType: "Microsoft.Compute/disks",
            resourceID: dbData.id,
            resourceLocation: "westeurope",
        },
        policyInfo: {
            policyId: pulumi.interpolate`${diskBackup.id}/backupPolicies/every-four-hours`,
            policyParameters: {
                dataStoreParametersList: [
                    {
                        objectType: "AzureOperationalStoreParameters",
                        dataStoreType: "OperationalStore",
                        resourceGroupId: snapshots.id,
                    },
                ],
            },
        },
    },
});

// Site Recovery
const recovery = vault("recovery", shopRecovery);
const replicate = (
    name: string,
    vm: compute.VirtualMachine,
    dataDisks: readonly compute.Disk[] = [],
): recoveryservices.ReplicationProtectedItem =>
    new recoveryservices.ReplicationProtectedItem(`${name}Replication`, {
        resourceGroupName: shopRecovery.name,
        resourceName: recovery.name,
        fabricName: "westeurope",
        protectionContainerName: "westeurope",
        properties: {
            policyId: pulumi.interpolate`${recovery.id}/replicationPolicies/24-hours`,
            providerSpecificDetails: {
                instanceType: "A2A",
                fabricObjectId: vm.id,
                recoveryContainerId: pulumi.interpolate`${recovery.id}/replicationFabrics/northeurope/replicationProtectionContainers/northeurope`,
                recoveryResourceGroupId: shopRecovery.id,
                // Azure makes the OS disk with the VM, which tells its id.
                vmManagedDisks: [
                    vm.storageProfile.apply((profile) => profile?.osDisk?.managedDisk?.id ?? ""),
                    ...dataDisks.map(({ id }) => id),
                ].map((diskId) => ({
                    diskId,
                    primaryStagingAzureStorageAccountId: staging,
                    recoveryResourceGroupId: shopRecovery.id,
                })),
            },
        },
    });
replicate("web", web);
replicate("db", db, [dbData]);
replicate("cache", cache);
