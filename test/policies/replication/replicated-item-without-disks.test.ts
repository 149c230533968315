import { vm, osDiskOf, replicatedItem, NAMED_SURROUNDINGS } from "../../harness/azure";
import { ref, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";
import { REPLICATED_WEB } from "./programs";

const VM: Program = { ...NAMED_SURROUNDINGS, web: vm({ name: "web" }) };
const WITHOUT: Program = { ...VM, item: replicatedItem(ref("web.id")) };
const WITH: Program = { ...VM, item: replicatedItem(ref("web.id"), [osDiskOf("web")]) };

export const cases = policyCases(__filename, {
    policyId: "BCDR225",
    example: WITHOUT,
    fixed: { program: WITH },
    shows: REPLICATED_WEB,
    holds: [
        { name: "no item at all", round: VM },
        {
            name: "unmanaged disks, which have a list of their own",
            round: {
                ...VM,
                item: replicatedItem(ref("web.id"), undefined, { vmDisks: [{ diskUri: "https://x.example/y.vhd" }] }),
            },
        },
        {
            name: "an item that exists has its list in Azure",
            round: () => {
                const stack = new Stack();
                stack.up(WITH);
                return stack.up(WITHOUT);
            },
        },
        {
            name: "a replication of another kind",
            round: { ...VM, item: replicatedItem(ref("web.id"), undefined, { instanceType: "InMage" }) },
        },
    ],
    violated: [
        {
            name: "a new item of a VM that exists",
            round: () => {
                const stack = new Stack();
                stack.up(VM);
                return stack.preview(WITHOUT);
            },
            on: ["item"],
        },
    ],
    undecided: [
        {
            name: "a kind of replication that is not known",
            round: { ...VM, item: replicatedItem(ref("web.id"), undefined, { instanceType: ref("rg.id") }) },
            waitsFor: '"item": properties.providerSpecificDetails.instanceType',
        },
    ],
    limits: [
        {
            allowed: {
                name: "a list of one disk",
                round: WITH,
            },
            refused: {
                name: "a list of none",
                round: { ...VM, item: replicatedItem(ref("web.id"), []) },
                on: ["item"],
            },
        },
    ],
});
