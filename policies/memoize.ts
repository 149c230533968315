import type { Estate } from "../src/model/estate";
import { getOrCreate } from "../src/model/lists";

/** What several policies want to know of an estate, or of a plan, found once and forgotten with it. */
export function memoize<T extends object, Of extends object = Estate>(find: (of: Of) => T): (of: Of) => T {
    const found = new WeakMap<Of, T>();
    return (of) => getOrCreate(found, of, () => find(of));
}
