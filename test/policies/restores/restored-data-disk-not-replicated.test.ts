import {
    attached,
    disk,
    fromRestorePoint,
    vm,
    replicatedItem,
    NAMED_SURROUNDINGS,
    diskBackup,
    osDiskOf,
    resourceGroup,
    SURROUNDINGS,
} from "../../harness/azure";
import { classicDisk, classicVm, diskAttachment, replicatedVm } from "../../harness/classic";
import { ref, text, type Content, type Declaration, type Program } from "../../harness/program";
import { whenRun } from "../../harness/case-files";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";
import { findings, testScenarios, type Scenario } from "../../harness/scenario";

const RESTORED = disk({ creationData: fromRestorePoint("web", "web_DataDisk_0") });

function withData(data: Declaration, listed: readonly Content[]): Program {
    return {
        ...NAMED_SURROUNDINGS,
        os: disk({ over: { osType: "Linux" } }),
        data,
        web: vm({ name: "web", osDisk: ref("os.id"), dataDisks: [attached(0, ref("data.id"))] }),
        webReplication: replicatedItem(ref("web.id"), listed),
    };
}

const LEFT_OUT = withData(RESTORED, [ref("os.id")]);
const LISTED = withData(RESTORED, [ref("os.id"), ref("data.id")]);

/** The VM is replicated as it stood before the restored disk was attached. */
function before(): Stack {
    const stack = new Stack();
    stack.up({ ...LEFT_OUT, web: vm({ name: "web", osDisk: ref("os.id") }) });
    return stack;
}

export const cases = policyCases(__filename, {
    policyId: "BCDR111",
    example: LEFT_OUT,
    exampleLater: {
        says: "Where `web` has had no data disk until now, at the preview of this change",
        round: (example) => before().preview(example),
        state: (example) => before().up(example),
    },
    fixed: {
        program: LISTED,
        round: (fixed) => new Stack().preview(fixed),
        says: "After you have disabled replication and removed the item from the state, this program enables it again:",
    },
    shows: [
        "data.creationData",
        "web.storageProfile.dataDisks",
        "webReplication.properties.providerSpecificDetails.fabricObjectId",
        "webReplication.properties.providerSpecificDetails.vmManagedDisks.0.diskId",
    ],
    holds: [
        { name: "a disk left out on purpose that is not restored", round: withData(disk(), [ref("os.id")]) },
        { name: "listed, in the state", round: () => new Stack().up(LISTED) },
    ],
    violated: [
        { name: "attached on day 2, at preview", round: () => before().preview(LEFT_OUT), on: ["web"] },
        { name: "attached on day 2, in the state", round: () => before().up(LEFT_OUT), on: ["web"] },
        {
            name: "the classic provider, attached by a separate resource",
            round: {
                ...NAMED_SURROUNDINGS,
                os: classicDisk(),
                data: classicDisk({
                    createOption: "Restore",
                    sourceResourceId: fromRestorePoint()["sourceResourceId"] ?? null,
                    diskSizeGb: 128,
                }),
                web: classicVm("linux", ref("os.id")),
                place: diskAttachment(ref("web.id"), 0, ref("data.id")),
                webReplication: replicatedVm(ref("web.id"), [ref("os.id")]),
            },
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "where the disk comes from is not known",
            round: withData(
                disk({ creationData: { createOption: "Restore", sourceResourceId: text`${ref("rg.id")}/x` } }),
                [ref("os.id")],
            ),
            waitsFor: '"data": creationData.sourceResourceId',
        },
        {
            name: "the list of the existing item is edited in place",
            round: () => {
                const stack = new Stack();
                stack.up(LEFT_OUT);
                return stack.preview(LISTED);
            },
            waitsFor: '"webReplication": properties.providerSpecificDetails.protectedManagedDisks',
        },
    ],
    limits: [
        {
            allowed: { name: "a new item that lists the disk", round: LISTED },
            refused: { name: "a new item that leaves it out", round: LEFT_OUT, on: ["web"] },
        },
    ],
});

