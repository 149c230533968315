import * as path from "node:path";
import type { PackConfiguration } from "../config/configuration-file";
import type { ExternalResources } from "../model/external-resources";
import { configuredInventories, readInventoryFile } from "../inventory/files";
import { DEFAULT_MAXIMUM_AGE_HOURS, InventoriedResources, type Ageing } from "../inventory/external-resources";
import { indexOf, type InventoryIndex } from "../inventory/inventory-index";
import { packed, type PackedEntries } from "../inventory/packed-entries";
import { UsageError } from "./usage-error";

/** What is known beyond a stack, and as of when. */
export interface KnownInventories {
    readonly index: InventoryIndex;
    readonly ageing: Ageing;
}

/**
 * What is known beyond the stack: by the files that the command was given, else by those of the configuration.
 *
 * @throws InventoryError
 * @throws UsageError where command and configuration both name files: the pack, which Pulumi runs, would read others
 */
export function externalOf(
    configuration: PackConfiguration,
    files: readonly string[] | undefined,
): ExternalResources | undefined {
    const known = knownInventories(configuration, files);
    return known && new InventoriedResources(known.index, known.ageing);
}

/**
 * The same, to be shared.
 *
 * @param more what is known beside the files
 * @throws InventoryError
 * @throws UsageError
 */
export function knownInventories(
    { shared }: PackConfiguration,
    files: readonly string[] | undefined,
    more: readonly PackedEntries[] = [],
): KnownInventories | undefined {
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
    const parts = [...read.flatMap(packed), ...more];
    const age = shared["maximumAgeHours"];
    return parts.length === 0
        ? undefined
        : {
              index: indexOf(parts),
              ageing: { now: new Date(), maximumAgeHours: typeof age === "number" ? age : DEFAULT_MAXIMUM_AGE_HOURS },
          };
}
