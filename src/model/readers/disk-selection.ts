import { known, unknown, valueOf, type Value } from "../values";
import type { DiskSelection } from "../resources";
import type { Property } from "../property-bag";

/** What a list of LUNs selects; without a list every disk is backed up. */
export function diskSelection(list: Property, selected: Value<"only" | "all but">): Value<DiskSelection> {
    const luns = list.list();
    if (luns.state === "absent") {
        return known({ selected: "all" });
    }
    if (luns.state === "unknown" || selected.state !== "known") {
        return unknown(selected.state === "unknown" ? selected.property : list.path);
    }
    const numbers = luns.value.map((lun) => lun.number());
    const open = numbers.find(({ state }) => state === "unknown");
    return open?.state === "unknown"
        ? open
        : known({ selected: selected.value, luns: numbers.flatMap((lun) => valueOf(lun) ?? []) });
}
