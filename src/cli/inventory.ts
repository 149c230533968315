import * as path from "node:path";
import type { PackConfiguration } from "../config/configuration-file";
import type { ExternalResources } from "../model/external-resources";
import type { Inventory } from "../inventory/document";
import { configuredInventories, readInventoryFile } from "../inventory/files";
import { DEFAULT_MAXIMUM_AGE_HOURS, InventoriedResources } from "../inventory/external-resources";
import { indexOf } from "../inventory/inventory-index";
import { packed } from "../inventory/packed-entries";
import { UsageError } from "./usage-error";

/**
 * What is known beyond the stack: by the files that the command was given, else by those of the configuration.
 *
 * @param more what is known beside the files
 * @throws InventoryError
 * @throws UsageError where command and configuration both name files: the pack, which Pulumi runs, would read others
 */
export function externalOf(
    { shared }: PackConfiguration,
    files: readonly string[] | undefined,
    more: readonly Inventory[] = [],
): ExternalResources | undefined {
    const configured = shared["inventory"];
    if (files !== undefined && configured !== undefined) {
        throw new UsageError(
            "The configuration names an inventory, and so does --inventory. Name it in one of the two.",
        );
    }
    const read =
        files === undefined
            ? configuredInventories(configured, process.env)
            : files.map((file) => readInventoryFile(path.resolve(file)));
    const inventories = [...read, ...more];
    const age = shared["maximumAgeHours"];
    return inventories.length === 0
        ? undefined
        : new InventoriedResources(indexOf(inventories.flatMap(packed)), {
              now: new Date(),
              maximumAgeHours: typeof age === "number" ? age : DEFAULT_MAXIMUM_AGE_HOURS,
          });
}
