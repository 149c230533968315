import {
    backupItemOf,
    diskBackupOf,
    identityOf,
    MalformedRow,
    vmOf,
    readableSubscriptionOf,
    recoveryPlanOf,
    replicatedItemOf,
    subscriptionOf,
    vaultOf,
} from "./azure-rows";
import { addAll } from "../model/lists";
import type { Inventory, InventorySource } from "./document";
import { isAboutScope, isDenied, isSignInError, isTorn, reasonOf, type AskGraph } from "./resource-graph";

/** What to read; nothing named is all that the identity may read. */
export interface AzureScope {
    readonly subscriptions: readonly string[];
    readonly managementGroups: readonly string[];
}

export interface AzureReading {
    readonly ask: AskGraph;
    readonly scope: AzureScope;
    /** The text of a query of this folder, by its name without the ending. */
    readonly queryNamed: (name: string) => string;
    /** Called after each page. */
    readonly progress: (progress: AzureProgress) => void;
    readonly now: Date;
    /** Between two attempts to get an answer that was torn. */
    readonly pause?: number;
}

export interface AzureProgress {
    /** `backup items` */
    readonly table: string;
    readonly pages: number;
    /** Rows so far, of all tables. */
    readonly rows: number;
}

/** The tables of the document: each has a query, and a row of it makes an entry. */
const TABLES = {
    machines: { name: "VMs", query: "machines", entryOf: vmOf },
    vaults: { name: "vaults", query: "vaults", entryOf: vaultOf },
    backupItems: { name: "backup items", query: "backup-items", entryOf: backupItemOf },
    diskBackups: { name: "disk backups", query: "disk-backups", entryOf: diskBackupOf },
    replicatedItems: { name: "replicated items", query: "replicated-items", entryOf: replicatedItemOf },
    recoveryPlans: { name: "recovery plans", query: "recovery-plans", entryOf: recoveryPlanOf },
} as const satisfies Readonly<Partial<Record<Exclude<keyof Inventory, "version" | "sources">, Table>>>;

interface Table {
    readonly name: string;
    readonly query: string;
    readonly entryOf: (row: unknown, source: number) => { readonly id: string };
}

/** Asked for in one question; more of them lose more when one of them fails. */
const SUBSCRIPTIONS_AT_ONCE = 100;

const ATTEMPTS = 3;

/**
 * Reads the inventory of a scope from Azure Resource Graph. A part that cannot be read becomes a problem of its source
 * in the document, and the other parts are read all the same.
 *
 * @throws where no token is to be had
 */
export async function readAzure(reading: AzureReading): Promise<Inventory> {
    const sources = new Sources(reading.now);
    const graph = new Graph(reading);
    const subscriptions = await readSubscriptions(reading, graph, sources);
    const entries = async <Entry extends { readonly id: string }>(
        table: Table & { readonly entryOf: (row: unknown, source: number) => Entry },
    ): Promise<readonly Entry[]> => {
        const rows = await rowsOf(table, subscriptions, graph, sources);
        return entriesOf(table, rows, sources);
    };
    const tables = {
        machines: await entries(TABLES.machines),
        vaults: await entries(TABLES.vaults),
        backupItems: await entries(TABLES.backupItems),
        diskBackups: await entries(TABLES.diskBackups),
        replicatedItems: await entries(TABLES.replicatedItems),
        recoveryPlans: await entries(TABLES.recoveryPlans),
    };
    return { version: 1, sources: sources.all(), ...tables };
}

