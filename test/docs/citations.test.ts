// Comments cite facts by short ids. Each must be defined in this repository, and only readers of code and of the pages
// that define them may meet one.
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { PROTECTING_POLICIES } from "../../src/facts/azure-policies";
import { ROWS } from "../../src/facts/rows";
import { ROOT } from "../../dev/docs/generated";

const ID = /\b(?:A2A|ARM|CHG|CMP|DKB|ENG|INT|POL|RD|SEE|TOK|VLT|VMB)-\d{2,3}[a-z]?\b/g;

/** A row of a table or a paragraph that begins with the id: `| A2A-16 |`, `**SEE-10.**` */
const DEFINITION = /^(?:\| |\*\*)([A-Z][A-Z0-9]{1,2}-\d{2,3}[a-z]?)(?: \||[.,*])/gm;

const DEFINING_PAGES = ["azure-facts.md", "how-pulumi-behaves.md"];

const below = (folder: string): readonly string[] =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) => path.join(folder, file));

const text = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");

const idsIn = (content: string): readonly string[] => [...content.matchAll(ID)].map(([id]) => id);

const IGNORED = /^(?:node_modules|dist|coverage|docs|\..*)$/;
const SOURCES = readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !IGNORED.test(entry.name))
    .flatMap(({ name }) => below(name))
    .concat("index.ts")
    .filter((file) => /\.[cm]?[jt]s$/.test(file) && !file.includes("node_modules"));

const DEFINED = new Set([
    ...[...ROWS, ...PROTECTING_POLICIES].flatMap(({ fact }) => idsIn(fact)),
    ...DEFINING_PAGES.flatMap((page) => [...text(`docs/${page}`).matchAll(DEFINITION)].map(([, id = ""]) => id)),
]);

test("each id that the code cites is defined", () => {
    const undefinedOnes = SOURCES.flatMap((file) =>
        idsIn(text(file))
            .filter((id) => !DEFINED.has(id))
            .map((id) => `${file}: ${id}`),
    );
    expect(undefinedOnes).toEqual([]);
});

test("each id is defined once", () => {
    const pages = DEFINING_PAGES.flatMap((page) =>
        [...text(`docs/${page}`).matchAll(DEFINITION)].map(([, id = ""]) => id),
    );
    expect(pages.filter((id, index) => pages.indexOf(id) !== index)).toEqual([]);
});

test("pages for users show none", () => {
    const pages = [...below("docs/policies"), "docs/policies.md", "docs/configuration.md", "README.md"];
    expect(pages.flatMap((page) => idsIn(text(page)).map((id) => `${page}: ${id}`))).toEqual([]);
});
