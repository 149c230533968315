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
import type { Circumstances } from "../check";
import { memoize } from "../memoize";
import { isVault } from "../vaults/vaults";
import type { DeletionInWords } from "./deletions";

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

/** What the findings of all of them say. */
export interface NeededDeletion extends DeletionInWords {
    readonly items: readonly ItemInUse[];
}

interface ItemInUse {
    readonly name: string;
    readonly kind: Item["kind"];
    /** True where the plan deletes it before. */
    readonly goesFirst: boolean;
    /** How to end it: a command, or the property and its value. */
    readonly end: string;
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
    /** What tells the id. */
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

/** An item that the plan lets follow another policy does so before the old one is deleted. */
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
    const { name } = named(item);
    const end =
        item.kind === "replicated item"
            ? (disableReplicationCommand(item) ?? `disable replication of "${name}" in its vault`)
            : item.kind === "backup item"
              ? `set ${WORDS[item.provider].backup.stopsBackup} on "${name}"`
              : `stop the backup instance "${name}" in its vault`;
    return { name, kind: item.kind, goesFirst: plan.outcomeOf(item) !== "stays", end };
}

const MOST_LISTED = 20;

export function listOfItems(items: readonly ItemInUse[]): readonly string[] {
    const lines = items
        .slice(0, MOST_LISTED)
        .map(({ name, kind, goesFirst }) => `${kind} "${name}"${goesFirst ? ", deleted before by the same plan" : ""}`);
    return items.length > MOST_LISTED ? [...lines, `and ${items.length - MOST_LISTED} more`] : lines;
}

/** The first step in each case: whoever does not want the deletion leaves the plan. */
export function undoStep(name: string, { language }: Circumstances): string {
    return `If "${name}" is not meant to go: do not apply this plan, and set ${optionIn(language, "protect")} on "${name}" for the next one.`;
}

/** The way back after a deletion that soft delete covers. */
export function undeleteStep(name: string): string {
    return `Undelete "${name}", and what is in it, while soft delete keeps it; put it back into the program and import it.`;
}

export const STALE_LINKS = "leaves stale links on the VMs, which block enabling replication again";
