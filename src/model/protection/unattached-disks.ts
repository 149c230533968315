import type { Answer, OpenQuestion } from "../answers";
import { diskIdOf } from "../disks/attached-disks";
import type { ListedDisk } from "../disks/listed-disks";
import { type ArmId, formatArmId, isOfType, isOneSubscription, keyWithoutSubscription, nameOf } from "../ids/arm-id";
import { displayName } from "../ids/display-name";
import { linkedTo } from "../link";
import { pushTo } from "../lists";
import type { ReplicatedVm } from "./replicated-vm";

/** The disks that replication of a VM lists and that the VM does not have. */
export interface UnattachedDisks {
    /** Those that it certainly does not have. */
    readonly certain: readonly ListedDisk[];
    /** What would have to be known to tell whether there are others. */
    readonly open: readonly OpenQuestion[];
}

const NONE: UnattachedDisks = { certain: [], open: [] };

/** @param knowsOthers whether an inventory lists resources outside of the stack */
export function unattachedDisks(replicated: ReplicatedVm, knowsOthers: boolean): UnattachedDisks {
    const { vm, attached, lists } = replicated;
    const ids = new Map<string, ArmId[]>();
    for (const id of attached.flatMap((disk) => diskIdOf(vm, disk) ?? [])) {
        pushTo(ids, keyWithoutSubscription(id), id);
    }
    const disks = new Set(attached.flatMap(({ disk }) => linkedTo(disk) ?? []));
    const isAttached = ({ id, disk: listed }: ListedDisk): Answer["answer"] => {
        if (listed.state === "linked" && disks.has(listed.to)) {
            return "yes";
        }
        const alike = (id && ids.get(keyWithoutSubscription(id)))?.map((each) => isOneSubscription(each, id)) ?? [];
        return alike.find((each) => each === "yes") ?? alike.find((each) => each === "unknown") ?? "no";
    };
    const named = lists.filter(({ isShared }) => !isShared).flatMap((list) => list.named);
    const unmatched = named.filter((listed) => isAttached(listed) === "no");
    const unnamed = lists.reduce((sum, list) => sum + list.unnamed, 0);
    // What has the same names in a subscription that is not known may be the VM's disk, or another one.
    const mayBeAnother = named.some((listed) => isAttached(listed) === "unknown");
    if (unmatched.length + unnamed === 0 && !mayBeAnother) {
        return NONE;
    }
    const unknownPlace = attached.find((disk) => diskIdOf(vm, disk) === undefined && disk.disk.state !== "linked");
    if (unknownPlace !== undefined && unmatched.length > 0) {
        // The disk may stand in a place of which the plan does not know the disk.
        return { certain: [], open: [{ resource: vm, property: unknownPlace.place.disk.property }] };
    }
    // A disk attached by a separate resource may be attached in another stack, if it is no resource of this one.
    // Where others are known, they may have that resource, which no inventory lists.
    const certain = unmatched.filter(({ disk }) =>
        disk.state === "linked" && disk.to.urn !== undefined
            ? vm.placesAreAll || !knowsOthers
            : disk.state !== "undecided" && vm.placesAreAll,
    );
    // Elements that name nothing yet may be the disks that nothing else in the list names; more than those are too many.
    const unmatchedPlaces = attached.filter((disk) => replicated.isListed(disk) !== "yes");
    const isOpen = mayBeAnother || certain.length < unmatched.length || unnamed > unmatchedPlaces.length;
    return { certain, open: isOpen ? [replicated.listQuestion] : [] };
}

export function nameOfListed({ id, disk }: ListedDisk): string {
    if (disk.state === "linked") {
        return displayName(disk.to);
    }
    return id === undefined ? "a disk" : isOfType(id, "Microsoft.Compute/disks") ? nameOf(id) : formatArmId(id);
}
