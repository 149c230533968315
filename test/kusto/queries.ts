// Every query of the project: each file that ends in .kql, wherever it lies.
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";

const ROOT = path.join(__dirname, "..", "..");

/** What others wrote, and what is written by a build or a run. */
const FOREIGN: ReadonlySet<string> = new Set(["node_modules", "dist", "coverage"]);

export interface Query {
    /** The path of its file below the project's root, with slashes. */
    readonly file: string;
    readonly text: string;
}

/** In the order of their files. */
export const QUERIES: readonly Query[] = [...filesIn("")]
    .sort()
    .map((file) => ({ file, text: readFileSync(path.join(ROOT, file), "utf8") }));

function* filesIn(folder: string): Iterable<string> {
    for (const entry of readdirSync(path.join(ROOT, folder), { withFileTypes: true })) {
        const place = folder === "" ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory() && !FOREIGN.has(entry.name) && !entry.name.startsWith(".")) {
            yield* filesIn(place);
        } else if (entry.isFile() && entry.name.endsWith(".kql")) {
            yield place;
        }
    }
}

/** Those of the audit join tables: they need rows that have something to do with each other (test/audit). */
export const AUDIT_QUERIES = QUERIES.filter(({ file }) => file.startsWith("src/audit/"));

/** The others each read one table. */
export const TABLE_QUERIES = QUERIES.filter((query) => !AUDIT_QUERIES.includes(query));
