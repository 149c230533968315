import { disk, fromRestorePoint, vm, resourceGroup, attached } from "../../harness/azure";
import { classicDisk, classicGroup } from "../../harness/classic";
import { ref, type Content, type Program, type Properties, type Declaration } from "../../harness/program";
import { whenRun } from "../../harness/case-files";
import { exempting } from "../../harness/exempting";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";
import { RESTORE_POLICIES } from "../../harness/catalogue";
import { Pack } from "../../harness/pack";
import { roundOf } from "../../harness/phases";

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

export const cases = policyCases(__filename, {
    policyId: "BCDR110",
    example: made(fromRestorePoint("web", "web_DataDisk_0")),
    fixed: {
        configuration: exempting("BCDR110", "data", "Replication was enabled again with this disk."),
        says: "Leave the disk unchanged. After you have enabled replication with the disk in the list, or if no replicated VM uses the disk, exempt it:",
    },
    shows: ["data.creationData"],
    holds: [
        { name: "an empty disk", round: made({ createOption: "Empty" }) },
        {
            name: "an empty disk whose tags the plan does not know",
            round: {
                rg: resourceGroup(),
                network: NETWORK,
                data: disk({ creationData: { createOption: "Empty" }, over: { tags: ref("network.tags") } }),
            },
        },
        { name: "a disk from an image", round: made({ createOption: "FromImage", imageReference: { id: "x" } }) },
    ],
    violated: [
        { name: "from a restore point", round: made(fromRestorePoint()), on: ["data"] },
        { name: "in the state", round: () => new Stack().up(made(fromRestorePoint())), on: ["data"] },
        {
            name: "a disk that the VM restores when it is created (RD-06)",
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
            name: "a restored disk that the program imported as an empty one: the tag tells (RD-04)",
            round: {
                rg: resourceGroup(),
                data: disk({ creationData: { createOption: "Empty" }, over: { tags: { RSVaultBackup: "0e1b7c4e" } } }),
            },
            on: ["data"],
        },
        {
            name: "such a disk of the classic provider",
            round: {
                rg: classicGroup(),
                data: classicDisk({ createOption: "Empty", diskSizeGb: 128, tags: { RSVaultBackup: "0e1b7c4e" } }),
            },
            on: ["data"],
        },
        {
            name: "such a disk in the state",
            round: () =>
                new Stack().up({
                    rg: resourceGroup(),
                    data: disk({
                        creationData: { createOption: "Empty" },
                        over: { tags: { RSVaultBackup: "0e1b7c4e" } },
                    }),
                }),
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
        {
            name: "Restore without a source, and tags that the plan does not know",
            round: {
                rg: resourceGroup(),
                network: NETWORK,
                data: disk({ creationData: { createOption: "Restore" }, over: { tags: ref("network.tags") } }),
            },
            waitsFor: '"data": tags',
        },
    ],
    limits: [
        {
            allowed: { name: "a snapshot in a group of one's own", round: copyFrom("BackupRG_westeurope_1") },
            refused: { name: "in Azure Backup's", round: copyFrom("AzureBackupRG_westeurope_1"), on: ["data"] },
        },
    ],
});

whenRun(__filename, () => {
    const SNAPSHOTS = "/subscriptions/s/resourceGroups/golden/providers/Microsoft.Compute/snapshots";
    const TAG = { tags: { RSVaultBackup: "0e1b7c4e-46bb-4a6f-9d2a-7b2f7c1f2a11" } };

    interface Case {
        readonly name: string;
        readonly creationData: Properties;
        readonly over?: Properties;
        readonly diskName?: string;
    }

    const CERTAIN: readonly Case[] = [
        { name: "RD-01, RD-02: restored from a restore point of Azure Backup", creationData: fromRestorePoint() },
        {
            name: "RD-01: restored from a restore point of somebody else's, in another case",
            creationData: {
                createOption: "Restore",
                sourceResourceId:
                    "/SUBSCRIPTIONS/s/RESOURCEGROUPS/g/PROVIDERS/microsoft.compute/RESTOREPOINTCOLLECTIONS/c/RESTOREPOINTS/p/DISKS/d/",
            },
        },
        {
            name: "RD-04: Restore without a source, with Azure Backup's tag",
            creationData: { createOption: "Restore" },
            over: TAG,
        },
        {
            name: "RD-05: copied from a restore point",
            creationData: { ...fromRestorePoint(), createOption: "Copy" },
        },
        {
            name: "RD-05: copied from a snapshot in Azure Backup's own group",
            creationData: {
                createOption: "Copy",
                sourceResourceId:
                    "/subscriptions/s/resourceGroups/AZUREBACKUPRG_westeurope_1/providers/Microsoft.Compute/snapshots/x",
            },
        },
        {
            name: "RD-04: copied from a snapshot, with the tag",
            creationData: { createOption: "Copy", sourceResourceId: `${SNAPSHOTS}/x` },
            over: TAG,
        },
        {
            name: "RD-07: imported from a VHD, with the tag in another case",
            creationData: { createOption: "Import", sourceUri: "https://x.example/y.vhd" },
            over: { tags: { rsvaultbackup: "0e1b7c4e-46bb-4a6f-9d2a-7b2f7c1f2a11" } },
        },
        {
            name: "RD-04: imported as an empty disk, with the tag",
            creationData: { createOption: "Empty" },
            over: TAG,
        },
        {
            name: "RD-02: from a collection whose number is short",
            creationData: {
                createOption: "Restore",
                sourceResourceId:
                    "/subscriptions/s/resourceGroups/AzureBackupRG_ukwest_1/providers/Microsoft.Compute" +
                    "/restorePointCollections/AzureBackup_web_01_169/restorePoints/AzureBackup_20260301_084023/disks/d",
            },
        },
    ];

    const POSSIBLE: readonly Case[] = [
        { name: "RD-03: Restore without a source", creationData: { createOption: "Restore" } },
        {
            name: "RD-05: copied from a golden snapshot",
            creationData: { createOption: "Copy", sourceResourceId: `${SNAPSHOTS}/golden` },
        },
        {
            name: "RD-07: imported from a VHD",
            creationData: { createOption: "Import", sourceUri: "https://x.example/y.vhd" },
        },
    ];

    const HOLDS: readonly Case[] = [
        { name: "an empty disk", creationData: { createOption: "Empty" } },
        { name: "a disk from an image", creationData: { createOption: "FromImage", imageReference: { id: "x" } } },
        {
            name: "a copy of another disk",
            creationData: {
                createOption: "Copy",
                sourceResourceId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d",
            },
        },
        {
            name: "RD-12: a replica disk of Site Recovery",
            creationData: fromRestorePoint(),
            diskName: "web-os-ASRReplica",
        },
        { name: "RD-12: a temporary disk of Site Recovery", creationData: fromRestorePoint(), diskName: "ms-asr-0c1d" },
        {
            name: "RD-12: recognised by the tag",
            creationData: fromRestorePoint(),
            over: { tags: { "ASR-ReplicaDisk": "true" } },
        },
        {
            name: "RD-12: a replica of a restored disk, whose tags Site Recovery copies",
            creationData: { createOption: "Empty" },
            over: { tags: { ...TAG.tags, "ASR-ReplicaDisk": "true" } },
        },
    ];

    function program({ creationData, over = {}, diskName }: Case): Program {
        return {
            rg: resourceGroup(),
            restored: disk({ creationData, over, ...(diskName === undefined ? {} : { name: diskName }) }),
        };
    }

    async function policies(of: Program, settings: Properties = {}): Promise<readonly string[]> {
        const violations = await new Pack(RESTORE_POLICIES).analyze(roundOf(of, "first preview"), {
            "shared-settings": settings,
        });
        return violations
            .filter(({ policy }) => policy === "disk-restored-from-backup")
            .map(({ policyId, on }) => `${policyId} ${on}`);
    }

    test.each(CERTAIN)("violated: $name", async (each) => {
        expect(await policies(program(each))).toEqual(["BCDR110 restored"]);
    });

    test.each(HOLDS)("holds: $name", async (each) => {
        expect(await policies(program(each))).toEqual([]);
        expect(await policies(program(each), { restoreSource: "any-snapshot" })).toEqual([]);
    });

    test.each(POSSIBLE)("holds, but counts with any-snapshot: $name", async (each) => {
        expect(await policies(program(each))).toEqual([]);
        expect(await policies(program(each), { restoreSource: "any-snapshot" })).toEqual(["BCDR110 restored"]);
    });

    test("violated: a data disk that the VM restores when it is created (RD-06), on the VM", async () => {
        const { sourceResourceId: id } = fromRestorePoint();
        const web = vm({ dataDisks: [{ lun: 3, createOption: "Restore", sourceResource: { id: id ?? null } }] });
        expect(await policies({ rg: resourceGroup(), web })).toEqual(["BCDR110 web"]);
    });

    test("not concerned: a disk that the VM merely attaches", async () => {
        const web = vm({ dataDisks: [attached(0, ref("data.id"))] });
        expect(await policies({ rg: resourceGroup(), data: disk(), web })).toEqual([]);
    });

    const SNAPSHOT: Declaration = {
        type: "azure-native:compute:Snapshot",
        properties: {
            resourceGroupName: ref("rg.name"),
            creationData: { createOption: "Copy", sourceResourceId: `${SNAPSHOTS}/x` },
        },
    };

    test("undecided: a source that the plan does not know yet", async () => {
        const of = {
            rg: resourceGroup(),
            network: {
                type: "azure-native:network:VirtualNetwork",
                properties: { resourceGroupName: ref("rg.name"), addressSpace: { addressPrefixes: ["10.0.0.0/16"] } },
            },
            restored: disk({ creationData: { createOption: "Restore", sourceResourceId: ref("network.id") } }),
        };
        const violations = await new Pack(RESTORE_POLICIES).analyze(roundOf(of, "first preview"));
        expect(violations.map(({ policyId }) => policyId)).toEqual(["BCDR490"]);
        expect(violations[0]?.message).toContain('BCDR110 on "restored": creationData.sourceResourceId');
    });

    test("decided by the whole plan: a source of which nothing is known but that it is a snapshot of this program", async () => {
        const copy = disk({ creationData: { createOption: "Copy", sourceResourceId: ref("golden.id") } });
        expect(await policies({ rg: resourceGroup(), golden: SNAPSHOT, copy })).toEqual([]);
    });

    test.each([...CERTAIN, ...POSSIBLE])("message: $name", async (each) => {
        const [violation] = await new Pack(RESTORE_POLICIES).analyze(roundOf(program(each), "first preview"), {
            "shared-settings": { restoreSource: "any-snapshot" },
        });
        expect(violation?.message).toMatchSnapshot();
    });

    test("message once it has been applied", async () => {
        const [violation] = await new Pack(RESTORE_POLICIES).analyze(roundOf(program(CERTAIN[0]!), "exported state"));
        expect(violation?.message).toMatchSnapshot();
    });
});
