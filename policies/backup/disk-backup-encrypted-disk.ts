import type { Estate } from "../../src/model/estate";
import { encrypts } from "../../src/model/disks/in-guest-encryption";
import { getOrCreate } from "../../src/model/lists";
import { type AzureResource, firstChanged, type VirtualMachine } from "../../src/model/resources";
import { headline, type Message } from "../../src/findings/message";
import { ways } from "../../src/advice/fix";
import { DISK_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { any, type Answer, isTrue, withEvidence } from "../../src/model/answers";
import { memoize } from "../memoize";
import { diskBackupPolicy, disksMeant } from "./disk-backups";

/** BCDR322: Disk Backup of a disk under Azure Disk Encryption, as the disk or its VM shows (DKB-08). */
export const diskBackupEncryptedDisk = diskBackupPolicy({
    id: "BCDR322",
    name: "disk-backup-encrypted-disk",
    level: "mandatory",
    severity: "high",
    summary: "Disk Backup is used for a disk under Azure Disk Encryption.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Back up the whole VM, or encrypt the disk in another way.",

    check: ({ backedUp, estate }) => {
        const { disk, vms } = backedUp;
        const [first] = vms;
        const isEncrypted = any([
            ...(disk === undefined ? [] : [isTrue(disk, disk.encryptedInGuest)]),
            ...vms.flatMap((vm) =>
                disksMeant(estate, vm, backedUp).flatMap(({ definedBy, encryptedInGuest, attached }) => [
                    isTrue(definedBy, encryptedInGuest),
                    byExtension(estate, vm, attached.role),
                ]),
            ),
        ]);
        return withEvidence(isEncrypted, () => ({
            vm: first && estate.names.of(first),
            restsOn: vms.flatMap((vm) => [vm, ...changedExtension(estate, vm)]),
        }));
    },

    message: ({ instance, disk, isNew, found: [{ vm }] }, { dryRun }): Message => ({
        headline: headline(
            (name) => `Disk ${name} uses Azure Disk Encryption, which Disk Backup does not support.`,
            disk,
        ),
        why: "Disk Backup cannot protect a disk that is encrypted inside the VM, so the disk has no backup. Platform keys and your own keys in a disk encryption set are supported.",
        fix: ways(
            [
                {
                    do: `Back up ${vm === undefined ? "the VM" : `VM "${vm}"`} as a whole, and remove "${instance}" from the program.`,
                    note: `VM backup supports Azure Disk Encryption.${isNew ? "" : " Deleting a backup instance deletes its snapshots."}`,
                },
                {
                    do: "Replace Azure Disk Encryption with encryption at host or a disk encryption set.",
                    note: "The OS disk of a Linux VM cannot be decrypted. You have to create such a VM again.",
                },
            ],
            dryRun,
        ),
        sources: [DISK_BACKUP.ENCRYPTED_IN_GUEST.page],
    }),
});

/** Whether some extension encrypts the disks in a role; found once for all of these. */
function byExtension(estate: Estate, vm: VirtualMachine, role: "os" | "data"): Answer {
    const ofVm = getOrCreate(extensionsOf(estate), vm, () => new Map<"os" | "data", Answer>());
    return getOrCreate(ofVm, role, () =>
        any(estate.extensions.of(vm).map((extension) => isTrue(extension, encrypts(extension, role)))),
    );
}

/** Each disk of a VM may have its own instance, and the VM as many extensions. */
function changedExtension(estate: Estate, vm: VirtualMachine): readonly AzureResource[] {
    return getOrCreate(changedExtensions(estate), vm, () => firstChanged(estate.extensions.of(vm)));
}

const changedExtensions = memoize(() => new Map<VirtualMachine, readonly AzureResource[]>());

const extensionsOf = memoize(() => new Map<VirtualMachine, Map<"os" | "data", Answer>>());
