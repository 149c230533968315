import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { passagesOfBook, passagesOfPage, passagesOfProgram, lineAt, textOf, type Passage } from "./passages";
import { longSentences, type LongSentence } from "./sentences";
import { FORBIDDEN, VALUES } from "./words";

/** A forbidden phrase in a file. */
export interface Finding {
    readonly file: string;
    readonly line: number;
    readonly phrase: string;
    readonly instead: string;
}

export interface LongSentences {
    readonly file: string;
    readonly sentences: readonly LongSentence[];
}

/** Pages in the root of the repository. */
const PAGES = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"];
/** What the registry and Pulumi Cloud show. */
const MANIFESTS = ["package.json", "PulumiPolicy.yaml"];

/** The forbidden phrases in what people read, and in the comments of the code. */
export function forbiddenIn(root: string): readonly Finding[] {
    const programs = ["index.ts", ...filesBelow(root, "src", ".ts"), ...filesBelow(root, "policies", ".ts")];
    return [
        ...programs.flatMap((file) => findingsIn(file, passagesOfProgram(file, read(root, file)))),
        // What a message puts together from parts only its book shows.
        ...booksOf(root).flatMap((file) => findingsIn(file, passagesOfBook(read(root, file)))),
        ...pagesOf(root).flatMap((file) => findingsIn(file, passagesOfPage(read(root, file)))),
        ...MANIFESTS.flatMap((file) => findingsIn(file, passagesOfPage(read(root, file)))),
    ];
}

/** Sentences that are too long, in messages and pages. */
export function longSentencesIn(root: string): readonly LongSentences[] {
    return [
        ...booksOf(root).map((file) => ({
            file,
            sentences: eachOnce(longSentences(passagesOfBook(read(root, file)))),
        })),
        ...pagesOf(root).map((file) => ({ file, sentences: longSentences(passagesOfPage(read(root, file))) })),
    ].filter(({ sentences }) => sentences.length > 0);
}

export function findingsIn(file: string, passages: readonly Passage[]): readonly Finding[] {
    const forbidden = FORBIDDEN.filter(({ files }) => files?.test(file) ?? true);
    return passages.flatMap((passage) => {
        const text = textOf(passage);
        return VALUES.has(text)
            ? []
            : forbidden.flatMap(({ pattern, instead }) =>
                  [...text.matchAll(new RegExp(pattern, `${pattern.flags}g`))].map(({ 0: phrase, index }) => ({
                      file,
                      line: lineAt(passage, index),
                      phrase,
                      instead,
                  })),
              );
    });
}

function booksOf(root: string): readonly string[] {
    return filesBelow(root, "test/messages", ".txt");
}

/** The pages that people write; those of policies are made from what policies say. */
function pagesOf(root: string): readonly string[] {
    return [
        ...PAGES,
        ...filesBelow(root, "docs", ".md").filter((file) => !file.startsWith("docs/policies/")),
        ...filesBelow(root, "examples", "README.md"),
    ];
}

function filesBelow(root: string, folder: string, end: string): readonly string[] {
    return readdirSync(path.join(root, folder), { withFileTypes: true })
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .flatMap((entry) => {
            const file = `${folder}/${entry.name}`;
            if (entry.isDirectory()) {
                return entry.name === "node_modules" ? [] : filesBelow(root, file, end);
            }
            return file.endsWith(end) ? [file] : [];
        });
}

function read(root: string, file: string): string {
    return readFileSync(path.join(root, file), "utf8");
}

/** A book has the same sentence in many wordings of a message. */
function eachOnce(sentences: readonly LongSentence[]): readonly LongSentence[] {
    return [...new Map(sentences.map((each) => [each.sentence.replace(/"[^"]*"/g, '""'), each] as const)).values()];
}
