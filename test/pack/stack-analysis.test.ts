import { Estate } from "../../src/model/estate";
import type { PlannedResource } from "../../src/model/planned-resource";
import type { Subject } from "../../src/findings/subject";
import { policies } from "../../policies";
import type { ConfiguredResourcePolicy, Policy, StackSubject } from "../../policies/policy";
import { StackAnalysis } from "../../src/pack/stack-analysis";
import { attached, backupItem, disk, diskBackup, vm, osDiskOf, replicatedItem, SURROUNDINGS } from "../harness/azure";
import { RESTORE_POLICIES } from "../harness/catalogue";
import { Pack, type Violation } from "../harness/pack";
import { roundOf } from "../harness/phases";
import { ref, type Program } from "../harness/program";
import type { SentRound } from "../harness/stack";

const both: Program = {
    ...SURROUNDINGS,
    data: disk(),
    web: vm({ dataDisks: [attached(0, ref("data.id"))] }),
    webBackup: backupItem(ref("web.id"), "shop;web"),
    webReplication: replicatedItem(ref("web.id"), [osDiskOf("web"), ref("data.id")]),
};
const onDisk: Program = {
    ...SURROUNDINGS,
    data: disk(),
    db: vm({ dataDisks: [attached(0, ref("data.id"))] }),
    dataBackup: diskBackup(ref("data.id")),
    dbReplication: replicatedItem(ref("db.id"), [osDiskOf("db"), ref("data.id")]),
};
const harmless: Program = { ...SURROUNDINGS, web: vm() };

function told(violations: readonly Violation[]): readonly string[] {
    return violations.map(({ policyId, on }) => `${policyId} ${on}`);
}

describe("a pack that serves one round after another", () => {
    test.each<[string, Program, Program]>([
        ["findings, then none", both, harmless],
        ["findings, then others", both, onDisk],
        ["none, then findings", harmless, both],
        ["the same twice", both, both],
    ])("%s: the second is told as if it were the first", async (_, first, second) => {
        const pack = new Pack(RESTORE_POLICIES);
        await pack.analyze(roundOf(first, "first preview"));
        const again = await pack.analyze(roundOf(second, "first preview"));
        expect(again).toEqual(await new Pack(RESTORE_POLICIES).analyze(roundOf(second, "first preview")));
    });

    test("an item of an earlier round does not come back with the inputs of a later one", async () => {
        const pack = new Pack(RESTORE_POLICIES);
        expect(told(await pack.analyze(roundOf(both, "first preview")))).toEqual(["BCDR101 web"]);
        const { webBackup: _, ...withoutBackup } = both;
        expect(await pack.analyze(roundOf(withoutBackup, "first preview"))).toEqual([]);
    });

    test("what the first round could not decide is not told in the second", async () => {
        const open: Program = {
            ...SURROUNDINGS,
            elsewhere: harmless["web"] ?? vm(),
            restored: disk({ creationData: { createOption: "Restore", sourceResourceId: ref("elsewhere.vmId") } }),
        };
        const pack = new Pack(RESTORE_POLICIES);
        expect(told(await pack.analyze(roundOf(open, "first preview")))).toEqual(["BCDR490 undefined"]);
        expect(await pack.analyze(roundOf(harmless, "first preview"))).toEqual([]);
    });
});

describe("order", () => {
    function reversed({ dryRun, resources }: SentRound): SentRound {
        return { dryRun, resources: [...resources].reverse() };
    }

    test.each([
        ["BCDR101", both],
        ["BCDR102", onDisk],
        [
            "both of them",
            {
                ...both,
                db: vm(),
                dbBackup: backupItem(ref("db.id"), "shop;db"),
                dbReplication: replicatedItem(ref("db.id"), [osDiskOf("db")]),
            },
        ],
    ])("of resources makes no difference: %s", async (_, program: Program) => {
        for (const phase of ["first preview", "exported state"] as const) {
            const round = roundOf(program, phase);
            const violations = await new Pack(RESTORE_POLICIES).analyze(round);
            expect(violations).not.toEqual([]);
            expect(await new Pack(RESTORE_POLICIES).analyze(reversed(round))).toEqual(violations);
        }
    });
});

