// What pages name of this repository is there: files that they link to, and the sources that they speak of.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { ROOT } from "../../dev/docs/generated";

/** Files that the reader of the guide makes; contributing.test.ts follows it. */
const MADE_BY_THE_READER = /\/backed-up-spot-vm\./;
const PAGES = [
    "README.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "CONTRIBUTING.md",
    ...readdirSync(path.join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".md"))
        .map((file) => path.join("docs", file)),
];
const IGNORED = /^(?:node_modules|dist|coverage|\..*)$/;
const SOURCES = readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !IGNORED.test(entry.name))
    .flatMap(({ name }) =>
        readdirSync(path.join(ROOT, name), { recursive: true, encoding: "utf8" }).map((file) => path.join(name, file)),
    )
    .concat(readdirSync(ROOT))
    .map((file) => file.split(path.sep).join("/"));

const textOf = (page: string): string => readFileSync(path.join(ROOT, page), "utf8");

test.each(PAGES)("%s links to files that are there", (page) => {
    const targets = [...textOf(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target = ""]) => target);
    const missing = targets.filter((target) => !existsSync(path.join(ROOT, path.dirname(page), target)));
    expect(missing).toEqual([]);
});

test.each(PAGES)("%s speaks of sources that are there", (page) => {
    const named = [...textOf(page).matchAll(/`((?:[\w-]+\/)*[\w.-]+\.ts)`/g)].map(([, file = ""]) => file);
    const missing = named.filter(
        (file) => !MADE_BY_THE_READER.test(file) && !SOURCES.some((source) => `/${source}`.endsWith(`/${file}`)),
    );
    expect(missing).toEqual([]);
});
