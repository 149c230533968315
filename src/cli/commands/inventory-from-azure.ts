import * as path from "node:path";
import { isatty } from "node:tty";
import type { Inventory } from "../../inventory/document";
import { readAzure, type AzureProgress } from "../../inventory/from-azure";
import {
    AzurePackagesMissing,
    connectAzure,
    isSignInError,
    signInCode,
    type AskGraph,
    type CloudName,
} from "../../inventory/resource-graph";
import { readText } from "../files";
import { writeInventory } from "../inventory-output";
import { endProgress, printNotes, printProgress } from "../printing";
import { UsageError } from "../usage-error";
import { packageFolder } from "../package";
import type { ExitCode } from "../report";

export interface FromAzureOptions {
    readonly subscription?: readonly string[];
    readonly managementGroup?: readonly string[];
    readonly cloud: CloudName;
    /** Undefined for standard output. */
    readonly output?: string;
    readonly allowIncomplete?: true;
}

/** Writes the inventory of what Azure Resource Graph shows. Only reads. */
export async function inventoryFromAzure(
    options: FromAzureOptions,
    connect: (cloud: CloudName) => Promise<AskGraph> = connectAzure,
): Promise<ExitCode> {
    const started = Date.now();
    try {
        const inventory = await readAzure({
            ask: await connect(options.cloud),
            scope: { subscriptions: options.subscription ?? [], managementGroups: options.managementGroup ?? [] },
            queryNamed: (name) => readText(path.join(packageFolder(), "src", "inventory", "queries", `${name}.kql`)),
            progress: showProgress,
            now: new Date(started),
        });
        writeInventory(inventory, options.output);
        return conclude(inventory, Math.round((Date.now() - started) / 1000), options);
    } catch (error) {
        if (error instanceof AzurePackagesMissing) {
            throw new UsageError(error.message);
        }
        if (isSignInError(error)) {
            const code = signInCode(error);
            throw new UsageError(
                `Azure gave no token${code === undefined ? "" : ` (${code})`}. Sign in with az login, or give the variables of a service principal, a workload identity or a managed identity to this process.`,
            );
        }
        throw error;
    }
}

/** Says what was read and what was not. */
function conclude(inventory: Inventory, seconds: number, { allowIncomplete }: FromAzureOptions): ExitCode {
    const { sources, machines: vms, backupItems, diskBackups, replicatedItems, vaults, recoveryPlans } = inventory;
    if (isWatched()) {
        endProgress();
    }
    const unread = sources.filter(({ problem }) => problem !== undefined);
    printNotes([
        ...unread.map(({ name, problem }) => `Not read, or not wholly: ${name}: ${problem ?? ""}`),
        `${vms.length} VMs, ${backupItems.length} backup items, ${diskBackups.length} disk backups, ${replicatedItems.length} replicated items, ${vaults.length} vaults and ${recoveryPlans.length} recovery plans, read in ${seconds} s.`,
    ]);
    if (unread.length === 0) {
        return 0;
    }
    printNotes([
        "The inventory is incomplete, and says so: what it does not have may be there all the same (--allow-incomplete accepts that).",
    ]);
    return allowIncomplete === true ? 0 : 4;
}

/** Between two lines where nobody watches. */
const PAGES_PER_LINE = 50;

function isWatched(): boolean {
    return isatty(process.stderr.fd);
}

function showProgress({ table, pages, rows }: AzureProgress): void {
    const line = `Reading ${table}: ${rows} rows on ${pages} pages so far`;
    if (isWatched()) {
        printProgress(line);
    } else if (pages % PAGES_PER_LINE === 0) {
        printNotes([line]);
    }
}
