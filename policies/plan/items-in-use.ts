import {
    type ArmId,
    armKey,
    isOneResource,
    isOneSubscription,
    keyWithoutSubscription,
} from "../../src/model/ids/arm-id";
import { valueOf } from "../../src/model/values";
import { linkedTo } from "../../src/model/link";
import { pushTo } from "../../src/model/lists";
import type { BackupItem, DiskBackup, Entity, OfKind, ReplicatedItem, Vault } from "../../src/model/resources";
import type { Plan } from "../../src/model/plan";
import { targetOf } from "../../src/model/planned-resource";
import { WAITING_FOR_DELETION } from "../../src/model/readers/vm-backup-state";
import { type Answer, NO, unknownAnswer, withEvidence, YES } from "../../src/model/answers";
import { named } from "../../src/advice/re-protection";
import { disableReplicationCommand } from "../../src/advice/replication";
import { optionIn } from "../../src/advice/snippets";
import { WORDS } from "../../src/advice/property-names";
import type { Step } from "../../src/advice/fix";
import { more } from "../../src/advice/names";
import type { Provider } from "../../src/model/ids/type-token";
import { kindName } from "../../src/model/kind-names";
import type { Circumstances } from "../check";
import { memoize } from "../memoize";
import { isVault } from "../vaults/vaults";
import type { DeletionInWords } from "./deletions";
import { capitalised } from "./tense";

/** What the policies on deleted vaults, on deleted settings and on deleted items have in common. */

type Item = BackupItem | ReplicatedItem | DiskBackup;

/** What items are in, or follow. */
type Holder = OfKind<
    | "vault"
    | "backup vault"
    | "replication fabric"
    | "protection container"
    | "protection container mapping"
    | "replication policy"
    | "backup policy"
    | "disk backup policy"
>;

/** What the message of each of them needs. */
export interface NeededDeletion extends DeletionInWords {
    readonly items: readonly ItemInUse[];
}

interface ItemInUse {
    readonly name: string;
    readonly kind: Item["kind"];
    /** True where the plan deletes it before. */
    readonly goesFirst: boolean;
    /** For a replicated item whose id is known. */
    readonly disableCommand: string | undefined;
    /** How the program stops the backup of a VM; undefined for what is stopped in the vault. */
    readonly stoppedBy: string | undefined;
}

/** The items that need something which a plan deletes, or may need it. */
export function itemsThatNeed(plan: Plan, holder: Holder): readonly Answer<Item>[] {
    const holdings = itemsByHolder(plan.before).get(holderKey(holder) ?? "") ?? [];
    return holdings
        .filter(({ item }) => stillNeeds(plan, item, holder))
        .map((holding) => withEvidence(isUnder(holding, holder), () => holding.item));
}

/** Whether an item is in a vault that the plan deletes is open where it is not known in which vault it is. */
export function itemsOfUnknownVaults(plan: Plan, vault: Vault): readonly Answer<Item>[] {
    return withoutVault(plan.before).flatMap(({ item, property }) =>
        stillNeeds(plan, item, vault) ? [unknownAnswer(item, property)] : [],
    );
}

const withoutVault = memoize((before): readonly { readonly item: Item; readonly property: string }[] =>
    [...before.backup.items, ...before.replication.items].flatMap((item) => {
        const link = before.vaults.of(item);
        return link.state === "undecided" ? [{ item, property: link.property }] : [];
    }),
);

/** An item, under something that it is in or follows. */
interface Holding {
    readonly item: Item;
    /** The id by which it names that; undefined where the resource of the program itself is known. */
    readonly id: ArmId | undefined;
    /** The property with that id. */
    readonly property: string;
}

