import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import * as path from "node:path";
import type { Inventory } from "../inventory/document";
import { reason } from "./files";
import { WrongUse } from "./wrong-use";

/**
 * An entry a line, and never all of it in one text: a large estate's would be longer than a text can be.
 *
 * @param file undefined for standard output
 * @throws WrongUse where it cannot be written
 */
export function writeInventory({ version, ...lists }: Inventory, file: string | undefined): void {
    const target = file === undefined ? process.stdout.fd : opened(file);
    try {
        writeAll(target, `{\n"version": ${version}`);
        for (const [name, entries] of Object.entries(lists) as [string, readonly object[]][]) {
            writeAll(target, `,\n"${name}": [`);
            for (let start = 0; start < entries.length; start += 1000) {
                const lines = entries.slice(start, start + 1000).map((entry) => `\n${JSON.stringify(entry)}`);
                writeAll(target, `${start === 0 ? "" : ","}${lines.join(",")}`);
            }
            writeAll(target, "\n]");
        }
        writeAll(target, "\n}\n");
    } finally {
        if (file !== undefined) {
            closeSync(target);
        }
    }
}

function writeAll(target: number, text: string): void {
    const bytes = Buffer.from(text);
    for (let written = 0; written < bytes.length;) {
        try {
            written += writeSync(target, bytes, written);
        } catch (error) {
            // A pipe that is full takes more once somebody has read from it.
            if ((error as NodeJS.ErrnoException).code !== "EAGAIN") {
                throw error;
            }
        }
    }
}

function opened(file: string): number {
    try {
        mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
        return openSync(file, "w");
    } catch (error) {
        throw new WrongUse(`${file} cannot be written: ${reason(error)}.`);
    }
}
