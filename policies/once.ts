import type { Estate } from "../src/model/estate";
import { remembered } from "../src/model/lists";

/** What several policies want to know of an estate, found once and forgotten with the estate. */
export function once<T extends object>(find: (estate: Estate) => T): (estate: Estate) => T {
    const found = new WeakMap<Estate, T>();
    return (estate) => remembered(found, estate, () => find(estate));
}
