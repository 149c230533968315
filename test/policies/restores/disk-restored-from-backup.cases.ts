import { disk, fromRestorePoint, vm, resourceGroup } from "../../harness/azure";
import { classicDisk, classicGroup } from "../../harness/classic";
import { ref, type Content, type Program, type Properties } from "../../harness/program";
import type { PolicyCases } from "../../harness/rule-cases";
import { Stack } from "../../harness/stack";

const made = (creationData: Properties): Program => ({
    rg: resourceGroup(),
    data: disk({ name: "web-data-restored", creationData }),
});

function copyFrom(group: string): Program {
    const snapshots = `/subscriptions/s/resourceGroups/${group}/providers/Microsoft.Compute/snapshots`;
    return made({ createOption: "Copy", sourceResourceId: `${snapshots}/x` });
}

const NETWORK = {
    type: "azure-native:network:VirtualNetwork",
    properties: { resourceGroupName: ref("rg.name"), addressSpace: { addressPrefixes: ["10.0.0.0/16"] } },
};

const { sourceResourceId: POINT } = fromRestorePoint("web", "web_DataDisk_0") as { readonly sourceResourceId: Content };

export const cases: PolicyCases = {
    policyId: "BCDR110",
    example: made(fromRestorePoint("web", "web_DataDisk_0")),
    holds: [
        { name: "an empty disk", round: made({ createOption: "Empty" }) },
        { name: "a disk from an image", round: made({ createOption: "FromImage", imageReference: { id: "x" } }) },
    ],
    violated: [
        { name: "from a restore point", round: made(fromRestorePoint()), on: ["data"] },
        { name: "in the state", round: () => new Stack().up(made(fromRestorePoint())), on: ["data"] },
        {
            name: "a disk that the VM restores as it is made (RD-06)",
            round: {
                rg: resourceGroup(),
                web: vm({ dataDisks: [{ lun: 3, createOption: "Restore", sourceResource: { id: POINT } }] }),
            },
            on: ["web"],
        },
        {
            name: "a disk of the classic provider",
            round: {
                rg: classicGroup(),
                data: classicDisk({ createOption: "Restore", sourceResourceId: POINT, diskSizeGb: 128 }),
            },
            on: ["data"],
        },
        {
            name: "a golden snapshot, where any snapshot counts",
            round: copyFrom("golden"),
            configuration: { "shared-settings": { restoreSource: "any-snapshot" } },
            on: ["data"],
        },
    ],
    undecided: [
        {
            name: "a source that the plan does not know",
            round: { ...made({ createOption: "Restore", sourceResourceId: ref("network.id") }), network: NETWORK },
            waitsFor: '"data": creationData.sourceResourceId',
        },
    ],
    limits: [
        {
            allowed: { name: "a snapshot in a group of one's own", round: copyFrom("BackupRG_westeurope_1") },
            refused: { name: "in Azure Backup's", round: copyFrom("AzureBackupRG_westeurope_1"), on: ["data"] },
        },
    ],
};
