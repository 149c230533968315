import type { Answer, OpenQuestion } from "../answers";
import type { AttachedDisk } from "../disks/attached-disks";
import type { ListedDisks } from "../disks/listed-disks";
import { MadeFrom } from "../disks/list-sources";
import { getOrCreate } from "../lists";
import type { Disk, VirtualMachine, ReplicatedDisk, VmReplication } from "../resources";
import { elementsOf, isListed, type Coverage } from "./replicated-disks";

type OpenCoverage = Extract<Coverage, { readonly state: "unknown" }>;

/** A VM that is replicated, with what replication knows of its disks. */
export class ReplicatedVm {
    /** The lists that count, of all its items and their clusters, or of its intents. */
    readonly lists: readonly ListedDisks[];
    /** Lists that the plan does not know. */
    readonly openLists: readonly OpenQuestion[];
    private readonly openCoverage: readonly OpenCoverage[];
    /** What lists are made from of which the plan does not know what they have. */
    private readonly sources = new Map<ReadonlySet<Disk>, MadeFrom>();

    constructor(
        readonly vm: VirtualMachine,
        readonly items: readonly VmReplication[],
        readonly attached: readonly AttachedDisk[],
        coverage: readonly Coverage[],
    ) {
        this.lists = coverage.flatMap((each) => (each.state === "known" ? each.lists : []));
        this.openLists = coverage.flatMap((each, index) => {
            const resource = items[index];
            return each.state === "unknown" && resource !== undefined ? [{ resource, property: each.property }] : [];
        });
        this.openCoverage = unlike(coverage.filter((each) => each.state === "unknown"));
    }

    /** False where there is no list to compare with: a new item without one, or unmanaged disks. */
    get hasLists(): boolean {
        return this.lists.length > 0 || this.openLists.length > 0;
    }

    /** Whether replication knows a disk of the VM. */
    isListed(disk: AttachedDisk): Answer["answer"] {
        const answers = [this.isInLists(disk), ...this.openCoverage.map((open) => this.isInOpenList(open, disk))];
        return answers.find((each) => each === "yes") ?? answers.find((each) => each === "unknown") ?? "no";
    }

    private isInLists(disk: AttachedDisk): Answer["answer"] {
        const listed = isListed(this.lists, this.vm, disk);
        const [list] = this.lists;
        // It has fewer elements than the disks that it is made from, so that none of these is sure to be in it.
        const isLeftOut =
            listed === "unknown" &&
            this.lists.length === 1 &&
            list?.madeFrom !== undefined &&
            this.namedBy(list.madeFrom, disk) === "no";
        return isLeftOut ? "no" : listed;
    }

    private isInOpenList({ isOlder, madeFrom }: OpenCoverage, attached: AttachedDisk): Answer["answer"] {
        const { disk } = attached;
        const isNew = disk.state === "linked" && disk.to.lifetime === "new" && !disk.to.skipped;
        if (isOlder && isNew) {
            return "no";
        }
        return madeFrom === undefined ? "unknown" : this.namedBy(madeFrom, attached);
    }

    private namedBy(disks: ReadonlySet<Disk>, attached: AttachedDisk): Answer["answer"] {
        return getOrCreate(this.sources, disks, () => new MadeFrom(disks, this.attached)).names(attached);
    }

    /** The disks that the list is made from, where the plan knows no more of it than that, and that is all that it can have. */
    get listMadeFrom(): readonly Disk[] {
        const [open] = this.openCoverage;
        return [...(open?.madeFrom ?? this.lists[0]?.madeFrom ?? [])];
    }

    /** What is set up for a disk, or may be. */
    elementsOf(disk: AttachedDisk): readonly ReplicatedDisk[] {
        return elementsOf(this.lists, this.vm, disk);
    }

    /** What would have to be known to tell whether a disk is listed. */
    get listQuestion(): OpenQuestion {
        const [open] = this.openLists;
        const [item] = this.items;
        return (
            open ?? {
                resource: item ?? this.vm,
                property: item?.disks.state === "listed" ? item.disks.property : "",
            }
        );
    }
}

/** Of those that say the same of every disk, one. */
function unlike(all: readonly OpenCoverage[]): readonly OpenCoverage[] {
    const older = new Set<OpenCoverage["madeFrom"]>();
    const newer = new Set<OpenCoverage["madeFrom"]>();
    return all.filter(({ isOlder, madeFrom }) => {
        const seen = isOlder ? older : newer;
        const { size } = seen;
        return seen.add(madeFrom).size > size;
    });
}
