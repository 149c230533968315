import { backupItemOf, diskBackupOf, identityOf, vmOf, recoveryPlanOf, replicatedItemOf, vaultOf } from "./azure-rows";
import { Sources } from "./azure-sources";
import { readSubscriptions, rowsOf, type AzureScope } from "./azure-subscriptions";
import type { Inventory } from "./document";
import { GraphPages, type GraphReading } from "./graph-pages";

export interface AzureReading extends GraphReading {
    readonly scope: AzureScope;
    /** The text of a query of this folder, by its name without the ending. */
    readonly queryNamed: (name: string) => string;
    readonly now: Date;
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

/**
 * Reads the inventory of a scope from Azure Resource Graph. A part that cannot be read becomes a problem of its source
 * in the document, and the other parts are read all the same.
 *
 * @throws where no token is to be had
 */
export async function readAzure(reading: AzureReading): Promise<Inventory> {
    const sources = new Sources(reading.now);
    const graph = new GraphPages(reading);
    const { scope, queryNamed } = reading;
    const subscriptions = await readSubscriptions(scope, queryNamed("subscriptions"), graph, sources);
    const entries = async <Entry extends { readonly id: string }>(
        table: Table & { readonly entryOf: (row: unknown, source: number) => Entry },
    ): Promise<readonly Entry[]> => {
        const query = { name: table.name, text: queryNamed(table.query) };
        const rows = await rowsOf(query, subscriptions, graph, sources);
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
