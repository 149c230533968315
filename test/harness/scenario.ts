import type { Policy } from "../../policies/policy";
import { RESTORE_POLICIES } from "./catalogue";
import { Pack, type Configuration, type Violation } from "./pack";
import type { SentRound } from "./stack";

/** A moment in the life of a stack, and what the pack must say of it. */
export interface Scenario {
    readonly name: string;
    readonly round: () => SentRound;
    /** `BCDR121 web`, sorted; the stack itself is `-`. */
    readonly finds: readonly string[];
    /** Lines that BCDR490 must list. */
    readonly leavesOpen?: readonly string[];
    readonly configuration?: Configuration;
}

/**
 * Says what the pack finds, without the advice that a VM is under both services (BCDR101, BCDR102) and the early
 * notice on disks (BCDR110): nearly every scenario about restores has those, and they have tests of their own.
 */
export async function findings(
    scenario: Scenario,
    catalogue: readonly Policy[] = RESTORE_POLICIES,
): Promise<readonly Violation[]> {
    const violations = await new Pack(catalogue).analyze(scenario.round(), scenario.configuration ?? {});
    return violations.filter(({ policyId }) => !["BCDR101", "BCDR102", "BCDR110"].includes(policyId));
}

export function testScenarios(scenarios: readonly Scenario[]): void {
    test.each(scenarios)("$name", async (scenario) => {
        const found = await findings(scenario);
        expect(found.map(({ policyId, on }) => `${policyId} ${on ?? "-"}`).sort()).toEqual([...scenario.finds]);
        const undecided = found.find(({ policyId }) => policyId === "BCDR490")?.message ?? "";
        for (const line of scenario.leavesOpen ?? []) {
            expect(undecided).toContain(line);
        }
        expect(found.filter(({ message }) => /can't run|internal error/i.test(message))).toEqual([]);
    });
}
