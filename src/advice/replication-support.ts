import type { ReplicatedItem } from "../model/resources";
import type { Provider } from "../model/ids/type-token";
import { homeOf } from "./known-from";
import { listed, MOST_NAMES, more, quoted } from "./names";
import { disableReplicationCommand } from "./replication";
import { dropFromState } from "./re-protection";
import { diskListOf, WORDS, writtenAt } from "./property-names";
import type { Step } from "./fix";

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
    /** True where Pulumi disables and enables replication by itself when an input changes that is fixed at enabling (INT-69). */
    readonly isReplacedByPulumi: boolean;
    /** Created by a template, not by a resource of the program. */
    readonly isInTemplate: boolean;
    /** The stack that has it, where it is not this one. */
    readonly home: string | undefined;
    readonly disableCommand: string | undefined;
}

export function itemToChange(item: ReplicatedItem, name: string): ItemToChange {
    const words = WORDS[item.provider].item;
    return {
        name,
        provider: item.provider,
        diskList: diskListOf(item),
        target: [...words.targetContainer, words.targetGroup].map((each) => writtenAt(item, each)).join(", "),
        inVault: writtenAt(item, words.inVault),
        isNew: item.lifetime === "new",
        isReplacedByPulumi: item.provider === "azure-classic",
        isInTemplate: item.embeddedIn?.deployment !== undefined,
        home: homeOf(item),
        disableCommand: disableReplicationCommand(item),
    };
}

/** What a VM risks that has something which Site Recovery does not support. */
export const MAY_NOT_REPLICATE = "Replication can fail, and then there is nothing to fail over to.";

/** A failover creates the VM without the disks that are left out; for no disks, no step. */
export function leaveOut(
    item: ItemToChange,
    disks: readonly string[],
    lead = `Leave ${inSentence(disks)} out of replication`,
): readonly Step[] {
    return disks.length === 0
        ? []
        : [
              reEnabled(item, {
                  do: `${lead}: remove ${disks.length === 1 ? "it" : "them"} from the disk list of "${item.name}".`,
                  where: item.diskList,
                  note: "A failover then creates the VM without this data, so protect it in another way.",
              }),
          ];
}

/** `"data" and "logs"`; three and more with commas. */
export function inSentence(words: readonly string[]): string {
    return listed(words, MOST_NAMES, words.length === 2 ? " and " : ", ");
}

/** Azure does not turn one such disk into another in place. */
export const COPIED = "To keep the data, create the new disk from a snapshot of the old one.";

/** A disk in the place of one that is replicated. */
export function withNewDisks(item: ItemToChange, step: Step): Step {
    return item.isNew
        ? step
        : noting(
              step,
              `Site Recovery tracks disks by ID: list each new disk in "${item.name}", and enable replication again.`,
          );
}

/** What is supported between regions only has to go to another one. */
export function toAnotherRegion(item: ItemToChange, vm: string): Step {
    return reEnabled(item, {
        do: `Replicate "${vm}" to another region: change the target of "${item.name}".`,
        where: item.target,
    });
}

/** A change of what is fixed when replication is enabled, as one of several ways: only enabling it again makes the change. */
function reEnabled(item: ItemToChange, step: Step): Step {
    if (item.isNew) {
        return step;
    }
    if (item.isReplacedByPulumi) {
        return noting(
            { ...step, do: `${step.do} Back up the VM before you apply the change.` },
            `Pulumi then replaces "${item.name}": ${REPLACED}`,
        );
    }
    return noting(
        {
            ...step,
            do: `${step.do} Back up the VM. Then disable replication${byPortal(item)}, wait for the job to finish, and enable it again${inHome(item)}:`,
            commands: [
                ...(step.commands ?? []),
                ...commandsOf([item]),
                ...(item.isInTemplate ? [] : ["pulumi refresh"]),
                "pulumi up",
            ],
        },
        "Disabling replication deletes Site Recovery's recovery points for good. The VM must be running.",
    );
}

/**
 * The same at the end of steps that follow one another. Several items take one refresh and one update: VMs of a
 * consistency group have to be enabled together (INT-35).
 */
