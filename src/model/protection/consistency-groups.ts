import { armKey, isOneResource, type ArmId } from "../ids/arm-id";
import { valueOf } from "../values";
import { linkedTo } from "../link";
import { pushTo } from "../lists";
import type { ReplicatedItem, Vault } from "../resources";
import type { GroupOfVault } from "../external-resources";
import type { Vaults } from "./vaults";

/** The members that are surely of one group. */
interface Members {
    readonly id: ArmId | undefined;
    readonly vault: Vault | undefined;
    readonly items: ReplicatedItem[];
}

/** Multi-VM consistency groups: the items that carry one name in one vault (A2A-61). */
export class ConsistencyGroups {
    private readonly groups = new Map<string, Members>();
    private readonly byName = new Map<string, Members[]>();
    private readonly ofItem = new Map<ReplicatedItem, Members>();

    /** @param items in URN order, which the members of each group keep */
    constructor(
        items: readonly ReplicatedItem[],
        private readonly vaults: Vaults,
    ) {
        for (const item of items) {
            const name = nameOf(item);
            if (name !== undefined) {
                this.add(item, name);
            }
        }
    }

    /** All members of the item's group, itself included; undefined for an item that is in none, or by itself. */
    of(item: ReplicatedItem): readonly ReplicatedItem[] | undefined {
        const items = this.ofItem.get(item)?.items;
        return items !== undefined && items.length > 1 ? items : undefined;
    }

    /** The items in the group of this name in the item's vault. */
    inGroupNamed(name: string, item: ReplicatedItem): readonly ReplicatedItem[] {
        return this.groups.get(this.placeOf(item, name.toLowerCase()).key)?.items ?? [];
    }

    /** Items of a group of the same name that may be the same one: whether it is the same vault, the plan does not tell. */
    possiblyWith(item: ReplicatedItem): readonly ReplicatedItem[] {
        const own = this.ofItem.get(item);
        const alike = own && this.byName.get(nameOf(item) ?? "");
        return (alike ?? []).flatMap((other) =>
            own !== undefined && other !== own && mayBeOne(own, other) ? other.items : [],
        );
    }

    private add(item: ReplicatedItem, name: string): void {
        const { key, id, vault } = this.placeOf(item, name);
        const group = this.groups.get(key) ?? { id, vault, items: [] };
        if (group.items.length === 0) {
            this.groups.set(key, group);
            pushTo(this.byName, name, group);
        }
        group.items.push(item);
        this.ofItem.set(item, group);
    }

    /** The vault of an item, and the key of a group in it. */
    private placeOf(item: ReplicatedItem, name: string): Omit<Members, "items"> & { readonly key: string } {
        const link = this.vaults.of(item);
        const id = link.state === "linked" ? (valueOf(link.to.id) ?? valueOf(item.vault.id)) : valueOf(item.vault.id);
        // Where the vault has no id yet, the resource of the program that it is stands for it, or what its name is made from.
        const urn = link.state === "linked" ? (link.to.urn ?? "") : item.vault.dependencies.join();
        return { key: `${id === undefined ? urn : armKey(id)}|${name}`, id, vault: linkedTo(link) };
    }
}

/** The group that an item is in, where its vault is known. */
export function groupOfVault({ group, vault, skipped }: ReplicatedItem): GroupOfVault | undefined {
    const id = valueOf(vault.id);
    return group.state === "known" && id !== undefined && !skipped ? { vault: id, name: group.value } : undefined;
}

function nameOf({ group, skipped }: ReplicatedItem): string | undefined {
    return skipped ? undefined : valueOf(group)?.toLowerCase();
}

/** Two resources of the program are two vaults, whatever their names. */
function mayBeOne(one: Members, other: Members): boolean {
    const areTwo = one.vault !== undefined && other.vault !== undefined;
    return !areTwo && (one.id === undefined || other.id === undefined || isOneResource(one.id, other.id) !== "no");
}
