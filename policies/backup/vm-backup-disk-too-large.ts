import { valueOf } from "../../src/model/values";
import { headline, type Message } from "../../src/findings/message";
import { type DiskInWords, diskInWords, leaveOutSteps } from "../../src/advice/backup";
import { ways } from "../../src/advice/fix";
import { VM_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { any, compare, NO, withEvidence, YES } from "../../src/model/answers";
import type { RestsOn } from "../verdicts";
import { anyBackedUpDisk, backedUpVmPolicy, isBackedUp } from "./backed-up-vm";

const { limit, page } = VM_BACKUP.DISK_SIZE;

/** A disk, or the whole VM. */
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
    remediationSteps: "Spread the data over smaller disks or more VMs, or exclude the disk from the backup.",

    check: (backedUpVm) => {
        const { vm, item, estate } = backedUpVm;
        const disk = anyBackedUpDisk(
            backedUpVm,
            ({ definedBy, size }) => compare(definedBy, size, (gibibytes) => gibibytes > limit.diskGiB),
            ({ attached, size }): TooLarge & RestsOn => ({
                disk: diskInWords(attached),
                size: valueOf(size) ?? 0,
                restsOn: estate.disks.resourcesOf(attached),
            }),
        );
        // What is not known to be backed up, or how large, does not count; the disk itself is asked about above.
        const counted = estate.disks.of(vm).filter(({ attached }) => isBackedUp(item, vm, attached).answer === "yes");
        const total = counted.reduce((sum, { size }) => sum + (valueOf(size) ?? 0), 0);
        return any<TooLarge & RestsOn>([
            disk,
            withEvidence(total > limit.vmGiB ? YES : NO, () => ({
                disk: undefined,
                size: total,
                restsOn: counted.flatMap(({ attached }) => estate.disks.resourcesOf(attached)),
            })),
        ]);
    },

    message: ({ vm, item, provider, found: tooLarge }, { dryRun }): Message => {
        const [{ size }] = tooLarge;
        const disks = tooLarge.flatMap(({ disk }) => disk ?? []);
        return {
            headline: headline(
                (name) =>
                    disks.length === 0
                        ? `VM ${name} is backed up with ${inWords(size)} of disks, but Azure Backup supports at most ${inWords(limit.vmGiB)}.`
                        : `VM ${name} is backed up with ${disks.length === 1 ? "a disk" : `${disks.length} disks`} of more than ${inWords(limit.diskGiB)}.`,
                vm,
            ),
            why:
                disks.length === 0
                    ? "The backup of the VM fails, and the VM has no recovery point."
                    : "Azure Backup does not support disks of that size. The backup of the VM fails, and the VM has no recovery point.",
            facts: tooLarge.flatMap(({ disk, size: gib }) =>
                disk === undefined ? [] : [`${disk.words}: ${inWords(gib)}`],
            ),
            fix: ways(
                [
                    disks.length === 0
                        ? {
                              do: `Move data to a second VM, so that each VM has at most ${inWords(limit.vmGiB)} of disks.`,
                          }
                        : {
                              do: `Spread the data over disks of at most ${inWords(limit.diskGiB)}.`,
                              note: "A disk cannot shrink. Create new disks, copy the data, and detach the large disk.",
                          },
                    ...leaveOutSteps(item, provider, disks),
                ],
                dryRun,
            ),
            sources: [page],
        };
    },
});

/** `32 TiB (32,767 GiB)`: people use the first, and the second decides. */
function inWords(gib: number): string {
    return `${Math.round((gib / 1024) * 10) / 10} TiB (${gib.toLocaleString("en-US")} GiB)`;
}
