import { nameOf } from "../model/ids/arm-id";
import type { AttachedDisk } from "../model/disks/attached-disks";
import { valueOf } from "../model/values";
import type { AzureResource } from "../model/resources";
import type { Provider } from "../model/ids/type-token";

/** How each provider generation calls what advice on backup has to name. */
interface BackupWords {
    /** Type token of a policy. */
    readonly policyToken: string;
    readonly crashConsistency: string;
    /** The property of an item that takes the id of its policy. */
    readonly followsPolicy: string;
    readonly inVault: string;
    readonly state: string;
    readonly stopsBackup: string;
    /** The property of an item that leaves disks out, by LUN. */
    readonly leavesDisksOut: string;
    readonly snapshotGroup: string;
    /** The property of an instance of Disk Backup that says in which vault it is. */
    readonly inBackupVault: string;
    readonly followsDiskPolicy: string;
    readonly ephemeral: string;
}

export const BACKUP_WORDS: Readonly<Record<Provider, BackupWords>> = {
    "azure-native": {
        policyToken: "azure-native:recoveryservices:ProtectionPolicy",
        crashConsistency: "properties.snapshotConsistencyType",
        followsPolicy: "properties.policyId",
        inVault: "vaultName",
        state: "properties.protectionState",
        stopsBackup: 'properties.protectionState to "ProtectionStopped"',
        leavesDisksOut:
            "properties.extendedProperties.diskExclusionProperties with the LUN in diskLunList and isInclusionList false",
        snapshotGroup: "properties.policyInfo.policyParameters.dataStoreParametersList[0].resourceGroupId",
        inBackupVault: "vaultName",
        followsDiskPolicy: "properties.policyInfo.policyId",
        ephemeral: "storageProfile.osDisk.diffDiskSettings",
    },
    "azure-classic": {
        policyToken: "azure:backup/policyVM:PolicyVM",
        crashConsistency: "consistencyType",
        followsPolicy: "backupPolicyId",
        inVault: "recoveryVaultName",
        state: "protectionState",
        stopsBackup: 'protectionState to "ProtectionStopped"',
        leavesDisksOut: "excludeDiskLuns with the LUN",
        snapshotGroup: "snapshotResourceGroupName",
        inBackupVault: "vaultId",
        followsDiskPolicy: "backupPolicyId",
        ephemeral: "osDisk.diffDiskSettings",
    },
};

/** How disks are kept out of a VM's backup; the OS disk cannot be (VMB-29). */
export function leaveOutSteps(item: string, provider: Provider, disks: readonly DiskInWords[]): readonly string[] {
    if (disks.length === 0 || disks.some(({ isOsDisk }) => isOsDisk)) {
        return [];
    }
    const { leavesDisksOut } = BACKUP_WORDS[provider];
    return [
        `Or leave ${disks.length === 1 ? "the disk" : "the disks"} out of the backup: set ${leavesDisksOut} on the item "${item}". Its recovery points then do not hold what is left out.`,
    ];
}

export function occasion(dryRun: boolean): string {
    return dryRun ? "Before you apply this plan:" : "To put it right:";
}

export interface DiskInWords {
    /** `"data" (data disk, LUN 1)` */
    readonly words: string;
    readonly isOsDisk: boolean;
}

export function diskInWords({ place, role, disk }: AttachedDisk): DiskInWords {
    const where = role === "os" ? "OS disk" : `data disk${place.lun === undefined ? "" : `, LUN ${place.lun}`}`;
    const name =
        disk.state === "linked"
            ? nameInProgram(disk.to)
            : disk.state === "external"
              ? nameOf(disk.id)
              : valueOf(place.diskName);
    return { words: name === undefined ? `the ${where}` : `"${name}" (${where})`, isOsDisk: role === "os" };
}

/** The name by which a person finds it in the program; Azure's, where it is in none. */
export function nameInProgram({ pulumiName, azureName }: AzureResource): string | undefined {
    return pulumiName ?? valueOf(azureName);
}
