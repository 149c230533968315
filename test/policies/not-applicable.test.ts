import { policies } from "../../policies";
import { notApplicable } from "../../policies/not-applicable";
import type { StackPolicy } from "../../policies/policy";
import { disk, replicatedItem, resourceGroup, SURROUNDINGS, vm } from "../harness/azure";
import { estateOf } from "../harness/estate-of";
import { allCases, exampleRound, roundOf } from "../harness/policy-cases";
import { Stack } from "../harness/stack";
import type { Program } from "../harness/program";

const stackPolicies = policies.filter((policy): policy is StackPolicy => policy.scope === "stack");
const estate = (program: Program) => estateOf(new Stack().preview(program));
const named = (name: string): StackPolicy => stackPolicies.find((policy) => policy.name === name)!;

/** Those that look at what the other policies found. */
const AT_OTHERS = ["unsupported-protection-in-place", "undecided-at-preview", "exemption-in-use"];

test("only policies about other policies always apply", () => {
    const empty = estate({ rg: resourceGroup() });
    const applying = stackPolicies.filter((policy) => notApplicable(policy, empty) === undefined);
    expect(applying.map(({ name }) => name)).toEqual(AT_OTHERS);
});

test.each([
    ["restored-vm-not-backed-up", "This stack has no VM."],
    ["vm-not-replicated", "This stack has no VM."],
    ["replicated-vm-arm64", "This stack has no replicated item."],
    ["backup-stopped", "This stack has no backup item and no backup instance."],
    ["vault-immutability", "This stack has no Recovery Services vault and no Backup vault."],
])("%s says why it does not apply", (name, reason) => {
    expect(notApplicable(named(name), estate({ rg: resourceGroup() }))).toBe(reason);
});

test.each<[string, string, Program]>([
    ["vm-not-replicated", "a VM", { rg: resourceGroup(), web: vm() }],
    [
        "replicated-vm-arm64",
        "an item that replicates a VM of another stack",
        {
            ...SURROUNDINGS,
            item: replicatedItem(
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/web",
                [],
            ),
        },
    ],
    ["site-recovery-disk-in-program", "a disk", { rg: resourceGroup(), data: disk() }],
])("%s applies where there is %s", (name, _, program) => {
    expect(notApplicable(named(name), estate(program))).toBeUndefined();
});

test("where a resource of an unknown type may protect a VM, every policy applies", () => {
    const { dryRun, resources } = new Stack().preview({ rg: resourceGroup() });
    const unknown = { ...resources.at(-1)!, type: "azure-native:recoveryservices:ReplicationSomethingNew" };
    const withUnknown = estateOf({ dryRun, resources: [...resources, { ...unknown, urn: `${unknown.urn}-new` }] });
    expect(withUnknown.unknownTypes).toHaveLength(1);
    expect(stackPolicies.filter((policy) => notApplicable(policy, withUnknown) !== undefined)).toEqual([]);
});

// A policy that says that it does not apply must not have found or left open anything.
test.each(
    allCases().flatMap((cases) => (withId(cases.policyId) === undefined ? [] : [[cases.policyId, cases] as const])),
)("%s applies wherever it finds something or leaves it open", (id, cases) => {
    const { example, violated, undecided, inPlace = [], limits } = cases;
    const policy = withId(id)!;
    const rounds = [
        exampleRound(cases, example),
        ...[...violated, ...undecided, ...inPlace, ...limits.map(({ refused }) => refused)].map(roundOf),
    ];
    const wrong = rounds
        .map((round) => notApplicable(policy, estateOf(round)))
        .filter((reason) => reason !== undefined);
    expect(wrong).toEqual([]);
});

function withId(policyId: string): StackPolicy | undefined {
    return stackPolicies.find(({ id }) => id === policyId);
}
