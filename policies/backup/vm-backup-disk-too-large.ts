import type { Estate } from "../../src/model/estate";
import { valueOf } from "../../src/model/values";
import type { BackupItem, VirtualMachine } from "../../src/model/resources";
import { headline, type Message } from "../../src/findings/message";
import { type DiskInWords, diskInWords, leaveOutSteps, occasion } from "../../src/advice/backup";
import { MACHINE_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { NO, YES, compare } from "../../src/model/answers";
import { backedUpVmPolicy, type Candidate, diskCandidates, isBackedUp } from "./backed-up-vm";

const { limit, page } = MACHINE_BACKUP.DISK_SIZE;

/** A disk by its words, or the whole VM. */
interface TooLarge {
    readonly disk: DiskInWords | undefined;
    readonly size: number;
}

interface Parameters {
    readonly tooLarge: readonly TooLarge[];
}

/** BCDR304: a disk, or all disks of a VM together, too large for Azure Backup (VMB-02). */
export const vmBackupDiskTooLarge = backedUpVmPolicy<TooLarge, Parameters>({
    id: "BCDR304",
    name: "vm-backup-disk-too-large",
    level: "mandatory",
    severity: "high",
    summary: "A disk or VM is too large for Azure Backup.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    look: candidates,

    parameters: ({ facts }) => ({
        tooLarge: facts,
    }),

    message: ({ vm, item, provider, tooLarge }, { dryRun }): Message => {
        const [first] = tooLarge;
        const disks = tooLarge.flatMap(({ disk }) => disk ?? []);
        return {
            headline: headline(
                (name) =>
                    disks.length === 0
                        ? `VM ${name} is backed up with ${gib(first?.size ?? 0)} of disks; Azure Backup takes ${gib(limit.vmGiB)}.`
                        : `VM ${name} is backed up with ${disks.length === 1 ? "a disk" : `${disks.length} disks`} above ${gib(limit.diskGiB)}, which Azure Backup does not take.`,
                vm,
            ),
            why: "Backup of a VM with such disks fails, and the VM has no recovery point.",
            details: tooLarge.map(({ disk, size }) => `${disk?.words ?? "all disks together"}: ${gib(size)}`),
            steps: {
                occasion: occasion(dryRun),
                list: [
                    disks.length === 0
                        ? `Move data of "${vm}" to a second VM, so that the disks of each stay within ${gib(limit.vmGiB)}.`
                        : `Spread the data over disks of at most ${gib(limit.diskGiB)} each. A disk cannot be made smaller: make new ones, copy the data, then detach the large one.`,
                    ...leaveOutSteps(item, provider, disks),
                ],
            },
            source: page,
        };
    },
});

function candidates(estate: Estate, vm: VirtualMachine, item: BackupItem | undefined): readonly Candidate<TooLarge>[] {
    const disks = diskCandidates(estate, vm, item, ({ definedBy, size }) =>
        compare(definedBy, size, (gibibytes) => gibibytes > limit.diskGiB),
    );
    // What is not known to be backed up, or how large, does not count; the disk itself is asked about above.
    const total = estate
        .disksOf(vm)
        .filter(({ attached }) => isBackedUp(item, vm, attached).answer === "yes")
        .reduce((sum, { size }) => sum + (valueOf(size) ?? 0), 0);
    return [
        ...disks.map(({ condition, fact }) => ({
            condition,
            fact: { disk: diskInWords(fact.attached), size: valueOf(fact.size) ?? 0 },
        })),
        { condition: total > limit.vmGiB ? YES : NO, fact: { disk: undefined, size: total } },
    ];
}

/** `32,767 GiB` */
function gib(size: number): string {
    return `${size.toLocaleString("en-US")} GiB`;
}
