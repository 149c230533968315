// "A replicated VM boots from a restored disk", in spellings that real estates mix, in one stack. Programs are plain
// data here, so that the engine and the harness can be given the same one.

export const SUBSCRIPTION = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60";
const STAGING = `${SUBSCRIPTION}/resourceGroups/recovery/providers/Microsoft.Storage/storageAccounts/staging`;
const RECOVERY_GROUP = `${SUBSCRIPTION}/resourceGroups/shop-recovery`;
const RECOVERY_FABRIC = "${recovery.id}/replicationFabrics/northeurope";
const RESTORE_POINTS =
    `${SUBSCRIPTION}/resourceGroups/AzureBackupRG_westeurope_1/providers/Microsoft.Compute/restorePointCollections` +
    "/AzureBackup_web_545359511612843/restorePoints";

/** One resource of a program. JSON is YAML, too. */
export interface Resource {
    readonly type: string;
    readonly properties: object;
    readonly options?: object;
}

export type Resources = Readonly<Record<string, Resource>>;

export const program = (resources: Resources): string =>
    JSON.stringify({ name: "spellings", runtime: "yaml", resources });

export const group: Resource = {
    type: "azure-native:resources:ResourceGroup",
    properties: { resourceGroupName: "shop", location: "westeurope" },
};

export const vault = (location: string, properties: object = {}): Resource => ({
    type: "azure-native:recoveryservices:Vault",
    properties: { resourceGroupName: "${group.name}", location, sku: { name: "RS0", tier: "Standard" }, ...properties },
});

// ---- VMs and disks ---------------------------------------------------------------------------------------------

export const RESTORE = {
    createOption: "Restore",
    sourceResourceId: `${RESTORE_POINTS}/AzureBackup_20260301_084023/disks/os`,
};
export const NEW = { createOption: "Empty" };

export const nativeDisk = (creationData: object, type = "azure-native:compute:Disk"): Resource => ({
    type,
    properties: {
        resourceGroupName: "${group.name}",
        osType: "Linux",
        sku: { name: "Premium_LRS" },
        diskSizeGB: 64,
        creationData,
    },
});

const classicDisk = (creation: object): Resource => ({
    type: "azure:compute/managedDisk:ManagedDisk",
    properties: {
        resourceGroupName: "${group.name}",
        osType: "Linux",
        storageAccountType: "Premium_LRS",
        diskSizeGb: 64,
        ...creation,
    },
});

export const nativeVm = (osDisk: string, type = "azure-native:compute:VirtualMachine"): Resource => ({
    type,
    properties: {
        resourceGroupName: "${group.name}",
        hardwareProfile: { vmSize: "Standard_D4s_v5" },
        storageProfile: { osDisk: { createOption: "Attach", osType: "Linux", managedDisk: { id: osDisk } } },
    },
});

const NETWORK_INTERFACE = `${SUBSCRIPTION}/resourceGroups/network/providers/Microsoft.Network/networkInterfaces/web`;

const classicVm =
    (os: "linux" | "windows") =>
    (osManagedDiskId: string): Resource => ({
        type: `azure:compute/${os}VirtualMachine:${os === "linux" ? "Linux" : "Windows"}VirtualMachine`,
        properties: {
            resourceGroupName: "${group.name}",
            size: "Standard_D4s_v5",
            networkInterfaceIds: [NETWORK_INTERFACE],
            osDisk: { caching: "ReadWrite" },
            osManagedDiskId,
        },
    });

const legacyVm = (managedDiskId: string): Resource => ({
    type: "azure:compute/virtualMachine:VirtualMachine",
    properties: {
        resourceGroupName: "${group.name}",
        vmSize: "Standard_D4s_v5",
        networkInterfaceIds: [NETWORK_INTERFACE],
        storageOsDisk: { name: "os", createOption: "Attach", osType: "Linux", managedDiskId },
    },
});

const genericVm = (osDisk: string, name: string): Resource => ({
    type: "azure-native:resources:Resource",
    properties: {
        resourceGroupName: "${group.name}",
        location: "westeurope",
        resourceProviderNamespace: "Microsoft.Compute",
        parentResourcePath: "",
        resourceType: "virtualMachines",
        resourceName: name,
        apiVersion: "2024-11-01",
        properties: {
            hardwareProfile: { vmSize: "Standard_D4s_v5" },
            storageProfile: { osDisk: { createOption: "Attach", osType: "Linux", managedDisk: { id: osDisk } } },
        },
    },
});