export function enableAgain(items: readonly ItemToChange[]): readonly Step[] {
    const existing = items.filter(({ isNew }) => !isNew);
    const byHand = existing.filter(({ isReplacedByPulumi }) => !isReplacedByPulumi);
    const byPulumi = existing.filter(({ isReplacedByPulumi }) => isReplacedByPulumi).map(({ name }) => name);
    const homes = new Set(byHand.filter(({ isInTemplate }) => !isInTemplate).map(({ home }) => home));
    const others = [...homes].filter((home) => home !== undefined);
    const apply =
        others.length > 0
            ? `Apply this stack, then ${others.join(" and ")}.`
            : byHand.length === 0
              ? "Apply the change."
              : "Enable replication again.";
    return existing.length === 0
        ? []
        : [
              {
                  do: `Back up ${existing.length === 1 ? "the VM" : "the VMs"}, or check that recent backups exist.`,
                  note: "Disabling replication deletes Site Recovery's recovery points for good.",
              },
              ...(byHand.length === 0 ? [] : [disabled(byHand)]),
              ...[...homes].map((home) => dropped(byHand, home)),
              {
                  do: `${apply} The ${existing.length === 1 ? "VM" : "VMs"} must be running:`,
                  commands: ["pulumi up"],
                  ...(byPulumi.length === 0 ? {} : { note: `Pulumi replaces ${quoted(byPulumi)}: ${REPLACED}` }),
              },
          ];
}

/** Only azure-native purges an item that Pulumi deletes. */
function dropped(items: readonly ItemToChange[], home: string | undefined): Step {
    const { note, ...step } = dropFromState(home);
    const isPurged = items.some(({ provider }) => provider === "azure-native");
    return isPurged && note !== undefined ? { ...step, note } : step;
}

function disabled(items: readonly ItemToChange[]): Step {
    const commands = commandsOf(items);
    const unknown = items.find(({ disableCommand }) => disableCommand === undefined);
    const what = items.length === 1 ? "" : ` of ${quoted(items.map(({ name }) => name))}`;
    const end = commands.length === 0 ? "." : ":";
    return {
        do: `Disable replication${what}${unknown === undefined ? "" : byPortal(unknown)}, and wait for the ${items.length === 1 ? "job" : "jobs"} to finish${end}`,
        ...(commands.length === 0 ? {} : { commands: commands.slice(0, MOST_NAMES) }),
        ...(commands.length > MOST_NAMES
            ? { note: `Do the same for the other items, ${more(commands.length - MOST_NAMES)}.` }
            : {}),
    };
}

const REPLACED =
    "it disables replication, which deletes Site Recovery's recovery points for good, and enables it again.";

/** The way out that always works. */
export function backUpInstead(item: ItemToChange, vm: string): Step {
    return removal(item, `Protect "${vm}" with Azure Backup instead: add a backup item for it.`);
}

/**
 * Takes an item out of the program. Pulumi's own delete of an azure-native item is a purge (INT-91), so replication is
 * disabled before.
 *
 * @param reason what comes before, as a sentence
 */
export function removal(item: ItemToChange, reason: string): Step {
    const place = item.isInTemplate
        ? "its template"
        : `the program${item.home === undefined ? "" : ` of ${item.home}`}`;
    const removed = `remove "${item.name}" from ${place}`;
    if (item.isNew) {
        return { do: `${reason} Then ${removed}.` };
    }
    if (item.isReplacedByPulumi) {
        return {
            do: `${reason} Then ${removed}.`,
            note: "Pulumi then disables replication, which deletes Site Recovery's recovery points for good.",
        };
    }
    const commands = [...commandsOf([item]), ...(item.isInTemplate ? [] : ["pulumi refresh"])];
    return {
        do: `${reason} Then disable replication${byPortal(item)}, and ${removed}${commands.length === 0 ? "." : ":"}`,
        commands,
        note: `Disabling replication deletes Site Recovery's recovery points for good.${
            item.isInTemplate
                ? ""
                : " Run these commands before pulumi up: azure-native would purge the item and leave stale links on the VM."
        }`,
    };
}

function commandsOf(items: readonly ItemToChange[]): readonly string[] {
    return items.flatMap(({ disableCommand }) => disableCommand ?? []);
}

function byPortal({ disableCommand }: ItemToChange): string {
    return disableCommand === undefined ? " (in the vault: Replicated items > Disable replication)" : "";
}

function inHome({ home }: ItemToChange): string {
    return home === undefined ? "" : ` in ${home}`;
}

function noting(step: Step, note: string): Step {
    return { ...step, note: step.note === undefined ? note : `${step.note} ${note}` };
}