/** Every item under each thing that it is in or follows: by URN, or by the id of what its own id runs through. */
const itemsByHolder = memoize((before): ReadonlyMap<string, readonly Holding[]> => {
    const items = new Map<string, Holding[]>();
    const linked = (item: Item, entity: Entity | undefined): void => {
        const key = keyOfLinked(entity);
        if (key !== undefined) {
            pushTo(items, key, { item, id: undefined, property: "" });
        }
    };
    const named = (item: Item, id: ArmId | undefined, property: string, keyOf = keyWithoutSubscription): void => {
        if (id !== undefined) {
            pushTo(items, keyOf(id), { item, id, property });
        }
    };
    for (const item of before.backup.items) {
        linked(item, linkedTo(before.vaults.of(item)));
        linked(item, linkedTo(before.backupPolicies.of(item)));
    }
    for (const item of before.replication.items) {
        const id = valueOf(item.id);
        linked(item, linkedTo(before.vaults.of(item)));
        named(item, valueOf(targetOf(item.policy).id), item.policy.property);
        const fabric = id && above(id, 2);
        const { id: target, property } = item.targetFabric;
        const targetFabric = valueOf(target);
        if (fabric === undefined || targetFabric === undefined || armKey(targetFabric) !== armKey(fabric)) {
            named(item, targetFabric, property);
        }
        if (id !== undefined) {
            named(item, fabric, "id");
            named(item, above(id, 3), "id");
            named(item, above(id, 3), "id", mappingKey);
        }
    }
    for (const item of before.backup.diskBackups) {
        linked(item, linkedTo(before.vaults.ofDiskBackup(item)));
        named(item, valueOf(targetOf(item.policy).id), item.policy.property);
    }
    return items;
});

/** Whether an item is under the holder, whose names its own are: of another subscription, they are another one's. */
function isUnder({ item, id, property }: Holding, holder: Holder): Answer {
    const own = valueOf(holder.id);
    const isOne = id === undefined ? "yes" : own === undefined ? "unknown" : isOneSubscription(id, own);
    return isOne === "unknown" ? unknownAnswer(item, property) : isOne === "yes" ? YES : NO;
}

/** Found by names alone: whether the subscription is the same is for `isUnder` to say. */
function holderKey(holder: Holder): string | undefined {
    const id = valueOf(holder.id);
    switch (holder.kind) {
        case "vault":
        case "backup vault":
        case "backup policy":
            return keyOfLinked(holder);
        case "protection container mapping":
            return id && mappingKey(id);
        case "replication fabric":
        case "protection container":
        case "replication policy":
        case "disk backup policy":
            return id && keyWithoutSubscription(id);
    }
}

function keyOfLinked(entity: Entity | undefined): string | undefined {
    return entity?.urn && `${entity.urn} ${entity.embeddedIn?.prefix ?? ""}`;
}

/** The fabric or the container that a replicated item lies in, by the names that its id runs through. */
export function above(id: ArmId, depth: number): ArmId {
    const [namespace = "", ...types] = id.type.split("/");
    return { ...id, type: [namespace, ...types.slice(0, depth)].join("/"), names: id.names.slice(0, depth) };
}

/** A mapping pairs the container of its items with one on the other side. */
function mappingKey(id: ArmId): string {
    return `mapping ${keyWithoutSubscription(above(id, 3))}`;
}

/** A backup counts although the plan deletes it first: soft delete keeps it in its vault (VLT-31). */
function stillNeeds(plan: Plan, item: Item, holder: Holder): boolean {
    const isSoftDeleted = item.kind === "backup item" && valueOf(item.state) === WAITING_FOR_DELETION;
    const isKept = isVault(holder) && item.kind !== "replicated item";
    if (isSoftDeleted || (plan.outcomeOf(item) !== "stays" && !isKept)) {
        return false;
    }
    const after = plan.afterwards(item);
    return after === undefined || !holder.kind.endsWith("policy") || !isMoved(plan, after, holder);
}