/** Which subscriptions there are to read. Only those that Resource Graph shows are asked for anything else. */
async function readSubscriptions(reading: AzureReading, graph: Graph, sources: Sources): Promise<readonly string[]> {
    const { scope } = reading;
    const rows: unknown[] = [];
    const listed = { name: "subscriptions", query: "subscriptions" };
    const isTenant = scope.subscriptions.length + scope.managementGroups.length === 0;
    for (const part of isTenant ? [TENANT] : scope.managementGroups.map(managementGroup)) {
        try {
            const read = await graph.rows(listed, part.scope);
            addAll(rows, read.rows);
            if (read.isScopeCut) {
                sources.message(part.name, "it has more subscriptions than Resource Graph looks at in one question");
            } else if (read.rows.length === 0) {
                sources.message(part.name, `Resource Graph shows this identity no subscription in it. ${ROLE}`);
            }
        } catch (error) {
            sources.message(part.name, `its subscriptions: ${problemOf(error)}`);
        }
    }
    const asked = new Set(scope.subscriptions.map((id) => id.toLowerCase()));
    addAll(rows, await rowsOf(listed, [...asked], graph, sources));
    const readable = new Set<string>();
    rows.forEach((row, index) => {
        try {
            readable.add(readableSubscriptionOf(row));
        } catch (error) {
            sources.reportMalformed(listed.name, index + 1, row, error);
        }
    });
    for (const id of asked) {
        if (!readable.has(id) && !sources.hasProblem(id)) {
            sources.reportOn(id, `Resource Graph does not show it to this identity. ${ROLE}`);
        }
    }
    for (const id of readable) {
        sources.indexOf(id);
    }
    return [...readable].sort();
}

const ROLE = 'Assign the role "Reader" there, and check the id and the tenant.';

const TENANT = { name: "tenant", scope: {} };

function managementGroup(id: string): { name: string; scope: { managementGroups: readonly string[] } } {
    return { name: `management group ${id}`, scope: { managementGroups: [id] } };
}

/** The rows of a table, of those of the subscriptions that can be read. */
async function rowsOf(
    table: Pick<Table, "name" | "query">,
    subscriptions: readonly string[],
    graph: Graph,
    sources: Sources,
): Promise<readonly unknown[]> {
    const rows: unknown[] = [];
    const read = async (part: readonly string[]): Promise<void> => {
        try {
            for (const row of (await graph.rows(table, { subscriptions: part })).rows) {
                rows.push(row);
            }
        } catch (error) {
            if ((isAboutScope(error) || error instanceof RowsMissing) && part.length > 1) {
                const middle = Math.ceil(part.length / 2);
                await read(part.slice(0, middle));
                await read(part.slice(middle));
                return;
            }
            const problem = problemOf(error);
            part.forEach((id) => sources.reportOn(id, `${table.name}: ${problem}`, isDenied(error)));
        }
    };
    const open = subscriptions.filter((id) => !sources.isDenied(id));
    for (let at = 0; at < open.length; at += SUBSCRIPTIONS_AT_ONCE) {
        await read(open.slice(at, at + SUBSCRIPTIONS_AT_ONCE));
    }
    return rows;
}

/** A page may repeat the end of the one before when something changes in between: each id counts once. */
function entriesOf<Entry extends { readonly id: string }>(
    table: { readonly name: string; readonly entryOf: (row: unknown, source: number) => Entry },
    rows: readonly unknown[],
    sources: Sources,
): readonly Entry[] {
    const entries = new Map<string, Entry>();
    rows.forEach((row, index) => {
        try {
            const { id, subscription } = identityOf(row);
            entries.set(id.toLowerCase(), table.entryOf(row, sources.indexOf(subscription)));
        } catch (error) {
            sources.reportMalformed(table.name, index + 1, row, error);
        }
    });
    return [...entries.values()];
}

/** @throws what is no failure of one question but of all */
function problemOf(error: unknown): string {
    if (isSignInError(error)) {
        throw error;
    }
    return error instanceof RowsMissing ? error.message : reasonOf(error);
}

/** Fewer rows came than there are, and nothing leads to the others. */
class RowsMissing extends Error {}

/** Asks page by page. */
class Graph {
    private pages = 0;
    private count = 0;

    constructor(private readonly reading: AzureReading) {}

