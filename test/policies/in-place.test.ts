import { policies } from "../../policies";
import { AzureRefusal } from "../../dev/offline/providers/azure-native-responses";
import { allCases, type PolicyCases } from "../harness/policy-cases";
import { Pack, type Configuration, type Violation } from "../harness/pack";
import type { Program } from "../harness/program";
import { Stack, type SentRound } from "../harness/stack";

const IN_PLACE = "BCDR430";

/** Once its item exists, only Azure can say whether its limit is broken, and the stand-in for Azure does not. */
const OPEN_AFTERWARDS: ReadonlySet<string> = new Set(["BCDR236"]);

const casesOf = new Map(allCases().map((cases) => [cases.policyId, cases]));
const checkedByAzure = policies
    .filter((policy) => policy.checkedByAzure)
    .flatMap(({ id }): readonly (readonly [string, PolicyCases])[] => {
        const cases = casesOf.get(id);
        // Where the example is right by itself, a case of the policy has the state.
        return cases === undefined || cases.exampleLater !== undefined ? [] : [[id, cases]];
    });

const pack = new Pack();

/** Undefined for a program that Azure refuses. */
function deployed(program: Program): Stack | undefined {
    const stack = new Stack();
    try {
        stack.up(program);
    } catch (error) {
        if (error instanceof AzureRefusal) {
            return undefined;
        }
        throw error;
    }
    return stack;
}

async function reported(round: SentRound, configuration: Configuration = {}): Promise<readonly Violation[]> {
    return pack.analyze(round, configuration);
}

describe.each(checkedByAzure)("%s, once its example is deployed", (policyId, cases) => {
    const { example, exampleConfiguration } = cases;
    const stack = deployed(example);
    const rounds: readonly (readonly [string, SentRound])[] =
        stack === undefined
            ? []
            : [
                  ["a preview that changes nothing", stack.preview(example)],
                  ["an exported state", stack.state()],
                  ["the round after an update", stack.up(example)],
              ];

    test("can be deployed", () => expect(rounds).not.toEqual([]));

    test.each(rounds)("%s: BCDR430 names it, and no mandatory finding does", async (_, round) => {
        const violations = await reported(round, exampleConfiguration);
        expect(violations.filter((violation) => violation.policyId === policyId)).toEqual([]);
        const inPlace = violations.filter((violation) => violation.policyId === IN_PLACE);
        const isOpen = OPEN_AFTERWARDS.has(policyId);
        expect(inPlace.filter(({ message }) => message.includes(policyId))).toHaveLength(isOpen ? 0 : 1);
        if (isOpen) {
            const open = violations.filter((violation) => violation.policyId === "BCDR490");
            expect(open.map(({ message }) => message).join("\n")).toContain(policyId);
        }
        expect(inPlace.map(({ level }) => level)).toEqual(inPlace.map(() => "advisory"));
    });
});
