import type { AttachedDisk } from "./attached-disks";
import { getOrCreate } from "../lists";
import { known, unknown, type Value } from "../values";
import type { BackupItem } from "../resources";

/** Whether an item backs this disk of its VM up. The OS disk cannot be left out (VMB-29). */
export function isSelected({ disks }: BackupItem, { role, place }: AttachedDisk): Value<boolean> {
    if (role === "os" || disks.state === "absent") {
        return known(true);
    }
    if (disks.state === "unknown") {
        return disks;
    }
    const selection = disks.value;
    if (selection.selected === "all") {
        return known(true);
    }
    if (place.lun === undefined) {
        // No LUN is in an empty list, so it need not be known. A list of disks that is unknown may be empty.
        const isThere = !place.isWholeList || selection.selected === "all but";
        return selection.luns.length === 0 && isThere
            ? known(selection.selected === "all but")
            : unknown(place.disk.property);
    }
    const { luns } = selection;
    const isNamed = getOrCreate(sets, luns, () => new Set(luns)).has(place.lun);
    return known(isNamed === (selection.selected === "only"));
}

/** Each of a VM's disks is looked up in the list. */
const sets = new WeakMap<readonly number[], ReadonlySet<number>>();
