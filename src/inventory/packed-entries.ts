import { armKey, keyWithoutSubscription, parseArmId, subscriptionKey, type ArmId } from "../model/ids/arm-id";
import { BACKUP_VAULT, VAULT } from "../model/ids/resource-types";
import type {
    Inventory,
    InventoryBackupItem,
    InventoryCluster,
    InventoryDiskBackup,
    InventoryRecoveryPlan,
    InventoryReplicatedItem,
    InventorySource,
    InventoryUnidentified,
} from "./document";

/** The lists of an inventory. Entries name their list by its index here. */
export const LISTS = [
    "machines",
    "backupItems",
    "diskBackups",
    "replicatedItems",
    "vaults",
    "recoveryPlans",
    "disks",
    "backupPolicies",
    "resourceGroups",
    "fabrics",
    "clusters",
    "networkInterfaces",
] as const satisfies readonly (keyof Inventory)[];

export type ListName = (typeof LISTS)[number];
export type EntryOf<L extends ListName> = NonNullable<Inventory[L]>[number];
export type Entry = EntryOf<ListName>;

/** What an entry is found by beside its own id. */
export type Relation = "machine" | "disk" | "vault" | "group" | "item" | "unplaced";

/** A key of an entry. What is named alike may be of another subscription, so the whole id is kept, too. */
export interface Key {
    readonly text: string;
    readonly named: ArmId | undefined;
}

/**
 * A part of an inventory as bytes: a large inventory takes a multiple of that as objects, and threads cannot share objects.
 * What has many entries comes in several parts.
 */
export interface PackedEntries {
    readonly sources: readonly InventorySource[];
    readonly unidentified: readonly InventoryUnidentified[];
    /** The entries in JSON, one after the other. */
    readonly texts: Uint8Array;
    /** Of each entry: the index of its list, source and subscription, and where its text ends. */
    readonly entries: Uint32Array;
    readonly subscriptions: readonly string[];
    /** Of each key: its hash, and the entry. The first key of each entry is its id. */
    readonly keys: Uint32Array;
}

/** How many entries a part has at most: its JSON must fit into one string. */
const MOST_ENTRIES = 20_000;

export function packed(inventory: Inventory): readonly PackedEntries[] {
    const { sources, unidentified = [] } = inventory;
    const parts: PackedEntries[] = [];
    let part = new Part();
    for (const [list, name] of LISTS.entries()) {
        for (const entry of inventory[name] ?? []) {
            if (sources[entry.source] !== undefined && part.add(list, entry) === MOST_ENTRIES) {
                parts.push(part.packed(sources, []));
                part = new Part();
            }
        }
    }
    return [...parts, part.packed(sources, unidentified)];
}

class Part {
    private readonly texts: string[] = [];
    private readonly entries: number[] = [];
    private readonly keys: number[] = [];
    private readonly subscriptions = new Map<string, number>();
    private end = 0;

    /** How many there are by now. What has an id that nobody can read is left out. */
    add(list: number, entry: Entry): number {
        const id = parseArmId(entry.id);
        if (id !== undefined) {
            const text = JSON.stringify(entry);
            const subscription = subscriptionKey(id);
            const index = this.subscriptions.get(subscription) ?? this.subscriptions.size;
            this.subscriptions.set(subscription, index);
            this.end += Buffer.byteLength(text);
            for (const key of keysOf(LISTS[list] as ListName, entry, id)) {
                this.keys.push(hashOf(key.text), this.texts.length);
            }
            this.texts.push(text);
            this.entries.push(list, entry.source, index, this.end);
        }
        return this.texts.length;
    }

    packed(sources: readonly InventorySource[], unidentified: readonly InventoryUnidentified[]): PackedEntries {
        const texts = new Uint8Array(new SharedArrayBuffer(this.end));
        texts.set(Buffer.from(this.texts.join("")));
        return {
            sources,
            unidentified,
            texts,
            entries: Uint32Array.from(this.entries),
            subscriptions: [...this.subscriptions.keys()],
            keys: Uint32Array.from(this.keys),
        };
    }
}

/** The keys of an entry, its id first. */
export function keysOf(list: ListName, entry: Entry, id: ArmId): readonly Key[] {
    const relations = relationsOf(list, entry, id);
    return [
        { text: idKey(list, armKey(id)), named: id },
        ...relations.flatMap(({ by, named, more }) =>
            named === undefined ? [] : [{ text: relationKey(list, by, named, more), named }],
        ),
        ...(isUnplaced(list, entry) ? [{ text: unplacedKey(list), named: undefined }] : []),
    ];
}

export function idKey(list: ListName, key: string): string {
    return `${list} ${key}`;
}

/** It begins with what all relations of an id have in common, so that this is made and hashed once for each id. */
function relationKey(list: ListName, by: Relation, named: ArmId, more?: string): string {
    return `${keyWithoutSubscription(named)}${endOfRelationKey(list, by, more)}`;
}

export function endOfRelationKey(list: ListName, by: Relation, more = ""): string {
    return `${more} ${list} by ${by}`;
}

/** Of those that may protect anything: their source tells what the others protect. */
export function unplacedKey(list: ListName): string {
    return `${list} unplaced`;
}

interface RelatedBy {
    readonly by: Relation;
    readonly named: ArmId | undefined;
    readonly more?: string;
}

function relationsOf(list: ListName, entry: Entry, id: ArmId): readonly RelatedBy[] {
    switch (list) {
        case "replicatedItems": {
            const { machine: vm, group } = entry as InventoryReplicatedItem;
            return [
                { by: "machine", named: idIn(vm) },
                ...(group === undefined ? [] : [{ by: "group" as const, named: vaultIn(id), more: groupKey(group) }]),
            ];
        }
        case "backupItems":
            return [
                { by: "machine", named: idIn((entry as InventoryBackupItem).machine) },
                { by: "vault", named: vaultIn(id) },
            ];
        case "diskBackups":
            return [
                { by: "disk", named: idIn((entry as InventoryDiskBackup).disk) },
                { by: "vault", named: vaultIn(id) },
            ];
        case "vaults":
            return [{ by: "vault", named: id }];
        case "recoveryPlans":
        case "clusters": {
            const { items } = entry as InventoryRecoveryPlan | InventoryCluster;
            return [...new Set(items)].map((item) => ({ by: "item", named: idIn(item) }));
        }
        default:
            return [];
    }
}

function isUnplaced(list: ListName, { unknown }: Entry): boolean {
    switch (list) {
        case "replicatedItems":
        case "backupItems":
            return unknown?.includes("machine") === true;
        case "diskBackups":
            return unknown?.includes("disk") === true;
        default:
            return false;
    }
}

export function groupKey(group: string): string {
    return `|${group}`.toLowerCase();
}

/** The vault that an item's own id names. */
export function vaultIn({ subscription, resourceGroup, type, names }: ArmId): ArmId {
    const isBackupVault = type.toLowerCase().startsWith(BACKUP_VAULT.toLowerCase());
    return { subscription, resourceGroup, type: isBackupVault ? BACKUP_VAULT : VAULT, names: names.slice(0, 1) };
}

function idIn(text: string | undefined): ArmId | undefined {
    return text === undefined ? undefined : parseArmId(text);
}

/**
 * FNV-1a. Two keys may have one hash, so a lookup compares the keys as well.
 *
 * @param before the hash of what comes before the text, if it is the end of a longer one
 */
export function hashOf(text: string, before = 0x811c9dc5): number {
    let hash = before;
    for (let i = 0; i < text.length; i++) {
        hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    }
    return hash >>> 0;
}
