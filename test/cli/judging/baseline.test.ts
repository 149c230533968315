import { baselineOf, readBaseline, writtenBaseline } from "../../../src/cli/judging/baseline";
import { reportOf, type Inspection } from "../../../src/cli/judging/inspection";
import type { LevelledFinding } from "../../../src/cli/judging/evaluation";
import { internalError } from "../../../src/findings/internal-error";
import type { PolicyId } from "../../../src/findings/policy-id";

function finding(policyId: PolicyId, name: string, over: Partial<LevelledFinding> = {}): LevelledFinding {
    return {
        policy: "disk-restored-from-backup",
        policyId,
        urn: `urn:pulumi:dev::shop::azure-native:compute:Disk::${name}`,
        name,
        vm: undefined,
        message: {
            headline: `Disk "${name}" is restored.`,
            why: "So it is.",
            fix: { kind: "in order", intro: "", steps: [] },
            sources: [],
        },
        exemption: undefined,
        level: "advisory",
        severity: "medium",
        target: `urn:pulumi:dev::shop::azure-native:compute:Disk::${name}`,
        exceptions: [],
        ...over,
    };
}

function inspection(over: Partial<Inspection>): Inspection {
    return {
        subject: "preview",
        findings: [],
        undecided: [],
        missing: [],
        inspected: undefined,
        failures: [],
        unreadable: undefined,
        policies: [],
        changes: undefined,
        summary: undefined,
        locationOf: () => undefined,
        ...over,
    };
}

const TOOL = { name: "azure-bcdr-guard", version: "0.0.0", url: "https://example.com" } as const;
const judged = (inspections: readonly Inspection[], baseline?: ReturnType<typeof baselineOf>) =>
    reportOf(inspections, { threshold: "advisory", baseline, tool: TOOL });

const before = judged([inspection({ findings: [finding("BCDR110", "a"), finding("BCDR110", "b")] })]);
const baseline = readBaseline(writtenBaseline(baselineOf(before.findings)), "known.json");

describe("a baseline", () => {
    test("takes the findings in it for known, and those alone", () => {
        const report = judged([inspection({ findings: [finding("BCDR110", "c"), finding("BCDR110", "a")] })], baseline);
        expect(report.findings.map(({ name, state }) => [name, state])).toEqual([
            ["a", "known"],
            ["c", "new"],
        ]);
        expect(report.verdict.exitCode).toBe(1);
    });

    test("tells what is gone", () => {
        const report = judged([inspection({ findings: [finding("BCDR110", "a")] })], baseline);
        expect(report.gone.map(({ headline }) => headline)).toEqual(['Disk "b" is restored.']);
        expect(report.verdict.exitCode).toBe(0);
    });

    test("takes nothing for gone where the run was not whole", () => {
        expect(judged([inspection({ failures: ["Pulumi: no."] })], baseline).gone).toEqual([]);
        expect(judged([inspection({ unreadable: "torn" })], baseline).gone).toEqual([]);
    });

    test("leaves out what is exempted: that has an end of its own", () => {
        const exempted = finding("BCDR110", "a", { exemption: { reason: "known", expires: "2027-01-31" } });
        expect(baselineOf(judged([inspection({ findings: [exempted] })]).findings).findings).toEqual([]);
    });

    test("leaves out what Pulumi excepts, which is neither new, known nor fixed", () => {
        const exceptions = [{ id: "EXC-1", reason: "rebuilt" }];
        const excepted = inspection({
            findings: [finding("BCDR110", "a", { exceptions, level: "mandatory" }), finding("BCDR110", "b")],
        });
        const report = judged([excepted], baseline);
        expect(report.findings.map((each) => [each.name, each.state, each.exceptions])).toEqual([
            ["a", "suppressed", exceptions],
            ["b", "known", undefined],
        ]);
        expect(report.gone).toEqual([]);
        expect(report.verdict).toMatchObject({
            exitCode: 0,
            sentence: 'Passed: 1 known, 1 excepted by Pulumi. The threshold is "advisory".',
        });
        expect(baselineOf(report.findings).findings.map(({ headline }) => headline)).toEqual(['Disk "b" is restored.']);
    });

    test.each([
        ["no JSON", "{", /known\.json: It is no JSON text/],
        ["something else", "[1]", /It is no baseline/],
        ["a newer version", '{"version": 2, "findings": []}', /Its version is 2/],
        ["an entry that is none", '{"version": 1, "findings": [{}]}', /findings\[0\]: It lacks fingerprint/],
        [
            "an entry with a headline that is no text",
            '{"version": 1, "findings": [{"fingerprint": "f", "rule": "BCDR110", "headline": {}}]}',
            /findings\[0\]/,
        ],
        ["an entry that is nothing", '{"version": 1, "findings": [null]}', /findings\[0\]/],
    ])("is refused where it is %s", (_, text, says) => {
        expect(() => readBaseline(text, "known.json")).toThrow(says);
    });

    test("may have been through an editor on Windows", () => {
        const text = writtenBaseline(baseline);
        expect(readBaseline(`\uFEFF${text.replaceAll("\n", "\r\n")}`, "known.json")).toEqual(
            readBaseline(text, "known.json"),
        );
    });
});

