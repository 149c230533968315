import { replicatedItem, SURROUNDINGS } from "../../harness/azure";
import { replicatedVm } from "../../harness/classic";
import type { Declaration, Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";
import { changed, OUTSIDE, stateOf } from "./programs";

const PER_VM = 60;

const [HERE, THERE] = ["8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60", "2b7f4c19-6a85-4e0d-b3c1-94d8f0e6a751"] as const;

/** Items of VMs of another stack, with so many disks together. */
function protecting(disks: number, subscription: (vm: number) => string = () => HERE, tail: Program = {}): Program {
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
    const compute = `/subscriptions/${HERE}/resourceGroups/g/providers/Microsoft.Compute`;
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
        says: "With 51 such items of 60 disks each",
        round: () => new Stack().preview(protecting(3060)),
        state: stateOf(protecting(3060)),
    },
    fixed: {
        round: () => new Stack().preview(protecting(3060, (vm) => (vm < 25 ? HERE : THERE))),
        says: "With 26 of the 51 VMs in another subscription, replicated through other vaults to another target subscription, no subscription has more than 1,560 replicated disks.",
    },
    shows: [
        "item-0.properties.providerSpecificDetails.fabricObjectId",
        "item-0.properties.providerSpecificDetails.vmManagedDisks.0.diskId",
        "item-0.properties.providerSpecificDetails.vmManagedDisks.1.diskId",
    ],
    holds: [
        { name: "few disks", round: protecting(2) },
        { name: "two subscriptions", round: protecting(3060, (vm) => (vm === 0 ? HERE : THERE)) },
    ],
    violated: [
        {
            name: "the last one of a classic item",
            round: protecting(3000, () => HERE, { item: classicItem() }),
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
    inPlace: [{ name: "in the exported state", round: stateOf(protecting(3001)), on: ["-"] }],
    limits: [
        {
            allowed: { name: "3,000 disks", round: protecting(3000) },
            refused: { name: "3,001 disks", round: protecting(3001), on: ["-"] },
        },
    ],
});
