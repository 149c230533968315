import type { OpenQuestion } from "../answers";
import type { AttachedDisk } from "./attached-disks";
import type { ReplicatedVm } from "../protection/replicated-vm";
import { isReplicaAttachment } from "./restored-disk";

/** The data disks of a replicated VM that replication leaves out, and those of which that is open. */
export function unreplicatedDataDisks(replicated: ReplicatedVm): {
    readonly leftOut: readonly AttachedDisk[];
    readonly open: readonly (OpenQuestion & { readonly attached: AttachedDisk })[];
} {
    const { vm, attached, lists, openLists } = replicated;
    const leftOut: AttachedDisk[] = [];
    const open: (OpenQuestion & { attached: AttachedDisk })[] = [];
    const unlisted = attached.filter((disk) => replicated.isListed(disk) !== "yes");
    const unnamed = lists.reduce((sum, list) => sum + list.unnamed, 0);
    // Elements that come from the VM's own outputs are its own disks; enough of them cover all of these.
    const coversImplicit = openLists.length === 0 && unnamed > 0 && unnamed >= unlisted.length;
    // Every element is one of the other disks, so a disk whose id is not known is none of them.
    const [list, ...otherLists] = lists;
    const isUsedUp =
        openLists.length === 0 &&
        otherLists.length === 0 &&
        list?.unnamed === 0 &&
        list.named.length === attached.length - unlisted.length;
    for (const disk of replicated.hasLists ? unlisted : []) {
        const isImplicit = disk.place.origin === "implicit";
        if (disk.role === "os" || isReplicaAttachment(disk) || (isImplicit && coversImplicit)) {
            continue;
        }
        const isOpenPlace = disk.place.isWholeList || disk.disk.state === "undecided";
        if (replicated.isListed(disk) === "no" || (isImplicit && isUsedUp)) {
            leftOut.push(disk);
        } else {
            const question =
                isOpenPlace && openLists.length === 0
                    ? { resource: vm, property: disk.place.disk.property }
                    : replicated.listQuestion;
            open.push({ ...question, attached: disk });
        }
    }
    return { leftOut, open };
}
