import {
    backupItem,
    disk,
    fromRestorePoint,
    replicatedItem,
    resourceGroup,
    SURROUNDINGS,
    vault,
    vm,
    osDiskOf,
} from "../../harness/azure";
import { ref, text, type Content, type Program, type Declaration } from "../../harness/program";
import { whenRun } from "../../harness/case-files";
import { policyCases } from "../../harness/policy-cases";
import { retokened } from "../../harness/retokened";
import { Stack } from "../../harness/stack";
import { RESTORE_POLICIES } from "../../harness/catalogue";
import { Pack } from "../../harness/pack";
import { roundOf } from "../../harness/phases";

const VMS = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines";

/** A disk of which the plan does, or does not, know where it comes from. */
const restoredFrom = (sourceResourceId: Content): Program => ({
    rg: resourceGroup(),
    network: {
        type: "azure-native:network:VirtualNetwork",
        properties: { resourceGroupName: ref("rg.name"), addressSpace: { addressPrefixes: ["10.0.0.0/16"] } },
    },
    data: disk({ creationData: { createOption: "Restore", sourceResourceId } }),
});
const OPEN = restoredFrom(ref("network.id"));
const DECIDED = restoredFrom(fromRestorePoint()["sourceResourceId"] ?? null);

/** A disk made from a snapshot of the same program. */
const fromSnapshot = (sourceResourceId: Content): Program => ({
    rg: resourceGroup(),
    original: disk(),
    snapshot: {
        type: "azure-native:compute:Snapshot",
        properties: {
            resourceGroupName: ref("rg.name"),
            snapshotName: "web-data",
            creationData: { createOption: "Copy", sourceResourceId: ref("original.id") },
        },
    },
    data: disk({ creationData: { createOption: "Copy", sourceResourceId } }),
});

/** A template deployment, of which nothing is read back. */
const deployment = (properties: Readonly<Record<string, Content>>): Declaration => ({
    type: "azure-native:resources:Deployment",
    properties: { resourceGroupName: "shop", properties: { mode: "Incremental", ...properties } },
});
const ITEM_IN_TEMPLATE: Content = {
    type: "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems",
    name: "dr/west/west/web",
    properties: replicatedItem(ref("web.id"), [osDiskOf("web")]).properties["properties"]!,
};
const TOO_LARGE: Readonly<Record<string, Content>> = {
    template: { resources: [{ type: "Microsoft.Compute/disks", name: `[concat('${"x".repeat(24_600)}')]` }] },
};

/** What is listed is what BCDR110 left open; what BCDR490 itself leaves open is what nobody is going to make. */
export const cases = policyCases(__filename, {
    policyId: "BCDR490",
    example: fromSnapshot(text`${ref("rg.id")}/providers/Microsoft.Compute/snapshots/web-data`),
    fixed: { program: fromSnapshot(ref("snapshot.id")) },
    shows: ["snapshot.snapshotName", "data.creationData"],
    holds: [
        { name: "after the deployment everything is known", round: () => new Stack().up(OPEN) },
        {
            name: "references that lead out of the stack",
            round: {
                ...SURROUNDINGS,
                one: backupItem(`${VMS}/one`, "g;one"),
                two: replicatedItem(`${VMS}/two`, [`${VMS}/disk`]),
            },
        },
        {
            name: "types of Azure that play no part",
            round: {
                rg: resourceGroup(),
                set: {
                    type: "azure-native:compute:AvailabilitySet",
                    properties: { resourceGroupName: ref("rg.name") },
                },
            },
        },
        {
            name: "what --target leaves out is not waited for",
            round: () => new Stack().preview(OPEN, { target: ["rg", "network"] }),
        },
    ],
    violated: [
        {
            name: "an item of a type that is not known",
            round: () =>
                retokened(new Stack().preview({ rg: resourceGroup(), dr: vault("dr") }), {
                    "azure-native:recoveryservices:Vault": "azure-native:recoveryservices:VaultOfTomorrow",
                }),
            on: ["-"],
        },
        {
            name: "what the program leaves to Azure, and a size that is in no table",
            round: {
                ...SURROUNDINGS,
                ...OPEN,
                web: vm({ name: "web", over: { hardwareProfile: { vmSize: "Standard_Future1" } } }),
                webReplication: replicatedItem(ref("web.id"), [osDiskOf("web")]),
            },
            on: ["-"],
        },
        {
            name: "what the plan changes",
            round: () => {
                const program = { ...SURROUNDINGS, web: vm({ name: "web" }) };
                const item = (subnet: string) =>
                    replicatedItem(ref("web.id"), [osDiskOf("web")], { recoverySubnetName: subnet });
                const stack = new Stack();
                stack.up({ ...program, item: item("front") });
                return stack.preview({ ...program, ...OPEN, item: item("back") });
            },
            on: ["-"],
        },
        {
            name: "what a template made, and what another template hides",
            round: () => {
                const stack = new Stack();
                const program = {
                    ...SURROUNDINGS,
                    web: vm({ name: "web" }),
                    item: deployment({ template: { resources: [ITEM_IN_TEMPLATE] } }),
                };
                stack.up(program);
                return stack.preview({
                    ...program,
                    ...OPEN,
                    linked: deployment({ templateLink: { uri: "https://example.com/t.json" } }),
                    large: deployment(TOO_LARGE),
                });
            },
            on: ["-"],
        },
        {
            name: "no inputs were collected",
            round: () => new Stack().up(DECIDED),
            configuration: {
                "disk-restored-from-backup": { enforcementLevel: "disabled" },
                "shared-settings": { enforcementLevel: "disabled" },
            },
            on: ["-"],
        },
    ],
    undecided: [
        {
            name: "something is open, and something left out by --target",
            round: () => new Stack().preview({ ...OPEN, spare: disk() }, { target: ["rg", "network", "data"] }),
            waitsFor: '"data": creationData.sourceResourceId',
        },
    ],
    limits: [
        {
            allowed: { name: "the one property is known", round: DECIDED },
            refused: { name: "the one property is not", round: OPEN, on: ["-"] },
        },
    ],
});

