// Code that messages quote, held against a parser of each language.
import { spawnSync } from "node:child_process";
import { runInNewContext } from "node:vm";
import * as ts from "typescript";
import { parseDocument } from "yaml";

import { languageOf, type ProgramLanguage } from "../../src/advice/program-language";
import {
    aliasIn,
    arrayOfDisks,
    codeIn,
    listOfOutputs,
    optionIn,
    type SnippetLanguage,
    SNIPPET_LANGUAGES,
} from "../../src/advice/snippets";
import { visibleIds } from "../../src/advice/visible-ids";

const LANGUAGES: readonly (ProgramLanguage | undefined)[] = [...SNIPPET_LANGUAGES, "Go", ".NET", "Java", undefined];

/** What a parser says is wrong with an expression. */
const PARSERS: Readonly<Record<SnippetLanguage, (code: string) => string>> = {
    TypeScript: (code) => {
        const { diagnostics = [] } = ts.transpileModule(`export default (${code});`, { reportDiagnostics: true });
        return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")).join("\n");
    },
    Python: (code) =>
        spawnSync("python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read(), mode='eval')"], {
            input: code,
            encoding: "utf8",
        }).stderr,
    YAML: (code) => parseDocument(`property: ${code}`).errors.join("\n"),
};

/** VMs without Python hold the snippets in it only through `npm run release:check`, which asks for Python. */
const hasPython = spawnSync("python3", ["--version"]).status === 0;

const parsed = (language: SnippetLanguage): void => {
    for (const code of codeIn(language)) {
        expect({ code, wrong: PARSERS[language](code) }).toEqual({ code, wrong: "" });
        // The parser is one that would say so.
        expect(PARSERS[language](`${code} ]`)).not.toBe("");
    }
};

test("snippets in TypeScript are TypeScript", () => parsed("TypeScript"));
test("snippets in YAML are YAML", () => parsed("YAML"));
(hasPython ? test : test.skip)(
    "snippets in Python are Python (skipped without python3; npm run release:check has it)",
    () => parsed("Python"),
);

test("each language has as many snippets", () => {
    const counts = SNIPPET_LANGUAGES.map((language) => codeIn(language).length);
    expect(new Set(counts).size).toBe(1);
});

test("the array in TypeScript has an element for each disk, with its id and the other settings", () => {
    const [code = ""] = codeIn("TypeScript");
    const surroundings = { disks: [{ id: "os" }, { id: "data" }], settings: { group: "recovery" } };
    expect(runInNewContext(code, surroundings)).toEqual([
        { diskId: "os", group: "recovery" },
        { diskId: "data", group: "recovery" },
    ]);
});

describe.each(LANGUAGES)("in %s", (language) => {
    const sentences = [
        listOfOutputs(language, "azure-native"),
        listOfOutputs(language, "azure-classic"),
        arrayOfDisks(language, "azure-native"),
        optionIn(language, "retainOnDelete"),
        optionIn(language, "deleteBeforeReplace"),
        optionIn(language, "protect"),
        aliasIn(language, "web"),
    ];

    test("what is said stays on one line", () => {
        for (const sentence of sentences) {
            expect(sentence).not.toMatch(/[\r\n]/);
        }
    });

    test("the list is called as the provider and the language call it", () => {
        const names =
            language === "Python" ? ["vm_managed_disks", "managed_disks"] : ["vmManagedDisks", "managedDisks"];
        const isQuoted = SNIPPET_LANGUAGES.some((each) => each === language);
        expect(
            sentences.slice(0, 2).map((sentence) => names.findIndex((name) => sentence.includes(` ${name} `))),
        ).toEqual(isQuoted ? [0, 1] : [-1, -1]);
    });

    test("nothing is said in another language", () => {
        const marks: Readonly<Record<SnippetLanguage, RegExp>> = {
            TypeScript: /=>/,
            Python: /lambda/,
            YAML: /\$\{|fn::/,
        };
        const others = SNIPPET_LANGUAGES.filter((each) => each !== language);
        expect(others.filter((other) => sentences.some((sentence) => marks[other].test(sentence)))).toEqual([]);
    });
});

test("a list that a preview cannot see is advised on in words, and in code where it is a resource's own", () => {
    const [code = ""] = codeIn("Python");
    expect(visibleIds("vmManagedDisks", "item", "azure-native", "Python").note).toContain(code);
    expect(visibleIds("vmManagedDisks", "item", "azure-native", undefined).note).toBeUndefined();
    expect(visibleIds("vmManagedDisks", "item", undefined, "Python").note).toBeUndefined();
});

test.each(SNIPPET_LANGUAGES)("no name that would have to be escaped in %s is in a snippet", (language) => {
    for (const name of ['a"b', "a\\b", "a\nb"]) {
        expect(aliasIn(language, name)).toBe("an alias with the old name");
    }
});

test.each([
    ["nodejs", "TypeScript"],
    ["bun", "TypeScript"],
    ["python", "Python"],
    ["yaml", "YAML"],
    ["go", "Go"],
    ["dotnet", ".NET"],
    ["java", "Java"],
    ["hcl", undefined],
    ["constructor", undefined],
    [undefined, undefined],
])("a program whose runtime is %s is in %s", (runtime, language) => {
    expect(languageOf(runtime)).toBe(language);
});
