import { keyWithoutSubscription } from "./arm-id";
import { valueOf } from "./known";
import { append } from "./lists";
import type { ReplicatedItem } from "./model";

/** Multi-VM consistency groups: the items that carry one name in one vault (A2A-61). */
export class ConsistencyGroups {
    private readonly members = new Map<string, ReplicatedItem[]>();

    /** @param items in URN order, which the members of each group keep */
    constructor(items: readonly ReplicatedItem[]) {
        for (const item of items) {
            const key = consistencyGroupKey(item);
            if (key !== undefined) {
                append(this.members, key, item);
            }
        }
    }

    /** All members of the item's group, itself included; undefined for an item that is in none, or by itself. */
    of(item: ReplicatedItem): readonly ReplicatedItem[] | undefined {
        const members = this.members.get(consistencyGroupKey(item) ?? "");
        return members !== undefined && members.length > 1 ? members : undefined;
    }
}

/**
 * A group belongs to its vault, whose name another resource group may have, too. A new item does not tell the
 * subscription yet. Where the vault's name is not known, what it is made from stands for it.
 */
export function consistencyGroupKey({
    group,
    vault,
    skipped,
}: Pick<ReplicatedItem, "group" | "vault" | "skipped">): string | undefined {
    const id = valueOf(vault.id);
    const name = id === undefined ? vault.dependencies.join() : keyWithoutSubscription(id);
    return group.state === "known" && !skipped ? `${name}|${group.value}`.toLowerCase() : undefined;
}
