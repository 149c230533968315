// What the programs here have in common: a VM of a shop under both services, and its restore. `boot` says from which OS
// disk the VM boots, `listed` which one the list of its replicated item has. Nothing has a name of its own, so that a
// first preview knows hardly any id.
import type * as azure from "@pulumi/azure-native";
import * as compute from "@pulumi/azure-native/compute";
import * as recoveryservices from "@pulumi/azure-native/recoveryservices";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";

export const config = new pulumi.Config("program");
export const isRestored = config.get("boot") === "restored";
export const isListed = config.get("listed") === "restored";

export const hub = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/hub";
const staging = `${hub}/providers/Microsoft.Storage/storageAccounts/stagingwesteurope`;
const nic = (name: string): string => `${hub}/providers/Microsoft.Network/networkInterfaces/${name}`;

/** Where Azure Backup keeps what it restores a VM's OS disk from. */
export const restorePoint = (name: string): string =>
    "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/AzureBackupRG_westeurope_1/providers/" +
    `Microsoft.Compute/restorePointCollections/AzureBackup_${name}_545359511612843/restorePoints/` +
    `AzureBackup_20260301_084023/disks/${name}-os`;

type Options = pulumi.CustomResourceOptions;
type Id = pulumi.Input<string>;

/** Where a program puts its things; made by those that ask for it. */
export const newGroup = (name: string, location = "westeurope"): resources.ResourceGroup =>
    new resources.ResourceGroup(name, { location });

interface Disks {
    readonly os: compute.Disk;
    readonly data: readonly compute.Disk[];
    /** What the VM boots from. */
    readonly boots: compute.Disk;
    /** What the list of the replicated item has of it. */
    readonly listed: compute.Disk;
}

/** @param pointId the id of the recovery point, as the program passes it on */
export const newDisks = (
    name: string,
    group: resources.ResourceGroup,
    options?: Options,
    dataDisks = 1,
    pointId: (id: string) => pulumi.Input<string> = (id) => id,
): Disks => {
    const disk = (diskName: string, args: Omit<compute.DiskArgs, "resourceGroupName">): compute.Disk =>
        new compute.Disk(diskName, { resourceGroupName: group.name, ...args }, options);
    const os = disk(`${name}-os`, {
        osType: "Linux",
        creationData: {
            createOption: "FromImage",
            imageReference: { id: `${hub}/providers/Microsoft.Compute/galleries/shop/images/ubuntu/versions/24.4.0` },
        },
    });
    const restored = isRestored
        ? disk(`${name}-os-restored`, {
              osType: "Linux",
              creationData: { createOption: "Restore", sourceResourceId: pointId(restorePoint(name)) },
          })
        : os;
    const data = Array.from({ length: dataDisks }, (_, index) =>
        disk(`${name}-data-${index}`, { diskSizeGB: 128, creationData: { createOption: "Empty" } }),
    );
    return { os, data, boots: restored, listed: isListed ? restored : os };
};

type Profile = azure.types.input.compute.StorageProfileArgs;

/** The storage profile of a VM with disks of its own. */
export const profile = (boots: string, data: readonly string[]): Profile => ({
    osDisk: { createOption: "Attach", osType: "Linux", managedDisk: { id: boots } },
    dataDisks: data.map((id, lun) => ({ lun, createOption: "Attach", managedDisk: { id } })),
});

export const newVm = (
    name: string,
    group: resources.ResourceGroup,
    storageProfile: pulumi.Input<Profile>,
    more: Partial<compute.VirtualMachineArgs> = {},
    options?: Options,
): compute.VirtualMachine =>
    new compute.VirtualMachine(
        name,
        {
            resourceGroupName: group.name,
            hardwareProfile: { vmSize: "Standard_D4s_v5" },
            networkProfile: { networkInterfaces: [{ id: nic(name) }] },
            storageProfile,
            ...more,
        },
        options,
    );

