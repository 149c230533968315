import { problemOf } from "../inventory/graph-pages";
import { addAll } from "../model/lists";
import type { PlannedResource } from "../model/planned-resource";
import { isId, type Asking } from "./ask";
import { inSubscriptions } from "./questions";
import { auditedRow } from "./rows";

/** How much there is to look at, and a resource that shows that backup is in use. */
export interface Extent {
    readonly resources: number;
    readonly vms: number;
    readonly backupInUse: readonly PlannedResource[];
    readonly problems: readonly string[];
}

/** Queries of the inventory: the first page of each says how many rows there are. */
const COUNTED = [
    { name: "VMs", query: "machines", column: undefined },
    { name: "backup items", query: "backup-items", column: "backupItem" },
    { name: "disk backups", query: "disk-backups", column: "diskBackup" },
    { name: "vaults", query: "vaults", column: "vault" },
    { name: "replicated items", query: "replicated-items", column: undefined },
] as const;

/** @param inventoryQuery the text of a query of the inventory */
export async function extentOf(
    { graph, subscriptions }: Asking,
    inventoryQuery: (name: string) => string,
): Promise<Extent> {
    let resources = 0;
    let vms = 0;
    const backupInUse: PlannedResource[] = [];
    const problems: string[] = [];
    for (const { name, query, column } of COUNTED) {
        const whole = inventoryQuery(query);
        const text = subscriptions === undefined ? whole : inSubscriptions(whole, subscriptions);
        let pages = 0;
        try {
            for await (const page of graph.pages({ name, text }, {})) {
                const isFirst = pages++ === 0;
                resources += isFirst ? page.total : 0;
                vms += isFirst && query === "machines" ? page.total : 0;
                addAll(backupInUse, column === undefined ? [] : firstOf(page.rows, column));
                // Vaults are few; a Backup vault may come last among them.
                if (query !== "vaults" || backupInUse.length > 0) {
                    break;
                }
            }
        } catch (error) {
            problems.push(`${name}: ${problemOf(error)}`);
        }
    }
    return { resources, vms, backupInUse, problems };
}

/** So that the item does not count as the backup of the VM that its name names: that has been asked already. */
const OF_FILES = "MabFileFolderProtectedItem";

/** Backup items, disk backups and Backup vaults show it; a Recovery Services vault may be one of Site Recovery. */
function firstOf(rows: readonly unknown[], column: string): readonly PlannedResource[] {
    const ids = rows.map((row) => (row as { readonly id?: unknown }).id).filter(isId);
    const first = ids.find((id) => column !== "vault" || /\/backupvaults\//i.test(id));
    return first === undefined ? [] : auditedRow({ id: first, [column]: first, backupType: OF_FILES }).resources;
}
