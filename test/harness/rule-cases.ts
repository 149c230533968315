import type { RuleId } from "../../findings/rule-id";
import { onlyRules } from "./catalogue";
import { Pack, type Configuration } from "./pack";
import type { Program } from "./program";
import { Stack, type SentRound } from "./stack";

/** What a rule says of programs, one group for each answer. The rule's page in docs/rules is made from them, too. */
export interface RuleCases {
    readonly rule: RuleId;
    /** The program on the rule's page: a short one that breaks the rule at its first preview. */
    readonly example: Program;
    readonly holds: readonly Case[];
    readonly violated: readonly ViolatedCase[];
    readonly undecided: readonly UndecidedCase[];
    /** The last that is allowed and the first that is refused: neighbours that differ in one value. */
    readonly limits: readonly { readonly allowed: Case; readonly refused: ViolatedCase }[];
}

export interface Case {
    readonly name: string;
    /** A program at its first preview, or any other moment. */
    readonly round: Program | (() => SentRound);
    readonly configuration?: Configuration;
}

export interface ViolatedCase extends Case {
    /** The names of the resources on which it is reported; the stack itself is `-`. */
    readonly on: readonly string[];
}

export interface UndecidedCase extends Case {
    /** What BCDR490 waits for: `"web": hardwareProfile.vmSize`. */
    readonly waitsFor: string;
}

export function roundOf({ round }: Pick<Case, "round">): SentRound {
    return typeof round === "function" ? round() : new Stack().preview(round);
}

/** Every case of a rule through the SDK's own request handling, with this rule and BCDR490 alone. */
export function testRule({ rule, example, holds, violated, undecided, limits }: RuleCases): void {
    const pack = new Pack(onlyRules((id) => id === rule || id === "BCDR490"));

    async function answers(each: Case): Promise<{ on: readonly string[]; open: readonly string[] }> {
        const violations = await pack.analyze(roundOf(each), each.configuration ?? {});
        expect(violations.filter(({ message }) => /can't run|internal error/i.test(message))).toEqual([]);
        const open = violations.find((violation) => violation.rule === "BCDR490")?.message ?? "";
        return {
            on: violations.filter((violation) => violation.rule === rule).map(({ on }) => on ?? "-"),
            open: open.split("\n").flatMap((line) => /^\s+BCDR\d+ on (.*)$/.exec(line)?.slice(1) ?? []),
        };
    }

    describe(rule, () => {
        test.each([...holds, ...limits.map(({ allowed }) => allowed)])("holds: $name", async (each) => {
            expect(await answers(each)).toEqual({ on: [], open: [] });
        });
        test.each([
            { name: "the example", round: example, on: undefined },
            ...violated,
            ...limits.map(({ refused }) => refused),
        ])("violated: $name", async (each) => {
            const { on } = await answers(each);
            expect(on).toEqual(each.on === undefined ? [expect.any(String)] : each.on);
        });
        test.each(undecided)("undecided: $name", async (each) => {
            expect(await answers(each)).toEqual({ on: [], open: expect.arrayContaining([each.waitsFor]) as unknown });
        });
    });
}
