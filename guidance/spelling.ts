import type { Spelling } from "../estate/type-token";

/** How each provider generation calls what guidance has to name. */
export interface Words {
    /** Type token of a managed disk, for `pulumi import`. */
    readonly diskType: string;
    /** The property of a machine, or the resource, that takes the id of a disk. */
    readonly takesDisks: string;
    /** The property of a replicated item that holds the list of disks. */
    readonly diskList: string;
    /** What each element of that list needs besides the disk's id. */
    readonly elementNeeds: string;
}

export const WORDS: Readonly<Record<Spelling, Words>> = {
    "azure-native": {
        diskType: "azure-native:compute:Disk",
        takesDisks: "storageProfile.osDisk.managedDisk.id or storageProfile.dataDisks[].managedDisk.id",
        diskList: "properties.providerSpecificDetails.vmManagedDisks",
        elementNeeds:
            "primaryStagingAzureStorageAccountId (the cache account, in the machine's region) and recoveryResourceGroupId",
    },
    azure: {
        diskType: "azure:compute/managedDisk:ManagedDisk",
        takesDisks: "osManagedDiskId, storageOsDisk.managedDiskId or managedDiskId of a DataDiskAttachment",
        diskList: "managedDisks",
        elementNeeds:
            "stagingStorageAccountId (the cache account, in the machine's region), targetResourceGroupId, targetDiskType and targetReplicaDiskType",
    },
};
