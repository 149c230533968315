import { armKey } from "../../src/model/ids/arm-id";
import { implicitDiskId } from "../../src/model/disks/attached-disks";
import type { Estate } from "../../src/model/estate";
import { encrypts } from "../../src/model/disks/in-guest-encryption";
import { valueOf } from "../../src/model/values";
import { append, remembered } from "../../src/model/lists";
import type { MachineDisk } from "../../src/model/disks/vm-disks";
import type { Disk, Machine } from "../../src/model/resources";
import { headline, type Message } from "../../src/findings/message";
import { occasion } from "../../src/advice/backup";
import { DISK_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { any, type Condition, when } from "../condition";
import { once } from "../once";
import { type BackedUpDisk, diskBackupPolicy } from "./disk-backups";

interface Parameters {
    readonly machine: string | undefined;
}

/** BCDR322: Disk Backup of a disk under Azure Disk Encryption, told by the disk or by its machine (DKB-08). */
export const diskBackupEncryptedDisk = diskBackupPolicy<Parameters>({
    id: "BCDR322",
    name: "disk-backup-encrypted-disk",
    level: "mandatory",
    severity: "high",
    summary: "Disk Backup covers a disk under Azure Disk Encryption.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    condition: (estate, backedUp) => {
        const { disk, machines } = backedUp;
        return any([
            ...(disk === undefined ? [] : [when(disk, disk.encryptedInGuest, (is) => is)]),
            ...machines.flatMap((machine) =>
                disksMeant(estate, machine, backedUp).flatMap(({ toldBy, encryptedInGuest, attached }) => [
                    when(toldBy, encryptedInGuest, (is) => is),
                    byExtension(estate, machine, attached.role),
                ]),
            ),
        ]);
    },

    parameters: (estate, { machines: [machine] }) => ({ machine: machine && estate.nameOf(machine) }),

    tell: ({ instance, disk, machine }, { dryRun }): Message => ({
        headline: headline(
            (name) => `Disk ${name} is under Azure Disk Encryption, which Disk Backup does not support.`,
            disk,
        ),
        why: "Disk Backup cannot protect a disk that is encrypted from within the machine. Keys of the platform or of your own in a disk encryption set are fine.",
        steps: {
            occasion: occasion(dryRun),
            list: [
                `Take "${instance}" out of the program, and back ${machine === undefined ? "the machine" : `machine "${machine}"`} up as a whole: VM backup supports Azure Disk Encryption.`,
                "Or encrypt by other means, with encryption at host or a disk encryption set. The OS disk of a Linux machine cannot be decrypted: such a machine is made anew.",
            ],
        },
        source: DISK_BACKUP.ENCRYPTED_IN_GUEST.page,
    }),
});

/** The places of a machine in which the disk is. A disk that Azure makes with the machine may be in any of those. */
function disksMeant(estate: Estate, machine: Machine, { disk, id }: BackedUpDisk): readonly MachineDisk[] {
    const disks = estate.disksOf(machine);
    const { byDisk, byId } = remembered(placesOf(estate), machine, () => indexed(machine, disks));
    const meant = disk !== undefined ? byDisk.get(disk) : id.state === "known" ? byId.get(armKey(id.value)) : undefined;
    return meant ?? (disk === undefined && disks.length === 1 ? disks : []);
}

/** A machine may have thousands of disks, each of them under an instance of its own. */
interface Places {
    readonly byDisk: ReadonlyMap<Disk, readonly MachineDisk[]>;
    /** Those that Azure makes with the machine. */
    readonly byId: ReadonlyMap<string, readonly MachineDisk[]>;
}

const placesOf = once(() => new Map<Machine, Places>());

function indexed(machine: Machine, disks: readonly MachineDisk[]): Places {
    const byDisk = new Map<Disk, MachineDisk[]>();
    const byId = new Map<string, MachineDisk[]>();
    for (const each of disks) {
        const { place, disk } = each.attached;
        if (disk.state === "linked") {
            append(byDisk, disk.to, each);
        }
        const own = place.origin === "implicit" ? valueOf(implicitDiskId(machine, each.attached)) : undefined;
        if (own !== undefined) {
            append(byId, armKey(own), each);
        }
    }
    return { byDisk, byId };
}

/** Whether some extension encrypts the disks in a role; found once for all of these. */
function byExtension(estate: Estate, machine: Machine, role: "os" | "data"): Condition {
    const ofMachine = remembered(extensionsOf(estate), machine, () => new Map<"os" | "data", Condition>());
    return remembered(ofMachine, role, () =>
        any(estate.extensionsOf(machine).map((extension) => when(extension, encrypts(extension, role), (is) => is))),
    );
}

const extensionsOf = once(() => new Map<Machine, Map<"os" | "data", Condition>>());
