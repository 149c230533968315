// What each format makes of the reports of a-report.ts, as files, and that no name can break out of any of them.
import * as fc from "fast-check";
import { FORMATS, type FormatName } from "../../../src/cli/reports";
import { plain, plainText } from "../../../src/cli/reports/plain";
import { REPORTS } from "./a-report";
import { expectFixture } from "./fixture";

const OPTIONS = { colours: false, width: undefined };

/** The endings of their files; SARIF, JUnit and the page have tests of their own. */
const FILES = {
    text: "text.txt",
    json: "report.json",
    markdown: "markdown.md",
    github: "github.txt",
    "azure-devops": "azure-devops.txt",
    gitlab: "gitlab.json",
} as const satisfies Partial<Record<FormatName, string>>;
const OF_LINES = Object.keys(FILES) as (keyof typeof FILES)[];

const NAMES = Object.keys(REPORTS).flatMap((name) => OF_LINES.map((format) => [name, format] as const));

test.each(NAMES)("the %s report as %s", (name, format) => {
    expectFixture(`${name}.${FILES[format]}`, FORMATS[format].print(REPORTS[name]!, OPTIONS));
});

describe.each(OF_LINES)("%s", (format) => {
    const output = FORMATS[format].print(REPORTS["hostile"]!, OPTIONS);

    test("holds no character that a person cannot see, but ends of lines", () => {
        expect(output.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u);
        // Nor one that JSON would have written as an escape.
        expect(output).not.toMatch(/\\u00[01]|\\u202e|\\[rnbf]/i);
    });

    test("holds no mark of the engine's colours", () => {
        expect(output).not.toContain("<{%");
    });

    test("gives no CI system a command that comes from a name", () => {
        expect(output.match(/##vso\[task\.complete[^\n]*/g) ?? []).toEqual(
            format === "azure-devops"
                ? [expect.stringMatching(/^##vso\[task\.complete result=Failed;\]Failed: web/)]
                : [],
        );
        const commands = output.match(/^\s*::\S+/gm) ?? [];
        commands.forEach((command) => expect(command).toMatch(/^::(?:error|warning|notice)$/));
        expect(commands.length > 0).toBe(format === "github");
    });

    test("is the same every time", () => {
        expect(FORMATS[format].print(REPORTS["rich"]!, OPTIONS)).toBe(FORMATS[format].print(REPORTS["rich"]!, OPTIONS));
    });

    test("does not touch the report", () => {
        const before = JSON.stringify(REPORTS["hostile"]);
        FORMATS[format].print(REPORTS["hostile"]!, OPTIONS);
        expect(JSON.stringify(REPORTS["hostile"])).toBe(before);
    });
});

test.each(Object.keys(FORMATS) as FormatName[])("%s is printed of plain texts alone", (format) => {
    const { print } = FORMATS[format];
    expect(print(REPORTS["hostile"]!, OPTIONS)).toBe(print(plain(REPORTS["hostile"]!), OPTIONS));
});

test("plain: what is left after a mark was taken out is no mark either", () => {
    expect(plainText("<{<{%x%}>%reset%}> <\u001b[0m{%a%}> <\u200b{%b%}> <{%torn")).not.toContain("<{%");
});

test("plain: a text comes out the same whether it is looked at once or goes through all replacements", () => {
    const characters = fc.string({
        unit: fc.constantFrom("a", " ", "#", "<", "{", "%", "}", ">", ":", "[", "]", '"', "$", "9", ";", "=", "~"),
    });
    fc.assert(
        fc.property(characters, (text) => {
            expect(plainText(`${text} é`)).toBe(`${plainText(text)} é`);
        }),
        { examples: [["##vso[a]"], ["::error::b"], ["a ::b"], ["<{%a%}>b"], ["<{%a"], ["a:b <c> {%d%} # 50%"]] },
    );
});

test("plain: a name keeps what is no trouble", () => {
    expect(plainText("Größe 日本 urn:pulumi:dev::fleet::azure-native:compute:VirtualMachine::app 😀 50%")).toBe(
        "Größe 日本 urn:pulumi:dev::fleet::azure-native:compute:VirtualMachine::app 😀 50%",
    );
});
