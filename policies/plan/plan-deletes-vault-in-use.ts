import {
    type ArmId,
    armKey,
    isOneResource,
    isOneSubscription,
    keyWithoutSubscription,
} from "../../src/model/ids/arm-id";
import { displayName } from "../../src/model/ids/display-name";
import { valueOf } from "../../src/model/values";
import { linkedTo } from "../../src/model/link";
import { pushTo } from "../../src/model/lists";
import type { BackupItem, ContainerMapping, DiskBackup, Entity, ReplicatedItem } from "../../src/model/resources";
import type { Plan, PlanContent } from "../../src/model/plan";
import { targetOf } from "../../src/model/planned-resource";
import { WAITING_FOR_DELETION } from "../../src/model/readers/vm-backup-state";
import { undecided, type Verdict, undecidedBy } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { BACKUP_WORDS } from "../../src/advice/backup";
import { named } from "../../src/advice/re-protection";
import { disableReplicationCommand } from "../../src/advice/replication";
import { optionIn } from "../../src/advice/snippets";
import { NIST } from "../../src/facts/frameworks";
import type { Page } from "../../src/facts/page";
import { PLANS } from "../../src/facts/plans";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import type { Circumstances } from "../check";
import { planPolicy } from "../policy";
import { type Tense, tense, occasion, says } from "./tense";
import { isKeptByImmutability } from "./immutable-item";
import { protectWords } from "./protect";

type Item = BackupItem | ReplicatedItem | DiskBackup;

const HOLDERS = [
    "vault",
    "backup vault",
    "replication fabric",
    "protection container",
    "protection container mapping",
    "replication policy",
    "backup policy",
    "disk backup policy",
] as const;
type Holder = Extract<Entity, { kind: (typeof HOLDERS)[number] }>;

interface Parameters {
    readonly kind: PlanContent["kind"];
    readonly what: Holder["kind"] | "backup item";
    readonly name: string;
    readonly isReplaced: boolean;
    readonly isProtected: boolean;
    readonly items: readonly ItemInUse[];
    /** True for a vault that refuses to delete items before they expire; and for an item in one. */
    readonly isImmutable: boolean;
}

interface ItemInUse {
    readonly name: string;
    readonly kind: Item["kind"];
    /** True where the plan deletes it before. */
    readonly goesFirst: boolean;
    /** How to end it: a command, or the property and its value. */
    readonly end: string;
}

