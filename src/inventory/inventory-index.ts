import { isOneSubscription, keyWithoutSubscription, parseArmId, type ArmId } from "../model/ids/arm-id";
import { getOrCreate } from "../model/lists";
import type { InventorySource, InventoryUnidentified } from "./document";
import {
    endOfRelationKey,
    hashOf,
    idKey,
    keysOf,
    LISTS,
    unplacedKey,
    type Entry,
    type EntryOf,
    type Key,
    type ListName,
    type PackedEntries,
    type Relation,
} from "./packed-entries";
import { supersededSources } from "./superseded";

/** An entry with the source that it came from. */
export interface SourcedEntry<T> {
    readonly entry: T;
    readonly id: ArmId;
    readonly source: InventorySource;
}

/** Of an item without an id, all that is told is what it is called, and perhaps what it protects. */
export interface Unidentified {
    readonly entry: InventoryUnidentified;
    readonly source: InventorySource;
}

/**
 * Inventories and where in them each entry is. Plain data: a thread that gets it copies only the small parts, because the
 * texts and tables are in shared memory. Of several entries of one resource it has the one that was read last.
 */
export interface InventoryIndex {
    /** Those that count. */
    readonly sources: readonly InventorySource[];
    readonly unidentified: readonly Unidentified[];
    /** By subscription, the names of the sources that have anything of Azure Backup there. */
    readonly withBackups: ReadonlyMap<string, ReadonlySet<string>>;
    readonly parts: readonly { readonly sources: readonly InventorySource[]; readonly texts: Uint8Array }[];
    /** Of each entry: part, list, source, and where its text begins and ends. */
    readonly rows: Uint32Array;
    /** Of each hash bucket: its first node plus one. */
    readonly buckets: Uint32Array;
    /** Of each key: its hash, the row, and the next node of the bucket plus one. */
    readonly nodes: Uint32Array;
}

/** How many numbers a row and a node have; and, in `PackedEntries`, an entry and a key. */
const ROW = 5;
const NODE = 3;
const ENTRY = 4;
const KEY = 2;

const OF_BACKUP: ReadonlySet<ListName | undefined> = new Set<ListName>(["backupItems", "diskBackups", "vaults"]);

export function indexOf(parts: readonly PackedEntries[]): InventoryIndex {
    const sources = [...new Set(parts.map((part) => part.sources))].flat();
    const superseded = supersededSources(sources);
    const sum = (of: (part: PackedEntries) => number): number => parts.reduce((total, part) => total + of(part), 0);
    const keyCount = sum(({ keys }) => keys.length / KEY);
    const withBackups = new Map<string, Set<string>>();
    const index: InventoryIndex = {
        sources: sources.filter((source) => !superseded.has(source)),
        unidentified: parts.flatMap(({ sources: own, unidentified }) =>
            unidentified.flatMap((entry) => {
                const source = own[entry.source];
                return source === undefined || superseded.has(source) ? [] : [{ entry, source }];
            }),
        ),
        withBackups,
        parts: parts.map(({ sources: own, texts }) => ({ sources: own, texts })),
        rows: shared(sum(({ entries }) => entries.length / ENTRY) * ROW),
        buckets: shared(2 ** Math.ceil(Math.log2(keyCount + 1))),
        nodes: shared(keyCount * NODE),
    };
    const subscriptions = new IndexBuilder(index, superseded).add(parts);
    subscriptions.forEach((subscription, row) => {
        const { list, source } = rowAt(index, row);
        if (OF_BACKUP.has(list)) {
            getOrCreate(withBackups, subscription, () => new Set()).add(source.name);
        }
    });
    return index;
}

function shared(length: number): Uint32Array {
    return new Uint32Array(new SharedArrayBuffer(length * Uint32Array.BYTES_PER_ELEMENT));
}

/** Fills the tables of an index. */
class IndexBuilder {
    private nodeCount = 0;
    /** Of each row. */
    private readonly subscriptions: string[] = [];

    constructor(
        private readonly index: InventoryIndex,
        private readonly superseded: ReadonlySet<InventorySource>,
    ) {}

    /** Returns the subscription of each row. */
    add(parts: readonly PackedEntries[]): readonly string[] {
        for (const [number, part] of parts.entries()) {
            let key = 0;
            for (let entry = 0; entry * ENTRY < part.entries.length; entry++) {
                const firstKey = key;
                while (part.keys[key * KEY + 1] === entry) {
                    key += 1;
                }
                this.addEntry(number, part, entry, part.keys.subarray(firstKey * KEY, key * KEY));
            }
        }
        return this.subscriptions;
    }

