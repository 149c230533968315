// What each format makes of a finding that an exception of Pulumi's matches.
import { FORMATS, type FormatName } from "../../../src/cli/reports";
import { aFinding, aMessage, cleanReport, urnOf } from "./a-report";

const EXCEPTED = aFinding("BCDR121", "web", {
    urn: urnOf("azure-native:compute:VirtualMachine", "web"),
    state: "suppressed",
    exceptions: [
        { id: "EXC-7", reason: "It is rebuilt in May." },
        { id: "EXC-9", reason: "Nobody fails it over." },
    ],
    message: aMessage('VM "web" boots from a restored disk.'),
});
const printed = (format: FormatName): string =>
    FORMATS[format].print({ ...cleanReport(), findings: [EXCEPTED] }, { colours: false, width: undefined });

const REASONS = "Pulumi's exception EXC-7: It is rebuilt in May. Pulumi's exception EXC-9: Nobody fails it over.";

test.each<[FormatName, readonly string[]]>([
    ["text", ["Excepted by Pulumi (1)\n  [mandatory] [severity: critical] BCDR121 web", REASONS]],
    ["markdown", ["<summary>Excepted by Pulumi (1)</summary>", "EXC-7: It is rebuilt in May."]],
    ["html", ['<span class="badge">excepted by Pulumi</span>', "EXC-7: It is rebuilt in May."]],
    ["junit", ["<skipped", "EXC-7: It is rebuilt in May."]],
    ["github", ["::notice title=BCDR121 web (mandatory%2C critical)%2C excepted by Pulumi::", REASONS]],
    ["azure-devops", [`Excepted by Pulumi: BCDR121 web: VM "web" boots from a restored disk. ${REASONS}`]],
])("%s tells it with each exception and its reason", (format, parts) => {
    const text = printed(format).replaceAll("&#45;", "-");
    parts.forEach((part) => expect(text.replaceAll("&#39;", "'").replaceAll("&#x27;", "'")).toContain(part));
});

test.each<[FormatName, RegExp]>([
    ["text", /Suppressed|Mandatory/],
    ["markdown", /### Mandatory/],
    ["junit", /<failure/],
    ["github", /::(error|warning)/],
    ["azure-devops", /logissue|SucceededWithIssues/],
    ["gitlab", /BCDR121/],
    ["pulumi-exceptions", /BCDR121/],
])("%s does not tell it as one that counts", (format, mark) => {
    expect(printed(format)).not.toMatch(mark);
});

test("sarif has a suppression for each exception, and no state of the baseline", () => {
    const { runs } = JSON.parse(printed("sarif")) as { runs: { results: Record<string, unknown>[] }[] };
    expect(runs[0]?.results).toEqual([
        expect.objectContaining({
            suppressions: [
                {
                    kind: "external",
                    status: "accepted",
                    justification: "Pulumi's exception EXC-7: It is rebuilt in May.",
                },
                {
                    kind: "external",
                    status: "accepted",
                    justification: "Pulumi's exception EXC-9: Nobody fails it over.",
                },
            ],
        }),
    ]);
    expect(runs[0]?.results[0]).not.toHaveProperty("baselineState");
});

test("json has the exceptions as they are", () => {
    const { findings } = JSON.parse(printed("json")) as { findings: Record<string, unknown>[] };
    expect(findings).toEqual([
        expect.objectContaining({ state: "suppressed", exceptions: EXCEPTED.exceptions, level: "mandatory" }),
    ]);
    expect(findings[0]).not.toHaveProperty("exemption");
});
