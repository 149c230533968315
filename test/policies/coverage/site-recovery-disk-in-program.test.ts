import { attached, disk, vm, resourceGroup } from "../../harness/azure";
import { classicDisk, classicGroup } from "../../harness/classic";
import { ref, type Content, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";

const named = (name: string): Program => ({ rg: resourceGroup(), replica: disk({ name }) });

const attaching = (id: Content): Program => ({
    rg: resourceGroup(),
    network: {
        type: "azure-native:network:VirtualNetwork",
        properties: { resourceGroupName: ref("rg.name"), addressSpace: { addressPrefixes: ["10.0.0.0/16"] } },
    },
    web: vm({ name: "web", dataDisks: [attached(0, id)] }),
});
const DISKS = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks";

export const cases = policyCases(__filename, {
    policyId: "BCDR414",
    example: {
        ...named("web-data-ASRReplica"),
        web: vm({ name: "web", dataDisks: [attached(0, ref("replica.id"))] }),
    },
    fixed: {
        program: {
            rg: resourceGroup(),
            data: disk({ name: "web-data" }),
            web: vm({ name: "web", dataDisks: [attached(0, ref("data.id"))] }),
        },
        says: "First set `retainOnDelete` on `replica`, and apply that. Then remove `replica` from the program, and attach the VM's own disk:",
    },
    holds: [
        { name: "any other disk", round: { rg: resourceGroup(), data: disk() } },
        { name: "any other disk from outside", round: attaching(`${DISKS}/data`) },
    ],
    violated: [
        { name: "a temporary disk, in the state", round: () => new Stack().up(named("ms-asr-0c1d")), on: ["replica"] },
        {
            name: "told by its tag",
            round: { rg: resourceGroup(), replica: disk({ over: { tags: { "ASR-ReplicaDisk": "true" } } }) },
            on: ["replica"],
        },
        { name: "attached from outside", round: attaching(`${DISKS}/ms-asr-0c1d`), on: ["web"] },
        {
            name: "a disk of the classic provider",
            round: {
                rg: classicGroup(),
                replica: classicDisk({ name: "web-os-ASRReplica", createOption: "Empty", diskSizeGb: 128 }),
            },
            on: ["replica"],
        },
    ],
    undecided: [
        {
            name: "an attached disk of which the plan knows nothing",
            round: attaching(ref("network.id")),
            waitsFor: '"web": storageProfile.dataDisks[0].managedDisk.id',
        },
    ],
    limits: [
        {
            allowed: { name: "a name like one of theirs", round: named("web-os-ASR-Replica") },
            refused: { name: "one of theirs", round: named("web-os-ASRReplica"), on: ["replica"] },
        },
    ],
});
