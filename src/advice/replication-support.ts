import type { ReplicatedItem } from "../model/resources";
import type { Provider } from "../model/ids/type-token";
import { quoted } from "./names";
import { disableReplicationCommand } from "./replication";
import { diskListOf, WORDS, writtenAt } from "./property-names";
import type { Fix, Step } from "./fix";

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
export function ways(steps: readonly Step[], dryRun: boolean): Fix {
    return {
        kind: "one of",
        intro: dryRun ? "Before you apply this plan, do one of these:" : "This is already deployed. Do one of these:",
        steps,
    };
}

/** Steps that belong together. */
export function inOrder(steps: readonly Step[], dryRun: boolean): Fix {
    return {
        kind: "in order",
        intro: dryRun
            ? "Before you apply this plan, in this order:"
            : "This is already deployed. To fix it, in this order:",
        steps,
    };
}

/** A failover makes the VM without the disks that are left out. */
export function leaveOut(item: ItemToChange, disks: readonly string[]): Step {
    return reEnabled(item, {
        do: `Remove ${quoted(disks)} from the list of disks of "${item.name}".`,
        where: item.diskList,
        note: "A failover then creates the VM without that data. Back it up in another way.",
    });
}

/** Azure does not turn one such disk into another in place. */
export const COPIED = "To keep the data of a disk, create the new disk from a snapshot of it.";

/** What is supported between regions only has to go to another one. */
export function toAnotherRegion(item: ItemToChange, vm: string): Step {
    return reEnabled(item, {
        do: `Replicate "${vm}" to another region: in "${item.name}", name the target of that region.`,
        where: item.target,
    });
}

/** A change of what is fixed when replication is enabled: only enabling it again makes it. */
export function reEnabled(item: ItemToChange, step: Step): Step {
    if (item.isNew) {
        return step;
    }
    if (item.provider === "azure-classic") {
        return noting(
            step,
            `Pulumi then replaces "${item.name}": it disables replication, which deletes the recovery points, and enables it again.`,
        );
    }
    return noting(
        {
            ...step,
            do: `${step.do} Then disable replication${byPortal(item)} and enable it again:`,
            commands: [
                ...(step.commands ?? []),
                ...(item.disableCommand === undefined ? [] : [item.disableCommand]),
                "pulumi refresh",
                "pulumi up",
            ],
        },
        "Disabling replication deletes Site Recovery's recovery points. You cannot undo that.",
    );
}

/** The way out that always works. */
export function backUpInstead(item: ItemToChange, vm: string): Step {
    return removal(item, `Protect "${vm}" with Azure Backup instead: add a backup item for it, and`);
}

/**
 * Takes an item out of the program. Pulumi's own delete of an azure-native item is a purge (INT-91), so replication is
 * disabled before.
 *
 * @param lead what comes before, up to the verb
 */
export function removal(item: ItemToChange, lead: string): Step {
    const remove = `remove "${item.name}" from the program`;
    if (item.isNew) {
        return { do: `${lead} ${remove}.` };
    }
    return item.provider === "azure-classic"
        ? {
              do: `${lead} ${remove}.`,
              note: "Pulumi then disables replication and deletes its recovery points for good.",
          }
        : {
              do: `${lead} ${remove} after you have disabled replication${byPortal(item)}:`,
              commands: [...(item.disableCommand === undefined ? [] : [item.disableCommand]), "pulumi refresh"],
              note: "Disabling replication deletes Site Recovery's recovery points for good.",
          };
}

function byPortal({ disableCommand }: ItemToChange): string {
    return disableCommand === undefined ? " (in the vault: Replicated items > Disable replication)" : "";
}

function noting(step: Step, note: string): Step {
    return { ...step, note: step.note === undefined ? note : `${step.note} ${note}` };
}
