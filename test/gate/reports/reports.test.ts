// What each format makes of the reports of a-report.ts, as files, and that no name can break out of any of them.
import { azureDevOps } from "../../../gate/reports/azure-devops";
import { github } from "../../../gate/reports/github";
import { gitlab } from "../../../gate/reports/gitlab";
import { json } from "../../../gate/reports/json";
import { markdown } from "../../../gate/reports/markdown";
import { plainText } from "../../../gate/reports/plain";
import { text } from "../../../gate/reports/text";
import type { Report } from "../../../gate/report";
import { REPORTS } from "./a-report";
import { expectFixture } from "./fixture";

const FORMATS: Readonly<Record<string, (report: Report) => string>> = {
    "text.txt": (report) => text(report, { colours: false }),
    "report.json": json,
    "markdown.md": (report) => markdown(report),
    "github.txt": github,
    "azure-devops.txt": azureDevOps,
    "gitlab.json": (report) => gitlab(report, { projectFile: "infra/Pulumi.yaml" }),
};

const NAMES = Object.keys(REPORTS).flatMap((name) => Object.keys(FORMATS).map((format) => [name, format] as const));

test.each(NAMES)("the %s report as %s", (name, format) => {
    expectFixture(`${name}.${format}`, FORMATS[format]!(REPORTS[name]!));
});

describe.each(Object.keys(FORMATS))("%s", (format) => {
    const output = FORMATS[format]!(REPORTS["hostile"]!);

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
            format === "azure-devops.txt"
                ? [expect.stringMatching(/^##vso\[task\.complete result=Failed;\]Failed: web/)]
                : [],
        );
        const commands = output.match(/^\s*::\S+/gm) ?? [];
        commands.forEach((command) => expect(command).toMatch(/^::(?:error|warning|notice)$/));
        expect(commands.length > 0).toBe(format === "github.txt");
    });

    test("is the same every time", () => {
        expect(FORMATS[format]!(REPORTS["rich"]!)).toBe(FORMATS[format]!(REPORTS["rich"]!));
    });

    test("does not touch the report", () => {
        const before = JSON.stringify(REPORTS["hostile"]);
        FORMATS[format]!(REPORTS["hostile"]!);
        expect(JSON.stringify(REPORTS["hostile"])).toBe(before);
    });
});

test("plain: what is left after a mark was taken out is no mark either", () => {
    expect(plainText("<{<{%x%}>%reset%}> <\u001b[0m{%a%}> <\u200b{%b%}> <{%torn")).not.toContain("<{%");
});

test("plain: a name keeps what is no trouble", () => {
    expect(plainText("Größe 日本 urn:pulumi:dev::fleet::azure-native:compute:VirtualMachine::app 😀 50%")).toBe(
        "Größe 日本 urn:pulumi:dev::fleet::azure-native:compute:VirtualMachine::app 😀 50%",
    );
});
