import { attached, disk, vm, replicatedItem, NAMED_SURROUNDINGS } from "../../harness/azure";
import { classicDisk, classicVm, diskAttachment, replicatedVm } from "../../harness/classic";
import { ref, type Content, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";

function listing(...listed: readonly Content[]): Program {
    return {
        ...NAMED_SURROUNDINGS,
        os: disk({ over: { osType: "Linux" } }),
        data: disk(),
        web: vm({ name: "web", osDisk: ref("os.id"), dataDisks: [attached(0, ref("data.id"))] }),
        webReplication: replicatedItem(ref("web.id"), listed),
    };
}

const classic = (...listed: readonly Content[]): Program => ({
    ...NAMED_SURROUNDINGS,
    os: classicDisk(),
    data: classicDisk(),
    web: classicVm("linux", ref("os.id")),
    place: diskAttachment(ref("web.id"), 0, ref("data.id")),
    webReplication: replicatedVm(ref("web.id"), listed),
});

function deployed(program: Program): Stack {
    const stack = new Stack();
    stack.up(program);
    return stack;
}

const ALL = listing(ref("os.id"), ref("data.id"));

export const cases = policyCases(__filename, {
    policyId: "BCDR132",
    example: listing(ref("data.id")),
    fixed: { program: ALL },
    shows: ["web.storageProfile", "webReplication.properties.providerSpecificDetails.fabricObjectId"],
    holds: [
        { name: "in the state", round: () => deployed(ALL).state() },
        { name: "only the OS disk", round: listing(ref("os.id")) },
        { name: "the classic provider", round: classic(ref("os.id")) },
    ],
    violated: [
        { name: "in the state", round: () => deployed(listing(ref("data.id"))).state(), on: ["web"] },
        { name: "the classic provider", round: classic(ref("data.id")), on: ["web"] },
    ],
    undecided: [
        {
            name: "the list of the existing item is being changed",
            round: () => deployed(listing(ref("data.id"))).preview(ALL),
            waitsFor: '"webReplication": properties.providerSpecificDetails.protectedManagedDisks',
        },
    ],
    limits: [
        {
            allowed: { name: "all disks", round: ALL },
            refused: { name: "all but the OS disk", round: listing(ref("data.id")), on: ["web"] },
        },
    ],
});
