import type { Estate } from "../estate/estate";

/** What several rules want to know of an estate, found once and forgotten with the estate. */
export function once<T>(find: (estate: Estate) => T): (estate: Estate) => T {
    const known = new WeakMap<Estate, { readonly found: T }>();
    return (estate) => {
        const { found } = known.get(estate) ?? { found: find(estate) };
        known.set(estate, { found });
        return found;
    };
}