/** An item that the plan assigns another policy gets it before the old one is deleted. */
function isMoved(plan: Plan, { policy }: Item, holder: Holder): boolean {
    switch (policy.id.state) {
        case "known": {
            const [now, own] = [valueOf(targetOf(policy).id), valueOf(holder.id)];
            return now === undefined || own === undefined || isOneResource(now, own) !== "yes";
        }
        case "unknown":
            return (
                holder.urn === undefined ||
                !policy.dependencies.includes(holder.urn) ||
                plan.stepOf(holder).createsFirst
            );
        case "absent":
            return true;
    }
}

export function itemInWords(plan: Plan, item: Item): ItemInUse {
    return {
        name: named(item).name,
        kind: item.kind,
        goesFirst: plan.outcomeOf(item) !== "stays",
        disableCommand: item.kind === "replicated item" ? disableReplicationCommand(item) : undefined,
        stoppedBy: item.kind === "backup item" ? stoppedBy(item.provider) : undefined,
    };
}

const MOST_LISTED = 20;

export function listOfItems(items: readonly ItemInUse[]): readonly string[] {
    const lines = items
        .slice(0, MOST_LISTED)
        .map(
            ({ name, kind, goesFirst }) =>
                `${capitalised(kindName(kind))} "${name}"${goesFirst ? ", which the same plan deletes first" : ""}`,
        );
    return items.length > MOST_LISTED ? [...lines, `and ${more(items.length - MOST_LISTED)}`] : lines;
}

/** The first way out of a deletion that nobody wants. */
export function keepStep(name: string, { language }: Circumstances): Step {
    return {
        do: `To keep "${name}", don't apply this plan. Set ${optionIn(language, "protect")} on it, so that no later plan deletes it.`,
    };
}

/** The way out for what only Pulumi has to drop. */
export function forgetStep(
    { kind }: DeletionInWords,
    names: string,
    them: "it" | "them",
    { language }: Circumstances,
): Step {
    const then = kind === "destroy" ? "run pulumi destroy again" : `remove ${them} from the program`;
    return {
        do: `To keep ${names} in Azure but no longer manage ${them} with Pulumi, set ${optionIn(language, "retainOnDelete")} on ${them}. Apply that, and only then ${then}.`,
        note: `Pulumi then drops ${them} from its state and deletes nothing.`,
    };
}

/** The way back after a deletion that soft delete covers. */
export function undeleteStep(what: string, them: "it" | "them"): Step {
    return {
        do: `Undelete ${what} while soft delete still keeps ${them}. Then put ${them} back into the program, and import ${them}.`,
    };
}

/** Stops the backup of a VM and keeps its recovery points. */
export function stopBackup(item: string, provider: Provider): Step {
    return {
        do: `To keep the recovery points of Azure Backup, stop the backup in "${item}".`,
        where: stoppedBy(provider),
        note: "Keep the item in the program. If you remove it, Pulumi deletes it with all its recovery points.",
    };
}

/** `properties.protectionState = "ProtectionStopped"` */
export function stoppedBy(provider: Provider): string {
    return `${WORDS[provider].backup.state} = "ProtectionStopped"`;
}

const MOST_COMMANDS = 5;

/** How replication of several items ends, up to where Pulumi has dropped them from its state. */
export function disableAll(items: readonly ItemInUse[]): Pick<Step, "commands" | "note"> {
    const commands = items.flatMap(({ disableCommand }) => disableCommand ?? []);
    const left = items.length - Math.min(commands.length, MOST_COMMANDS);
    return {
        commands: [...commands.slice(0, MOST_COMMANDS), "pulumi refresh"],
        note: [
            "Disabling replication deletes the recovery points of Site Recovery.",
            ...(left === 0
                ? []
                : [
                      `Disable ${left === items.length ? "the items" : `the other items (${left.toLocaleString("en-US")})`} in the vault before you refresh: Replicated items > Disable replication.`,
                  ]),
        ].join(" "),
    };
}

export const STALE_LINKS = "leaves stale replication links on the VMs, which block enabling replication again.";