/** BCDR606: what items are in, or follow, is deleted; or an item that its immutable vault keeps (INT-62, VLT-31, INT-94). */
export const planDeletesVaultInUse = planPolicy<Parameters>({
    id: "BCDR606",
    name: "plan-deletes-vault-in-use",
    level: "mandatory",
    severity: "critical",
    summary: "The plan deletes a vault with items in it.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps:
        "End protection in order before the change, or let the plan leave it alone; after a change of VM or disks enable replication anew.",

    *evaluate(plan): Iterable<Verdict<Parameters>> {
        if (plan.kind === "refresh") {
            return;
        }
        const items = itemsByHolder(plan);
        const othersStay = new Set(
            plan.before.entities.flatMap((entity) =>
                entity.kind === "protection container mapping" && plan.outcomeOf(entity) === "stays"
                    ? [containerOf(entity)]
                    : [],
            ),
        );
        for (const holder of plan.before.entities.filter(isHolder)) {
            const outcome = plan.outcomeOf(holder);
            if (outcome === "stays") {
                continue;
            }
            const needing = (items.get(keyOf(holder) ?? "") ?? []).filter(({ item }) => stillNeeds(plan, item, holder));
            for (const each of needing.filter((holding) => isUnder(holding, holder) === "unknown")) {
                yield undecided(each.item, each.property);
            }
            const inUse = needing.filter((holding) => isUnder(holding, holder) === "yes").map(({ item }) => item);
            const [first] = inUse;
            if (first === undefined) {
                continue;
            }
            if (holder.kind === "protection container mapping" && othersStay.has(containerOf(holder))) {
                // Each mapping is for another container on the other side, and the plan does not tell whose it is.
                yield undecided(first, "targetFabric" in first ? first.targetFabric.property : "");
            } else {
                yield {
                    verdict: "violated",
                    subject: subjectOf(holder),
                    parameters: {
                        kind: plan.kind,
                        what: holder.kind,
                        name: displayName(holder),
                        isReplaced: outcome === "made anew",
                        isProtected: holder.protect,
                        items: inUse.map((item) => inWords(plan, item)),
                        isImmutable: inUse.some(
                            (item) => item.kind === "backup item" && isKeptByImmutability(plan, item).answer === "yes",
                        ),
                    },
                    restsOn: inUse,
                };
            }
        }
        yield* ofImmutableVaults(plan);
    },

    message: (parameters, circumstances): Message => {
        const { kind, what, name, isReplaced, isProtected, items } = parameters;
        const now = tense(kind, circumstances);
        const verb = isReplaced ? "replace" : "delete";
        const holds = `${items.length} ${items.length === 1 ? "item" : "items"}`;
        return {
            headline: headline(
                (quoted) =>
                    what === "backup item"
                        ? `${says(now, `The plan ${verb}s the backup item ${quoted}`, `The backup item ${quoted} has been ${verb}d`)}, which its immutable vault keeps.`
                        : `${says(now, `The plan ${verb}s the ${WORDS[what]} ${quoted}`, `The ${WORDS[what]} ${quoted} has been ${verb}d`)}, ${isVault(what) ? `which holds ${holds}` : `which ${holds} need${items.length === 1 ? "s" : ""}`}.`,
                name,
            ),
            why: why(parameters),
            details: [...listed(items), ...protectWords(isProtected, now)],
            steps: { occasion: occasion(now), list: steps(parameters, now, circumstances) },
            ...(what.endsWith("policy") ? {} : { source: pageOf(what) }),
        };
    },
});

const WORDS: Readonly<Record<Holder["kind"], string>> = {
    vault: "Recovery Services vault",
    "backup vault": "Backup vault",
    "replication fabric": "fabric",
    "protection container": "protection container",
    "protection container mapping": "container mapping",
    "replication policy": "replication policy",
    "backup policy": "backup policy",
    "disk backup policy": "Disk Backup policy",
};

function pageOf(what: Parameters["what"]): Page {
    return what === "backup item"
        ? PLANS.IMMUTABLE_ITEM.page
        : isVault(what)
          ? PLANS.VAULT_IN_USE.page
          : PLANS.STALE_CONFIGURATION.page;
}

const MOST_LISTED = 20;

function isHolder(entity: Entity): entity is Holder {
    return HOLDERS.some((kind) => kind === entity.kind);
}

function isVault(what: Parameters["what"]): boolean {
    return what === "vault" || what === "backup vault";
}

/** An item, under something that it is in or follows. */
interface Holding {
    readonly item: Item;
    /** The id by which it names that; undefined where the resource of the program itself is known. */
    readonly id: ArmId | undefined;
    /** What tells the id. */
    readonly property: string;
}