describe("a report", () => {
    test("puts the worst first, whatever the order in which it was found", () => {
        const findings = [
            finding("BCDR110", "a"),
            finding("BCDR490", "b", { severity: "low" }),
            finding("BCDR111", "c", { level: "mandatory", severity: "high" }),
            finding("BCDR121", "d", { level: "mandatory", severity: "critical" }),
        ];
        const order = (all: readonly LevelledFinding[]): readonly string[] =>
            judged([inspection({ findings: all })]).findings.map(({ rule: policyId }) => policyId);
        expect(order(findings)).toEqual(["BCDR121", "BCDR111", "BCDR110", "BCDR490"]);
        expect(order([...findings].reverse())).toEqual(order(findings));
    });

    test("says of each finding which of several looks it comes from", () => {
        const inspections = ["one", "two"].map((subject) =>
            inspection({ subject, findings: [finding("BCDR110", subject)] }),
        );
        expect(judged(inspections).findings.map(({ stack }) => stack)).toEqual(["one", "two"]);
        expect(judged(inspections.slice(0, 1)).findings.map(({ stack }) => stack)).toEqual([undefined]);
    });

    test("names the URN that an exception needs only where it is not that of the resource", () => {
        const outside = finding("BCDR110", "a", { urn: undefined });
        const targets = judged([inspection({ findings: [outside, finding("BCDR110", "b")] })]).findings;
        expect(targets.map(({ target }) => target)).toEqual([outside.target, undefined]);
    });

    test("passes nothing where a check was not made, although Pulumi excepts what the policy finds", () => {
        const broken = finding("BCDR110", "a", {
            message: internalError(new TypeError("oops")),
            exceptions: [{ id: "EXC-1", reason: "rebuilt" }],
        });
        expect(judged([inspection({ findings: [broken] })]).verdict.exitCode).toBe(4);
    });

    test("passes nothing where a check was not made, unless that is exempted", () => {
        const broken = finding("BCDR110", "a", { message: internalError(new TypeError("oops")) });
        const exempted = { ...broken, exemption: { reason: "reported to the maintainers", expires: "2027-01-31" } };
        expect(judged([inspection({ findings: [broken] })]).verdict).toMatchObject({
            exitCode: 4,
            sentence: expect.stringContaining("BCDR110") as unknown,
        });
        expect(judged([inspection({ findings: [exempted] })]).verdict.exitCode).toBe(0);
    });

    test("adds up what plans change", () => {
        const inspections = [inspection({ changes: { create: 1, same: 2 } }), inspection({ changes: { create: 2 } })];
        expect(judged(inspections).changes).toEqual({ create: 3, same: 2 });
        expect(judged([inspection({})]).changes).toBeUndefined();
    });

    test("names the policies that ran or that it speaks of", () => {
        const report = judged([inspection({ findings: [finding("BCDR110", "a")], policies: ["vault-alerts"] })]);
        expect(report.rules.map(({ id }) => id)).toEqual(["BCDR110", "BCDR505"]);
    });
});
