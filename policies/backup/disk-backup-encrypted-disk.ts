import { armKey } from "../../src/model/ids/arm-id";
import { implicitDiskId } from "../../src/model/disks/attached-disks";
import type { Estate } from "../../src/model/estate";
import { encrypts } from "../../src/model/disks/in-guest-encryption";
import { valueOf } from "../../src/model/values";
import { pushTo, getOrCreate } from "../../src/model/lists";
import type { VmDisk } from "../../src/model/disks/vm-disks";
import type { Disk, VirtualMachine } from "../../src/model/resources";
import { headline, type Message } from "../../src/findings/message";
import { ways } from "../../src/advice/fix";
import { DISK_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { any, type Answer, isTrue, withEvidence } from "../../src/model/answers";
import { memoize } from "../memoize";
import { type BackedUpDisk, diskBackupPolicy } from "./disk-backups";

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
        return withEvidence(isEncrypted, () => ({ vm: first && estate.names.of(first) }));
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

/** The places of a VM in which the disk is. A disk that Azure makes with the VM may be in any of those. */
function disksMeant(estate: Estate, vm: VirtualMachine, { disk, id }: BackedUpDisk): readonly VmDisk[] {
    const disks = estate.disks.of(vm);
    const { byDisk, byId } = getOrCreate(placesOf(estate), vm, () => indexed(vm, disks));
    const meant = disk !== undefined ? byDisk.get(disk) : id.state === "known" ? byId.get(armKey(id.value)) : undefined;
    return meant ?? (disk === undefined && disks.length === 1 ? disks : []);
}

/** A VM may have thousands of disks, each with its own instance. */
interface Places {
    readonly byDisk: ReadonlyMap<Disk, readonly VmDisk[]>;
    /** Those that Azure makes with the VM. */
    readonly byId: ReadonlyMap<string, readonly VmDisk[]>;
}

const placesOf = memoize(() => new Map<VirtualMachine, Places>());

function indexed(vm: VirtualMachine, disks: readonly VmDisk[]): Places {
    const byDisk = new Map<Disk, VmDisk[]>();
    const byId = new Map<string, VmDisk[]>();
    for (const each of disks) {
        const { place, disk } = each.attached;
        if (disk.state === "linked") {
            pushTo(byDisk, disk.to, each);
        }
        const own = place.origin === "implicit" ? valueOf(implicitDiskId(vm, each.attached)) : undefined;
        if (own !== undefined) {
            pushTo(byId, armKey(own), each);
        }
    }
    return { byDisk, byId };
}

/** Whether some extension encrypts the disks in a role; found once for all of these. */
function byExtension(estate: Estate, vm: VirtualMachine, role: "os" | "data"): Answer {
    const ofVm = getOrCreate(extensionsOf(estate), vm, () => new Map<"os" | "data", Answer>());
    return getOrCreate(ofVm, role, () =>
        any(estate.extensions.of(vm).map((extension) => isTrue(extension, encrypts(extension, role)))),
    );
}

const extensionsOf = memoize(() => new Map<VirtualMachine, Map<"os" | "data", Answer>>());