whenRun(__filename, () => {
    const OS_DISK = disk({ over: { osType: "Linux" } });

    /** A VM with a data disk of this kind, and an item that lists these disks. */
    function withData(data: Declaration, listed: readonly Content[], over: Program = {}): Program {
        return {
            ...SURROUNDINGS,
            ...over,
            os: OS_DISK,
            data,
            web: vm({ osDisk: ref("os.id"), dataDisks: [attached(1, ref("data.id"))] }),
            webReplication: replicatedItem(ref("web.id"), listed),
            ...over,
        };
    }

    const restored = disk({ creationData: fromRestorePoint("web", "web_DataDisk_0") });
    const SNAPSHOT_IN: (group: string) => Declaration = (group) => ({
        type: "azure-native:compute:Snapshot",
        properties: {
            resourceGroupName: ref(`${group}.name`),
            creationData: { createOption: "Copy", sourceResourceId: "/x" },
        },
    });

    const SCENARIOS: readonly Scenario[] = [
        {
            name: "a new item lists the restored disk: holds",
            round: () => new Stack().preview(withData(restored, [ref("os.id"), ref("data.id")])),
            finds: [],
        },
        {
            name: "a new item leaves it out: violated",
            round: () => new Stack().preview(withData(restored, [ref("os.id")])),
            finds: ["BCDR111 web"],
        },
        {
            name: "attached on day 2 to a replicated VM: violated at preview",
            round: () => {
                const stack = new Stack();
                const { data: _, ...before } = withData(disk(), [ref("os.id")]);
                stack.up({ ...before, web: vm({ osDisk: ref("os.id") }) });
                return stack.preview(withData(restored, [ref("os.id")]));
            },
            finds: ["BCDR111 web"],
        },
        {
            name: "excluded from replication on purpose, and not restored: no alarm",
            round: () => new Stack().preview(withData(disk(), [ref("os.id")])),
            finds: [],
        },
        {
            name: "a golden snapshot as data disk: no alarm",
            round: () =>
                new Stack().preview(
                    withData(
                        disk({ creationData: { createOption: "Copy", sourceResourceId: ref("golden.id") } }),
                        [ref("os.id")],
                        {
                            golden: SNAPSHOT_IN("rg"),
                        },
                    ),
                ),
            finds: [],
        },
        {
            name: "RD-05: a snapshot in the group into which Disk Backup of this stack puts its own",
            round: () =>
                new Stack().preview(
                    withData(
                        disk({ creationData: { createOption: "Copy", sourceResourceId: ref("snapshot.id") } }),
                        [ref("os.id")],
                        {
                            snapshots: resourceGroup(),
                            snapshot: SNAPSHOT_IN("snapshots"),
                            vaulted: disk(),
                            vaultedBackup: withSnapshotGroup(diskBackup(ref("vaulted.id")), ref("snapshots.id")),
                        },
                    ),
                ),
            finds: ["BCDR111 web"],
        },
        {
            name: "RD-05: a snapshot in a group named as a backup policy of this stack names them",
            round: () =>
                new Stack().preview(
                    withData(
                        disk({
                            creationData: {
                                createOption: "Copy",
                                sourceResourceId:
                                    "/subscriptions/s/resourceGroups/Instant-7/providers/Microsoft.Compute/snapshots/x",
                            },
                        }),
                        [ref("os.id")],
                        { policy: BACKUP_POLICY },
                    ),
                ),
            finds: ["BCDR111 web"],
        },
        {
            name: "RD-01: a restore point of this program",
            round: () =>
                new Stack().preview(
                    withData(
                        disk({ creationData: { createOption: "Restore", sourceResourceId: ref("point.id") } }),
                        [ref("os.id")],
                        {
                            collection: {
                                type: "azure-native:compute:RestorePointCollection",
                                properties: { resourceGroupName: ref("rg.name"), source: { id: "/subscriptions/s/x" } },
                            },
                            point: {
                                type: "azure-native:compute:RestorePoint",
                                properties: {
                                    resourceGroupName: ref("rg.name"),
                                    restorePointCollectionName: ref("collection.name"),
                                },
                            },
                        },
                    ),
                ),
            finds: ["BCDR111 web"],
        },
        {
            name: "a copy of another disk of this program: no alarm",
            round: () =>
                new Stack().preview(
                    withData(
                        disk({ creationData: { createOption: "Copy", sourceResourceId: ref("spare.id") } }),
                        [ref("os.id")],
                        {
                            spare: disk(),
                        },
                    ),
                ),
            finds: [],
        },
        {
            name: "RD-06: a data disk that the VM restores as it comes up, left out by a new item with a known list",
            round: () => {
                const { sourceResourceId } = fromRestorePoint();
                return new Stack().preview({
                    ...withData(disk(), [ref("os.id")]),
                    web: vm({
                        osDisk: ref("os.id"),
                        dataDisks: [
                            {
                                lun: 0,
                                name: "web-restored",
                                createOption: "Restore",
                                sourceResource: { id: sourceResourceId ?? null },
                            },
                        ],
                    }),
                });
            },
            finds: ["BCDR111 web"],
        },
        {
            name: "to be detached is not attached",
            round: () => {
                const stack = new Stack();
                stack.up(withData(restored, [ref("os.id")]));
                return stack.preview({
                    ...withData(restored, [ref("os.id")]),
                    web: vm({
                        osDisk: ref("os.id"),
                        dataDisks: [attached(1, ref("data.id"), { toBeDetached: true })],
                    }),
                });
            },
            finds: [],
        },
        {
            name: "a shared disk is in the list of the item's cluster: holds",
            round: () => {
                const program = withData(restored, [ref("os.id")], { cluster: CLUSTER });
                return new Stack().preview({
                    ...program,
                    webReplication: replicatedItem(ref("web.id"), [ref("os.id")], {
                        protectionClusterId: ref("cluster.id"),
                    }),
                });
            },
            finds: [],
        },
        {
            name: "auto-protection of data disks does not cure it",
            round: () =>
                new Stack().preview({
                    ...withData(restored, [ref("os.id")]),
                    webReplication: replicatedItem(ref("web.id"), [ref("os.id")], {
                        autoProtectionOfDataDisk: "Enabled",
                    }),
                }),
            finds: ["BCDR111 web"],
        },
        {
            name: "with an OS disk that was restored, too, it is one finding: BCDR121",
            round: () =>
                new Stack().preview({
                    ...withData(restored, [osDiskOf("other")]),
                    os: disk({ creationData: fromRestorePoint(), over: { osType: "Linux" } }),
                    other: vm({ name: "other" }),
                    spare: disk(),
                    webReplication: replicatedItem(ref("web.id"), [ref("spare.id")]),
                }),
            finds: ["BCDR121 web"],
        },
        {
            name: "the VM is attached from outside the known list: unknown disks of the VM are undecided",
            round: () =>
                new Stack().preview(
                    withData(
                        disk({ creationData: { createOption: "Restore", sourceResourceId: ref("net.id") } }),
                        [ref("os.id")],
                        {
                            net: {
                                type: "azure-native:network:VirtualNetwork",
                                properties: {
                                    resourceGroupName: ref("rg.name"),
                                    addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
                                },
                            },
                        },
                    ),
                ),
            finds: ["BCDR490 -"],
            leavesOpen: ['BCDR111 on "data": creationData.sourceResourceId'],
        },
    ];

    const BACKUP_POLICY: Declaration = {
        type: "azure-native:recoveryservices:ProtectionPolicy",
        properties: {
            resourceGroupName: ref("rg.name"),
            vaultName: ref("backup.name"),
            properties: {
                backupManagementType: "AzureIaasVM",
                instantRPDetails: { azureBackupRGNamePrefix: "instant-" },
            },
        },
    };

    const CLUSTER: Declaration = {
        type: "azure-native:recoveryservices:ReplicationProtectionCluster",
        properties: {
            resourceGroupName: ref("rg.name"),
            resourceName: ref("recovery.name"),
            fabricName: "westeurope",
            protectionContainerName: "westeurope",
            properties: {
                sharedDiskProperties: {
                    sharedDiskProviderSpecificDetails: {
                        instanceType: "A2A",
                        protectedManagedDisks: [{ diskId: ref("data.id") }],
                    },
                },
            },
        },
    };

    function withSnapshotGroup(instance: Declaration, group: Content): Declaration {
        const properties = instance.properties["properties"] as Record<string, Content>;
        const policyInfo = properties["policyInfo"] as Record<string, Content>;
        const store = {
            objectType: "AzureOperationalStoreParameters",
            dataStoreType: "OperationalStore",
            resourceGroupId: group,
        };
        return {
            ...instance,
            properties: {
                ...instance.properties,
                properties: {
                    ...properties,
                    policyInfo: { ...policyInfo, policyParameters: { dataStoreParametersList: [store] } },
                },
            },
        };
    }

    describe("BCDR111", () => {
        testScenarios(SCENARIOS);

        test("message", async () => {
            const [found] = await findings(SCENARIOS[1]!);
            expect(found?.message).toMatchSnapshot();
        });
    });
});
