import type { Inventory } from "../inventory/document";
import { writeFile } from "./outputs";
import { print } from "./printing";

/**
 * An entry a line, and never all of it in one text: a large estate's would be longer than a text can be.
 *
 * @param file undefined for standard output
 * @throws UsageError where it cannot be written
 */
export function writeInventory(inventory: Inventory, file: string | undefined): void {
    if (file === undefined) {
        for (const piece of piecesOf(inventory)) {
            print(piece);
        }
        return;
    }
    writeFile(file, piecesOf(inventory));
}

const ENTRIES_PER_PIECE = 1000;

function* piecesOf({ version, ...lists }: Inventory): Generator<string> {
    yield `{\n"version": ${version}`;
    for (const [name, entries] of Object.entries(lists) as [string, readonly object[]][]) {
        yield `,\n"${name}": [`;
        for (let start = 0; start < entries.length; start += ENTRIES_PER_PIECE) {
            const lines = entries.slice(start, start + ENTRIES_PER_PIECE).map((entry) => `\n${jsonOf(entry)}`);
            yield `${start === 0 ? "" : ","}${lines.join(",")}`;
        }
        yield "\n]";
    }
    yield "\n}\n";
}

/**
 * An inventory keeps names as they are, and may be printed to the log of a CI system all the same. JSON can write any
 * character by its number; so what nobody sees, and what would give a command, is written so, and read as what it was.
 */
function jsonOf(entry: object): string {
    return JSON.stringify(entry)
        .replace(/##(?=\w*\[)/g, "#\\u0023")
        .replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu, (character) =>
            Array.from({ length: character.length }, (_, index) => escaped(character.charCodeAt(index))).join(""),
        );
}

function escaped(unit: number): string {
    return `\\u${unit.toString(16).padStart(4, "0")}`;
}
