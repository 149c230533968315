import { replicatedItem, SURROUNDINGS } from "../../harness/azure";
import { replicatedVm } from "../../harness/classic";
import type { Declaration, Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";
import { changed, OUTSIDE, stateOf } from "./programs";

const PER_VM = 60;

/** Items of VMs of another stack, with so many disks together. */
function protecting(disks: number, subscription: (vm: number) => string = () => "s", tail: Program = {}): Program {
    const items: Record<string, Declaration> = {};
    for (let vm = 0; vm * PER_VM < disks; vm++) {
        const compute = `/subscriptions/${subscription(vm)}/resourceGroups/g/providers/Microsoft.Compute`;
        const count = Math.min(PER_VM, disks - vm * PER_VM);
        items[`item-${vm}`] = replicatedItem(
            `${compute}/virtualMachines/web-${vm}`,
            Array.from({ length: count }, (_, disk) => `${compute}/disks/web-${vm}-${disk}`),
        );
    }
    return { ...SURROUNDINGS, ...items, ...tail };
}

function classicItem(): Declaration {
    const compute = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute";
    return replicatedVm(`${compute}/virtualMachines/old`, [`${compute}/disks/old`]);
}

function edited(program: Program): Program {
    const item = program["item-0"]!;
    const properties = { ...(item.properties["properties"] as object), policyId: `${OUTSIDE}/other` };
    return { ...program, "item-0": { ...item, properties: { ...item.properties, properties } } };
}

export const cases = policyCases(__filename, {
    policyId: "BCDR217",
    example: protecting(2),
    exampleLater: {
        says: "With so many items of so many disks that there are 3,060 together",
        round: () => new Stack().preview(protecting(3060)),
    },
    holds: [
        { name: "few disks", round: protecting(2) },
        { name: "two subscriptions", round: protecting(3060, (vm) => (vm === 0 ? "s" : "t")) },
    ],
    violated: [
        { name: "in the exported state", round: stateOf(protecting(3001)), on: ["-"] },
        {
            name: "the last one of a classic item",
            round: protecting(3000, () => "s", { item: classicItem() }),
            on: ["-"],
        },
    ],
    undecided: [
        {
            name: "an item that changes",
            round: changed(protecting(3000), edited(protecting(3000))),
            waitsFor: '"item-0": properties.providerSpecificDetails.protectedManagedDisks',
        },
    ],
    limits: [
        {
            allowed: { name: "3,000 disks", round: protecting(3000) },
            refused: { name: "3,001 disks", round: protecting(3001), on: ["-"] },
        },
    ],
});
