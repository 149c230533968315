import type { AzureResource } from "../estate/model";
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
    /** The property of a backup policy that makes it a Standard (V1) or an Enhanced (V2) one. */
    readonly backupPolicyType: string;
    /** The property of a backup policy that asks for crash-consistent snapshots only. */
    readonly snapshotConsistency: string;
}

export const WORDS: Readonly<Record<Spelling, Words>> = {
    "azure-native": {
        diskType: "azure-native:compute:Disk",
        takesDisks: "storageProfile.osDisk.managedDisk.id or storageProfile.dataDisks[].managedDisk.id",
        diskList: "properties.providerSpecificDetails.vmManagedDisks",
        elementNeeds:
            "primaryStagingAzureStorageAccountId (the cache account, in the machine's region) and recoveryResourceGroupId",
        backupPolicyType: "properties.policyType",
        snapshotConsistency: "properties.snapshotConsistencyType",
    },
    azure: {
        diskType: "azure:compute/managedDisk:ManagedDisk",
        takesDisks: "osManagedDiskId, storageOsDisk.managedDiskId or managedDiskId of a DataDiskAttachment",
        diskList: "managedDisks",
        elementNeeds:
            "stagingStorageAccountId (the cache account, in the machine's region), targetResourceGroupId, targetDiskType and targetReplicaDiskType",
        backupPolicyType: "policyType",
        snapshotConsistency: "consistencyType",
    },
};

/** Where the program has a property of a resource: in the resource itself, or in the one that carries it. */
export function writtenAt({ carriedIn }: Pick<AzureResource, "carriedIn">, property: string): string {
    const [top = ""] = property.split(/[.[]/, 1);
    // A carrier has a group of its own, and what it carries lies there.
    if (carriedIn === undefined || property === "" || top === "resourceGroupName") {
        return property;
    }
    const { places, prefix, text } = carriedIn;
    const path = Object.hasOwn(places, top) ? `${places[top]}${property.slice(top.length)}` : `${prefix}${property}`;
    return text === undefined ? path : `${path} in ${text}`;
}

/** The list of disks of a replicated item, where the program has it. */
export function diskListOf(item: Pick<AzureResource, "carriedIn" | "spelling">): string {
    return writtenAt(item, WORDS[item.spelling].diskList);
}
