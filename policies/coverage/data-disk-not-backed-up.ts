import { any, type Answer, NO, not, withEvidence } from "../../src/model/answers";
import type { AttachedDisk } from "../../src/model/disks/attached-disks";
import type { Estate } from "../../src/model/estate";
import { getOrCreate } from "../../src/model/lists";
import type { BackupItem, VirtualMachine } from "../../src/model/resources";
import { isReplicaAttachment } from "../../src/model/disks/restored-disk";
import { headline } from "../../src/findings/message";
import { listed, quoted } from "../../src/advice/names";
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
    /** The items that exclude the disks, and the property by which they do. */
    readonly items: readonly { readonly name: string; readonly selection: string }[];
}

/** BCDR403: data disks that VM backup excludes by LUN and Disk Backup does not protect either. */
export const dataDiskNotBackedUp = stackPolicy<Parameters>({
    kinds: ["backup item"],
    id: "BCDR403",
    name: "data-disk-not-backed-up",
    level: "advisory",
    severity: "medium",
    summary: "A VM backup excludes a data disk.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "coverage"],
    remediationSteps: "Include the disk in the backup, protect it with Disk Backup, or exempt the VM with a reason.",

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
        const [these, contains] = disks.length === 1 ? ["the disk", "this disk"] : ["the disks", "these disks"];
        const lunsInWords =
            luns.length === 0 ? these : `${luns.length === 1 ? "LUN" : "LUNs"} ${listed(luns.map(String))}`;
        return {
            headline: headline(
                (name, disk) =>
                    disks.length === 1
                        ? `The backup of VM ${name} excludes data disk ${disk}.`
                        : `The backup of VM ${name} excludes ${disks.length} data disks.`,
                vm,
                disks[0] ?? "",
            ),
            why: `No recovery point contains the data on ${contains}. Disk Backup does not protect ${disks.length === 1 ? "it" : "them"} either.`,
            ...(disks.length === 1 ? {} : { facts: [`Data disks: ${quoted(disks)}`] }),
            fix: {
                kind: "one of",
                intro: "Do one of these:",
                steps: [
                    {
                        do: `Include ${lunsInWords} in the backup: change the disk selection of ${quoted(
                            items.map(({ name }) => name),
                            MOST_ITEMS,
                            " or ",
                        )}.`,
                        where: [...new Set(items.map(({ selection }) => selection))].join(" or "),
                    },
                    {
                        do: `Protect ${these} with ${disks.length === 1 ? "a Disk Backup instance" : "Disk Backup, one instance for each disk"}.`,
                    },
                    {
                        do: "If the data needs no backup (a page file, a cache), exempt the VM from this policy and give the reason.",
                    },
                ],
            },
            sources: [COVERAGE.SELECTION.page],
        };
    },
});

/** More names than these would bury the rest of the sentence. */
const MOST_ITEMS = 5;

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

/** One item for each selection of disks: of those that select the same, one answers for all. */
function withSelections(items: readonly BackupItem[]): readonly BackupItem[] {
    const selections = new Map<string | BackupItem, BackupItem>();
    for (const item of items) {
        const { disks } = item;
        getOrCreate(selections, disks.state === "unknown" ? item : JSON.stringify(disks), () => item);
    }
    return [...selections.values()];
}
