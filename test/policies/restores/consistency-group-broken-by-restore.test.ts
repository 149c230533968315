import { disk, fromRestorePoint, vm, replicatedItem, SURROUNDINGS } from "../../harness/azure";
import { ref, type Program } from "../../harness/program";
import { findings, testScenarios, type Scenario } from "../../harness/scenario";
import { Stack } from "../../harness/stack";

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
