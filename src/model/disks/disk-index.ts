import { isOneSubscription, keyWithoutSubscription, subscriptionKey, type ArmId } from "../ids/arm-id";
import type { Value } from "../values";
import type { Link } from "../link";
import { pushTo, getOrCreate } from "../lists";
import type { Answer } from "../answers";
import type { ListedDisk, ListedDisks } from "./listed-disks";
import type { Disk, ReplicatedDisk } from "../resources";

/** Where a list names a disk. */
interface Place {
    readonly list: ListedDisks;
    readonly listed: ListedDisk;
    readonly position: number;
}

interface PlacesOfId {
    readonly id: ArmId;
    readonly places: Place[];
}

/**
 * What several lists of replicated disks name, by disk and by id: a VM may have thousands of disks and as many
 * lists, and each question about a disk is one look into a map.
 */
export class DiskIndex {
    private readonly byDisk = new Map<Disk, Place[]>();
    /** By id without the subscription, and then by that. */
    private readonly byId = new Map<string, Map<string, PlacesOfId>>();
    private readonly possible = new Set<Disk>();
    private readonly isOpen: boolean;
    private readonly namesAny: boolean;
    private readonly order: ReadonlyMap<ListedDisks, number>;
    /** Those with elements that any disk may be meant by. */
    private readonly openLists: readonly ListedDisks[];
    /** The lists that this plan may still hand over. */
    private ofChanging: DiskIndex | undefined;

    constructor(private readonly lists: readonly ListedDisks[]) {
        for (const list of lists) {
            list.named.forEach((listed, position) => this.put({ list, listed, position }));
            for (const disk of list.possibleDisks()) {
                this.possible.add(disk);
            }
        }
        this.order = new Map(lists.map((list, index) => [list, index]));
        this.openLists = lists.filter((list) => list.elementsOf(undefined).length > 0);
        this.isOpen = lists.some(({ unnamed }) => unnamed > 0);
        this.namesAny = lists.some(({ named }) => named.length > 0);
    }

    has(disk: Disk): Answer["answer"] {
        if (disk.lifetime === "new") {
            // An item that is there was enabled before this plan makes the disk, even under a name that it has listed.
            this.ofChanging ??= new DiskIndex(this.lists.filter(({ lifetime }) => lifetime !== "existing"));
            return this.ofChanging.names(disk);
        }
        return this.names(disk);
    }

    /** The same for a disk that no resource of the program is, by its id. */
    hasId(id: Value<ArmId>): Answer["answer"] {
        if (this.lists.length === 0) {
            return "no";
        }
        if (id.state !== "known") {
            return "unknown";
        }
        const alike = this.placesOf(id.value);
        if (alike.some(({ isOne }) => isOne === "yes")) {
            return "yes";
        }
        return this.isOpen || alike.length > 0 ? "unknown" : "no";
    }

    /** The elements of a disk; where the plan does not tell which it is, all that it may be. */
    elementsOf(disk: Link<Disk>, id: Value<ArmId>): readonly ReplicatedDisk[] {
        const first = new Map<ListedDisks, Place>();
        for (const place of [
            ...(disk.state === "linked" ? (this.byDisk.get(disk.to) ?? []) : []),
            ...(id.state === "known" ? this.placesOf(id.value).flatMap(({ places }) => places) : []),
        ]) {
            const before = first.get(place.list);
            if (before === undefined || place.position < before.position) {
                first.set(place.list, place);
            }
        }
        return [...new Set([...first.keys(), ...this.openLists])]
            .sort((a, b) => (this.order.get(a) ?? 0) - (this.order.get(b) ?? 0))
            .flatMap((list) => list.elementsOf(first.get(list)?.listed));
    }

    /** Where an id is named, or may be: a subscription that is not known may be any. */
    private placesOf(id: ArmId): readonly { readonly isOne: "yes" | "unknown"; readonly places: readonly Place[] }[] {
        return [...(this.byId.get(keyWithoutSubscription(id))?.values() ?? [])].flatMap(({ id: named, places }) => {
            const isOne = isOneSubscription(named, id);
            return isOne === "no" ? [] : [{ isOne, places }];
        });
    }

    private names(disk: Disk): Answer["answer"] {
        if (this.byDisk.has(disk)) {
            return "yes";
        }
        const isNameless = disk.id.state !== "known" && disk.lifetime !== "new";
        return this.possible.has(disk) || this.isOpen || (isNameless && this.namesAny) ? "unknown" : "no";
    }

    private put(place: Place): void {
        const { id, disk } = place.listed;
        if (disk.state === "linked") {
            pushTo(this.byDisk, disk.to, place);
        }
        if (id !== undefined) {
            const alike = getOrCreate(this.byId, keyWithoutSubscription(id), () => new Map<string, PlacesOfId>());
            getOrCreate(alike, subscriptionKey(id), () => ({ id, places: [] })).places.push(place);
        }
    }
}

const indices = new WeakMap<readonly ListedDisks[], DiskIndex>();

/** Made once for each list of lists. */
export function indexOf(lists: readonly ListedDisks[]): DiskIndex {
    return getOrCreate(indices, lists, () => new DiskIndex(lists));
}
