import type { Estate } from "../../src/model/estate";
import { getOrCreate } from "../../src/model/lists";
import type { AzureResource, BackupItem } from "../../src/model/resources";
import { memoize } from "../memoize";

/**
 * Items of one VM that back up the same disks, under the same policy and API: what is unsupported under one of them
 * is so under all. A VM may have thousands of items and as many disks.
 */
interface Alike {
    readonly item: BackupItem;
    readonly others: BackupItem[];
}

const groups = memoize(() => new WeakMap<readonly BackupItem[], readonly Alike[]>());

/** The first item of each kind, in their order. */
export function unlikeItems(estate: Estate, items: readonly BackupItem[]): readonly BackupItem[] {
    return alikeItems(estate, items).map(({ item }) => item);
}

/** For each item, the one that stands for it. */
export function representatives(estate: Estate, items: readonly BackupItem[]): ReadonlyMap<BackupItem, BackupItem> {
    return new Map(
        alikeItems(estate, items).flatMap(({ item, others }) => [item, ...others].map((each) => [each, item] as const)),
    );
}

function alikeItems(estate: Estate, items: readonly BackupItem[]): readonly Alike[] {
    return getOrCreate(groups(estate), items, () => {
        const definers = new Map<AzureResource, number>();
        const alike = new Map<string, Alike>();
        for (const item of items) {
            const { disks, apiVersion } = item;
            const { type, crashConsistentOnly, definedBy } = estate.backupPolicies.followedBy(item);
            const isOpen =
                [disks, apiVersion].some(({ state }) => state === "unknown") ||
                (definedBy === item && [type, crashConsistentOnly].some(({ state }) => state === "unknown"));
            // What is open about an item is a question about that very item.
            const definer = isOpen || definedBy !== item ? (isOpen ? item : definedBy) : undefined;
            const number = definer && getOrCreate(definers, definer, () => definers.size + 1);
            const key = JSON.stringify([number, disks, apiVersion, type, crashConsistentOnly]);
            const known = alike.get(key);
            if (known === undefined) {
                alike.set(key, { item, others: [] });
            } else {
                known.others.push(item);
            }
        }
        return [...alike.values()];
    });
}
