import { armKey, keyWithoutSubscription, type ArmId } from "./arm-id";
import { valueOf, type Known } from "./known";
import type { Directory, Link } from "./link";
import type { Disk, ReplicatedDisk, ReplicatedItem, ReplicationCluster } from "./model";
import { targetOf, type Lifetime } from "./planned-resource";

/** Whether a list of replicated disks names a disk. */
export type Listed = "yes" | "no" | "unknown";

/** A disk that a list names. */
export interface ListedDisk {
    /** Undefined where the plan does not know it yet. */
    readonly id: ArmId | undefined;
    readonly disk: Link<Disk>;
}

/**
 * The disks that replication of one item knows, resolved. Elements whose ids are unknown are matched with the disks
 * that the item was made from: as many disks as unknown elements, and every one of them is listed. Where there are
 * fewer, the others may come from the machine's own outputs, of which the plan shows only the machine.
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
    /** True where the disks that the item was made from outnumber its unknown elements. */
    private readonly isAmbiguous: boolean;
    private readonly candidates: ReadonlySet<Disk>;

    private constructor(
        private readonly lifetime: Lifetime,
        readonly all: readonly ReplicatedDisk[],
        disks: Directory<Disk>,
        /** True for the list of a cluster, whose disks any of its machines may have. */
        readonly isShared: boolean,
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
        const made = new Set(open.flatMap(({ reference }) => disks.among(reference.dependencies)));
        const fitting = [...made].filter((disk) => !taken.has(disk));
        this.isAmbiguous = fitting.length > open.length;
        this.candidates = new Set(this.isAmbiguous ? fitting : []);
        const settled = this.isAmbiguous ? [] : fitting;
        const matched = settled.map((disk) => ({ id: valueOf(disk.id), disk: { state: "linked", to: disk } as const }));
        this.open = open.map(({ element }) => element);
        this.named = [...known, ...matched];
        this.elements = new Map<ListedDisk, readonly ReplicatedDisk[]>([
            ...known.map((listed) => [listed, [listed.element]] as const),
            ...matched.map((listed) => [listed, this.open] as const),
        ]);
        this.unnamed = open.length - settled.length;
    }

    static of(
        { disks: list, lifetime, kind }: ReplicatedItem | ReplicationCluster,
        disks: Directory<Disk>,
    ): ListedDisks | undefined {
        return list.state === "listed"
            ? new ListedDisks(lifetime, list.disks, disks, kind === "protection cluster")
            : undefined;
    }

    /** The element of a disk; where the plan does not tell which it is, all that it may be. */
    elementsOf(disk: Link<Disk>, id: Known<ArmId>): readonly ReplicatedDisk[] {
        const key = id.state === "known" ? keyWithoutSubscription(id.value) : undefined;
        const listed = this.named.find(
            (each) =>
                (each.disk.state === "linked" && disk.state === "linked" && each.disk.to === disk.to) ||
                (each.id !== undefined && keyWithoutSubscription(each.id) === key),
        );
        return (listed && this.elements.get(listed)) ?? this.open;
    }

    has(disk: Disk): Listed {
        // An item that is there was enabled before this plan makes the disk, even under a name that it has listed.
        if (disk.lifetime === "new" && this.lifetime === "existing") {
            return "no";
        }
        if (this.named.some((listed) => listed.disk.state === "linked" && listed.disk.to === disk)) {
            return "yes";
        }
        const mayBe = this.named.some(({ disk: link }) => link.state === "undecided" && link.candidates.includes(disk));
        const isNameless = disk.id.state !== "known" && disk.lifetime !== "new";
        if (mayBe || this.unnamed > 0 || this.candidates.has(disk) || (isNameless && this.named.length > 0)) {
            return "unknown";
        }
        return "no";
    }

    /** The same for a disk that no resource of the program is, by its id. */
    hasId(id: Known<ArmId>): Listed {
        if (id.state === "known") {
            const suffix = keyWithoutSubscription(id.value);
            const similar = this.named.filter(
                (each) => each.id !== undefined && keyWithoutSubscription(each.id) === suffix,
            );
            if (similar.some((each) => isSame(each.id, id.value))) {
                return "yes";
            }
            return similar.length > 0 || this.unnamed > 0 ? "unknown" : "no";
        }
        return "unknown";
    }
}

function isSame(a: ArmId | undefined, b: ArmId): boolean {
    return a?.subscription !== undefined && b.subscription !== undefined && armKey(a) === armKey(b);
}
