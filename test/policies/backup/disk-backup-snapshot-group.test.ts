import { disk, vm, osDiskOf, resourceGroup } from "../../harness/azure";
import { classicDisk } from "../../harness/classic";
import { roundOf } from "../../harness/phases";
import { ref, type Content, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { BACKED_UP_DATA, classicInstance, diskUnderBackup, nativeInstance } from "./programs";

const SUBSCRIPTION = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60";
const ELSEWHERE = `${SUBSCRIPTION}/resourceGroups/hub/providers/Microsoft.Compute/disks/data`;

function into(snapshotGroup: Content, diskId: Content = ref("data.id")): Program {
    return diskUnderBackup({}, nativeInstance(diskId, snapshotGroup));
}

const SEPARATE: Program = { ...into(ref("snapshots.id")), rg: resourceGroup("shop") };

/** A program without a separate group for the snapshots. */
function inOwnGroup(): Program {
    const { snapshots: _, ...program } = SEPARATE;
    return { ...program, dataBackup: nativeInstance(ref("data.id"), ref("rg.id")) };
}

function classic(snapshotGroup: Content): Program {
    return { ...diskUnderBackup({}, classicInstance(snapshotGroup)), data: classicDisk() };
}

/** The OS disk that Azure makes with a VM, in the VM's group. */
function ofVm(snapshotGroup: Content): Program {
    return {
        ...into(snapshotGroup, osDiskOf("web")),
        data: disk({ name: "other" }),
        web: vm({ name: "web" }),
    };
}

export const cases = policyCases(__filename, {
    policyId: "BCDR321",
    example: inOwnGroup(),
    fixed: {
        program: SEPARATE,
        says: "Give the vault's identity the role Disk Snapshot Contributor on the new group:",
    },
    shows: ["data.resourceGroupName", ...BACKED_UP_DATA],
    holds: [
        { name: "a group by its name", round: classic("snapshots") },
        { name: "in an exported state", round: () => roundOf(into(ref("snapshots.id")), "exported state") },
        { name: "the OS disk of a VM", round: ofVm(ref("snapshots.id")) },
        {
            name: "a group of that name in another subscription",
            round: into("/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/hub", ELSEWHERE),
        },
    ],
    violated: [
        { name: "the OS disk of a VM", round: ofVm(ref("rg.id")), on: ["dataBackup"] },
        {
            name: "a disk outside of the stack, in another case",
            round: into(`${SUBSCRIPTION}/resourceGroups/HUB`, ELSEWHERE),
            on: ["dataBackup"],
        },
    ],
    undecided: [
        {
            name: "a group that is not known",
            round: into(ref("data.id")),
            waitsFor: '"dataBackup": properties.policyInfo.policyParameters.dataStoreParametersList[0].resourceGroupId',
        },
        {
            name: "a group that is not known, classic",
            round: classic(ref("data.id")),
            waitsFor: '"dataBackup": snapshotResourceGroupName',
        },
    ],
    inPlace: [
        {
            name: "in an exported state",
            round: () => roundOf(into(ref("rg.id")), "exported state"),
            on: ["dataBackup"],
        },
        {
            name: "the OS disk of a VM, in an exported state",
            round: () => roundOf(ofVm(ref("rg.id")), "exported state"),
            on: ["dataBackup"],
        },
    ],
    limits: [
        {
            allowed: { name: "a group beside the disk's", round: into(ref("snapshots.id")) },
            refused: { name: "the disk's own group", round: into(ref("rg.id")), on: ["dataBackup"] },
        },
        {
            allowed: { name: "a group beside the disk's, classic", round: classic(ref("snapshots.name")) },
            refused: { name: "the disk's own group, classic", round: classic(ref("rg.name")), on: ["dataBackup"] },
        },
    ],
});
