import type { ReplicatedItem } from "../model/resources";
import type { Provider } from "../model/ids/type-token";
import { quoted } from "./names";
import { disableReplicationCommand } from "./replication";
import { diskListOf, WORDS, writtenAt } from "./property-names";
import type { Steps } from "./steps";

/** A replicated item as steps speak of it. */
export interface ItemToChange {
    readonly name: string;
    readonly provider: Provider;
    /** `properties.providerSpecificDetails.vmManagedDisks` */
    readonly diskList: string;
    /** The properties that say where it replicates to. */
    readonly target: string;
    /** The property that names its vault. */
    readonly inVault: string;
    /** True where this plan enables replication, so that the list in the program is the one that counts. */
    readonly isNew: boolean;
    readonly disableCommand: string | undefined;
}

export function itemToChange(item: ReplicatedItem, name: string): ItemToChange {
    const words = WORDS[item.provider].item;
    return {
        name,
        provider: item.provider,
        diskList: diskListOf(item),
        target: [...words.targetContainer, words.targetGroup].map((each) => writtenAt(item, each)).join(" and "),
        inVault: writtenAt(item, words.inVault),
        isNew: item.lifetime === "new",
        disableCommand: disableReplicationCommand(item),
    };
}

/** What to do about something that Site Recovery refuses: one of several ways, in order of preference. */
export function ways(list: readonly string[], dryRun: boolean): Steps {
    return {
        occasion: dryRun
            ? "Before you apply this plan, do one of these:"
            : "This is no longer a plan, it has been applied. Do one of these now:",
        list,
    };
}

/** Steps that belong together. */
export function inOrder(list: readonly string[], dryRun: boolean): Steps {
    return {
        occasion: dryRun ? "Before you apply this plan:" : "This is no longer a plan, it has been applied. Do now:",
        list,
    };
}

/** A failover makes the VM without the disks that are left out. */
export function leaveOut(item: ItemToChange, disks: readonly string[]): string {
    const which = quoted(disks);
    const effect = "a failover then makes the VM without that data, so back it up in another way.";
    const takeOut = `Take ${which} out of ${item.diskList} of "${item.name}": ${effect}`;
    return item.isNew
        ? takeOut
        : item.provider === "azure-classic"
          ? `${takeOut} ${anew(item)}`
          : `Leave ${which} out of replication: ${effect} An edit of ${item.diskList} of "${item.name}" alone changes nothing; ${anew(item)}`;
}

/** Azure does not make such a disk out of another in place. */
export const COPIED = "A disk that holds data has to be copied for that: make the new one from a snapshot of it.";

/** What is supported between regions only has to go to another one. */
export function toAnotherRegion(item: ItemToChange, vm: string): string {
    const how = `Replicate "${vm}" to another region: let ${item.target} of "${item.name}" name what is in that region`;
    return item.isNew ? `${how}.` : `${how}; ${anew(item)}`;
}

/** Nothing that is fixed when replication is enabled changes later. */
export function anew(item: ItemToChange): string {
    return item.provider === "azure-classic"
        ? `Pulumi then replaces "${item.name}": replication is disabled, its recovery points are deleted, and it is enabled again.`
        : `disable replication first (${disableWords(item)}), run pulumi refresh, and let pulumi up enable it again. Disabling deletes the recovery points of Site Recovery, which cannot be undone.`;
}

/** The way out that always works. */
export function backUpInstead(item: ItemToChange, vm: string): string {
    return `Protect "${vm}" by Azure Backup instead: give it a backup item, and ${withoutItem(item)}.`;
}

/** Pulumi's own delete of an azure-native item is a purge (INT-91), so replication is disabled before. */
export function withoutItem(item: ItemToChange): string {
    if (item.isNew) {
        return `take "${item.name}" out of the program`;
    }
    return item.provider === "azure-classic"
        ? `take "${item.name}" out of the program, which disables replication and deletes its recovery points for good`
        : `disable replication (${disableWords(item)}; its recovery points are deleted for good), then run pulumi refresh and take "${item.name}" out of the program`;
}

function disableWords({ disableCommand }: ItemToChange): string {
    return disableCommand ?? "in the vault, Replicated items > Disable replication";
}
