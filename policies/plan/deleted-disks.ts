import type { AttachedDisk } from "../../src/model/disks/attached-disks";
import { valueOf } from "../../src/model/values";
import type { Disk, VirtualMachine, ReplicatedItem } from "../../src/model/resources";
import type { Plan } from "../../src/model/plan";
import { isCopy } from "../../src/model/disks/restored-disk";
import { quoted } from "../../src/advice/names";
import { capitalised, type Tense } from "./tense";

/** A replicated disk that a plan deletes, and the data on it. */
export interface DeletedDisk {
    readonly attached: AttachedDisk;
    /** As it is before the plan. */
    readonly disk: Disk;
    /** True where an empty disk replaces it under the same resource. */
    readonly isReplaced: boolean;
}

/**
 * The replicated disks of a VM that the plan deletes with their data. A disk that is replaced by a copy of something
 * brings its data along: that is how a program restores a disk.
 */
export function deletedDisks(plan: Plan, vm: VirtualMachine, items: readonly ReplicatedItem[]): readonly DeletedDisk[] {
    const replicated = plan.before.replication.replicatedVm(vm, items);
    return plan.before.disks.attachedTo(vm).flatMap((attached): readonly DeletedDisk[] => {
        const disk = attached.disk.state === "linked" ? attached.disk.to : undefined;
        const outcome = disk === undefined ? "stays" : plan.outcomeOf(disk);
        if (disk === undefined || outcome === "stays" || replicated.isListed(attached) !== "yes") {
            return [];
        }
        return outcome === "gone" || isEmpty(plan.afterwards(disk))
            ? [{ attached, disk, isReplaced: outcome === "replaced" }]
            : [];
    });
}

/** One line about the data, where any is deleted. */
export function deletedFacts(names: readonly string[], now: Tense): readonly string[] {
    const isOne = names.length === 1;
    const disks = `${isOne ? "disk" : "disks"} ${quoted(names)}`;
    const deletes =
        now === "planned"
            ? `The plan also deletes ${disks}`
            : `${capitalised(disks)} ${isOne ? "was" : "were"} deleted, too`;
    return names.length === 0 ? [] : [`${deletes}, with all data on ${isOne ? "it" : "them"}.`];
}

/** A disk whose source is unknown counts as a copy, so that nobody is warned for nothing. */
function isEmpty(disk: Disk | undefined): boolean {
    const option = disk === undefined ? undefined : valueOf(disk.creation.option);
    return option !== undefined && !isCopy(option);
}
