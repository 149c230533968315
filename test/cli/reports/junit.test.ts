import * as fc from "fast-check";
import { parse, type TestCase, type TestSuites } from "junit2json";

import type { Threshold, Report, ReportedFinding } from "../../../src/cli/report";
import { junit } from "../../../src/cli/reports/junit";
import { aFinding, aMessage, anOpenFinding, cleanReport, HOSTILE_NAME, REPORTS, richReport, urnOf } from "./a-report";
import { expectFixture } from "./fixture";

/** Read by a parser that other people have written. */
async function read(report: Report): Promise<TestSuites> {
    const parsed = await parse(junit(report));
    if (parsed == null || !("testsuite" in parsed)) {
        throw new Error("no <testsuites>");
    }
    return parsed;
}

async function casesOf(report: Report): Promise<readonly TestCase[]> {
    return (await read(report)).testsuite?.flatMap(({ testcase = [] }) => testcase) ?? [];
}

/** The case that a finding, or a question, makes in a run that has nothing else to say. */
async function caseOf(report: Report): Promise<TestCase> {
    const [, only, ...others] = await casesOf(report);
    expect(others).toEqual([]);
    return only!;
}

function outcomeOf({ failure, error, skipped }: TestCase): string {
    return failure !== undefined
        ? "failure"
        : error !== undefined
          ? "error"
          : skipped !== undefined
            ? "skipped"
            : "passed";
}

const urn = urnOf("azure-native:compute:VirtualMachine", "web");
const finding = aFinding("BCDR121", "web-vm", { urn, message: aMessage('VM "web-vm" is broken.') });

function reportOf(findings: readonly ReportedFinding[], over: Partial<Report> = {}): Report {
    return { ...cleanReport(), findings, ...over };
}

function withThreshold(threshold: Threshold): Partial<Report> {
    return { verdict: { exitCode: 1, bar: threshold, sentence: "So it ended." } };
}

test.each(Object.entries(REPORTS))("the report %s looks as it did, and a parser takes it", async (name, report) => {
    await read(report);
    expectFixture(`${name}.junit.xml`, junit(report));
});

test("a run that found nothing shows what it looked at", async () => {
    const { rules: policies } = richReport();
    const cases = await casesOf({ ...cleanReport(), rules: policies });
    expect(cases.map(({ name }) => name)).toEqual([
        'preview of stack "dev"',
        ...policies.map(({ id, finds }) => `${id} ${finds}`),
    ]);
    expect(cases.map(outcomeOf)).toEqual(cases.map(() => "passed"));
});

test("a policy that has something to say does not pass as well", async () => {
    const cases = await casesOf({ ...reportOf([finding]), rules: richReport().rules });
    expect(cases.filter(({ name }) => name?.startsWith("BCDR121")).map(outcomeOf)).toEqual(["failure"]);
});

test.each<[string, Partial<ReportedFinding>, Threshold, string]>([
    ["mandatory", {}, "mandatory", "failure"],
    ["mandatory", {}, "advisory", "failure"],
    ["mandatory", {}, "undecided", "failure"],
    ["mandatory", {}, "never", "skipped"],
    ["advisory", { level: "advisory" }, "mandatory", "skipped"],
    ["advisory", { level: "advisory" }, "advisory", "failure"],
    ["advisory", { level: "advisory" }, "undecided", "failure"],
    ["advisory", { level: "advisory" }, "never", "skipped"],
    ["known", { state: "known" }, "advisory", "skipped"],
    [
        "excepted by Pulumi",
        { state: "suppressed", exceptions: [{ id: "EXC-1", reason: "rebuilt" }] },
        "advisory",
        "skipped",
    ],
    [
        "exempted",
        { state: "suppressed", exemption: { reason: "replaced", expires: "2027-01-31" } },
        "advisory",
        "skipped",
    ],
])("a finding that is %s (%j), with the threshold %s: %s", async (_, over, threshold, expected) => {
    expect(outcomeOf(await caseOf(reportOf([{ ...finding, ...over }], withThreshold(threshold))))).toBe(expected);
});

test("a failure has the headline for a message and all of it for a text", async () => {
    const { failure, name, classname } = await caseOf(reportOf([finding]));
    expect([name, classname]).toEqual([
        "BCDR121 web (azure-native:compute:VirtualMachine)",
        "restored-os-disk-not-replicated",
    ]);
    expect(failure?.[0]?.message).toBe('VM "web-vm" is broken.');
    expect(failure?.[0]?.type).toBe("mandatory, severity critical");
    expect(failure?.[0]?.inner?.split("\n")).toEqual([
        '[BCDR121] VM "web-vm" is broken.',
        `Why: ${finding.message.why}`,
        "Before you apply this plan:",
        "  1. Remove it from the program.",
        "Policy: restored-os-disk-not-replicated",
        expect.stringMatching(/^Source: Support for using .*, Microsoft Learn, 2025-12-08 {2}https:/),
    ]);
});

