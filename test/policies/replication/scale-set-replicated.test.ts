import { vm, osDiskOf, replicatedItem, NAMED_SURROUNDINGS, backupItem, SURROUNDINGS } from "../../harness/azure";
import { ref, text, type Content, type Declaration, type Program } from "../../harness/program";
import { whenRun } from "../../harness/case-files";
import { policyCases, roundOf, type Case } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";
import { OUTSIDE } from "./programs";
import { RESTORE_POLICIES } from "../../harness/catalogue";
import { Pack } from "../../harness/pack";

const COMPUTE = `${OUTSIDE}/providers/Microsoft.Compute`;
const FARM = `${COMPUTE}/virtualMachineScaleSets/farm`;
const DISK = `${COMPUTE}/disks/farm-os`;

function scaleSet(orchestrationMode: string): Declaration {
    return {
        type: "azure-native:compute:VirtualMachineScaleSet",
        properties: { resourceGroupName: ref("rg.name"), vmScaleSetName: "farm", orchestrationMode },
    };
}

const naming = (id: Content, over: Program = {}): Program => ({
    ...NAMED_SURROUNDINGS,
    ...over,
    item: replicatedItem(id, [DISK]),
});
const FLEXIBLE = { farm: scaleSet("Flexible") };
const VM_BY_VM: Program = {
    ...NAMED_SURROUNDINGS,
    ...FLEXIBLE,
    web: vm({ over: { virtualMachineScaleSet: { id: ref("farm.id") } } }),
    item: replicatedItem(ref("web.id"), [osDiskOf("web")]),
};

export const cases = policyCases(__filename, {
    policyId: "BCDR226",
    example: naming(ref("farm.id"), { farm: scaleSet("Uniform") }),
    fixed: {
        program: VM_BY_VM,
        says: "The VMs of a scale set with Flexible orchestration can be replicated, each with a separate item:",
    },
    holds: [
        {
            name: "a VM that belongs to a Flexible scale set",
            round: VM_BY_VM,
        },
    ],
    violated: [{ name: "a VM of a Uniform scale set", round: naming(`${FARM}/virtualMachines/0`), on: ["item"] }],
    undecided: [
        {
            name: "an id that may be of the scale set or of either of two VMs",
            round: naming(text`${ref("farm.id")}${ref("a.id")}${ref("b.id")}`, {
                ...FLEXIBLE,
                a: vm(),
                b: vm(),
            }),
            waitsFor: '"item": properties.providerSpecificDetails.fabricObjectId',
        },
    ],
    inPlace: [
        {
            name: "a Flexible scale set of this program, in the state",
            round: () => new Stack().up(naming(ref("farm.id"), FLEXIBLE)),
            on: ["item"],
        },
    ],
    limits: [
        {
            allowed: {
                name: "the id of a VM",
                round: naming(`${COMPUTE}/virtualMachines/farm`),
            },
            refused: { name: "the id of a scale set", round: naming(FARM), on: ["item"] },
        },
    ],
});

whenRun(__filename, () => {
    async function messageOf(each: Case | undefined): Promise<string | undefined> {
        const [found] = each === undefined ? [] : await new Pack(RESTORE_POLICIES).analyze(roundOf(each));
        return found?.message;
    }

    test("of a VM of a Uniform scale set it says what its page says of the scale set itself", async () => {
        const said = await messageOf(cases.violated.find(({ name }) => name === "a VM of a Uniform scale set"));
        expect(said).toBeDefined();
        expect(said).toBe(await messageOf(cases.limits[0]?.refused));
    });

    test("a protection intent counts as backup (BCDR101)", async () => {
        const { properties } = backupItem(ref("web.id"), "x");
        const program: Program = {
            ...SURROUNDINGS,
            web: vm(),
            intent: {
                type: "azure-native:recoveryservices:ProtectionIntent",
                properties: {
                    resourceGroupName: ref("rg.name"),
                    vaultName: ref("backup.name"),
                    fabricName: "Azure",
                    properties: {
                        ...(properties["properties"] as object),
                        protectionIntentItemType: "AzureResourceItem",
                    },
                },
            },
            item: replicatedItem(ref("web.id"), [osDiskOf("web")]),
        };
        const violations = await new Pack(RESTORE_POLICIES).analyze(new Stack().preview(program));
        expect(violations.map(({ policyId, on }) => `${policyId} ${on}`)).toEqual(["BCDR101 web"]);
    });
});
