import { replicatedItem, SURROUNDINGS } from "../../harness/azure";
import { replicatedVm } from "../../harness/classic";
import type { Content, Declaration, Program, Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";
import { OUTSIDE, stateOf, UNKNOWN } from "./programs";

const COMPUTE = `${OUTSIDE}/providers/Microsoft.Compute`;

function together(count: number, last: Content = "shop", make = native): Program {
    const items = Array.from({ length: count }, (_, index) => {
        const name = `item-${String(index + 1).padStart(2, "0")}`;
        return [name, make(name, index === count - 1 ? last : "shop")] as const;
    });
    return { ...SURROUNDINGS, ...Object.fromEntries(items) };
}

function native(name: string, multiVmGroupName: Content): Declaration {
    return replicatedItem(`${COMPUTE}/virtualMachines/${name}`, [`${COMPUTE}/disks/${name}`], { multiVmGroupName });
}

function classic(name: string, multiVmGroupName: Content): Declaration {
    const { type, properties } = replicatedVm(`${COMPUTE}/virtualMachines/${name}`, [`${COMPUTE}/disks/${name}`]);
    return { type, properties: { ...properties, multiVmGroupName } };
}

/** The last item is in a vault of the same name, but of another resource group. */
function inTwoVaults(count: number): Program {
    const program = together(count);
    const inVault = (resourceGroupName: string, { type, properties }: Declaration): Declaration => ({
        type,
        properties: { ...properties, resourceGroupName, resourceName: "recovery" },
    });
    return Object.fromEntries(
        Object.entries(program)
            .filter(([name]) => name.startsWith("item-"))
            .map(([name, item], index) => [name, inVault(index === count - 1 ? "dr-2" : "dr-1", withPolicy(item))]),
    );
}

function withPolicy({ type, properties }: Declaration): Declaration {
    const policyId = `${OUTSIDE}/providers/Microsoft.RecoveryServices/vaults/recovery/replicationPolicies/24-hours`;
    return {
        type,
        properties: { ...properties, properties: { ...(properties["properties"] as Properties), policyId } },
    };
}

export const cases = policyCases(__filename, {
    policyId: "BCDR222",
    example: together(2),
    exampleLater: {
        says: "With 17 VMs in the group instead of 2",
        round: () => new Stack().preview(together(17)),
        state: stateOf(together(17)),
    },
    fixed: {
        program: together(2, "office"),
        round: () => new Stack().preview(together(17, "office")),
        says: "With 16 VMs in `shop`, and the last one in another group:",
    },
    shows: ["item-01.properties.providerSpecificDetails.multiVmGroupName"],
    holds: [
        { name: "two groups", round: together(17, "office") },
        { name: "two vaults of one name", round: inTwoVaults(17) },
    ],
    violated: [{ name: "classic", round: together(17, "shop", classic), on: ["item-01"] }],
    undecided: [
        {
            name: "the group of the seventeenth is not known",
            round: together(17, UNKNOWN),
            waitsFor: '"item-17": properties.providerSpecificDetails.multiVmGroupName',
        },
    ],
    inPlace: [
        { name: "in the exported state", round: stateOf(together(17)), on: ["item-01"] },
        { name: "18 VMs, in the exported state", round: stateOf(together(18)), on: ["item-01"] },
    ],
    limits: [
        {
            allowed: { name: "16 VMs", round: together(16) },
            refused: { name: "17 VMs", round: together(17), on: ["item-01"] },
        },
    ],
});