describe("without the SDK", () => {
    const URN = "urn:pulumi:dev::shop::azure-native:compute:Disk::data";
    const TYPE = "azure-native:compute:Disk";
    const POLICY: ConfiguredResourcePolicy = {
        id: "BCDR999",
        name: "some-policy",
        isCheckedByAzure: () => false,
        kinds: new Set(),
        restoredDisksOnly: false,
        evaluate: () => [],
        message: () => ({
            headline: "",
            why: "",
            fix: { kind: "in order" as const, intro: "", steps: [] },
            sources: [],
        }),
        summarise: () => undefined,
    };

    /** What the round hands over: whether the disk's inputs are among it. */
    function analyse(
        round: StackAnalysis,
        policy: string,
    ): { readonly estate: Estate; readonly inputs: boolean | undefined } {
        let inputs: boolean | undefined;
        const estate = round.estateFor(policy, (collected) => {
            inputs = collected.has(URN);
            return [] as readonly PlannedResource[];
        });
        return { estate, inputs };
    }

    test("the estate is built once, for all stack policies of a round", () => {
        const round = new StackAnalysis();
        round.collect("a", POLICY, URN, TYPE, {});
        const first = analyse(round, "one");
        expect(first.inputs).toBe(true);
        const second = analyse(round, "two");
        expect(second).toEqual({ estate: first.estate, inputs: undefined });
        expect(second.estate).toBe(first.estate);
    });

    test("the same stack policy again opens a round, which has no inputs", () => {
        const round = new StackAnalysis();
        round.collect("a", POLICY, URN, TYPE, {});
        const first = analyse(round, "one");
        const again = analyse(round, "one");
        expect(again.inputs).toBe(false);
        expect(again.estate).not.toBe(first.estate);
    });

    test("a resource after a stack policy opens a round, which has its inputs only", () => {
        const round = new StackAnalysis();
        round.collect("a", POLICY, URN, TYPE, {});
        analyse(round, "one");
        round.collect("a", POLICY, `${URN}2`, TYPE, {});
        expect(analyse(round, "one").inputs).toBe(false);
    });

    test("a resource after a stack policy opens a round even for a policy that has not run yet", () => {
        const round = new StackAnalysis();
        const first = analyse(round, "one");
        round.collect("a", POLICY, URN, TYPE, {});
        const second = analyse(round, "two");
        expect(second.inputs).toBe(true);
        expect(second.estate).not.toBe(first.estate);
    });

    test("open questions do not outlive their round", () => {
        const round = new StackAnalysis();
        analyse(round, "one");
        round.openFindings.push({
            policyId: "BCDR101",
            urn: URN,
            resource: "data",
            property: "x",
            cause: "output",
        });
        analyse(round, "two");
        expect(round.openFindings).toHaveLength(1);
        analyse(round, "one");
        expect(round.openFindings).toEqual([]);
    });

    test("inputs of types that nobody reads are not kept", () => {
        const round = new StackAnalysis();
        round.collect("a", POLICY, URN, "azure-native:network:VirtualNetwork", {});
        expect(analyse(round, "one").inputs).toBe(false);
    });
});

test("all stack policies of the catalogue see one estate, and the next round another", async () => {
    const seen: Estate[] = [];
    const watched = policies.map((policy): Policy =>
        policy.scope === "resource"
            ? policy
            : {
                  ...policy,
                  level: "advisory",
                  configure: (values) => {
                      const configured = policy.configure(values);
                      return {
                          ...configured,
                          summarise: (found: readonly Subject[], subject: StackSubject) => {
                              seen.push(subject.estate);
                              return configured.summarise(found, subject);
                          },
                      };
                  },
              },
    );
    const stackPolicies = policies.filter(({ scope }) => scope === "stack").length;
    const pack = new Pack(watched);
    await pack.analyze(roundOf(both, "first preview"));
    expect([seen.length, new Set(seen).size]).toEqual([stackPolicies, 1]);
    await pack.analyze(roundOf(both, "first preview"));
    expect([seen.length, new Set(seen).size]).toEqual([2 * stackPolicies, 2]);
});
