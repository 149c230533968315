import { readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import type { Inventory } from "./document";
import { InventoryError, readInventory } from "./read";

/** Names inventories where the configuration names none; several with the path separator of the system between them. */
export const INVENTORY_VARIABLE = "AZURE_BCDR_GUARD_INVENTORY";

/** @throws InventoryError */
export function readInventoryFile(file: string): Inventory {
    return cached(file);
}

/**
 * The inventories that the pack is to take in.
 *
 * @param configured the setting `inventory`
 * @throws InventoryError also for a relative path: the pack runs in its own folder (SEE-20)
 */
export function configuredInventories(
    configured: unknown,
    environment: Readonly<Record<string, string | undefined>>,
): readonly Inventory[] {
    const files = filesIn(configured) ?? environment[INVENTORY_VARIABLE]?.split(path.delimiter) ?? [];
    return files
        .filter((file) => file !== "")
        .map((file) => {
            if (!path.isAbsolute(file)) {
                throw new InventoryError(
                    file,
                    undefined,
                    "The path of an inventory must be absolute: Pulumi runs the pack in the pack's own folder, so a relative path would lead " +
                        `elsewhere than it reads. Write it from the root, or give it in the environment variable ${INVENTORY_VARIABLE}.`,
                );
            }
            return readInventoryFile(file);
        });
}

function filesIn(configured: unknown): readonly string[] | undefined {
    if (typeof configured === "string") {
        return [configured];
    }
    return Array.isArray(configured) ? (configured as readonly string[]) : undefined;
}

/** A preview asks again at every round. */
const READ = new Map<string, { readonly stamp: string; readonly inventory: Inventory }>();

function cached(file: string): Inventory {
    const stamp = orUnreadable(file, () => {
        const { mtimeMs, size, ino } = statSync(file);
        return `${mtimeMs} ${size} ${ino}`;
    });
    const former = READ.get(file);
    if (former?.stamp === stamp) {
        return former.inventory;
    }
    const inventory = readInventory(
        orUnreadable(file, () => readFileSync(file, "utf8")),
        file,
    );
    READ.set(file, { stamp, inventory });
    return inventory;
}

function orUnreadable<T>(file: string, read: () => T): T {
    try {
        return read();
    } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
        const reason = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : code;
        throw new InventoryError(file, undefined, `The inventory cannot be read: ${reason}.`);
    }
}
