import { disk, fromRestorePoint, vm, osDiskOf, replicatedItem, NAMED_SURROUNDINGS } from "../../harness/azure";
import { classicDisk, classicVm, replicatedVm } from "../../harness/classic";
import { ref, type Content, type Program } from "../../harness/program";
import type { PolicyCases } from "../../harness/rule-cases";
import { Stack } from "../../harness/stack";

function booting(from: string, listed: readonly Content[]): Program {
    return {
        ...NAMED_SURROUNDINGS,
        original: disk({ name: "web-os", over: { osType: "Linux" } }),
        restored: disk({ name: "web-os-restored", creationData: fromRestorePoint(), over: { osType: "Linux" } }),
        web: vm({ name: "web", osDisk: ref(`${from}.id`) }),
        webReplication: replicatedItem(ref("web.id"), listed),
    };
}

function classic(from: string): Program {
    return {
        ...NAMED_SURROUNDINGS,
        original: classicDisk(),
        restored: classicDisk({
            createOption: "Restore",
            sourceResourceId: fromRestorePoint()["sourceResourceId"] ?? null,
            diskSizeGb: 128,
        }),
        web: classicVm("linux", ref(`${from}.id`)),
        webReplication: replicatedVm(ref("web.id"), [ref("original.id")]),
    };
}

const HEALTHY = booting("original", [ref("original.id")]);
const SWAPPED = booting("restored", [ref("original.id")]);

function deployed(program: Program): Stack {
    const stack = new Stack();
    stack.up(program);
    return stack;
}

export const cases: PolicyCases = {
    policyId: "BCDR121",
    example: SWAPPED,
    exampleLater: {
        says: "Where `web` has booted from `original` until now, at the preview of this change",
        round: (example) => deployed(HEALTHY).preview(example),
    },
    holds: [
        { name: "the original disk", round: HEALTHY },
        { name: "the original disk, in the state", round: () => deployed(HEALTHY).state() },
        { name: "the classic provider, the original disk", round: classic("original") },
    ],
    violated: [
        { name: "swapped, at preview", round: () => deployed(HEALTHY).preview(SWAPPED), on: ["web"] },
        { name: "swapped, in the state", round: () => deployed(HEALTHY).up(SWAPPED), on: ["web"] },
        {
            name: "the classic provider",
            round: () => deployed(classic("original")).up(classic("restored")),
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "the list takes the disk from the VM's own output",
            round: booting("restored", [osDiskOf("web")]),
            waitsFor: '"webReplication": properties.providerSpecificDetails.vmManagedDisks',
        },
        {
            name: "the list of the existing item is edited in place",
            round: () => deployed(SWAPPED).preview(booting("restored", [ref("restored.id")])),
            waitsFor: '"webReplication": properties.providerSpecificDetails.protectedManagedDisks',
        },
    ],
    limits: [
        {
            allowed: {
                name: "a new item that lists the restored disk",
                round: booting("restored", [ref("restored.id")]),
            },
            refused: { name: "a new item that lists the original", round: SWAPPED, on: ["web"] },
        },
    ],
};
