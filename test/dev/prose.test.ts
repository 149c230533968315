import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { findingsIn, forbiddenIn, longSentencesIn } from "../../dev/prose/check";
import { passagesOfBook, passagesOfPage, passagesOfProgram, textOf } from "../../dev/prose/passages";
import { longSentences } from "../../dev/prose/sentences";

const inProgram = (content: string): readonly string[] =>
    findingsIn("policies/a.ts", passagesOfProgram("a.ts", content)).map(({ line, phrase }) => `${line} ${phrase}`);
const inPage = (content: string): readonly string[] =>
    findingsIn("docs/a.md", passagesOfPage(content)).map(({ line, phrase }) => `${line} ${phrase}`);

describe("in a program, a phrase is found", () => {
    test.each([
        ["in a literal", 'say("Enable it anew.");', ["1 anew"]],
        ["in a template, around what it puts in", "say(`Let ${name} follow ${policy}.`);", ["1 Let … follow"]],
        ["after what a template puts in", "say(`${name}\n owes backup.`);", ["2 owes"]],
        ["in a comment", "/** A disk of its own. */\nconst a = 1;", ["1 of its own"]],
        ["across the lines of a comment", "/**\n * A disk of\n * its own.\n */\nconst a = 1;", ["2 of its own"]],
        ["across comments of one line", "// It is left as\n// it is.\nconst a = 1;", ["1 as it is"]],
        ["behind code", "const a = 1; // It is gone.", ["1 is gone"]],
    ])("%s", (_, content, found) => {
        expect(inProgram(content)).toEqual(found);
    });

    test.each([
        ["the name of a module", 'import a from "./anew";'],
        ["a value", 'const kind = "in order";'],
        ["a name", "const anew = 1;"],
        ["this order", 'say("To fix it, in this order:");'],
        ["a list that is gone through", "// Elements that are gone through."],
        ["what a mark stands for", "// `*` stands for any text."],
        ["its own region", 'say("A vault takes VMs of its own region.");'],
        ["a virtual machine", 'say("a virtual machine");'],
    ])("but not in %s", (_, content) => {
        expect(inProgram(content)).toEqual([]);
    });
});

test.each([
    ["a paragraph", "One.\n\nThe disk is\ngone.", ["3 is gone"]],
    ["an item of a list", "- one\n- made anew", ["2 anew"]],
    ["a cell of a table", "| a | b |\n|---|---|\n| c | it stands here |", ["3 stands"]],
    ["code", "```\nanew\n```\nand `anew`", []],
    ["an address", "[a page](https://example.com/anew)", []],
])("a phrase in %s of a page", (_, content, found) => {
    expect(inPage(content)).toEqual(found);
});

describe("a sentence", () => {
    const words = (count: number): string => `A${" word".repeat(count - 1)}.`;
    const lines = (content: string): readonly number[] =>
        longSentences(passagesOfPage(content)).map(({ line }) => line);

    test("is long from 26 words on", () => {
        expect(lines(words(25))).toEqual([]);
        expect(lines(words(26))).toEqual([1]);
    });

    test("ends at a full stop that a capital follows, not at one in a number or name", () => {
        expect(lines(`${words(20)}\n${words(20)}`)).toEqual([]);
        expect(lines(`${words(13).slice(0, -1)} 1.2 ${words(13).toLowerCase()}`)).toEqual([1]);
    });

    test("of a message is counted without its commands, places and addresses", () => {
        const book = [
            "=== BCDR101 name",
            '[BCDR101] VM "web" is not backed up.',
            "Why: It is lost.",
            "  1. Do this:",
            `       az ${words(30)}`,
            "     where: properties.a",
            `     ${words(26)}`,
            "Policy: name  https://example.com",
        ];
        const passages = passagesOfBook(book.join("\n"));
        expect(passages.map(textOf).slice(0, 3)).toEqual(['VM "web" is not backed up.', "It is lost.", "Do this:"]);
        expect(longSentences(passages)).toEqual([{ line: 7, words: 26, sentence: words(26) }]);
    });
});

test("programs, books, pages and manifests are read, and no pages that are generated", () => {
    const root = mkdtempSync(path.join(tmpdir(), "prose-"));
    const files: Readonly<Record<string, string>> = {
        "index.ts": "// anew",
        "src/model/a.ts": "// anew",
        "src/b.json": "anew",
        "policies/b.ts": "// anew",
        "test/messages/a.txt": `Why: It is made anew.${" word".repeat(30)}`,
        "README.md": "anew",
        "CHANGELOG.md": "anew",
        "CONTRIBUTING.md": "anew",
        "SECURITY.md": "anew",
        "docs/a.md": `It is made anew.${" word".repeat(30)}`,
        "docs/policies/a.md": "anew",
        "examples/one/README.md": "anew",
        "examples/one/node_modules/README.md": "anew",
        "package.json": "anew",
        "PulumiPolicy.yaml": "anew",
    };
    try {
        for (const [file, content] of Object.entries(files)) {
            mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
            writeFileSync(path.join(root, file), content);
        }
        const unread = ["src/b.json", "docs/policies/a.md", "examples/one/node_modules/README.md"];
        expect(
            forbiddenIn(root)
                .map(({ file }) => file)
                .sort(),
        ).toEqual(
            Object.keys(files)
                .filter((file) => !unread.includes(file))
                .sort(),
        );
        expect(longSentencesIn(root).map(({ file }) => file)).toEqual(["test/messages/a.txt", "docs/a.md"]);
    } finally {
        rmSync(root, { recursive: true });
    }
});
