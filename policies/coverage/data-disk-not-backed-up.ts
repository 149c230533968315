import type { OpenQuestion } from "../../src/model/answers";
import type { AttachedDisk } from "../../src/model/disks/attached-disks";
import type { Estate } from "../../src/model/estate";
import { valueOf } from "../../src/model/values";
import { addAll, getOrCreate } from "../../src/model/lists";
import type { BackupItem, VirtualMachine } from "../../src/model/resources";
import { isReplicaAttachment } from "../../src/model/disks/restored-disk";
import { isSelected } from "../../src/model/disks/selected-disks";
import type { Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { listed, more, MOST_NAMES } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { WORDS } from "../../src/advice/property-names";
import { COVERAGE } from "../../src/facts/coverage";
import { NIST } from "../../src/facts/frameworks";
import { stackPolicy } from "../policy";

interface Parameters {
    readonly vm: string;
    readonly disks: readonly string[];
    readonly luns: readonly number[];
    /** The items that leave the disks out, and the property by which they do. */
    readonly items: readonly { readonly name: string; readonly selection: string }[];
}

/** BCDR403: data disks that VM backup leaves out by LUN, and that Disk Backup does not take either. */
export const dataDiskNotBackedUp = stackPolicy<Parameters>({
    id: "BCDR403",
    name: "data-disk-not-backed-up",
    level: "advisory",
    severity: "medium",
    summary: "A backup item leaves out a data disk.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "coverage"],
    remediationSteps: "Protect the VM or the disk, or say by the VM's tier that it needs no protection.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        for (const vm of estate.vms) {
            const backup = estate.backup.ofWholeVm(vm);
            if (vm.urn === undefined || vm.skipped || backup.answer !== "yes") {
                continue;
            }
            const { leftOut, open } = disksLeftOut(estate, vm, backup.items);
            for (const openQuestion of open) {
                yield { verdict: "undecided", openQuestion };
            }
            if (leftOut.length > 0) {
                yield {
                    verdict: "violated",
                    subject: subjectOf(vm, vm),
                    parameters: {
                        vm: estate.names.of(vm),
                        disks: leftOut.map((attached) => estate.names.ofDisk(vm, attached)),
                        luns: leftOut.flatMap(({ place }) => place.lun ?? []),
                        items: backup.items.map((item) => ({
                            name: named(item).name,
                            selection: WORDS[item.provider].diskSelection,
                        })),
                    },
                    restsOn: backup.items,
                };
            }
        }
    },

    message: ({ vm, disks, luns, items }): Message => {
        const these = disks.length === 1 ? "the disk" : "the disks";
        return {
            headline: headline(
                (name, disk) =>
                    disks.length === 1
                        ? `The backup of VM ${name} leaves out its data disk ${disk}.`
                        : `The backup of VM ${name} leaves out ${disks.length} of its data disks.`,
                vm,
                disks[0] ?? "",
            ),
            why: "The backup item selects disks by LUN, and no recovery point has what it leaves out. Disk Backup does not take it either.",
            ...(disks.length === 1 ? {} : { details: disks }),
            steps: {
                occasion: "To settle it:",
                list: [
                    ...items
                        .slice(0, MOST_NAMES)
                        .map(
                            ({ name, selection }) =>
                                `Let "${name}" take ${these} too: change ${selection}${luns.length === 0 ? "" : ` so that LUN ${listed(luns.map(String))} is in the backup`}.`,
                        ),
                    ...(items.length > MOST_NAMES
                        ? [`Do the same for the other items of the VM, ${more(items.length - MOST_NAMES)}.`]
                        : []),
                    `Or protect ${these} by an instance of Disk Backup${disks.length === 1 ? "" : " each"}.`,
                    "If nothing on there is worth a backup (a page file, a cache), exempt the VM from this policy and say so.",
                ],
            },
            source: COVERAGE.SELECTION.page,
        };
    },
});

function disksLeftOut(
    estate: Estate,
    vm: VirtualMachine,
    items: readonly BackupItem[],
): { readonly leftOut: readonly AttachedDisk[]; readonly open: readonly OpenQuestion[] } {
    const leftOut: AttachedDisk[] = [];
    const open: OpenQuestion[] = [];
    const selecting = withSelections(items);
    for (const attached of estate.disks.attachedTo(vm)) {
        const selected = selecting.map((item) => ({ item, answer: isSelected(item, attached) }));
        if (isReplicaAttachment(attached) || selected.some(({ answer }) => valueOf(answer) === true)) {
            continue;
        }
        const diskBackup = estate.backup.ofDisk(vm, attached);
        if (diskBackup.answer === "yes") {
            continue;
        }
        const unknowns = selected.flatMap(({ item, answer }): OpenQuestion[] =>
            answer.state === "unknown"
                ? [{ resource: item.disks.state === "unknown" ? item : vm, property: answer.property }]
                : [],
        );
        if (diskBackup.answer === "unknown" || unknowns.length > 0) {
            addAll(open, unknowns);
            addAll(open, diskBackup.answer === "unknown" ? diskBackup.openQuestions : []);
        } else {
            leftOut.push(attached);
        }
    }
    return { leftOut, open };
}

/** One item for each selection of disks: of those that select the same, one tells it for all. */
function withSelections(items: readonly BackupItem[]): readonly BackupItem[] {
    const selections = new Map<string | BackupItem, BackupItem>();
    for (const item of items) {
        const { disks } = item;
        getOrCreate(selections, disks.state === "unknown" ? item : JSON.stringify(disks), () => item);
    }
    return [...selections.values()];
}
