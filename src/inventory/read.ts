import { parseArmId } from "../model/ids/arm-id";
import type { Inventory } from "./document";
import { problemIn } from "./schema";
import { LISTS } from "./packed-entries";

const VERSION = 1;

/**
 * An inventory that cannot be taken for one. Thrown, because whoever went on without it would take everything in it for
 * unprotected.
 */
export class InventoryError extends Error {
    constructor(
        readonly file: string,
        /** Where in the file: `line 12`, `replicatedItems[3].id`; undefined where it is about all of it. */
        readonly position: string | undefined,
        readonly problem: string,
    ) {
        super(`${position === undefined ? file : `${file}, ${position}`}: ${problem}`);
        this.name = "InventoryError";
        // Only the sentence is for the person.
        this.stack = this.message;
    }
}

/**
 * Reads an inventory and checks every part of it.
 *
 * @param name what to call the text in errors
 * @throws InventoryError
 */
export function readInventory(text: string, name: string): Inventory {
    const document = parsed(text, name);
    const version = versionOf(document);
    if (version === undefined) {
        throw new InventoryError(name, undefined, `It is no inventory of azure-bcdr-guard. ${MAKE_ONE}`);
    }
    if (typeof version === "number" && version > VERSION) {
        throw new InventoryError(
            name,
            "version",
            `It is an inventory of version ${version}, and version ${VERSION} is the newest known here. Use a newer azure-bcdr-guard.`,
        );
    }
    const wrong = problemIn(document);
    if (wrong !== undefined) {
        throw new InventoryError(name, wrong.path === "" ? undefined : wrong.path, wrong.problem);
    }
    const inventory = document as Inventory;
    checkSources(inventory, name);
    checkEntries(inventory, name);
    return inventory;
}

const MAKE_ONE = "Make one with: azure-bcdr-guard inventory from-states, or from-azure.";

function parsed(text: string, name: string): unknown {
    const json = text.replace(/^\uFEFF/, "");
    try {
        return JSON.parse(json) as unknown;
    } catch (error) {
        throw new InventoryError(name, lineOf(error, json), "It is no JSON: torn, or something else.");
    }
}

/** The line at which the parser gave up; a text that ends too early was torn at its last one. */
export function lineOf(error: unknown, text: string): string {
    const [, position] = /at position (\d+)/.exec(error instanceof Error ? error.message : "") ?? [];
    return `line ${text.slice(0, position === undefined ? text.length : Number(position)).split("\n").length}`;
}

/** Undefined for what is no inventory at all: other documents have a version, too. */
function versionOf(document: unknown): unknown {
    if (typeof document !== "object" || document === null || !("version" in document) || !("sources" in document)) {
        return undefined;
    }
    return document.version;
}

function checkSources({ sources }: Inventory, name: string): void {
    sources.forEach(({ readAt }, index) => {
        if (Number.isNaN(Date.parse(readAt))) {
            throw new InventoryError(name, `sources[${index}].readAt`, `${JSON.stringify(readAt)} is no time.`);
        }
    });
}

/** What a schema cannot say. */
function checkEntries(inventory: Inventory, name: string): void {
    const { length } = inventory.sources;
    const checkSource = (source: number, of: string): void => {
        if (source >= length) {
            throw new InventoryError(
                name,
                `${of}.source`,
                `There is no source ${source}; the inventory has ${length}, counted from 0.`,
            );
        }
    };
    inventory.unidentified?.forEach(({ source }, index) => checkSource(source, `unidentified[${index}]`));
    for (const list of LISTS) {
        (inventory[list] ?? []).forEach(({ id, source }, index) => {
            checkSource(source, `${list}[${index}]`);
            if (parseArmId(id) === undefined) {
                throw new InventoryError(name, `${list}[${index}].id`, `${JSON.stringify(id)} is no ARM id.`);
            }
        });
    }
}