// ---- Replicated items -----------------------------------------------------------------------------------------------

const itemProperties = (vm: string, disk: string): object => ({
    policyId: "${recovery.id}/replicationPolicies/24-hours",
    providerSpecificDetails: {
        instanceType: "A2A",
        fabricObjectId: vm,
        recoveryContainerId: `${RECOVERY_FABRIC}/replicationProtectionContainers/northeurope`,
        recoveryResourceGroupId: RECOVERY_GROUP,
        vmManagedDisks: [
            {
                diskId: disk,
                primaryStagingAzureStorageAccountId: STAGING,
                recoveryResourceGroupId: RECOVERY_GROUP,
            },
        ],
    },
});

export const nativeItem = (
    vm: string,
    disk: string,
    _name?: string,
    type = "azure-native:recoveryservices:ReplicationProtectedItem",
): Resource => ({
    type,
    properties: {
        resourceGroupName: "${group.name}",
        resourceName: "${recovery.name}",
        fabricName: "westeurope",
        protectionContainerName: "westeurope",
        properties: itemProperties(vm, disk),
    },
});

const classicItem = (sourceVmId: string, diskId: string): Resource => ({
    type: "azure:siterecovery/replicatedVM:ReplicatedVM",
    properties: {
        resourceGroupName: "${group.name}",
        recoveryVaultName: "${recovery.name}",
        sourceRecoveryFabricName: "westeurope",
        sourceRecoveryProtectionContainerName: "westeurope",
        recoveryReplicationPolicyId: "${recovery.id}/replicationPolicies/24-hours",
        sourceVmId,
        targetRecoveryFabricId: RECOVERY_FABRIC,
        targetRecoveryProtectionContainerId: `${RECOVERY_FABRIC}/replicationProtectionContainers/northeurope`,
        targetResourceGroupId: RECOVERY_GROUP,
        managedDisks: [
            {
                diskId,
                stagingStorageAccountId: STAGING,
                targetResourceGroupId: RECOVERY_GROUP,
                targetDiskType: "Premium_LRS",
                targetReplicaDiskType: "Premium_LRS",
            },
        ],
    },
    options: { deleteBeforeReplace: true },
});

/** An ARM template that holds the item. */
const deployedItem = (vm: string, disk: string, name: string): Resource => ({
    type: "azure-native:resources:Deployment",
    properties: {
        resourceGroupName: "${group.name}",
        properties: {
            mode: "Incremental",
            template: {
                $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                contentVersion: "1.0.0.0",
                resources: [
                    {
                        type: "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems",
                        apiVersion: "2024-10-01",
                        name: `\${recovery.name}/westeurope/westeurope/${name}`,
                        properties: itemProperties(vm, disk),
                    },
                ],
            },
        },
    },
});

const genericItem = (vm: string, disk: string, name: string): Resource => ({
    type: "azure-native:resources:Resource",
    properties: {
        resourceGroupName: "${group.name}",
        resourceProviderNamespace: "Microsoft.RecoveryServices",
        parentResourcePath: "vaults/recovery/replicationFabrics/westeurope/replicationProtectionContainers/westeurope",
        resourceType: "replicationProtectedItems",
        resourceName: name,
        apiVersion: "2024-10-01",
        properties: itemProperties(vm, disk),
    },
});

/** The classic provider takes the template as a text, and the ids as its parameters. */
const classicDeployedItem = (vm: string, disk: string, name: string): Resource => ({
    type: "azure:core/resourceGroupTemplateDeployment:ResourceGroupTemplateDeployment",
    properties: {
        resourceGroupName: "${group.name}",
        deploymentMode: "Incremental",
        templateContent: JSON.stringify({
            resources: [
                {
                    type: "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems",
                    apiVersion: "2024-10-01",
                    name: `recovery/westeurope/westeurope/${name}`,
                    properties: {
                        providerSpecificDetails: {
                            instanceType: "A2A",
                            fabricObjectId: "[parameters('vm')]",
                            vmManagedDisks: [{ diskId: "[parameters('disk')]" }],
                        },
                    },
                },
            ],
        }),
        parametersContent: { "fn::toJSON": { disk: { value: disk }, vm: { value: vm } } },
    },
});

