import { ref, text, type Content, type Declaration, type Program, type Properties } from "./program";

/** Azure resources as programs declare them, with as little as the provider accepts. `over` adds or replaces. */

const SUBSCRIPTION = "8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60";
const HUB = `/subscriptions/${SUBSCRIPTION}/resourceGroups/hub`;

export function resourceGroup(name?: string, location = "westeurope"): Declaration {
    return {
        type: "azure-native:resources:ResourceGroup",
        properties: { ...optional("resourceGroupName", name), location },
    };
}

export interface VmOptions {
    /** Azure's name; Pulumi names it where this is left out. */
    readonly name?: string;
    readonly group?: Content;
    /** Id of the OS disk that it boots from; Azure makes one from the image where this is left out. */
    readonly osDisk?: Content;
    readonly dataDisks?: readonly Properties[];
    /** Its `imageReference`, for what goes by the image. */
    readonly image?: Content;
    readonly over?: Properties;
}

/** One of the images whose VMs Azure's own policies back up. */
export const LISTED_IMAGE = { publisher: "RedHat", offer: "RHEL", sku: "8-lvm-gen2", version: "latest" };

export function vm({ name, group = ref("rg.name"), osDisk, dataDisks, image, over = {} }: VmOptions = {}): Declaration {
    const boot: Properties =
        osDisk === undefined
            ? { createOption: "FromImage" }
            : { createOption: "Attach", osType: "Linux", managedDisk: { id: osDisk } };
    return {
        type: "azure-native:compute:VirtualMachine",
        properties: {
            resourceGroupName: group,
            ...optional("vmName", name),
            hardwareProfile: { vmSize: "Standard_D4s_v5" },
            storageProfile: { ...optional("imageReference", image), osDisk: boot, ...optional("dataDisks", dataDisks) },
            ...over,
        },
    };
}

/** A place for a disk that is a resource of its own. */
export function attached(lun: number, id: Content, over: Properties = {}): Properties {
    return { lun, createOption: "Attach", managedDisk: { id }, ...over };
}

export interface DiskOptions {
    readonly name?: string;
    readonly group?: Content;
    readonly creationData?: Properties;
    readonly over?: Properties;
}

export function disk({ name, group = ref("rg.name"), creationData, over = {} }: DiskOptions = {}): Declaration {
    return {
        type: "azure-native:compute:Disk",
        properties: {
            resourceGroupName: group,
            ...optional("diskName", name),
            diskSizeGB: 128,
            creationData: creationData ?? { createOption: "Empty" },
            ...over,
        },
    };
}

/** What Azure Backup writes into a disk that it restores from the snapshot tier. */
export function fromRestorePoint(vmName = "web", diskName = "web_OsDisk_1", subscription = SUBSCRIPTION): Properties {
    const collection =
        `/subscriptions/${subscription}/resourceGroups/AzureBackupRG_westeurope_1/providers` +
        `/Microsoft.Compute/restorePointCollections/AzureBackup_${vmName}_545359511612843`;
    return {
        createOption: "Restore",
        sourceResourceId: `${collection}/restorePoints/AzureBackup_20260301_084023/disks/${diskName}?id=6f1f`,
    };
}

export function vault(name?: string, over: Properties = {}): Declaration {
    return {
        type: "azure-native:recoveryservices:Vault",
        properties: {
            resourceGroupName: ref("rg.name"),
            ...optional("vaultName", name),
            sku: { name: "RS0", tier: "Standard" },
            properties: { publicNetworkAccess: "Enabled" },
            ...over,
        },
    };
}

/** A VM-level backup item of `backup` that names its VM by id; `over` goes into its `properties`. */
export function backupItem(vmId: Content, names: string, over: Properties = {}): Declaration {
    return {
        type: "azure-native:recoveryservices:ProtectedItem",
        properties: {
            resourceGroupName: ref("rg.name"),
            vaultName: ref("backup.name"),
            fabricName: "Azure",
            containerName: `iaasvmcontainer;iaasvmcontainerv2;${names}`,
            protectedItemName: `vm;iaasvmcontainerv2;${names}`,
            properties: {
                protectedItemType: "Microsoft.Compute/virtualMachines",
                policyId: text`${ref("backup.id")}/backupPolicies/EnhancedPolicy`,
                sourceResourceId: vmId,
                ...over,
            },
        },
    };
}