whenRun(__filename, () => {
    const ELSEWHERE: Declaration = {
        type: "azure-native:network:VirtualNetwork",
        properties: { resourceGroupName: ref("rg.name"), addressSpace: { addressPrefixes: ["10.0.0.0/16"] } },
    };

    /** Disks whose source is an id that the plan cannot know. */
    function undecidedDisks(count: number): Program {
        return {
            rg: resourceGroup(),
            elsewhere: ELSEWHERE,
            ...Object.fromEntries(
                Array.from({ length: count }, (_, index) => [
                    `disk-${String(index).padStart(2, "0")}`,
                    disk({ creationData: { createOption: "Restore", sourceResourceId: ref("elsewhere.id") } }),
                ]),
            ),
        };
    }

    test.each([1, 5, 21])("%d undecided in one line", async (count) => {
        const violations = await new Pack(RESTORE_POLICIES).analyze(roundOf(undecidedDisks(count), "first preview"));
        expect(violations).toHaveLength(1);
        expect(violations[0]).toMatchObject({
            policyId: "BCDR490",
            policy: "undecided-at-preview",
            level: "advisory",
            on: undefined,
        });
        const lines = violations[0]!.message.split("\n").filter((line) => line.startsWith("  BCDR110"));
        expect(lines).toEqual([
            expect.stringContaining(": creationData.sourceResourceId (made from an unknown output)"),
        ]);
        expect(lines[0]!.match(/"disk-\d+"/g)).toHaveLength(Math.min(count, 5));
        expect(lines[0]!.includes(` and ${count - 5} more`)).toBe(count > 5);
    });

    test("holds: after the deployment everything is known", async () => {
        expect(await new Pack(RESTORE_POLICIES).analyze(roundOf(undecidedDisks(3), "exported state"))).toEqual([]);
    });

    test("only policies that ran are listed", async () => {
        const violations = await new Pack(RESTORE_POLICIES).analyze(roundOf(undecidedDisks(3), "first preview"), {
            "disk-restored-from-backup": { enforcementLevel: "disabled" },
        });
        expect(violations.some(({ message }) => message.includes("BCDR110 on"))).toBe(false);
    });

    test("is silent where it is disabled", async () => {
        const violations = await new Pack(RESTORE_POLICIES).analyze(roundOf(undecidedDisks(3), "first preview"), {
            "undecided-at-preview": { enforcementLevel: "disabled" },
        });
        expect(violations).toEqual([]);
    });

    test("says that nothing was collected, and still finds what outputs alone can tell", async () => {
        const program: Program = {
            ...SURROUNDINGS,
            web: vm(),
            webBackup: backupItem(ref("web.id"), "shop;web"),
            webReplication: replicatedItem(ref("web.id"), [osDiskOf("web")]),
        };
        const violations = await new Pack(RESTORE_POLICIES).analyze(roundOf(program, "exported state"), {
            "disk-restored-from-backup": { enforcementLevel: "disabled" },
            "shared-settings": { enforcementLevel: "disabled" },
        });
        expect(violations.map(({ policyId }) => policyId)).toEqual(["BCDR101", "BCDR490"]);
        expect(violations[1]?.message).toMatchSnapshot();
    });

    test("says nothing of that in a stack that has nothing to say", async () => {
        const violations = await new Pack(RESTORE_POLICIES).analyze(
            roundOf({ rg: resourceGroup(), net: ELSEWHERE }, "first preview"),
            {
                "disk-restored-from-backup": { enforcementLevel: "disabled" },
                "shared-settings": { enforcementLevel: "disabled" },
            },
        );
        expect(violations).toEqual([]);
    });

    test("references that lead out of the stack are counted in one line, and are no finding by themselves", async () => {
        const elsewhere = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines";
        const external: Program = {
            ...SURROUNDINGS,
            one: backupItem(`${elsewhere}/one`, "g;one"),
            two: replicatedItem(`${elsewhere}/two`, [`${elsewhere}/disk`]),
        };
        expect(await new Pack(RESTORE_POLICIES).analyze(roundOf(external, "first preview"))).toEqual([]);
        const both = { ...external, ...undecidedDisks(1) };
        const violations = await new Pack(RESTORE_POLICIES).analyze(roundOf(both, "first preview"));
        expect(violations.map(({ message }) => message)).toMatchSnapshot();
    });

    describe("of a template", () => {
        const steps = async (program: Program): Promise<string> => {
            const violations = await new Pack(RESTORE_POLICIES).analyze(roundOf(program, "exported state"));
            return (
                violations.find(({ policyId }) => policyId === "BCDR490")?.message.split("To get them decided:\n")[1] ??
                ""
            );
        };

        test.each([
            [
                "that takes too much work, it advises what makes it less",
                TOO_LARGE,
                /^ {2}1\. Split the template in "nested",/,
            ],
            [
                "that is elsewhere, it advises to put it into the program",
                { templateLink: { uri: "https://example.com/t.json" } },
                /^ {2}1\. Put the template that "nested" links to into the program,/,
            ],
        ])("%s, and no refresh", async (_, properties, advice) => {
            const text = await steps({ ...SURROUNDINGS, nested: deployment(properties) });
            expect(text).toMatch(advice);
            expect(text).not.toContain("pulumi refresh");
        });
    });
});
