import { asSteps } from "../../src/advice/fix";
import { any, type Answer, NO, not, withEvidence } from "../../src/model/answers";
import type { AttachedDisk } from "../../src/model/disks/attached-disks";
import type { Estate } from "../../src/model/estate";
import { getOrCreate } from "../../src/model/lists";
import type { BackupItem, VirtualMachine } from "../../src/model/resources";
import { isReplicaAttachment } from "../../src/model/disks/restored-disk";
import { headline } from "../../src/findings/message";
import { listed, more, MOST_NAMES } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { WORDS } from "../../src/advice/property-names";
import { COVERAGE } from "../../src/facts/coverage";
import { NIST } from "../../src/facts/frameworks";
import { isBackedUp } from "../backup/backed-up-vm";
import { stackPolicy } from "../policy";
import { protectedVms } from "../protected-vm";

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

    evaluate: ({ estate }) =>
        protectedVms(
            estate,
            (vm) => estate.backup.ofWholeVm(vm),
            ({ vm, items }) => (items === undefined ? NO : disksLeftOut(estate, vm, items)),
            (vm, items, found) => ({
                vm: estate.names.of(vm),
                disks: found.map((attached) => estate.names.ofDisk(vm, attached)),
                luns: found.flatMap(({ place }) => place.lun ?? []),
                items: items.map((item) => ({
                    name: named(item).name,
                    selection: WORDS[item.provider].diskSelection,
                })),
            }),
        ),

    message: ({ vm, disks, luns, items }) => {
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
            ...(disks.length === 1 ? {} : { facts: disks }),
            fix: {
                kind: "in order",
                intro: "To settle it:",
                steps: asSteps([
                    ...items
                        .slice(0, MOST_NAMES)
                        .map(
                            ({ name, selection }) =>
                                `Let "${name}" take ${these} too: change ${selection}${luns.length === 0 ? "" : ` so that LUN ${listed(luns.map(String))} is in the backup`}.`,
                        ),
                    ...(items.length > MOST_NAMES
                        ? [{ do: `Do the same for the other items of the VM, ${more(items.length - MOST_NAMES)}.` }]
                        : []),
                    { do: `Or protect ${these} by an instance of Disk Backup${disks.length === 1 ? "" : " each"}.` },
                    {
                        do: "If nothing on there is worth a backup (a page file, a cache), exempt the VM from this policy and say so.",
                    },
                ]),
            },
            sources: [COVERAGE.SELECTION.page],
        };
    },
});

function disksLeftOut(
    estate: Estate,
    vm: VirtualMachine,
    items: readonly BackupItem[],
): readonly Answer<AttachedDisk>[] {
    const selecting = withSelections(items);
    return estate.disks.attachedTo(vm).map((attached) => {
        const isSelected = any(selecting.map((item) => isBackedUp(item, vm, attached)));
        if (isSelected.answer === "yes" || isReplicaAttachment(attached)) {
            return NO;
        }
        const isKept = any<unknown>([isSelected, estate.backup.ofDisk(vm, attached)]);
        return withEvidence(not(isKept), () => attached);
    });
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
