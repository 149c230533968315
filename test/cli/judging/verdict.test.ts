import { verdictOf, type Outcome } from "../../../src/cli/judging/verdict";
import type { Threshold } from "../../../src/cli/report";

const CLEAN: Outcome = { findings: [], undecided: 0, failures: [], unreadable: undefined, threshold: "mandatory" };
const MANDATORY = { level: "mandatory", state: "new" } as const;
const ADVISORY = { level: "advisory", state: "new" } as const;

describe("the exit code", () => {
    test.each<[string, Partial<Outcome>, Readonly<Record<Threshold, number>>]>([
        ["nothing", {}, { mandatory: 0, advisory: 0, undecided: 0, never: 0 }],
        ["a mandatory finding", { findings: [MANDATORY] }, { mandatory: 1, advisory: 1, undecided: 1, never: 0 }],
        ["an advisory finding", { findings: [ADVISORY] }, { mandatory: 0, advisory: 1, undecided: 1, never: 0 }],
        ["an open question", { undecided: 1 }, { mandatory: 0, advisory: 0, undecided: 1, never: 0 }],
        [
            "a known finding",
            { findings: [{ ...MANDATORY, state: "known" }] },
            { mandatory: 0, advisory: 0, undecided: 0, never: 0 },
        ],
        [
            "an exempted finding",
            { findings: [{ ...MANDATORY, state: "suppressed" }] },
            { mandatory: 0, advisory: 0, undecided: 0, never: 0 },
        ],
        ["a failure", { failures: ["Pulumi: no."] }, { mandatory: 3, advisory: 3, undecided: 3, never: 3 }],
        [
            "a failure beside findings",
            { failures: ["Pulumi: no."], findings: [MANDATORY] },
            { mandatory: 3, advisory: 3, undecided: 3, never: 3 },
        ],
        ["no evaluation", { unreadable: "no pack ran" }, { mandatory: 4, advisory: 4, undecided: 4, never: 4 }],
        [
            "no evaluation of something that failed",
            { unreadable: "no pack ran", failures: ["Pulumi: no."] },
            { mandatory: 3, advisory: 3, undecided: 3, never: 3 },
        ],
    ])("for %s", (_, outcome, codes) => {
        const all = Object.keys(codes) as Threshold[];
        expect(
            Object.fromEntries(
                all.map((threshold) => [threshold, verdictOf({ ...CLEAN, ...outcome, threshold }).exitCode]),
            ),
        ).toEqual(codes);
    });
});

describe("the last sentence", () => {
    test("counts what was found, and names the threshold", () => {
        const suppressed = { ...MANDATORY, state: "suppressed" as const };
        const findings = [
            MANDATORY,
            ADVISORY,
            ADVISORY,
            { ...ADVISORY, state: "known" as const },
            suppressed,
            { ...suppressed, exceptions: [{ id: "EXC-1", reason: "rebuilt" }] },
        ];
        expect(verdictOf({ ...CLEAN, findings, undecided: 2 }).sentence).toBe(
            'Failed: 1 mandatory, 2 advisory, 1 known, 1 suppressed, 1 excepted by Pulumi, 2 undecided. The threshold is "mandatory".',
        );
        expect(verdictOf(CLEAN).sentence).toBe('Passed: no findings. The threshold is "mandatory".');
    });

    test("says what failed, and that it was no finding", () => {
        const { sentence } = verdictOf({ ...CLEAN, failures: ["Pulumi: no such stack."] });
        expect(sentence).toContain("not because of a finding");
        expect(sentence).toContain("no such stack");
    });
});
