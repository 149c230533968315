import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import sarifSchema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import * as fc from "fast-check";
import type { Log, Notification, Result, Run } from "sarif";

import { isExact, LOCATION_BASES, type Report, type ReportedFinding } from "../../../src/cli/report";
import { sarif } from "../../../src/cli/reports/sarif";
import { aFinding, aMessage, cleanReport, HOSTILE_NAME, REPORTS, richReport, urnOf } from "./a-report";
import { expectFixture } from "./fixture";

// One pattern of the schema is none in Unicode mode.
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const validate = ajv.compile(sarifSchema);

function runOf(report: Report): Run {
    const log = JSON.parse(sarif(report)) as Log;
    expect(validate(log) ? [] : validate.errors).toEqual([]);
    return log.runs[0]!;
}

const resultsOf = (report: Report): readonly Result[] => runOf(report).results ?? [];

const notificationsOf = (report: Report): readonly Notification[] =>
    runOf(report).invocations?.[0]?.toolExecutionNotifications ?? [];

const textsOf = (report: Report): readonly (string | undefined)[] =>
    notificationsOf(report).map(({ message }) => message.text);

const urn = urnOf("azure-native:compute:VirtualMachine", "web");
const finding = aFinding("BCDR121", "web", { urn, message: aMessage('VM "web" is broken.') });

function reportOf(...findings: readonly ReportedFinding[]): Report {
    return { ...cleanReport(), rules: richReport().rules, findings };
}

function resultOf(over: Partial<ReportedFinding>): Result {
    return resultsOf(reportOf({ ...finding, ...over }))[0]!;
}

test.each(Object.entries(REPORTS))(
    "the report %s looks as it did, and the official schema takes it",
    (name, report) => {
        runOf(report);
        expectFixture(`${name}.sarif`, sarif(report));
    },
);

test("the schema would notice", () => {
    const log = JSON.parse(sarif(richReport())) as Log;
    log.runs[0]!.results![0]!.level = "grave" as "error";
    log.runs[0]!.tool.driver.informationUri = "no address";
    expect(validate(log)).toBe(false);
    expect(validate.errors?.map(({ instancePath }) => instancePath)).toEqual([
        "/runs/0/tool/driver/informationUri",
        "/runs/0/results/0/level",
    ]);
});

test("whatever the texts, the schema takes it, and no character is cut in half", () => {
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.constant(HOSTILE_NAME));
    fc.assert(
        fc.property(text, text, (name, line) => {
            const hostile: ReportedFinding = {
                ...finding,
                urn: name,
                location: { file: `infra/${name}`, line: 1, column: 1, exact: true, basis: "run" },
                message: { ...aMessage(line), facts: [line], notes: [line] },
            };
            const [result] = resultsOf(reportOf(hostile));
            expect(JSON.stringify(result)).not.toMatch(/\\ud[89a-f]/i);
        }),
        { numRuns: 300 },
    );
});