    private addEntry(number: number, part: PackedEntries, entry: number, keys: Uint32Array): void {
        const [list = 0, sourceIndex = 0, subscription = 0, end = 0] = part.entries.subarray(entry * ENTRY);
        const source = part.sources[sourceIndex];
        if (source === undefined || this.superseded.has(source)) {
            return;
        }
        const start = entry === 0 ? 0 : (part.entries[entry * ENTRY - 1] ?? 0);
        const next = this.subscriptions.length;
        this.index.rows.set([number, list, sourceIndex, start, end], next * ROW);
        const former = this.formerOf(next, keys[0] ?? 0);
        const row = former ?? next;
        if (former !== undefined) {
            if (Date.parse(rowAt(this.index, former).source.readAt) >= Date.parse(source.readAt)) {
                return;
            }
            // It takes the place of the other one. Keys that the other one had lead to it, and are not its own.
            this.index.rows.copyWithin(former * ROW, next * ROW, (next + 1) * ROW);
        }
        this.subscriptions[row] = part.subscriptions[subscription] ?? "";
        for (let key = 0; key < keys.length; key += KEY) {
            this.addKey(keys[key] ?? 0, row);
        }
    }

    /** The row of the same resource, if it has one already. */
    private formerOf(row: number, hash: number): number | undefined {
        let own: HeldEntry | undefined;
        for (const other of rowsWith(this.index, hash)) {
            own ??= heldAt(this.index, row);
            if (heldAt(this.index, other).keys[0]?.text === own.keys[0]?.text) {
                return other;
            }
        }
        return undefined;
    }

    private addKey(hash: number, row: number): void {
        const { buckets, nodes } = this.index;
        const bucket = hash & (buckets.length - 1);
        nodes.set([hash, row, buckets[bucket] ?? 0], this.nodeCount * NODE);
        this.nodeCount += 1;
        buckets[bucket] = this.nodeCount;
    }
}

interface HeldEntry extends SourcedEntry<Entry> {
    readonly keys: readonly Key[];
}

/** The rows that may have a key with this hash. */
function rowsWith({ buckets, nodes }: InventoryIndex, hash: number): readonly number[] {
    const rows: number[] = [];
    let node = buckets[hash & (buckets.length - 1)] ?? 0;
    while (node !== 0) {
        const at = (node - 1) * NODE;
        if (nodes[at] === hash) {
            rows.push(nodes[at + 1] ?? 0);
        }
        node = nodes[at + 2] ?? 0;
    }
    return rows;
}

function rowAt(
    { rows, parts }: InventoryIndex,
    row: number,
): { readonly list: ListName; readonly source: InventorySource; readonly text: Uint8Array } {
    const [number = 0, list = 0, source = 0, start, end] = rows.subarray(row * ROW);
    const part = parts[number] as InventoryIndex["parts"][number];
    return {
        list: LISTS[list] as ListName,
        source: part.sources[source] as InventorySource,
        text: part.texts.subarray(start, end),
    };
}

function heldAt(index: InventoryIndex, row: number): HeldEntry {
    const { list, source, text } = rowAt(index, row);
    const entry = JSON.parse(Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString()) as Entry;
    const id = parseArmId(entry.id) as ArmId;
    return { entry, id, source, keys: keysOf(list, entry, id) };
}

/**
 * Finds entries in an index. Keeps what it has found, so that each entry is one object; whoever is done with what it was
 * asked for drops it.
 */
export class InventoryLookup {
    private readonly held = new Map<number, HeldEntry>();
    /** How the keys of each id's relations begin: each is asked for in several lists, and nearly always in vain. */
    private readonly beginnings = new Map<ArmId, Hashed>();

    constructor(private readonly index: InventoryIndex) {}

    /** @param key as `armKey` makes it */
    find<L extends ListName>(list: L, key: string): SourcedEntry<EntryOf<L>> | undefined {
        const [found] = this.with<L>(NOTHING, idKey(list, key));
        return found;
    }

    /** Those of the id's own subscription; where that is not known, those that may be. */
    under<L extends ListName>(list: L, by: Relation, id: ArmId, more?: string): readonly SourcedEntry<EntryOf<L>>[] {
        const beginning = getOrCreate(this.beginnings, id, () => hashed(keyWithoutSubscription(id)));
        return this.with<L>(
            beginning,
            endOfRelationKey(list, by, more),
            ({ named }) => named !== undefined && isOneSubscription(named, id) !== "no",
        );
    }

    unplaced<L extends ListName>(list: L): readonly SourcedEntry<EntryOf<L>>[] {
        return this.with<L>(NOTHING, unplacedKey(list));
    }

    /** What has a key of this beginning and end, in the order of the inventories. */
    private with<L extends ListName>(
        beginning: Hashed,
        end: string,
        isMeant: (key: Key) => boolean = () => true,
    ): readonly SourcedEntry<EntryOf<L>>[] {
        const rows = rowsWith(this.index, hashOf(end, beginning.hash));
        if (rows.length === 0) {
            return [];
        }
        const text = `${beginning.text}${end}`;
        const distinct = rows.length < 2 ? rows : [...new Set(rows)].sort((a, b) => a - b);
        const held = distinct.map((row) => getOrCreate(this.held, row, () => heldAt(this.index, row)));
        return held.filter(({ keys }) => keys.some((key) => key.text === text && isMeant(key)));
    }
}

interface Hashed {
    readonly text: string;
    readonly hash: number;
}

function hashed(text: string): Hashed {
    return { text, hash: hashOf(text) };
}

const NOTHING = hashed("");