    async rows(
        { name, query }: Pick<Table, "name" | "query">,
        scope: { readonly subscriptions?: readonly string[]; readonly managementGroups?: readonly string[] },
    ): Promise<{ readonly rows: readonly unknown[]; readonly isScopeCut: boolean }> {
        const text = withoutComments(this.reading.queryNamed(query));
        const rows: unknown[] = [];
        let skipToken: string | undefined;
        let isScopeCut = false;
        let total = Infinity;
        const tokens = new Set<string>();
        for (;;) {
            const page = await this.patiently(() => this.reading.ask({ query: text, ...scope, skipToken }));
            for (const row of page.rows) {
                rows.push(row);
            }
            isScopeCut ||= page.isScopeCut;
            // Things come and go while pages are read.
            total = Math.min(total, page.total);
            this.count += page.rows.length;
            this.reading.progress({ table: name, pages: ++this.pages, rows: this.count });
            skipToken = page.skipToken || undefined;
            if (skipToken === undefined || tokens.has(skipToken)) {
                if (skipToken !== undefined || page.isTruncated || rows.length < total) {
                    throw new RowsMissing(`Resource Graph has ${total} rows and gave ${rows.length}, not all of them`);
                }
                return { rows, isScopeCut };
            }
            tokens.add(skipToken);
        }
    }

    /** The client asks again where it was turned away or cut off before an answer; a torn answer it takes for one. */
    private async patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
        for (let attempt = 1; ; attempt++) {
            try {
                return await ask();
            } catch (error) {
                if (attempt === ATTEMPTS || !isTorn(error)) {
                    throw error;
                }
                await new Promise((resolve) => setTimeout(resolve, attempt * (this.reading.pause ?? 2000)));
            }
        }
    }
}

/** The service takes them; the request is smaller without. */
function withoutComments(query: string): string {
    return query
        .split("\n")
        .filter((line) => !line.trimStart().startsWith("//"))
        .join("\n")
        .trim();
}

/** The sources of the document and what is wrong with each. */
class Sources {
    private readonly byName = new Map<string, { readonly index: number; readonly problems: string[] }>();
    private readonly denied = new Set<string>();
    /** By source and table: how many rows were malformed, and the first of them. */
    private readonly malformed = new Map<string, { readonly source: string; readonly first: string; count: number }>();

    constructor(private readonly now: Date) {}

    /** The index of a subscription's source. */
    indexOf(subscription: string): number {
        return this.named(nameOf(subscription)).index;
    }

    reportOn(subscription: string, problem: string, isDenied = false): void {
        this.message(nameOf(subscription), problem);
        if (isDenied) {
            this.denied.add(subscription);
        }
    }

    message(name: string, problem: string): void {
        this.named(name).problems.push(problem);
    }

    /** What is wrong with a row is wrong with its subscription; where that cannot be read, with the whole reading. */
    reportMalformed(table: string, number: number, row: unknown, error: unknown): void {
        if (!(error instanceof MalformedRow)) {
            throw error;
        }
        const subscription = subscriptionOf(row);
        const source = subscription === undefined ? "Resource Graph" : nameOf(subscription);
        const key = `${table} of ${source}`;
        const sourced = this.malformed.get(key);
        if (sourced === undefined) {
            this.named(source);
            this.malformed.set(key, { source, first: `${table}, row ${number}: ${error.message}`, count: 1 });
        } else {
            sourced.count++;
        }
    }

    hasProblem(subscription: string): boolean {
        return this.named(nameOf(subscription)).problems.length > 0;
    }

    isDenied(subscription: string): boolean {
        return this.denied.has(subscription);
    }

    all(): readonly InventorySource[] {
        // To the second, as Azure's portal and the states of Pulumi have it.
        const readAt = this.now.toISOString().replace(/\.\d+Z$/, "Z");
        return [...this.byName].map(([name, { problems }]) => {
            const rows = [...this.malformed.values()]
                .filter(({ source }) => source === name)
                .map(({ first, count }) => (count === 1 ? first : `${first} (and ${count - 1} more such rows)`));
            const all = [...problems, ...rows];
            return { kind: "azure", name, readAt, ...(all.length === 0 ? {} : { problem: all.join("; ") }) };
        });
    }

    private named(name: string): { readonly index: number; readonly problems: string[] } {
        const source = this.byName.get(name) ?? { index: this.byName.size, problems: [] };
        this.byName.set(name, source);
        return source;
    }
}

function nameOf(subscription: string): string {
    return `subscription ${subscription}`;
}
