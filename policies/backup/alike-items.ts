import type { Estate } from "../../src/model/estate";
import { getOrCreate } from "../../src/model/lists";
import type { AzureResource, BackupItem, VirtualMachine } from "../../src/model/resources";
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

/** Of the items that back a VM up, the one that stands for this one. */
export function representative(estate: Estate, vm: VirtualMachine, item: BackupItem): BackupItem {
    const backup = estate.backup.ofWholeVm(vm);
    const items = backup.answer === "yes" ? backup.items : [];
    const ofKind = getOrCreate(
        representatives(estate),
        items,
        () =>
            new Map(
                alikeItems(estate, items).flatMap((alike) =>
                    [alike.item, ...alike.others].map((each) => [each, alike.item]),
                ),
            ),
    );
    return ofKind.get(item) ?? item;
}

const representatives = memoize(() => new WeakMap<readonly BackupItem[], ReadonlyMap<BackupItem, BackupItem>>());

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
