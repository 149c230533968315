import { backupItem, machine, osDiskOf, replicatedItem, SURROUNDINGS } from "../../harness/azure";
import { RESTORE_RULES } from "../../harness/catalogue";
import { Pack } from "../../harness/pack";
import { ref, type Content, type Declaration, type Program } from "../../harness/program";
import { findings, testScenarios, type Scenario } from "../../harness/scenario";
import { Stack } from "../../harness/stack";

const OUTSIDE = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/farm";
const DISK = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d";

function scaleSet(orchestrationMode?: string): Declaration {
    const mode = orchestrationMode === undefined ? {} : { orchestrationMode };
    return {
        type: "azure-native:compute:VirtualMachineScaleSet",
        properties: { resourceGroupName: ref("rg.name"), ...mode },
    };
}

function naming(id: Content, over: Program = {}): Program {
    return { ...SURROUNDINGS, ...over, item: replicatedItem(id, [DISK]) };
}

const SCENARIOS: readonly Scenario[] = [
    {
        name: "violated: a scale set from outside",
        round: () => new Stack().preview(naming(OUTSIDE)),
        finds: ["BCDR226 item"],
    },
    {
        name: "violated: a machine of a Uniform scale set",
        round: () => new Stack().preview(naming(`${OUTSIDE}/virtualMachines/0`)),
        finds: ["BCDR226 item"],
    },
    {
        name: "violated: a Flexible scale set of this program, in the state",
        round: () => new Stack().up(naming(ref("farm.id"), { farm: scaleSet("Flexible") })),
        finds: ["BCDR226 item"],
    },
    {
        name: "holds: a machine that belongs to a Flexible scale set",
        round: () =>
            new Stack().preview({
                ...SURROUNDINGS,
                farm: scaleSet("Flexible"),
                web: machine({ over: { virtualMachineScaleSet: { id: ref("farm.id") } } }),
                item: replicatedItem(ref("web.id"), [osDiskOf("web")]),
            }),
        finds: [],
    },
];

describe("BCDR226", () => {
    testScenarios(SCENARIOS);

    test.each([SCENARIOS[1]!, SCENARIOS[2]!])("message: $name", async (scenario) => {
        const [found] = await findings(scenario);
        expect(found?.message).toMatchSnapshot();
    });
});

test("a protection intent counts as backup (BCDR101)", async () => {
    const { properties } = backupItem(ref("web.id"), "x");
    const program: Program = {
        ...SURROUNDINGS,
        web: machine(),
        intent: {
            type: "azure-native:recoveryservices:ProtectionIntent",
            properties: {
                resourceGroupName: ref("rg.name"),
                vaultName: ref("backup.name"),
                fabricName: "Azure",
                properties: { ...(properties["properties"] as object), protectionIntentItemType: "AzureResourceItem" },
            },
        },
        item: replicatedItem(ref("web.id"), [osDiskOf("web")]),
    };
    const violations = await new Pack(RESTORE_RULES).analyze(new Stack().preview(program));
    expect(violations.map(({ rule, on }) => `${rule} ${on}`)).toEqual(["BCDR101 web"]);
});
