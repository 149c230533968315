import { MalformedRow, type Columns } from "../inventory/columns";
import type { GraphPages } from "../inventory/graph-pages";
import { getOrCreate, pushTo } from "../model/lists";
import type { PlannedResource } from "../model/planned-resource";
import { inSubscriptions, withChanges, withIds, type Question, type QueryChange } from "./questions";
import { auditedRow, type AuditedRow } from "./rows";

/** Rows that belong together, with all that is known of what they are about. */
export interface Part {
    /** The rows about each resource, by its id in lower case. The others that rows name are there to judge these. */
    readonly rowsOf: ReadonlyMap<string, readonly AuditedRow[]>;
    /** Each once. */
    readonly resources: readonly PlannedResource[];
}

/** What is asked of Resource Graph, and where. */
export interface Asking {
    readonly graph: GraphPages;
    /** Undefined for all that the identity may read. */
    readonly subscriptions: readonly string[] | undefined;
    /** The text of a query of this folder, by its name without the ending. */
    readonly queryNamed: (name: string) => string;
    /**
     * Called for a row that cannot be read.
     *
     * @param number of the row in the answer, from 1
     */
    readonly malformed: (query: string, number: number, row: unknown, error: MalformedRow) => void;
}

/** In one second query. No page says how long a query may be; this many IDs make some 40 KB. */
const IDS_AT_ONCE = 200;

/**
 * Asks one question, page by page. Rows with the same id come together, also where a page ends between them.
 *
 * @throws RowsMissing, and what the client throws
 */
export async function* partsOf(
    question: Question,
    changes: readonly QueryChange[],
    asking: Asking,
): AsyncGenerator<Part, void, undefined> {
    const { graph, subscriptions, queryNamed } = asking;
    const whole = withChanges(queryNamed(question.policy), changes);
    const text = subscriptions === undefined ? whole : inSubscriptions(whole, subscriptions);
    let held: AuditedRow[] = [];
    let read = 0;
    // All subscriptions at once: a join leaves out what is in a subscription that is not asked.
    for await (const page of graph.pages({ name: question.policy, text }, {})) {
        const rows = [...held, ...readRows(page.rows, question.policy, asking, read)];
        read += page.rows.length;
        const last = rows.at(-1)?.id.toLowerCase();
        const end = rows.findIndex(({ id }) => id.toLowerCase() === last);
        held = rows.slice(Math.max(end, 0));
        if (end > 0) {
            yield await completed(question, rows.slice(0, end), asking);
        }
    }
    if (held.length > 0) {
        yield await completed(question, held, asking);
    }
}

/** @param before how many rows of the answer came on earlier pages */
function readRows(rows: readonly unknown[], query: string, { malformed }: Asking, before = 0): readonly AuditedRow[] {
    return rows.flatMap((row, index) => {
        try {
            return [auditedRow(row)];
        } catch (error) {
            if (error instanceof MalformedRow) {
                malformed(query, before + index + 1, row, error);
                return [];
            }
            throw error;
        }
    });
}

/** The rows with what a second query adds. */
async function completed(question: Question, rows: readonly AuditedRow[], asking: Asking): Promise<Part> {
    const resources = new Map<string, PlannedResource>();
    const rowsOf = new Map<string, AuditedRow[]>();
    const add = (each: PlannedResource): void => {
        getOrCreate(resources, each.urn.toLowerCase(), () => each);
    };
    // What a row is about goes first: another row may name the same resource, and have less of it.
    for (const row of rows) {
        pushTo(rowsOf, row.id.toLowerCase(), row);
        row.resources.filter(({ urn }) => urn === row.id).forEach(add);
    }
    rows.forEach((row) => row.resources.forEach(add));
    const lookUp = async (query: string, name: string, all: readonly string[]): Promise<void> => {
        for (const ids of batches(all)) {
            const found = await asking.graph.rows({ name, text: withIds(asking.queryNamed(query), ids) }, {});
            readRows(found.rows, query, asking).forEach((each) => each.resources.forEach(add));
        }
    };
    await lookUp("protection", "what protects them", idsToLookUp(question, rows));
    if (question.needsVms === true) {
        const vms = rows.flatMap(({ row }) => [row["backupOf"], row["replicationOf"]].filter(isId));
        await lookUp("machines", "VMs", vms);
    }
    return { rowsOf, resources: [...resources.values()] };
}

function idsToLookUp({ protectionOf }: Question, rows: readonly AuditedRow[]): readonly string[] {
    const vms = (): readonly string[] => rows.flatMap(({ id, row }) => [id, row["original"]].filter(isId));
    const disks = (): readonly string[] => rows.flatMap(({ row }) => disksIn(row["storageProfile"]));
    switch (protectionOf) {
        case "VMs":
            return vms();
        case "disks":
            return disks();
        case "VMs and disks":
            return [...vms(), ...disks()];
        default:
            return [];
    }
}

function disksIn(storageProfile: unknown): readonly string[] {
    const profile = bagOf(storageProfile);
    const dataDisks = profile["dataDisks"];
    return [profile["osDisk"], ...(Array.isArray(dataDisks) ? (dataDisks as readonly unknown[]) : [])]
        .map((disk) => bagOf(bagOf(disk)["managedDisk"])["id"])
        .filter(isId);
}

/** What is not an object has no properties. */
function bagOf(value: unknown): Columns {
    return typeof value === "object" && value !== null ? (value as Columns) : {};
}

export function isId(value: unknown): value is string {
    return typeof value === "string" && value !== "";
}

function* batches(ids: readonly string[]): Iterable<readonly string[]> {
    const all = [...new Set(ids.map((id) => id.toLowerCase()))];
    for (let at = 0; at < all.length; at += IDS_AT_ONCE) {
        yield all.slice(at, at + IDS_AT_ONCE);
    }
}
