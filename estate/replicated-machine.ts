import type { OpenQuestion } from "./answer";
import type { AttachedDisk } from "./attached-disks";
import type { Listed, ListedDisks } from "./listed-disks";
import type { Machine, ReplicatedDisk, ReplicatedItem } from "./model";
import { elementsOf, isListed, type Coverage } from "./replication";

/** A machine that is replicated, with what replication knows of its disks. */
export class ReplicatedMachine {
    /** The lists that count, of all its items and their clusters. */
    readonly lists: readonly ListedDisks[];
    /** Lists that the plan does not know. */
    readonly openLists: readonly OpenQuestion[];
    /** True where one of those may name a disk that this plan makes. */
    private readonly mayNameNewDisks: boolean;

    constructor(
        readonly machine: Machine,
        readonly items: readonly ReplicatedItem[],
        readonly attached: readonly AttachedDisk[],
        coverage: readonly Coverage[],
    ) {
        this.lists = coverage.flatMap((each) => (each.state === "known" ? each.lists : []));
        this.openLists = coverage.flatMap((each, index) => {
            const resource = items[index];
            return each.state === "unknown" && resource !== undefined ? [{ resource, property: each.property }] : [];
        });
        this.mayNameNewDisks = coverage.some((each) => each.state === "unknown" && !each.isOlder);
    }

    /** False where there is no list to compare with: a new item without one, or unmanaged disks. */
    get hasLists(): boolean {
        return this.lists.length > 0 || this.openLists.length > 0;
    }

    /** Whether replication knows a disk of the machine. */
    isListed(disk: AttachedDisk): Listed {
        const listed = isListed(this.lists, this.machine, disk);
        const isNew = disk.disk.state === "linked" && disk.disk.to.lifetime === "new" && !disk.disk.to.skipped;
        const mayStandInOpen = this.openLists.length > 0 && (this.mayNameNewDisks || !isNew);
        return listed === "no" && mayStandInOpen ? "unknown" : listed;
    }

    /** What is set up for a disk, or may be. */
    elementsOf(disk: AttachedDisk): readonly ReplicatedDisk[] {
        return elementsOf(this.lists, this.machine, disk);
    }

    /** What would have to be known to tell whether a disk is listed. */
    get listQuestion(): OpenQuestion {
        const [open] = this.openLists;
        const [item] = this.items;
        return (
            open ?? {
                resource: item ?? this.machine,
                property: item?.disks.state === "listed" ? item.disks.property : "",
            }
        );
    }
}
