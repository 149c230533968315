import type { Estate } from "../src/model/estate";
import { getOrCreate } from "../src/model/lists";

/** What several policies want to know of an estate, found once and forgotten with the estate. */
export function memoize<T extends object>(find: (estate: Estate) => T): (estate: Estate) => T {
    const found = new WeakMap<Estate, T>();
    return (estate) => getOrCreate(found, estate, () => find(estate));
}
