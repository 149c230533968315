import type { PolicyId } from "../../src/findings/policy-id";
import { policies } from "../../policies";
import { casesIn, whenRun } from "./case-files";
import { syntaxIn } from "./in-words";
import { onlyPolicies } from "./catalogue";
import { Pack, type Configuration } from "./pack";
import type { Program } from "./program";
import { openQuestionsIn } from "./open-questions";
import { Stack, type SentRound } from "./stack";

/** What a policy says of programs, one group for each answer. The policy's page in docs/policies is made from them, too. */
export interface PolicyCases {
    readonly policyId: PolicyId;
    /** The program on the policy's page: a short one that breaks the policy, at its first preview if it can. */
    readonly example: Program;
    /** For an example that is only wrong under a setting. */
    readonly exampleConfiguration?: Configuration;
    /** For an example that is right at its first preview: what happens after it, and the moment that is wrong. */
    readonly exampleLater?: {
        readonly says: string;
        readonly round: (example: Program) => SentRound;
        /** The same moment in an exported state. */
        readonly state?: (example: Program) => SentRound;
    };
    /** The example once it is fixed: the page shows what differs. */
    readonly fixed: Fixed;
    /** What the page shows of the example beside what the fix changes: `web.storageProfile.osDisk`. */
    readonly shows?: readonly string[];
    readonly holds: readonly Case[];
    readonly violated: readonly ViolatedCase[];
    readonly undecided: readonly UndecidedCase[];
    /** What Azure has accepted and the plan leaves alone: BCDR430 reports it, and this policy does not. */
    readonly inPlace?: readonly ViolatedCase[];
    /** The last that is allowed and the first that is refused: neighbours that differ in one value. */
    readonly limits: readonly { readonly allowed: Case; readonly refused: ViolatedCase }[];
}

