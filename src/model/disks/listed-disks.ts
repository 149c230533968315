import type { ArmId } from "../ids/arm-id";
import { valueOf } from "../values";
import type { ResourceIndex, Link } from "../link";
import { disksInListOf } from "./list-sources";
import type { Disk, ReplicatedDisk, ReplicationCluster, VmReplication } from "../resources";
import { targetOf, type Lifetime } from "../planned-resource";

/** A disk that a list names. */
export interface ListedDisk {
    /** Undefined where the plan does not know it yet. */
    readonly id: ArmId | undefined;
    readonly disk: Link<Disk>;
}

/**
 * The disks that replication of one item knows, resolved. Elements whose ids are unknown are matched with the disks
 * that the item was made from: as many disks as unknown elements, and every one of them is listed. Where there are
 * fewer, the others may come from the VM's own outputs, of which the plan shows only the VM.
 */
export class ListedDisks {
    /** Elements with an id that is known, or whose disk is. */
    readonly named: readonly ListedDisk[];
    /** The elements that may be the one of each named disk: one, except where ids are unknown. */
    private readonly elements: ReadonlyMap<ListedDisk, readonly ReplicatedDisk[]>;
    /** Elements with an id that is not known. */
    private readonly open: readonly ReplicatedDisk[];
    /** How many unknown elements no disk of the program can be found for. */
    readonly unnamed: number;
    /** The disks that unknown elements may be. */
    private readonly candidates: ReadonlySet<Disk>;
    /** Where more disks than elements are meant, such as with `ids[0]` of many ids: all disks that it can name, if that is known. */
    readonly madeFrom: ReadonlySet<Disk> | undefined;

    private constructor(
        readonly lifetime: Lifetime,
        readonly all: readonly ReplicatedDisk[],
        disks: ResourceIndex<Disk>,
        /** True for the list of a cluster, whose disks any of its VMs may have. */
        readonly isShared: boolean,
        /** The disks that the whole list was made from, where it can have no others. */
        madeFrom: ReadonlySet<Disk> | undefined,
    ) {
        const links = all.map((element) => ({
            id: valueOf(targetOf(element.disk).id),
            reference: element.disk,
            disk: disks.follow(element.disk),
            element,
        }));
        const known = links.filter(({ reference }) => reference.id.state !== "unknown");
        const open = links.filter(({ reference }) => reference.id.state === "unknown");
        const taken = new Set(known.flatMap(({ disk }) => (disk.state === "linked" ? [disk.to] : [])));
        // The elements of one list share their dependencies.
        const dependencies = new Set(open.map(({ reference }) => reference.dependencies));
        const made = new Set([...dependencies].flatMap((urns) => disks.among(urns)));
        const fitting = [...made].filter((disk) => !taken.has(disk));
        // Ambiguous where the disks that the item was made from outnumber its unknown elements.
        const isAmbiguous = fitting.length > open.length;
        this.candidates = new Set(isAmbiguous ? fitting : []);
        this.madeFrom = isAmbiguous && madeFrom !== undefined ? new Set([...madeFrom, ...taken]) : undefined;
        const settled = isAmbiguous ? [] : fitting;
        const matched = settled.map((disk) => ({ id: valueOf(disk.id), disk: { state: "linked", to: disk } as const }));
        this.open = open.map(({ element }) => element);
        this.named = [...known, ...matched];
        this.elements = new Map<ListedDisk, readonly ReplicatedDisk[]>([
            ...known.map((listed) => [listed, [listed.element]] as const),
            ...matched.map((listed) => [listed, this.open] as const),
        ]);
        this.unnamed = open.length - settled.length;
    }

    static of(of: VmReplication | ReplicationCluster, disks: ResourceIndex<Disk>): ListedDisks | undefined {
        const { disks: list, lifetime, kind } = of;
        if (list.state !== "listed") {
            return undefined;
        }
        const madeFrom = kind === "replicated item" ? disksInListOf(of, disks) : undefined;
        return new ListedDisks(lifetime, list.disks, disks, kind === "protection cluster", madeFrom);
    }

    /** The disks that some element may be, beside those that elements surely are. */
    *possibleDisks(): Iterable<Disk> {
        yield* this.candidates;
        // What one element may be, others of the same list may be as well.
        const links = this.named.flatMap(({ disk }) => (disk.state === "undecided" ? [disk.candidates] : []));
        for (const candidates of new Set(links)) {
            yield* candidates;
        }
    }

    /** The elements that are, or may be, the one of a disk that the list names. */
    elementsOf(listed: ListedDisk | undefined): readonly ReplicatedDisk[] {
        return (listed && this.elements.get(listed)) ?? this.open;
    }
}
