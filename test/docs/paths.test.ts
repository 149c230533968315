// What pages name of this repository is there: files and sections that they link to, and the sources that they speak of.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import MarkdownIt from "markdown-it";
import { ROOT } from "../../dev/docs/generated";
import { REPOSITORY } from "../../policies/package";

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
    ...readdirSync(path.join(ROOT, "examples"), { recursive: true, encoding: "utf8" })
        .filter((file) => /^([^/]+\/)?README\.md$/.test(file))
        .map((file) => path.join("examples", file)),
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

/** Addresses that lead into this repository: README.md is shown in places that do not have its other files. */
const ADDRESSES = [
    `${REPOSITORY}/blob/main/`,
    `${REPOSITORY.replace("github.com", "raw.githubusercontent.com")}/main/`,
];

/** What a page links to or shows, below the root of this repository, with the section. */
function targetsOf(page: string): readonly { readonly file: string; readonly section: string | undefined }[] {
    const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)];
    return links.flatMap(([, markdown, markup]) => {
        const link = markdown ?? markup ?? "";
        const address = ADDRESSES.find((start) => link.startsWith(start));
        if (address === undefined && /^[a-z]+:/.test(link)) {
            return [];
        }
        const [target = "", section] = link.slice(address?.length ?? 0).split("#");
        const folder = address === undefined ? path.dirname(page) : ".";
        return [{ file: target === "" ? page : path.join(folder, target), section }];
    });
}

/** The anchors of a page, as GitHub makes them of its headings. */
function sectionsOf(page: string): ReadonlySet<string> {
    const tokens = new MarkdownIt().parse(textOf(page), {});
    const headings = tokens.flatMap(({ type }, index) =>
        type === "heading_open" ? [(tokens[index + 1]?.children ?? []).map(({ content }) => content).join("")] : [],
    );
    return new Set(
        headings.map((text) =>
            text
                .toLowerCase()
                .replace(/[^\p{L}\p{N}\s_-]/gu, "")
                .replace(/\s/g, "-"),
        ),
    );
}

test.each(PAGES)("%s links to files and sections that are there", (page) => {
    const missing = targetsOf(page).filter(
        ({ file, section }) =>
            !existsSync(path.join(ROOT, file)) || (section !== undefined && !sectionsOf(file).has(section)),
    );
    expect(missing).toEqual([]);
});

test.each(PAGES)("%s speaks of sources that are there", (page) => {
    const named = [...textOf(page).matchAll(/`((?:[\w-]+\/)*[\w.-]+\.ts)`/g)].map(([, file = ""]) => file);
    const missing = named.filter(
        (file) => !MADE_BY_THE_READER.test(file) && !SOURCES.some((source) => `/${source}`.endsWith(`/${file}`)),
    );
    expect(missing).toEqual([]);
});