/** Every item under each thing that it is in or follows: by URN, or by the id of what its own id runs through. */
function itemsByHolder(plan: Plan): ReadonlyMap<string, readonly Holding[]> {
    const items = new Map<string, Holding[]>();
    const { before } = plan;
    const linked = (item: Item, entity: Entity | undefined): void => {
        const key = keyOfLinked(entity);
        if (key !== undefined) {
            pushTo(items, key, { item, id: undefined, property: "" });
        }
    };
    const named = (item: Item, id: ArmId | undefined, property: string, keyOf = keyOfId): void => {
        if (id !== undefined) {
            pushTo(items, keyOf(id), { item, id, property });
        }
    };
    for (const item of before.backupItems) {
        linked(item, linkedTo(before.vaultOf(item)));
        linked(item, linkedTo(before.backupPolicyOf(item)));
    }
    for (const item of before.replicatedItems) {
        const id = valueOf(item.id);
        linked(item, linkedTo(before.vaultOf(item)));
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
    for (const item of before.diskBackupInstances) {
        linked(item, linkedTo(before.backupVaultOf(item)));
        named(item, valueOf(targetOf(item.policy).id), item.policy.property);
    }
    return items;
}

/** Whether an item is under the holder, whose names its own are: of another subscription, they are another one's. */
function isUnder({ id }: Holding, holder: Holder): "yes" | "no" | "unknown" {
    const own = valueOf(holder.id);
    return id === undefined ? "yes" : own === undefined ? "unknown" : isOneSubscription(id, own);
}

/** Found by names alone: whether the subscription is the same is for `isUnder` to say. */
function keyOf(holder: Holder): string | undefined {
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
            return id && keyOfId(id);
    }
}

function keyOfLinked(entity: Entity | undefined): string | undefined {
    return entity?.urn && `${entity.urn} ${entity.embeddedIn?.prefix ?? ""}`;
}

function keyOfId(id: ArmId): string {
    return keyWithoutSubscription(id);
}

/** The fabric or the container that a replicated item lies in, by the names that its id runs through. */
function above(id: ArmId, depth: number): ArmId {
    const [namespace = "", ...types] = id.type.split("/");
    return { ...id, type: [namespace, ...types.slice(0, depth)].join("/"), names: id.names.slice(0, depth) };
}

/** A mapping pairs the container of its items with one on the other side. */
function mappingKey(id: ArmId): string {
    return `mapping ${keyWithoutSubscription(above(id, 3))}`;
}

/** The container that a mapping is in. */
function containerOf({ id }: ContainerMapping): string | undefined {
    const known = valueOf(id);
    return known && armKey(above(known, 3));
}

