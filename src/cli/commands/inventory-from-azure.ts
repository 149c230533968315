import * as path from "node:path";
import type { Inventory } from "../../inventory/document";
import { readAzure } from "../../inventory/from-azure";
import type { AskGraph, CloudName } from "../../inventory/resource-graph";
import { askAzure, showProgress, stopProgress } from "../azure";
import { readText } from "../files";
import { writeInventory } from "../inventory-output";
import { printNotes } from "../printing";
import { packageFolder } from "../../../policies/package";
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
    connect?: (cloud: CloudName) => Promise<AskGraph>,
): Promise<ExitCode> {
    const started = Date.now();
    const inventory = await askAzure(
        options.cloud,
        (ask) =>
            readAzure({
                ask,
                scope: { subscriptions: options.subscription ?? [], managementGroups: options.managementGroup ?? [] },
                queryNamed: (name) =>
                    readText(path.join(packageFolder(), "src", "inventory", "queries", `${name}.kql`)),
                progress: showProgress,
                now: new Date(started),
            }),
        connect,
    );
    writeInventory(inventory, options.output);
    return conclude(inventory, Math.round((Date.now() - started) / 1000), options);
}

/** Says what was read and what was not. */
function conclude(inventory: Inventory, seconds: number, { allowIncomplete }: FromAzureOptions): ExitCode {
    const { sources, machines: vms, backupItems, diskBackups, replicatedItems, vaults, recoveryPlans } = inventory;
    stopProgress();
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
