import {
    attached,
    disk,
    fromRestorePoint,
    vm,
    osDiskOf,
    replicatedItem,
    replicationIntent,
    SURROUNDINGS,
} from "../../harness/azure";
import { classicDisk, classicVm, diskAttachment, replicatedVm } from "../../harness/classic";
import { ref, type Content, type Declaration, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";

const OS = { os: disk({ over: { osType: "Linux" } }) };
const WEB: Program = {
    ...SURROUNDINGS,
    ...OS,
    data: disk(),
    web: vm({ name: "web", osDisk: ref("os.id"), dataDisks: [attached(1, ref("data.id"))] }),
};
const CLASSIC: Program = {
    ...SURROUNDINGS,
    os: classicDisk(),
    data: classicDisk({ createOption: "Empty", diskSizeGb: 128 }),
    web: classicVm("linux", ref("os.id")),
    place: diskAttachment(ref("web.id"), 1, ref("data.id")),
};
const BOTH = [ref("os.id"), ref("data.id")];
const WITHOUT: Program = { ...WEB, item: replicatedItem(ref("web.id"), [ref("os.id")]) };
const IMPLICIT: Program = {
    ...SURROUNDINGS,
    web: vm({ name: "web", dataDisks: [{ lun: 1, createOption: "Empty", diskSizeGB: 128 }] }),
};

function dataDisk(over: Declaration, list: readonly Content[] = [ref("os.id")]): Program {
    return { ...WEB, data: over, item: replicatedItem(ref("web.id"), list) };
}

/** The item is there before the disk is. */
function addedLater(autoProtectionOfDataDisk: string, preview: boolean) {
    const over = { autoProtectionOfDataDisk };
    const stack = new Stack();
    const before = vm({ name: "web", osDisk: ref("os.id") });
    stack.up({ ...SURROUNDINGS, ...OS, web: before, item: replicatedItem(ref("web.id"), [ref("os.id")], over) });
    const after = { ...WEB, item: replicatedItem(ref("web.id"), [ref("os.id")], over) };
    return preview ? stack.preview(after) : stack.up(after);
}

export const cases = policyCases(__filename, {
    policyId: "BCDR404",
    example: WITHOUT,
    fixed: { program: { ...WEB, item: replicatedItem(ref("web.id"), BOTH) } },
    shows: [
        "web.storageProfile.dataDisks",
        "item.properties.providerSpecificDetails.fabricObjectId",
        "item.properties.providerSpecificDetails.vmManagedDisks.0.diskId",
    ],
    holds: [
        { name: "a classic item that lists both", round: { ...CLASSIC, item: replicatedVm(ref("web.id"), BOTH) } },
        {
            name: "disks that Azure makes with the VM, listed by its outputs",
            round: {
                ...IMPLICIT,
                item: replicatedItem(ref("web.id"), [
                    osDiskOf("web"),
                    ref("web.storageProfile.dataDisks.0.managedDisk.id"),
                ]),
            },
        },
        { name: "an intent that lists both", round: { ...WEB, intent: replicationIntent(ref("web.id"), BOTH) } },
        {
            name: "an intent that leaves the disks to Azure",
            round: { ...WEB, intent: replicationIntent(ref("web.id")) },
        },
        {
            name: "an intent that leaves them to Azure, in the state",
            round: () => new Stack().up({ ...WEB, intent: replicationIntent(ref("web.id")) }),
        },
        {
            name: "an intent with auto-protection",
            round: {
                ...WEB,
                intent: replicationIntent(ref("web.id"), [ref("os.id")], { autoProtectionOfDataDisk: "Enabled" }),
            },
        },
        {
            name: "an intent beside an item that lists both",
            round: {
                ...WEB,
                item: replicatedItem(ref("web.id"), BOTH),
                intent: replicationIntent(ref("web.id"), [ref("os.id")]),
            },
        },
        { name: "no replication", round: WEB },
        { name: "no list at all, which is BCDR225's", round: { ...WEB, item: replicatedItem(ref("web.id")) } },
        { name: "certainly restored, which is BCDR111's", round: dataDisk(disk({ creationData: fromRestorePoint() })) },
        { name: "a replica disk, which is BCDR414's", round: dataDisk(disk({ name: "web-data-ASRReplica" })) },
        {
            name: "the OS disk, which is BCDR132's",
            round: { ...WEB, item: replicatedItem(ref("web.id"), [ref("data.id")]) },
        },
        { name: "auto-protection of a disk that is added", round: () => addedLater("Enabled", true) },
        { name: "auto-protection of a disk that was added", round: () => addedLater("Enabled", false) },
    ],
    violated: [
        {
            name: "two disks, in the state",
            round: () =>
                new Stack().up({
                    ...WITHOUT,
                    logs: disk(),
                    web: vm({
                        name: "web",
                        osDisk: ref("os.id"),
                        dataDisks: [attached(1, ref("data.id")), attached(2, ref("logs.id"))],
                    }),
                }),
            on: ["web"],
        },
        { name: "in the state", round: () => new Stack().up(WITHOUT), on: ["web"] },
        {
            name: "an intent that leaves the disk out",
            round: { ...WEB, intent: replicationIntent(ref("web.id"), [ref("os.id")]) },
            on: ["web"],
        },
        {
            name: "an intent that leaves the disk out, in the state",
            round: () => new Stack().up({ ...WEB, intent: replicationIntent(ref("web.id"), [ref("os.id")]) }),
            on: ["web"],
        },
        { name: "a disk that is added", round: () => addedLater("Disabled", true), on: ["web"] },
        {
            name: "a classic item that leaves the disk out",
            round: { ...CLASSIC, item: replicatedVm(ref("web.id"), [ref("os.id")]) },
            on: ["web"],
        },
        {
            name: "a disk from a snapshot, which may be restored or not",
            round: dataDisk(
                disk({
                    creationData: {
                        createOption: "Copy",
                        sourceResourceId:
                            "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/snapshots/golden",
                    },
                }),
            ),
            on: ["web"],
        },
        {
            name: "a disk that Azure makes, beside a list of other disks",
            round: {
                ...SURROUNDINGS,
                ...OS,
                web: vm({
                    name: "web",
                    osDisk: ref("os.id"),
                    dataDisks: [{ lun: 1, createOption: "Empty", diskSizeGB: 128 }],
                }),
                item: replicatedItem(ref("web.id"), [ref("os.id")]),
            },
            on: ["web"],
        },
        {
            name: "a shared disk outside of a cluster's list",
            round: dataDisk(disk({ over: { maxShares: 2 } })),
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "a list that is not known",
            round: { ...WEB, item: replicatedItem(ref("web.id"), undefined, { vmManagedDisks: ref("rg.id") }) },
            waitsFor: '"item": properties.providerSpecificDetails.vmManagedDisks',
        },
        {
            name: "the list of an intent that is not known",
            round: { ...WEB, intent: replicationIntent(ref("web.id"), undefined, { vmManagedDisks: ref("rg.id") }) },
            waitsFor: '"intent": properties.providerSpecificDetails.vmManagedDisks',
        },
        {
            name: "an element of the VM's own outputs for two disks that Azure makes",
            round: { ...IMPLICIT, item: replicatedItem(ref("web.id"), [osDiskOf("web")]) },
            waitsFor: '"web": storageProfile.dataDisks[0].managedDisk.id',
        },
        {
            name: "auto-protection that is not known",
            round: {
                ...WEB,
                item: replicatedItem(ref("web.id"), [ref("os.id")], { autoProtectionOfDataDisk: ref("rg.id") }),
            },
            waitsFor: '"item": properties.providerSpecificDetails.autoProtectionOfDataDisk',
        },
    ],
    limits: [
        {
            allowed: { name: "two disks of two", round: { ...WEB, item: replicatedItem(ref("web.id"), BOTH) } },
            refused: { name: "one disk of two", round: WITHOUT, on: ["web"] },
        },
    ],
});
