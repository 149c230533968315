import type { VirtualMachine } from "../../src/model/resources";
import { headline, type Message } from "../../src/findings/message";
import { intro } from "../../src/advice/backup";
import { WORDS } from "../../src/advice/property-names";
import { VM_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { vmSize } from "../../src/facts/vm-sizes";
import { any, type Answer, compare, isTrue, NO, unknownAnswer, withEvidence, YES } from "../../src/model/answers";
import { type BackedUpVm, backedUpVmPolicy, isBackedUp } from "./backed-up-vm";

const { limit, page } = VM_BACKUP.DISK_COUNT;

interface TooMany {
    readonly disks: number;
    readonly isUnmanaged: boolean;
}

/** BCDR303: a backed-up VM with more disks than Azure Backup takes (VMB-01). */
export const vmBackupTooManyDisks = backedUpVmPolicy<TooMany>({
    id: "BCDR303",
    name: "vm-backup-too-many-disks",
    level: "mandatory",
    severity: "high",
    summary: "A VM has more disks than Azure Backup takes.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    check: hasTooMany,

    message: ({ vm, item, provider, found: [{ disks, isUnmanaged }] }, { dryRun }): Message => ({
        headline: headline(
            (name) =>
                `VM ${name} is backed up with ${disks} disks; Azure Backup takes ${isUnmanaged ? `${limit.unmanagedDisks} unmanaged ones` : limit.disks}.`,
            vm,
        ),
        why: "With more disks than that, backup is refused or fails, and the VM has no recovery point.",
        fix: {
            kind: "in order",
            intro: intro(dryRun),
            steps: [
                ...(isUnmanaged && disks <= limit.disks
                    ? [
                          {
                              do: `Convert the disks of "${vm}" to managed ones, of which ${limit.disks} are supported. Unmanaged disks are being retired anyway.`,
                          },
                      ]
                    : []),
                {
                    do: `Attach no more than ${isUnmanaged ? limit.unmanagedDisks : limit.disks} disks to "${vm}", the OS disk included: put the data on fewer, larger disks, or on a second VM.`,
                },
                {
                    do: `Or leave data disks out of the backup: set ${WORDS[provider].backup.leavesDisksOut} on the item "${item}", and protect those with Azure Disk Backup, each by itself: it makes no point in time across several disks.`,
                },
            ],
        },
        sources: [page],
    }),
});

function hasTooMany({ vm, item, estate }: BackedUpVm): Answer<TooMany> {
    const disks = estate.disks.of(vm);
    const counted = disks.map(({ attached }) => {
        const { place, disk } = attached;
        return place.isWholeList && disk.state === "undecided"
            ? wholeList(vm, place.disk.property)
            : isBackedUp(item, vm, attached);
    });
    const certain = counted.filter(({ answer }) => answer === "yes").length;
    const doubts = counted.filter(({ answer }) => answer === "unknown");
    const unmanaged = any(disks.map(({ settings }) => isTrue(vm, settings.unmanaged)));
    const most = unmanaged.answer === "no" ? limit.disks : limit.unmanagedDisks;
    const hasAnyNumber = doubts.length > 0 && disks.some(({ attached: { place } }) => place.isWholeList);
    const mayBeTooMany = hasAnyNumber || certain + doubts.length > most;
    const answer = certain > limit.disks ? YES : certain > most ? unmanaged : mayBeTooMany ? any(doubts) : NO;
    return withEvidence(answer, () => ({ disks: certain, isUnmanaged: most === limit.unmanagedDisks }));
}

/** A list that is not known yet may hold any number of disks, as far as the VM's size goes. */
function wholeList(vm: VirtualMachine, property: string): Answer {
    const mayHave = compare(vm, vm.size, (size) => {
        const most = vmSize(size)?.maximumDataDisks;
        return most === undefined || most + 1 > limit.unmanagedDisks;
    });
    return mayHave.answer === "yes" ? unknownAnswer(vm, property) : mayHave;
}
