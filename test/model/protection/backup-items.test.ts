import type { BackupItem } from "../../../src/model/resources";
import { backupItem, vm, SURROUNDINGS } from "../../harness/azure";
import { protectedVm } from "../../harness/classic";
import { PHASES, roundOf, type Phase } from "../../harness/phases";
import { ref, text, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import type { SentResource } from "../../harness/stack";
import { estateOf } from "../../harness/estate-of";

const VM: Program = { ...SURROUNDINGS, web: vm() };

const POLICY: Declaration = {
    type: "azure-native:recoveryservices:ProtectionPolicy",
    properties: {
        resourceGroupName: ref("rg.name"),
        vaultName: ref("backup.name"),
        properties: { backupManagementType: "AzureIaasVM", policyType: "V2" },
    },
};

function read(program: Program, phase: Phase = "first preview") {
    const estate = estateOf(roundOf(program, phase));
    const item = estate.entities.find((entity) => entity.kind === "backup item") as BackupItem;
    return { estate, item };
}

function select(diskExclusionProperties: Properties): Declaration {
    return backupItem(ref("web.id"), "g;web", { extendedProperties: { diskExclusionProperties } });
}

describe.each(PHASES)("at the %s, an item", (phase) => {
    test.each<[string, Declaration, object]>([
        ["backs up every disk", backupItem(ref("web.id"), "g;web"), { selected: "all" }],
        [
            "backs up some disks only",
            select({ diskLunList: [0, 2], isInclusionList: true }),
            { selected: "only", luns: [0, 2] },
        ],
        [
            "backs up the OS disk only",
            select({ diskLunList: [], isInclusionList: true }),
            { selected: "only", luns: [] },
        ],
        [
            "leaves some disks out",
            select({ diskLunList: [1], isInclusionList: false }),
            { selected: "all but", luns: [1] },
        ],
        [
            "leaves some disks out where it does not say which it is",
            select({ diskLunList: [1] }),
            { selected: "all but", luns: [1] },
        ],
        ["backs up every disk (classic)", protectedVm(ref("web.id")), { selected: "all" }],
        [
            "backs up some disks only (classic)",
            protectedVm(ref("web.id"), { includeDiskLuns: [0] }),
            { selected: "only", luns: [0] },
        ],
        [
            "leaves some disks out (classic)",
            protectedVm(ref("web.id"), { excludeDiskLuns: [1] }),
            { selected: "all but", luns: [1] },
        ],
    ])("%s", (_, item, expected) => {
        expect(read({ ...VM, item }, phase).item.disks).toEqual({ state: "known", value: expected });
    });

    test.each<[string, Declaration]>([
        ["of azure-native", backupItem(ref("web.id"), "g;web", { policyId: ref("policy.id") })],
        ["of the classic provider", protectedVm(ref("web.id"), { backupPolicyId: ref("policy.id") })],
    ])("%s follows a policy of the stack", (_, item) => {
        const estate = read({ ...VM, policy: POLICY, item }, phase);
        expect(estate.estate.backupPolicies.of(estate.item)).toMatchObject({ to: { pulumiName: "policy" } });
        expect(estate.estate.backupPolicies.followedBy(estate.item)).toMatchObject({
            type: { state: "known", value: "V2" },
            crashConsistentOnly: { state: "known", value: false },
            definedBy: { pulumiName: "policy" },
        });
    });
});

test("a LUN that is not known leaves the selection open", () => {
    const item = select({ diskLunList: [ref("web.id")], isInclusionList: true });
    expect(read({ ...VM, item }).item.disks).toEqual({
        state: "unknown",
        property: "properties.extendedProperties.diskExclusionProperties.diskLunList[0]",
    });
});

test.each<[string, Phase, Content, string]>([
    [
        "the Standard policy of each vault",
        "exported state",
        text`${ref("backup.id")}/backupPolicies/DefaultPolicy`,
        "V1",
    ],
    [
        "the Enhanced policy of each vault",
        "exported state",
        text`${ref("backup.id")}/backupPolicies/enhancedpolicy`,
        "V2",
    ],
    ["another policy of the vault", "exported state", text`${ref("backup.id")}/backupPolicies/weekly`, "absent"],
    [
        "a policy of a vault that is not there yet",
        "first preview",
        text`${ref("backup.id")}/backupPolicies/DefaultPolicy`,
        "unknown",
    ],
])("%s, by its name", (_, phase, policyId, expected) => {
    const { estate, item } = read({ ...VM, item: backupItem(ref("web.id"), "g;web", { policyId }) }, phase);
    const { type } = estate.backupPolicies.followedBy(item);
    expect(type.state === "known" ? type.value : type.state).toBe(expected);
});

describe("at a first preview, a policy of a vault of this program", () => {
    const crashConsistent = (program: Program, over: Properties = {}): unknown => {
        const { estate, item } = read({ ...VM, ...program, item: backupItem(ref("web.id"), "g;web", over) });
        const { crashConsistentOnly: value } = estate.backupPolicies.followedBy(item);
        return value.state === "known" ? value.value : value.state;
    };
    const onlyCrashConsistent: Declaration = {
        ...POLICY,
        properties: {
            ...POLICY.properties,
            properties: { backupManagementType: "AzureIaasVM", snapshotConsistencyType: "OnlyCrashConsistent" },
        },
    };

    test("is one of those that Azure makes along with the vault", () => {
        expect(crashConsistent({})).toBe(false);
        expect(crashConsistent({ policy: POLICY })).toBe(false);
    });
    test("may be another one, where the program has a policy that is only crash-consistent", () => {
        expect(crashConsistent({ policy: onlyCrashConsistent })).toBe("unknown");
    });
    test("is anything, where nothing says that it is of that vault", () => {
        expect(crashConsistent({}, { policyId: ref("web.id") })).toBe("unknown");
    });
});

test.each<[string, Declaration, string]>([
    ["azure-native's default", backupItem(ref("web.id"), "g;web"), "2024-10-01"],
    [
        "one that the program chose",
        {
            ...backupItem(ref("web.id"), "g;web"),
            type: "azure-native_recoveryservices_v20250201:recoveryservices:ProtectedItem",
        },
        "2025-02-01",
    ],
    ["the classic provider's", protectedVm(ref("web.id")), "2025-08-01"],
])("the API version: %s", (_, item, expected) => {
    expect(read({ ...VM, item }).item.apiVersion).toEqual({ state: "known", value: expected });
});

describe("an item without an id, and without a provider that tells its subscription", () => {
    const SUBSCRIPTIONS = ["00000000-0000-0000-0000-00000000000a", "00000000-0000-0000-0000-00000000000b"];
    const resourceIn = (subscription: string, kind: string, name: string): string =>
        `/subscriptions/${subscription}/resourceGroups/shop/providers/${kind}/${name}`;
    const vmIn = (subscription: string): SentResource => ({
        urn: `urn:pulumi:dev::shop::azure-native:compute:VirtualMachine::web-${subscription.slice(-1)}`,
        name: `web-${subscription.slice(-1)}`,
        type: "azure-native:compute:VirtualMachine",
        inputs: {},
        outputs: { id: resourceIn(subscription, "Microsoft.Compute/virtualMachines", "web") },
        propertyDependencies: {},
        parent: undefined,
        provider: undefined,
        options: {},
    });
    const itemUnder = (policyId: string): SentResource => {
        const bag = { containerName: "iaasvmcontainer;iaasvmcontainerv2;shop;web", properties: { policyId } };
        const type = "azure-native:recoveryservices:ProtectedItem";
        return {
            ...vmIn("-"),
            urn: `urn:pulumi:dev::shop::${type}::item`,
            name: "item",
            type,
            inputs: bag,
            outputs: bag,
        };
    };
    const linkOf = (policyId: string) => {
        const resources = [...SUBSCRIPTIONS.map(vmIn), itemUnder(policyId)];
        const estate = estateOf({ dryRun: false, resources });
        return estate.protectedVms.of(estate.entities.find(({ kind }) => kind === "backup item") as BackupItem);
    };

    test.each(SUBSCRIPTIONS)("is in the subscription of its policy: %s", (subscription) => {
        const policyId = resourceIn(subscription, "Microsoft.RecoveryServices/vaults", "v/backupPolicies/p");
        expect(linkOf(policyId)).toMatchObject({
            state: "linked",
            to: { pulumiName: `web-${subscription.slice(-1)}` },
        });
    });

    test("may be in any where its policy does not tell either", () => {
        expect(linkOf("p")).toMatchObject({ state: "undecided", candidates: [{}, {}] });
    });
});