describe("a result", () => {
    test("names its policy, and where that stands in the list", () => {
        const { rules } = runOf(richReport()).tool.driver;
        for (const { ruleId, ruleIndex } of resultsOf(richReport())) {
            expect(rules?.[ruleIndex!]?.id).toBe(ruleId);
        }
        expect(resultOf({ rule: "BCDR999" })).toMatchObject({ ruleId: "BCDR999" });
        expect(resultOf({ rule: "BCDR999" })).not.toHaveProperty("ruleIndex");
    });

    test.each([
        ["mandatory", "error"],
        ["advisory", "warning"],
    ] as const)("that is %s has the level %s", (level, expected) => {
        expect(resultOf({ level }).level).toBe(expected);
    });

    test.each(LOCATION_BASES)("says of a line that is known by its %s whether it is certain", (basis) => {
        const exact = isExact(basis);
        const { locations } = resultOf({ location: { file: "index.ts", line: 3, column: undefined, exact, basis } });
        expect(locations?.[0]?.message === undefined).toBe(exact);
    });

    test("has a place in a file, which GitHub asks for, even where none is known", () => {
        expect(resultOf({ location: undefined, urn: undefined }).locations).toEqual([
            {
                message: { text: "Where the program declares the resource is not known." },
                physicalLocation: {
                    artifactLocation: { uri: "Pulumi.yaml", uriBaseId: "%SRCROOT%" },
                    region: { startLine: 1 },
                },
            },
        ]);
    });

    test.each([
        ["infra/index.ts", { uri: "infra/index.ts", uriBaseId: "%SRCROOT%" }],
        ["infra/a b#c?d%e.ts", { uri: "infra/a%20b%23c%3Fd%25e.ts", uriBaseId: "%SRCROOT%" }],
        ["../infra/index.ts", { uri: "../infra/index.ts" }],
        ["D:/our infra/index.ts", { uri: "file:///D:/our%20infra/index.ts" }],
    ])("in %s is told as a URI", (file, artifactLocation) => {
        const location = { file, line: 12, column: 5, exact: true, basis: "run" } as const;
        expect(resultOf({ location }).locations?.[0]?.physicalLocation).toEqual({
            artifactLocation,
            region: { startLine: 12, startColumn: 5 },
        });
    });

    test("names its resource by the URN", () => {
        expect(resultOf({}).locations?.[0]?.logicalLocations).toEqual([{ fullyQualifiedName: urn, kind: "resource" }]);
    });

    test("has its fingerprint where GitHub looks, too, so that two in one line stay two", () => {
        const [one, two] = resultsOf(reportOf({ ...finding, fingerprint: "aa" }, { ...finding, fingerprint: "bb" }));
        expect(one?.partialFingerprints).toEqual({ "azureBcdrGuard/v1": "aa", primaryLocationLineHash: "aa" });
        expect(two?.partialFingerprints).toEqual({ "azureBcdrGuard/v1": "bb", primaryLocationLineHash: "bb" });
    });

    test("says first what is wrong, on a line of its own", () => {
        const [first, second] = resultOf({}).message.text?.split("\n") ?? [];
        expect([first, second]).toEqual([finding.message.headline, `Why: ${finding.message.why}`]);
    });

    test("makes no link and no mark of what a name holds", () => {
        const { message } = resultOf({ message: aMessage("VM [web](https://example.invalid) <b>*x*</b>.") });
        expect(message.text).toContain("VM [web] (https://example.invalid)");
        expect(message.markdown).toContain("**VM \\[web\\](https:\\//example.invalid) \\<b\\>\\*x\\*\\</b\\>.**");
    });

    test.each([
        ["- item", "\\- item"],
        ["1. item", "1\\. item"],
        ["+ item", "\\+ item"],
        ["# item", "\\# item"],
    ])("makes no list and no heading of a line that begins with %s", (why, expected) => {
        expect(resultOf({ message: { ...finding.message, why } }).message.markdown?.split("\n")).toContain(expected);
    });

    test("that is exempted says why and until when", () => {
        const exemption = { reason: "replaced in January", expires: "2027-01-31" };
        expect(resultOf({ state: "suppressed", exemption }).suppressions).toEqual([
            { kind: "external", status: "accepted", justification: "replaced in January (until 2027-01-31)" },
        ]);
    });

    test("of the baseline is no suppressed one: whoever keeps alerts has it already", () => {
        expect(resultOf({ state: "known" })).toMatchObject({ baselineState: "unchanged" });
        expect(resultOf({ state: "known" })).not.toHaveProperty("suppressions");
    });

    test("has a baseline state only where there is a baseline", () => {
        const baselineStates = (report: Report) => resultsOf(report).map(({ baselineState }) => baselineState);
        expect(baselineStates(reportOf(finding))).toEqual([undefined]);
        expect(baselineStates(reportOf(finding, { ...finding, state: "known" }))).toEqual(["new", "unchanged"]);
        expect(baselineStates({ ...reportOf(finding), gone: richReport().gone })).toEqual(["new"]);
    });
});

