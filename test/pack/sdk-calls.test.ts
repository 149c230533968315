import { policies } from "../../policies";
import { pulumiPolicies } from "../../src/pack/pack";
import { PLAIN_SDK_VARIABLE } from "../../src/pack/sdk-calls";
import { Pack } from "../harness/pack";
import { roundOf } from "../harness/phases";
import type { Program } from "../harness/program";
import { Stack, type SentRound } from "../harness/stack";
import { casePrograms, examplePrograms } from "../properties/estates-in-examples";

// What exploits how the SDK calls a pack saves time and decides nothing.
const PLAIN = { [PLAIN_SDK_VARIABLE]: "1" };

function plainPack(): Pack {
    return new Pack(policies, pulumiPolicies(policies, [], { environment: PLAIN }));
}

/** The preview of a program after the one before it and, where that can be deployed, its exported state. */
function roundsOf(before: Program | undefined, program: Program): readonly SentRound[] {
    const stack = new Stack();
    if (before !== undefined) {
        stack.up(before);
    }
    const preview = stack.preview(program);
    try {
        stack.up(program);
        return [preview, stack.state()];
    } catch {
        // A stand-in refuses what Azure would refuse.
        return [preview];
    }
}

describe("the same findings in the same order, with plain policies, with functions on demand, and from bytes", () => {
    // One of each for all, as a pack serves one round after another.
    const [plain, onDemand] = [plainPack(), new Pack()];

    test.each(examplePrograms())("$name", async ({ before, program }) => {
        for (const round of roundsOf(before, program)) {
            const expected = await onDemand.analyze(round);
            expect(await plain.analyze(round)).toEqual(expected);
            // From its bytes the pack reads a request without the SDK.
            expect(await onDemand.analyze(round, {}, true)).toEqual(expected);
        }
    });

    test.each(casePrograms())("$name", async ({ program }) => {
        const round = new Stack().preview(program);
        const expected = await onDemand.analyze(round);
        expect(await plain.analyze(round)).toEqual(expected);
    });
});

test("plain policies have all of their functions, and no others, at any time", async () => {
    const served = pulumiPolicies(policies, [], { environment: PLAIN }) ?? [];
    const functions = (): readonly (readonly string[])[] =>
        served.map((policy) =>
            Object.entries(policy)
                .filter(([, value]) => typeof value === "function")
                .map(([name]) => name),
        );
    const before = functions();
    expect(before.slice(1)).toEqual(
        policies.map(({ scope, ...policy }) => [
            ...("remediates" in policy && policy.remediates ? ["remediateResource"] : []),
            scope === "resource" ? "validateResource" : "validateStack",
        ]),
    );
    await new Pack(policies, served).analyze(roundOf(examplePrograms()[0]!.program, "first preview"));
    expect(functions()).toEqual(before);
    for (const policy of served) {
        expect(Object.values(Object.getOwnPropertyDescriptors(policy)).every(({ get }) => get === undefined)).toBe(
            true,
        );
    }
});
