import { attached, disk, machine, osDiskOf, replicatedItem, SURROUNDINGS } from "../../harness/azure";
import { ref, type Program } from "../../harness/program";
import { findings, testScenarios, type Scenario } from "../../harness/scenario";
import { Stack } from "../../harness/stack";

function program(item: Program["item"]): Program {
    return {
        ...SURROUNDINGS,
        data: disk(),
        web: machine({ dataDisks: [attached(0, ref("data.id"))] }),
        item: item,
    };
}

const SCENARIOS: readonly Scenario[] = [
    {
        name: "violated: no list",
        round: () => new Stack().preview(program(replicatedItem(ref("web.id")))),
        finds: ["BCDR225 item"],
    },
    {
        name: "violated: an empty list is none",
        round: () => new Stack().preview(program(replicatedItem(ref("web.id"), []))),
        finds: ["BCDR225 item"],
    },
    {
        name: "holds: a list",
        round: () => new Stack().preview(program(replicatedItem(ref("web.id"), [osDiskOf("web"), ref("data.id")]))),
        finds: [],
    },
    {
        name: "holds: unmanaged disks have a list of their own",
        round: () =>
            new Stack().preview(
                program(
                    replicatedItem(ref("web.id"), undefined, { vmDisks: [{ diskUri: "https://x.example/y.vhd" }] }),
                ),
            ),
        finds: [],
    },
    {
        name: "holds: an item that exists has its list in Azure",
        round: () => {
            const stack = new Stack();
            stack.up(program(replicatedItem(ref("web.id"), [osDiskOf("web"), ref("data.id")])));
            stack.up(program(replicatedItem(ref("web.id"))));
            return stack.state();
        },
        finds: [],
    },
    {
        name: "undecided: whether it is an item between Azure regions",
        round: () =>
            new Stack().preview(program(replicatedItem(ref("web.id"), undefined, { instanceType: ref("rg.name") }))),
        finds: ["BCDR490 -"],
        leavesOpen: ['BCDR225 on "item": properties.providerSpecificDetails.instanceType'],
    },
    {
        name: "not concerned: items of other kinds list no Azure disks",
        round: () => new Stack().preview(program(replicatedItem(null, undefined, { instanceType: "InMageRcm" }))),
        finds: [],
    },
];

describe("BCDR225", () => {
    testScenarios(SCENARIOS);

    test("message", async () => {
        const [found] = await findings(SCENARIOS[0]!);
        expect(found?.message).toMatchSnapshot();
    });
});