describe("what is no result, because GitHub would make an alert of it", () => {
    const report = richReport();

    test("only findings are results", () => {
        expect(resultsOf(report).map(({ ruleId }) => ruleId)).toEqual(
            report.findings.map(({ rule: policyId }) => policyId),
        );
    });

    test("what could not be decided is told, each with its policy and its resource", () => {
        const open = notificationsOf(report).filter(({ message }) => message.text?.includes("is undecided"));
        expect(open).toHaveLength(report.undecided.length);
        expect(open[0]).toEqual({
            level: "note",
            message: {
                text: 'BCDR101 is undecided: storageProfile.osDisk.managedDisk.id of "app" is not known.',
            },
            associatedRule: { id: "BCDR101", index: 0 },
            locations: [
                {
                    logicalLocations: [
                        { fullyQualifiedName: urnOf("azure-native:compute:VirtualMachine", "app"), kind: "resource" },
                    ],
                },
            ],
        });
    });

    test("what is fixed, what failed and what was not checked", () => {
        const levels = new Map(notificationsOf(report).map(({ message, level }) => [message.text, level]));
        expect(levels.get(report.failures[0])).toBe("error");
        expect(levels.get(report.missing[0])).toBe("warning");
        expect(levels.get(`BCDR131 is fixed since the baseline: ${report.gone[0]!.headline}`)).toBe("note");
    });
});

describe("a run", () => {
    test.each([
        [0, true],
        [1, true],
        [3, false],
        [4, false],
    ] as const)("that ends with %d is told as one that succeeded: %s", (exitCode, executionSuccessful) => {
        const verdict = { exitCode, bar: "mandatory", sentence: "So it ended." } as const;
        expect(runOf({ ...reportOf(finding), verdict }).invocations).toMatchObject([
            { executionSuccessful, exitCode, exitCodeDescription: "So it ended." },
        ]);
    });

    test("that failed before it found anything has no results: an empty list would close every alert", () => {
        expect(runOf(REPORTS["failed"]!)).not.toHaveProperty("results");
        expect(runOf(REPORTS["clean"]!).results).toEqual([]);
    });
});

describe("a policy", () => {
    test("has a severity of its own, which GitHub shows for policies about security", () => {
        const shown = runOf(richReport()).tool.driver.rules?.map(({ id, properties }) => [
            id,
            properties?.["security-severity"] as unknown,
            properties?.tags?.[0],
        ]);
        expect(shown).toContainEqual(["BCDR121", "9.5", "security"]);
        expect(shown).toContainEqual(["BCDR131", "8.0", "security"]);
        expect(shown).toContainEqual(["BCDR501", "5.5", "security"]);
        expect(shown).toContainEqual(["BCDR490", "2.0", "security"]);
    });

    test("has at most ten tags", () => {
        const tags = Array.from({ length: 30 }, (_, index) => `tag-${index}`);
        const rules = richReport().rules.map((policy) => ({ ...policy, tags }));
        expect(runOf({ ...richReport(), rules }).tool.driver.rules?.[0]?.properties?.tags).toHaveLength(10);
    });
});

describe("what GitHub would refuse", () => {
    const known: ReportedFinding = { ...finding, state: "known" };
    const suppressed: ReportedFinding = { ...finding, state: "suppressed", exemption: { reason: "r", expires: "e" } };

    test("more than 25,000 results: those that somebody lives with go first, and it is said", () => {
        const report = reportOf(
            suppressed,
            ...Array.from({ length: 20_000 }, () => known),
            ...Array.from({ length: 5_001 }, () => finding),
        );
        const log = JSON.parse(sarif(report)) as Log;
        const results = log.runs[0]?.results ?? [];
        const states = results.map(({ baselineState }) => baselineState);
        expect(results).toHaveLength(25_000);
        expect(states.filter((state) => state === "new")).toHaveLength(5_001);
        expect(results.filter(({ suppressions }) => suppressions !== undefined)).toEqual([]);
        expect(JSON.stringify(log.runs[0]?.invocations)).toContain("2 of 25002 findings are left out");
    });

    test("exactly 25,000 results are none too many", () => {
        const report = reportOf(...Array.from({ length: 25_000 }, () => finding));
        expect((JSON.parse(sarif(report)) as Log).runs[0]?.results).toHaveLength(25_000);
    });

    test("more than 10 MB, compressed", () => {
        const long = Array.from({ length: 40 }, () => ({
            ...finding,
            message: aMessage(randomBytes(150_000).toString("hex")),
        }));
        const text = sarif(reportOf(...long));
        const results = (JSON.parse(text) as Log).runs[0]?.results ?? [];
        expect(gzipSync(text).length).toBeLessThanOrEqual(10_000_000);
        expect(results.length).toBeGreaterThan(0);
        expect(textsOf(reportOf(...long))).toEqual([
            expect.stringContaining(`${40 - results.length} of 40 findings are left out`),
            expect.stringMatching(/^Looked at 44 resources/),
        ]);
    });
});