// ---- One stack with a VM in each spelling ----------------------------------------------------------------------

export interface Disks {
    /** "again" is a disk that comes from a second restore. */
    readonly boots: "restored" | "again";
    readonly listed: "os" | "restored";
}

interface Provider {
    readonly disk: (creation: object) => Resource;
    readonly vm: (osDisk: string, name: string) => Resource;
    readonly item: (vm: string, disk: string, name: string) => Resource;
}

const versionedDisk = (creation: object): Resource => nativeDisk(creation, "azure-native:compute/v20240302:Disk");
const versionedVm = (osDisk: string): Resource => nativeVm(osDisk, "azure-native:compute/v20241101:VirtualMachine");
const versionedItem = (vm: string, disk: string, name: string): Resource =>
    nativeItem(vm, disk, name, "azure-native:recoveryservices/v20241001:ReplicationProtectedItem");

/** Each type of disk, VM and item that the engine can be given, in pairs that estates mix. */
const SPELLINGS: Readonly<Record<string, Provider>> = {
    native: { disk: nativeDisk, vm: (osDisk) => nativeVm(osDisk), item: nativeItem },
    versioned: { disk: versionedDisk, vm: versionedVm, item: classicItem },
    "all-versioned": { disk: versionedDisk, vm: versionedVm, item: versionedItem },
    mixed: { disk: classicDisk, vm: (osDisk) => nativeVm(osDisk), item: versionedItem },
    generic: { disk: nativeDisk, vm: (osDisk) => nativeVm(osDisk), item: genericItem },
    "all-generic": { disk: versionedDisk, vm: genericVm, item: genericItem },
    templated: { disk: nativeDisk, vm: (osDisk) => nativeVm(osDisk), item: deployedItem },
    "arm-text": { disk: classicDisk, vm: versionedVm, item: classicDeployedItem },
    classic: { disk: classicDisk, vm: classicVm("linux"), item: nativeItem },
    bridged: { disk: classicDisk, vm: classicVm("linux"), item: classicItem },
    linux: { disk: nativeDisk, vm: classicVm("linux"), item: genericItem },
    windows: { disk: versionedDisk, vm: classicVm("windows"), item: classicItem },
    "win-arm": { disk: classicDisk, vm: classicVm("windows"), item: deployedItem },
    legacy: { disk: classicDisk, vm: legacyVm, item: classicItem },
    "half-legacy": { disk: nativeDisk, vm: legacyVm, item: versionedItem },
};

export const NAMES = Object.keys(SPELLINGS).sort();

const inProvider = (name: string, { disk, vm, item }: Provider, { boots, listed }: Disks): Resources => ({
    [`${name}-os`]: disk(NEW),
    [`${name}-restored`]: disk(RESTORE),
    ...(boots === "again" ? { [`${name}-again`]: disk(RESTORE) } : {}),
    [name]: vm(`\${${name}-${boots}.id}`, name),
    [`${name}-item`]: item(`\${${name}.id}`, `\${${name}-${listed}.id}`, name),
});

/** Only the group and a vault have names of their own, so no id of a VM or a disk is known at first. */
export const estate = (disks: Disks): Resources => ({
    group,
    backup: vault("westeurope"),
    recovery: vault("northeurope", { vaultName: "recovery" }),
    "classic-backup": {
        type: "azure-native:recoveryservices:ProtectedItem",
        properties: {
            resourceGroupName: "${group.name}",
            vaultName: "${backup.name}",
            fabricName: "Azure",
            containerName: "iaasvmcontainer;iaasvmcontainerv2;shop;${classic.name}",
            protectedItemName: "vm;iaasvmcontainerv2;shop;${classic.name}",
            properties: {
                protectedItemType: "Microsoft.Compute/virtualMachines",
                sourceResourceId: "${classic.id}",
            },
        },
    },
    ...Object.entries(SPELLINGS).reduce<Resources>(
        (all, [name, provider]) => ({ ...all, ...inProvider(name, provider, disks) }),
        {},
    ),
});
