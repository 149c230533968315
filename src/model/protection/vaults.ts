import type { Answer } from "../answers";
import { known } from "../values";
import type { ResourceIndex, Link } from "../link";
import type { AzureResource, ResourceGuardProxy } from "../resources";
import type { Target } from "../planned-resource";
import { Protections } from "./protections";

export const VAULT = "Microsoft.RecoveryServices/vaults";
export const BACKUP_VAULT = "Microsoft.DataProtection/backupVaults";

/** The vaults of one kind, with what is in them and what guards them. */
export class Vaults<V extends AzureResource, Item extends AzureResource & { readonly vault: Target }> {
    /** How many items and guards are of vaults outside of this stack. */
    externalReferences = 0;
    private readonly vaultOfItem = new Map<Item, Link<V>>();
    private readonly backups = new Protections<Item, V>();
    private readonly guards = new Protections<ResourceGuardProxy, V>();

    constructor(
        private readonly vaults: ResourceIndex<V>,
        items: readonly Item[],
        proxies: readonly ResourceGuardProxy[],
    ) {
        for (const item of items) {
            const link = this.follow(item);
            this.vaultOfItem.set(item, link);
            this.backups.add(item, link, known(item.kind !== "replicated item"));
        }
        for (const proxy of proxies) {
            this.guards.add(proxy, this.follow(proxy), known(true));
        }
    }

    of(item: Item): Link<V> {
        return this.vaultOfItem.get(item) ?? { state: "none" };
    }

    /** The items that Azure Backup keeps in a vault; replicated items are none. */
    backupsIn(vault: V): Answer<Item> {
        return this.backups.answer(vault);
    }

    guardsOf(vault: V): Answer<ResourceGuardProxy> {
        return this.guards.answer(vault);
    }

    private follow({ vault, origin }: Pick<AzureResource, "origin"> & { readonly vault: Target }): Link<V> {
        const link = this.vaults.followName(vault);
        if (link.state === "external" && origin === undefined) {
            this.externalReferences++;
        }
        return link;
    }
}