/** A VM whose disks are written out one by one: what a preview sees through. */
export const plainVm = (
    name: string,
    group: resources.ResourceGroup,
    { boots, data }: Pick<Disks, "boots" | "data">,
    options?: Options,
): compute.VirtualMachine =>
    newVm(
        name,
        group,
        {
            osDisk: { createOption: "Attach", osType: "Linux", managedDisk: { id: boots.id } },
            dataDisks: data.map(({ id }, lun) => ({ lun, createOption: "Attach", managedDisk: { id } })),
        },
        {},
        options,
    );

const newVault = (name: string, group: resources.ResourceGroup, options?: Options): recoveryservices.Vault =>
    new recoveryservices.Vault(
        name,
        {
            resourceGroupName: group.name,
            sku: { name: "RS0", tier: "Standard" },
            properties: {
                publicNetworkAccess: "Enabled",
                redundancySettings: { standardTierStorageRedundancy: "ZoneRedundant" },
                securitySettings: { immutabilitySettings: { state: "Unlocked" } },
            },
        },
        options,
    );

/** What of a VM and of a vault others refer to. */
interface Named {
    readonly id: Id;
    readonly name: Id;
}

/** A vault, and the name of its group. */
type VaultOf = Named & { readonly group: Id };

export const backUp = (
    name: string,
    groupName: Id,
    vm: Named,
    vault: VaultOf,
    options?: Options,
): recoveryservices.ProtectedItem =>
    new recoveryservices.ProtectedItem(
        `${name}-backup`,
        {
            resourceGroupName: vault.group,
            vaultName: vault.name,
            fabricName: "Azure",
            containerName: pulumi.interpolate`iaasvmcontainer;iaasvmcontainerv2;${groupName};${vm.name}`,
            protectedItemName: pulumi.interpolate`vm;iaasvmcontainerv2;${groupName};${vm.name}`,
            properties: {
                protectedItemType: "Microsoft.Compute/virtualMachines",
                policyId: pulumi.interpolate`${vault.id}/backupPolicies/EnhancedPolicy`,
                sourceResourceId: vm.id,
            },
        },
        options,
    );

interface Element<T> {
    readonly diskId: T;
    readonly primaryStagingAzureStorageAccountId: string;
    readonly recoveryResourceGroupId: string;
}

export const element = <T>(diskId: T): Element<T> => ({
    diskId,
    primaryStagingAzureStorageAccountId: staging,
    recoveryResourceGroupId: hub,
});

type List = pulumi.Input<pulumi.Input<Element<Id>>[]>;

export const CONTAINER = "replicationFabrics/northeurope/replicationProtectionContainers/northeurope";

export const replicate = (
    name: string,
    vm: { readonly id: Id },
    vault: VaultOf,
    list: List,
    options?: Options,
): recoveryservices.ReplicationProtectedItem =>
    new recoveryservices.ReplicationProtectedItem(
        `${name}-replication`,
        {
            resourceGroupName: vault.group,
            resourceName: vault.name,
            fabricName: "westeurope",
            protectionContainerName: "westeurope",
            properties: {
                policyId: pulumi.interpolate`${vault.id}/replicationPolicies/24-hours`,
                providerSpecificDetails: {
                    instanceType: "A2A",
                    fabricObjectId: vm.id,
                    recoveryContainerId: pulumi.interpolate`${vault.id}/${CONTAINER}`,
                    recoveryResourceGroupId: hub,
                    vmManagedDisks: list,
                },
            },
        },
        options,
    );

/** The vaults of a shop, with the group that they are in. */
export const newVaults = (
    group: resources.ResourceGroup,
    recoveryGroup: resources.ResourceGroup,
    options?: Options,
    prefix = "",
): { readonly backup: VaultOf; readonly recovery: VaultOf } => {
    const backup = newVault(`${prefix}backup`, group, options);
    const recovery = newVault(`${prefix}recovery`, recoveryGroup, options);
    return {
        backup: { id: backup.id, name: backup.name, group: group.name },
        recovery: { id: recovery.id, name: recovery.name, group: recoveryGroup.name },
    };
};

/** Everything around the VM. */
export const newShop = (): { readonly group: resources.ResourceGroup } & ReturnType<typeof newVaults> => {
    const group = newGroup("shop");
    return { group, ...newVaults(group, newGroup("shop-recovery", "northeurope")) };
};