/** A backup counts although the plan deletes it first: soft delete keeps it in its vault (VLT-31). */
function stillNeeds(plan: Plan, item: Item, holder: Holder): boolean {
    const isSoftDeleted = item.kind === "backup item" && valueOf(item.state) === WAITING_FOR_DELETION;
    const isKept = isVault(holder.kind) && item.kind !== "replicated item";
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

/** Where the vault goes along with its items, it is told of the vault. */
function* ofImmutableVaults(plan: Plan): Iterable<Verdict<Parameters>> {
    for (const item of plan.before.backupItems) {
        const vault = linkedTo(plan.before.vaultOf(item));
        const outcome = plan.outcomeOf(item);
        const isReported = vault !== undefined && plan.outcomeOf(vault) !== "stays";
        if (outcome === "stays" || isReported || valueOf(item.state) === WAITING_FOR_DELETION) {
            continue;
        }
        const kept = isKeptByImmutability(plan, item);
        yield* undecidedBy(kept);
        if (kept.answer === "yes") {
            yield {
                verdict: "violated",
                subject: subjectOf(item, linkedTo(plan.before.vmOf(item))),
                parameters: {
                    kind: plan.kind,
                    what: "backup item",
                    name: named(item).name,
                    isReplaced: outcome === "made anew",
                    isProtected: item.protect,
                    items: [inWords(plan, item)],
                    isImmutable: true,
                },
            };
        }
    }
}

function inWords(plan: Plan, item: Item): ItemInUse {
    const { name } = named(item);
    const end =
        item.kind === "replicated item"
            ? (disableReplicationCommand(item) ?? `disable replication of "${name}" in its vault`)
            : item.kind === "backup item"
              ? `set ${BACKUP_WORDS[item.provider].stopsBackup} on "${name}"`
              : `stop the backup instance "${name}" in its vault`;
    return { name, kind: item.kind, goesFirst: plan.outcomeOf(item) !== "stays", end };
}

function listed(items: readonly ItemInUse[]): readonly string[] {
    const lines = items
        .slice(0, MOST_LISTED)
        .map(({ name, kind, goesFirst }) => `${kind} "${name}"${goesFirst ? ", deleted before by the same plan" : ""}`);
    return items.length > MOST_LISTED ? [...lines, `and ${items.length - MOST_LISTED} more`] : lines;
}

function why({ what, items, isImmutable }: Parameters): string {
    const { least } = VAULT_SETTINGS.SOFT_DELETE_DAYS.limit;
    const isReplicated = items.some(({ kind }) => kind === "replicated item");
    const links = "leaves stale links on the VMs, which block enabling replication again";
    if (what === "backup item") {
        return "An immutable vault does not delete an item before its last recovery point has expired. Azure refuses this step, and the update fails there.";
    }
    if (!isVault(what)) {
        return `Azure refuses to delete what items are in or follow, and the update fails there.${isReplicated ? ` Forced, it ${links}.` : ""}`;
    }
    const points = items.every(({ kind }) => kind === "replicated item")
        ? "Replication into it has not been disabled, so Azure refuses."
        : isImmutable
          ? "All recovery points in it are at stake. It is immutable: Azure refuses to delete its items before they expire."
          : `All recovery points in it are at stake: items that are deleted stay in soft delete for ${least} days or more, and either keep the vault or vanish with it.`;
    return `${points}${isReplicated ? ` Where a vault goes all the same, it ${links}.` : ""}`;
}

function steps(
    { what, name, items, isImmutable }: Parameters,
    now: Tense,
    { language }: Circumstances,
): readonly string[] {
    const retained = optionIn(language, "retainOnDelete");
    if (now !== "planned") {
        return [
            isVault(what) || what === "backup item"
                ? `Undelete "${name}", and what is in it, while soft delete keeps it; put it back into the program and import it.`
                : `Put "${name}" back into the program, and run pulumi up: what needs it is still there.`,
        ];
    }
    const undo = [
        `If "${name}" is not meant to go: do not apply this plan, and set ${optionIn(language, "protect")} on "${name}" for the next one.`,
    ];
    if (what === "backup item") {
        const [item] = items;
        return [
            ...undo,
            `To end the backup: ${item?.end ?? ""}, apply, and leave "${name}" in the program until its recovery points have expired.`,
            `To let Pulumi forget it and leave it in Azure: set ${retained} on "${name}", apply, and only then take it out of the program.`,
        ];
    }
    if (!isVault(what)) {
        return [
            ...undo,
            what.endsWith("policy")
                ? `Let ${names(items)} follow another policy, apply that, and delete "${name}" afterwards.`
                : `End the replication of ${names(items)} in order first, such as by ${items[0]?.end ?? ""}. Run pulumi refresh, and delete "${name}" afterwards.`,
        ];
    }
    const replicated = items.filter(({ kind }) => kind === "replicated item");
    const backups = items.filter(({ kind }) => kind !== "replicated item");
    return [
        ...undo,
        `To keep the ${backups.length === 0 ? "replication" : "recovery points"}: set ${retained} on "${name}" and its items, apply, and only then take them out of the program. Pulumi forgets them, and Azure keeps them.`,
        ...(replicated.length === 0
            ? []
            : [
                  `Else end replication in order, one item after the other, such as by ${replicated[0]?.end ?? ""}; then run pulumi refresh.`,
              ]),
        ...(backups.length === 0
            ? []
            : isImmutable
              ? [
                    `Else stop each backup (such as: ${backups[0]?.end ?? ""}) and wait until the recovery points have expired; nothing else makes an immutable vault give them up.`,
                ]
              : [
                    `Else stop each backup (such as: ${backups[0]?.end ?? ""}) and delete it, which cannot be undone once soft delete is over; only then delete "${name}".`,
                ]),
    ];
}

function names(items: readonly ItemInUse[]): string {
    const quoted = items
        .slice(0, 3)
        .map(({ name }) => `"${name}"`)
        .join(", ");
    return items.length > 3 ? `${quoted} and ${items.length - 3} more` : quoted;
}