/** A Disk Backup instance of `diskBackup`. */
export function diskBackup(diskId: Content): Declaration {
    return {
        type: "azure-native:dataprotection:BackupInstance",
        properties: {
            resourceGroupName: ref("rg.name"),
            vaultName: ref("diskBackup.name"),
            properties: {
                objectType: "BackupInstance",
                dataSourceInfo: {
                    objectType: "Datasource",
                    datasourceType: "Microsoft.Compute/disks",
                    resourceID: diskId,
                },
                policyInfo: { policyId: text`${ref("diskBackup.id")}/backupPolicies/every-four-hours` },
            },
        },
    };
}

export function backupVault(name?: string): Declaration {
    return {
        type: "azure-native:dataprotection:BackupVault",
        properties: {
            resourceGroupName: ref("rg.name"),
            ...optional("vaultName", name),
            properties: { storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }] },
        },
    };
}

/** A replicated item of `recovery`; without `disks` it lists none. */
export function replicatedItem(vmId: Content, disks?: readonly Content[], over: Properties = {}): Declaration {
    return {
        type: "azure-native:recoveryservices:ReplicationProtectedItem",
        properties: {
            resourceGroupName: ref("rg.name"),
            resourceName: ref("recovery.name"),
            fabricName: "westeurope",
            protectionContainerName: "westeurope",
            properties: {
                policyId: text`${ref("recovery.id")}/replicationPolicies/24-hours`,
                providerSpecificDetails: {
                    instanceType: "A2A",
                    fabricObjectId: vmId,
                    recoveryResourceGroupId: `${HUB}-recovery`,
                    ...optional("vmManagedDisks", disks?.map(listedDisk)),
                    ...over,
                },
            },
        },
    };
}

/**
 * A replication intent of `recovery`, which azure-native has no resource for (TOK-08); without `disks` it lists none. `over` goes
 * into its details.
 */
export function replicationIntent(vmId: Content, disks?: readonly Content[], over: Properties = {}): Declaration {
    return {
        type: "azure-native:resources:Resource",
        properties: {
            resourceGroupName: ref("rg.name"),
            resourceProviderNamespace: "Microsoft.RecoveryServices",
            parentResourcePath: text`vaults/${ref("recovery.name")}`,
            resourceType: "replicationProtectionIntents",
            resourceName: "web",
            apiVersion: "2025-08-01",
            properties: {
                providerSpecificDetails: {
                    instanceType: "A2A",
                    fabricObjectId: vmId,
                    primaryLocation: "westeurope",
                    recoveryLocation: "northeurope",
                    recoverySubscriptionId: SUBSCRIPTION,
                    recoveryResourceGroupId: `${HUB}-recovery`,
                    recoveryAvailabilityType: "Single",
                    ...optional(
                        "vmManagedDisks",
                        disks?.map((diskId) => ({ diskId })),
                    ),
                    ...over,
                },
            },
        },
    };
}

/** An entry in the list of an item. */
export function listedDisk(diskId: Content): Properties {
    return {
        diskId,
        primaryStagingAzureStorageAccountId: `${HUB}/providers/Microsoft.Storage/storageAccounts/staging`,
        recoveryResourceGroupId: `${HUB}-recovery`,
    };
}

/** The vaults and the group that the items above refer to. */
export const SURROUNDINGS: Program = {
    rg: resourceGroup(),
    backup: vault(),
    diskBackup: backupVault(),
    recovery: vault(undefined, { location: "northeurope" }),
};

/** The same with names of their own, for programs that people read. */
export const NAMED_SURROUNDINGS: Program = {
    rg: resourceGroup("shop"),
    backup: vault("shop-backup"),
    diskBackup: backupVault("shop-disk-backup"),
    recovery: vault("shop-recovery", { location: "northeurope" }),
};

/** The id of the OS disk that Azure makes with a VM. */
export function osDiskOf(name: string): Content {
    return ref(`${name}.storageProfile.osDisk.managedDisk.id`);
}

function optional(name: string, value: Content | undefined): Properties {
    return value === undefined ? {} : { [name]: value };
}