test.each<[Partial<ReportedFinding>, string]>([
    [
        { state: "suppressed", exemption: { reason: "replaced in January", expires: "2027-01-31" } },
        "Exempted until 2027-01-31: replaced in January",
    ],
    [{ state: "known" }, 'In the baseline: VM "web-vm" is broken.'],
    [{ level: "advisory" }, 'Does not count (advisory, and the threshold is mandatory): VM "web-vm" is broken.'],
])("a finding that is skipped says why: %j", async (over, message) => {
    const { skipped, "system-out": output } = await caseOf(reportOf([{ ...finding, ...over }]));
    expect(skipped?.[0]?.message).toBe(message);
    expect(output?.[0]).toContain("1. Remove it from the program.");
});

test.each<[Threshold, string]>([
    ["advisory", "skipped"],
    ["undecided", "failure"],
])("what could not be decided, with the threshold %s: %s", async (threshold, expected) => {
    const open = anOpenFinding("BCDR121", "web", "storageProfile.osDisk");
    const { rules: policies } = richReport();
    const report = {
        ...reportOf([], withThreshold(threshold)),
        undecided: [open],
        rules: policies.filter(({ id }) => id === "BCDR121"),
    };
    const reported = await caseOf(report);
    expect(outcomeOf(reported)).toBe(expected);
    expect(reported.classname).toBe("restored-os-disk-not-replicated");
    expect((reported.skipped ?? reported.failure)?.[0]?.message).toBe(
        'Undecided: storageProfile.osDisk of "web" is not known.',
    );
});

describe("the run itself", () => {
    test.each<[string, Partial<Report>, string]>([
        ["that found something", withThreshold("mandatory"), "passed"],
        ["beside which something failed", { failures: ["Another pack failed.", "So did Pulumi."] }, "error"],
        ["of which nothing could be read", { verdict: { exitCode: 4, bar: "never", sentence: "Torn." } }, "error"],
    ])("%s: %s", async (_, over, expected) => {
        const [run] = await casesOf(reportOf([], over));
        expect(outcomeOf(run!)).toBe(expected);
    });

    test("tells everything that failed, and how it ended", async () => {
        const [run] = await casesOf(reportOf([], { failures: ["Another pack failed.", "So did Pulumi."] }));
        expect(run?.error?.[0]?.inner).toBe("Another pack failed.\nSo did Pulumi.");
        expect(run?.["system-out"]).toEqual([
            "Looked at 44 resources: 0 of types that policies read, with no VMs.\nClean: 29 policies found nothing.",
        ]);
    });

    test("tells what was not checked", async () => {
        const [, first, second] = await casesOf(reportOf([], { missing: ["No state.", "No links."] }));
        expect([first?.name, first?.skipped?.[0]?.message]).toEqual(["Not checked", "No state."]);
        expect([second?.name, second?.skipped?.[0]?.message]).toEqual(["Not checked (2)", "No links."]);
    });
});

describe("names of tests", () => {
    const nameOf = async (over: Partial<ReportedFinding>) => (await caseOf(reportOf([{ ...finding, ...over }]))).name;

    test("hold the name in the program, which does not change with what is known of a plan", async () => {
        expect(await nameOf({ name: "web1f3a9b" })).toBe(await nameOf({}));
    });

    test("tell stacks apart", async () => {
        expect(await nameOf({ stack: "dev.json" })).toBe(
            "BCDR121 web (azure-native:compute:VirtualMachine) in dev.json",
        );
    });

    test("tell what is outside of the stack by its name", async () => {
        expect(await nameOf({ urn: undefined })).toBe("BCDR121 web-vm");
    });

    test("are never the same twice", async () => {
        const cases = await casesOf(reportOf([finding, finding, finding]));
        expect(cases.slice(1).map(({ name }) => name)).toEqual([
            "BCDR121 web (azure-native:compute:VirtualMachine)",
            "BCDR121 web (azure-native:compute:VirtualMachine) (2)",
            "BCDR121 web (azure-native:compute:VirtualMachine) (3)",
        ]);
    });
});

test("counts are those of the tests", async () => {
    const { tests, failures, errors, testsuite = [] } = await read(richReport());
    const cases = await casesOf(richReport());
    expect([tests, failures, errors]).toEqual([
        cases.length,
        cases.filter((each) => outcomeOf(each) === "failure").length,
        cases.filter((each) => outcomeOf(each) === "error").length,
    ]);
    for (const suite of testsuite) {
        expect(suite.tests).toBe(suite.testcase?.length);
        expect(suite.skipped).toBe(suite.testcase?.filter((each) => outcomeOf(each) === "skipped").length);
    }
});

test("whatever the texts, it is XML 1.0, and they come out as they went in", async () => {
    const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;
    const text = fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }), fc.constant(HOSTILE_NAME));
    await fc.assert(
        fc.asyncProperty(text, async (any) => {
            const facts = [any];
            const location = { file: `infra/${any}`, line: 1, column: 1, exact: true, basis: "run" } as const;
            const report = reportOf([{ ...finding, stack: any, location, message: { ...aMessage(any), facts } }]);
            expect(junit(report)).not.toMatch(forbidden);
            const { failure } = await caseOf(report);
            if (/^[\w ]+$/.test(any) || !/[\p{C}\p{Z}]/u.test(any)) {
                expect(failure?.[0]?.inner).toContain(`\n  ${any}\n`);
            }
        }),
        { numRuns: 300 },
    );
});

test("thousands of findings take no minutes", () => {
    const before = performance.now();
    junit(reportOf(Array.from({ length: 20_000 }, () => finding)));
    expect(performance.now() - before).toBeLessThan(20_000);
});
