interface Lookup<K, V> {
    get(key: K): V | undefined;
    set(key: K, value: V): unknown;
}

/** What a map holds for a key, made where it holds nothing yet. */
export function getOrCreate<K, V>(values: Lookup<K, V>, key: K, make: () => V): V {
    const known = values.get(key);
    if (known !== undefined) {
        return known;
    }
    const made = make();
    values.set(key, made);
    return made;
}

/**
 * Adds all of these at the end of a list. `list.push(...more)` passes each one as a separate argument, and with some
 * 120,000 of them the call throws a RangeError.
 */
export function addAll<T>(list: T[], more: Iterable<T>): void {
    for (const each of more) {
        list.push(each);
    }
}

/** One more value in the list that a map keeps for a key. */
export function pushTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
    const list = lists.get(key);
    if (list === undefined) {
        lists.set(key, [value]);
    } else {
        list.push(value);
    }
}

/** Whether two lists have the very same elements in the same order. */
export function isSameList<T>(one: readonly T[], other: readonly T[]): boolean {
    return one === other || (one.length === other.length && one.every((each, index) => each === other[index]));
}
