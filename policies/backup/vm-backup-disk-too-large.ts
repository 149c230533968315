import { valueOf } from "../../src/model/values";
import { headline, type Message } from "../../src/findings/message";
import { type DiskInWords, diskInWords, leaveOutSteps, intro } from "../../src/advice/backup";
import { VM_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { any, compare, NO } from "../../src/model/answers";
import { anyBackedUpDisk, backedUpVmPolicy, isBackedUp } from "./backed-up-vm";

const { limit, page } = VM_BACKUP.DISK_SIZE;

/** A disk by its words, or the whole VM. */
interface TooLarge {
    readonly disk: DiskInWords | undefined;
    readonly size: number;
}

/** BCDR304: a disk, or all disks of a VM together, too large for Azure Backup (VMB-02). */
export const vmBackupDiskTooLarge = backedUpVmPolicy<TooLarge>({
    id: "BCDR304",
    name: "vm-backup-disk-too-large",
    level: "mandatory",
    severity: "high",
    summary: "A disk or VM is too large for Azure Backup.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    check: (backedUpVm) => {
        const { vm, item, estate } = backedUpVm;
        const disk = anyBackedUpDisk(
            backedUpVm,
            ({ definedBy, size }) => compare(definedBy, size, (gibibytes) => gibibytes > limit.diskGiB),
            ({ attached, size }): TooLarge => ({ disk: diskInWords(attached), size: valueOf(size) ?? 0 }),
        );
        // What is not known to be backed up, or how large, does not count; the disk itself is asked about above.
        const total = estate.disks
            .of(vm)
            .filter(({ attached }) => isBackedUp(item, vm, attached).answer === "yes")
            .reduce((sum, { size }) => sum + (valueOf(size) ?? 0), 0);
        return any<TooLarge>([
            disk,
            total > limit.vmGiB ? { answer: "yes", items: [{ disk: undefined, size: total }] } : NO,
        ]);
    },

    message: ({ vm, item, provider, found: tooLarge }, { dryRun }): Message => {
        const [{ size }] = tooLarge;
        const disks = tooLarge.flatMap(({ disk }) => disk ?? []);
        return {
            headline: headline(
                (name) =>
                    disks.length === 0
                        ? `VM ${name} is backed up with ${gib(size)} of disks; Azure Backup takes ${gib(limit.vmGiB)}.`
                        : `VM ${name} is backed up with ${disks.length === 1 ? "a disk" : `${disks.length} disks`} above ${gib(limit.diskGiB)}, which Azure Backup does not take.`,
                vm,
            ),
            why: "Backup of a VM with such disks fails, and the VM has no recovery point.",
            facts: tooLarge.map((each) => `${each.disk?.words ?? "all disks together"}: ${gib(each.size)}`),
            fix: {
                kind: "in order",
                intro: intro(dryRun),
                steps: [
                    {
                        do:
                            disks.length === 0
                                ? `Move data of "${vm}" to a second VM, so that the disks of each stay within ${gib(limit.vmGiB)}.`
                                : `Spread the data over disks of at most ${gib(limit.diskGiB)} each. A disk cannot be made smaller: make new ones, copy the data, then detach the large one.`,
                    },
                    ...leaveOutSteps(item, provider, disks),
                ],
            },
            sources: [page],
        };
    },
});

/** `32,767 GiB` */
function gib(size: number): string {
    return `${size.toLocaleString("en-US")} GiB`;
}
