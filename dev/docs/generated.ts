import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

/** Pages and files that are made from the catalogue. UPDATE_DOCS=1 updates them; without it they are only compared. */

export const ROOT = path.resolve(__dirname, "..", "..");
export const UPDATES = process.env["UPDATE_DOCS"] !== undefined;

export function expectGenerated(file: string, content: string): void {
    const place = path.join(ROOT, file);
    if (UPDATES) {
        mkdirSync(path.dirname(place), { recursive: true });
        writeFileSync(place, content);
    }
    expect(readFileSync(place, "utf8")).toBe(content);
}

/** A page written by hand with a part that is made here, between two comments. */
export function expectGeneratedPart(file: string, part: string, content: string): void {
    const page = readFileSync(path.join(ROOT, file), "utf8");
    const [begin, end] = [`<!-- generated: ${part} -->`, `<!-- end of what is generated -->`];
    const [before, rest] = page.split(begin);
    if (rest === undefined) {
        throw new Error(`${file} has no place for "${part}"`);
    }
    const after = rest.slice(rest.indexOf(end));
    expectGenerated(file, `${before}${begin}\n\n${content.trimEnd()}\n\n${after}`);
}

/** A row of a table. The text of a cell must not end the cell. */
export function row(...cells: readonly string[]): string {
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
    return [row(...head), `|${head.map(() => "---|").join("")}`, ...rows.map((cells) => row(...cells))].join("\n");
}
