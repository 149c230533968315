import { disk, fromRestorePoint, vm, replicatedItem, NAMED_SURROUNDINGS, SURROUNDINGS } from "../../harness/azure";
import { embedded } from "../../harness/embedded";
import { ref, type Content, type Program } from "../../harness/program";
import { whenRun } from "../../harness/case-files";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";
import { findings, testScenarios, type Scenario } from "../../harness/scenario";

type OsDisk = "original" | "restored";

/** `web` boots from a restored disk, if it is; `db` is in its group, or not. */
function two(os: OsDisk, webGroup: Content, dbGroup: Content = "shop", listed: OsDisk = "original"): Program {
    return {
        ...NAMED_SURROUNDINGS,
        original: disk({ over: { osType: "Linux" } }),
        restored: disk({ creationData: fromRestorePoint(), over: { osType: "Linux" } }),
        web: vm({ name: "web", osDisk: ref(`${os}.id`) }),
        webReplication: replicatedItem(ref("web.id"), [ref(`${listed}.id`)], { multiVmGroupName: webGroup }),
        dbOs: disk({ over: { osType: "Linux" } }),
        db: vm({ name: "db", osDisk: ref("dbOs.id") }),
        dbReplication: replicatedItem(ref("db.id"), [ref("dbOs.id")], { multiVmGroupName: dbGroup }),
    };
}

function locked(os: OsDisk): Program {
    const { dbReplication, ...program } = two(os, "shop");
    return {
        ...program,
        ...embedded({ dbReplication: dbReplication! }, new Set(["replicated item"] as const), "template"),
        lock: {
            type: "azure-native:authorization:ManagementLockAtResourceGroupLevel",
            properties: { resourceGroupName: ref("rg.name"), level: "CanNotDelete", lockName: "keep" },
        },
    };
}

/** Both VMs, replicated before the restore. */
function healthy(): Stack {
    const stack = new Stack();
    stack.up(two("original", "shop"));
    return stack;
}

export const cases = policyCases(__filename, {
    policyId: "BCDR123",
    example: two("restored", "shop"),
    exampleLater: {
        says: "Where `web` has booted from `original` until now, at the preview of this change",
        round: (example) => healthy().preview(example),
        state: (example) => healthy().up(example),
    },
    fixed: {
        program: two("restored", "shop", "shop", "restored"),
        round: (fixed) => new Stack().preview(fixed),
        says: "After you have disabled replication of both VMs and removed both items from the state, this program enables it again for the whole group:",
    },
    shows: [
        "restored.creationData",
        "web.storageProfile.osDisk.managedDisk",
        "webReplication.properties.providerSpecificDetails.fabricObjectId",
        "webReplication.properties.providerSpecificDetails.multiVmGroupName",
        "dbReplication.properties.providerSpecificDetails.fabricObjectId",
        "dbReplication.properties.providerSpecificDetails.multiVmGroupName",
    ],
    holds: [{ name: "no VM was restored", round: two("original", "shop") }],
    violated: [
        {
            name: "in the state after the swap",
            round: () => healthy().up(two("restored", "shop")),
            on: ["web"],
        },
        { name: "whatever the case of its name", round: two("restored", "SHOP"), on: ["web"] },
        {
            name: "under a lock, one item in a template, at preview",
            round: () => {
                const stack = new Stack();
                stack.up(locked("original"));
                return stack.preview(locked("restored"));
            },
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "a group whose name the plan does not know",
            round: two("restored", ref("rg.name")),
            waitsFor: '"webReplication": properties.providerSpecificDetails.multiVmGroupName',
        },
    ],
    limits: [
        {
            allowed: { name: "a group of one", round: two("restored", "shop", "stage") },
            refused: { name: "a group of two", round: two("restored", "shop", "shop"), on: ["web"] },
        },
    ],
});

whenRun(__filename, () => {
    const HEALTHY = disk({ over: { osType: "Linux" } });
    const RESTORED = disk({ creationData: fromRestorePoint(), over: { osType: "Linux" } });

    /** VMs of these groups; those named in `restored` boot from a disk that their items do not list. */
    function groups(members: Readonly<Record<string, string | undefined>>, restored: readonly string[]): Program {
        return {
            ...SURROUNDINGS,
            ...Object.fromEntries(
                Object.entries(members).flatMap(([name, group]) => [
                    [`${name}-listed`, HEALTHY],
                    [`${name}-restored`, RESTORED],
                    [name, vm({ osDisk: ref(`${name}-${restored.includes(name) ? "restored" : "listed"}.id`) })],
                    [
                        `${name}-replication`,
                        replicatedItem(
                            ref(`${name}.id`),
                            [ref(`${name}-listed.id`)],
                            group === undefined ? {} : { multiVmGroupName: group },
                        ),
                    ],
                ]),
            ),
        };
    }

    const SCENARIOS: readonly Scenario[] = [
        {
            name: "three members, one restored: the member and the group once",
            round: () => new Stack().preview(groups({ a: "shop", b: "shop", c: "SHOP" }, ["b"])),
            finds: ["BCDR121 b", "BCDR123 b"],
        },
        {
            name: "two of them restored: each member, and the group once, on the first",
            round: () => new Stack().preview(groups({ a: "shop", b: "shop", c: "shop" }, ["c", "b"])),
            finds: ["BCDR121 b", "BCDR121 c", "BCDR123 b"],
        },
        {
            name: "two groups, each with a restored member",
            round: () => new Stack().preview(groups({ a: "one", b: "one", c: "two", d: "two" }, ["a", "d"])),
            finds: ["BCDR121 a", "BCDR121 d", "BCDR123 a", "BCDR123 d"],
        },
        {
            name: "a group of one is none",
            round: () => new Stack().preview(groups({ a: "shop", b: undefined }, ["a"])),
            finds: ["BCDR121 a"],
        },
        {
            name: "a group without a restored member holds",
            round: () => new Stack().preview(groups({ a: "shop", b: "shop" }, [])),
            finds: [],
        },
        {
            name: "in the state after the swap",
            round: () => {
                const stack = new Stack();
                stack.up(groups({ a: "shop", b: "shop", c: "shop" }, []));
                stack.up(groups({ a: "shop", b: "shop", c: "shop" }, ["a"]));
                return stack.state();
            },
            finds: ["BCDR121 a", "BCDR123 a"],
        },
        {
            name: "a group whose name the plan does not know is undecided",
            round: () => {
                const program = groups({ a: "shop", b: "shop" }, ["a"]);
                return new Stack().preview({
                    ...program,
                    "a-replication": replicatedItem(ref("a.id"), [ref("a-listed.id")], {
                        multiVmGroupName: ref("rg.name"),
                    }),
                });
            },
            finds: ["BCDR121 a", "BCDR490 -"],
            leavesOpen: ['BCDR123 on "a-replication": properties.providerSpecificDetails.multiVmGroupName'],
        },
    ];

    describe("BCDR123", () => {
        testScenarios(SCENARIOS);

        test("message names every member", async () => {
            const found = await findings(SCENARIOS[5]!);
            expect(found.find(({ policyId }) => policyId === "BCDR123")?.message).toMatchSnapshot();
        });
    });
});