export interface Fixed {
    /** The program after the fix; left out where the fix is not in the program. */
    readonly program?: Program;
    /** For a fix in the configuration. */
    readonly configuration?: Configuration;
    /** When the policy looks at it: at the moment of the example if this is left out. */
    readonly round?: (fixed: Program) => SentRound;
    /** For what the program does not show: a sentence to read before it, or instead of it. */
    readonly says?: string;
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

/**
 * The cases of a policy. They are tests where jest runs their file.
 *
 * @param file the file that they stand in, which has the policy's name
 */
export function policyCases(file: string, cases: PolicyCases): PolicyCases {
    whenRun(file, () => testPolicy(cases));
    return cases;
}

export function allCases(): readonly PolicyCases[] {
    return casesIn(policies);
}

export function roundOf({ round }: Pick<Case, "round">): SentRound {
    return typeof round === "function" ? round() : new Stack().preview(round);
}

/** The moment at which the example breaks the policy. */
export function exampleRound({ exampleLater }: PolicyCases, example: Program): SentRound {
    return exampleLater === undefined ? new Stack().preview(example) : exampleLater.round(example);
}

/** The example once it is fixed, at the moment at which it passes. */
export function fixedCase(cases: PolicyCases): Case {
    const { example, exampleConfiguration = {}, fixed } = cases;
    const { program = example, configuration = exampleConfiguration, round } = fixed;
    return {
        name: "the example, fixed",
        round: () => (round === undefined ? exampleRound(cases, program) : round(program)),
        configuration,
    };
}

/**
 * Every case of a policy through the SDK's own request handling, with this policy and BCDR490 alone. A policy that is
 * disabled by default is enabled.
 */
export function testPolicy(cases: PolicyCases): void {
    const { policyId, holds, violated, undecided, inPlace = [], limits } = cases;
    const others = LISTED[policyId] ?? ["BCDR430", "BCDR490"];
    const pack = new Pack(onlyPolicies((id) => id === policyId || others.includes(id)));
    const [disabled] = policies.filter(({ level, id }) => level === "disabled" && id === policyId);

    async function answers(each: Case): Promise<Answers> {
        const { configuration = {} } = each;
        const enabled =
            disabled &&
            ({ [disabled.name]: { enforcementLevel: "advisory", ...configuration[disabled.name] } } as const);
        const violations = await pack.analyze(roundOf(each), { ...configuration, ...enabled });
        expect(violations.filter(({ message }) => /can't run|internal error/i.test(message))).toEqual([]);
        expect(violations.flatMap(({ message }) => syntaxIn(message))).toEqual([]);
        const headlines = violations.flatMap(({ message }) => /^\[BCDR\d+\] (.*)$/m.exec(message)?.slice(1) ?? []);
        expect(headlines).toHaveLength(violations.length);
        expect(headlines.filter(({ length }) => length > 160)).toEqual([]);
        const open = violations.find((violation) => violation.policyId === "BCDR490")?.message ?? "";
        const reportedBy = (id: PolicyId): readonly string[] =>
            violations.filter((violation) => violation.policyId === id).map(({ on }) => on ?? "-");
        return {
            on: reportedBy(policyId),
            inPlace: policyId === "BCDR430" ? [] : reportedBy("BCDR430"),
            open: openQuestionsIn(open).map(({ resource, property }) => `"${resource}": ${property}`),
        };
    }

    const example: Case & Partial<ViolatedCase> = {
        name: "the example",
        round: cases.exampleLater === undefined ? cases.example : () => exampleRound(cases, cases.example),
        configuration: cases.exampleConfiguration ?? {},
    };
    const allowed = limits.map((pair) => pair.allowed);
    const refused = limits.map((pair) => pair.refused);

    describe(policyId, () => {
        test("no case stands twice; a neighbour may be the example, or that of two others", () => {
            const standing = [example, ...holds, ...violated, ...undecided, ...inPlace];
            const own = distinct(standing);
            expect(standing.filter((each) => !own.includes(each)).map(({ name }) => name)).toEqual([]);
            const beside = new Set([...allowed, ...refused].map(identity));
            expect(own.slice(1).filter((each) => beside.has(identity(each)))).toEqual([]);
        });
        test("holds: the example, fixed", async () => {
            expect(await answers(fixedCase(cases))).toEqual(NOTHING);
        });
        test.each(distinct([...holds, ...allowed]))("holds: $name", async (each) => {
            expect(await answers(each)).toEqual(NOTHING);
        });
        test.each(distinct([example, ...violated, ...refused]))("violated: $name", async (each) => {
            const { on } = await answers(each);
            expect(on).toEqual(each.on ?? [expect.any(String)]);
        });
        if (inPlace.length > 0) {
            test.each(inPlace)("in place: $name", async (each) => {
                expect(await answers(each)).toMatchObject({ on: [], inPlace: each.on });
            });
        }
        test.each(undecided)("undecided: $name", async (each) => {
            const on = policyId === "BCDR490" ? ["-"] : [];
            expect(await answers(each)).toEqual({
                on,
                inPlace: [],
                open: expect.arrayContaining([each.waitsFor]) as unknown,
            });
        });
    });
}

/** The policies that have nothing of their own to say, with those whose findings, questions or exemptions they list here. */
const LISTED: Readonly<Partial<Record<PolicyId, readonly PolicyId[]>>> = {
    BCDR430: ["BCDR204", "BCDR206", "BCDR232", "BCDR331", "BCDR490"],
    BCDR490: ["BCDR110", "BCDR490"],
    BCDR491: ["BCDR110", "BCDR490"],
};

/** The names of resources, and for what is open those with their properties. */
interface Answers {
    readonly on: readonly string[];
    readonly inPlace: readonly string[];
    readonly open: readonly string[];
}

const NOTHING: Answers = { on: [], inPlace: [], open: [] };

/** Equal for one program under one configuration. */
function identity({ round, configuration = {} }: Case): unknown {
    return typeof round === "function" ? round : JSON.stringify([round, configuration]);
}

/** Each program once, as the last of its cases. */
function distinct<C extends Case>(cases: readonly C[]): readonly C[] {
    return [...new Map(cases.map((each) => [identity(each), each])).values()];
}
