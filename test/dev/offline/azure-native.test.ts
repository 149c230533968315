/**
 * The stand-in for azure-native against what is known of the real one, property by property: after Check, at the
 * preview of a create and of an update, unchanged, after deployment, after a refresh, at import and on replace. Spoken
 * to over gRPC, as the engine does.
 *
 * The tables are written from the facts named beside them (SEE-…), not from the provider's output.
 */
import { rmSync } from "node:fs";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import {
    changeCloud,
    changeResource,
    cloudKey,
    readCloud,
    withoutResource,
} from "../../../dev/offline/providers/cloud";
import { loadShapes } from "../../../dev/offline/providers/sdk-types";
import { fromStruct, mapAt, textAt, toStruct, UNKNOWN, type ValueMap } from "../../../dev/offline/providers/values";
import { ABSENT, ANY, at, found, type Row } from "./conformance";
import { called, ProviderClient, type State } from "./provider-client";

const SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";

// ---- Reading the tables ---------------------------------------------------------------------------------------------

interface Conformance {
    readonly type: string;
    readonly name: string;
    readonly inputs: ValueMap;
    /** For the preview of an update. */
    readonly changed: (inputs: ValueMap) => ValueMap;
    readonly rows: readonly Row[];
}

const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg`;
const VAULT = `${GROUP}/providers/Microsoft.RecoveryServices/vaults/vault`;
const VM_ID = `${GROUP}/providers/Microsoft.Compute/virtualMachines/vm1`;
const OTHER_DISK = `${GROUP}/providers/Microsoft.Compute/disks/data`;

const A2A_ITEM: ValueMap = {
    resourceGroupName: "rg",
    resourceName: "vault",
    fabricName: "west",
    protectionContainerName: "west-container",
    properties: {
        policyId: `${VAULT}/replicationPolicies/policy`,
        providerSpecificDetails: {
            instanceType: "A2A",
            fabricObjectId: VM_ID,
            recoveryContainerId: `${VAULT}/replicationFabrics/north/replicationProtectionContainers/north-container`,
            recoveryResourceGroupId: `${GROUP}-asr`,
            vmManagedDisks: [
                {
                    diskId: OTHER_DISK,
                    primaryStagingAzureStorageAccountId: `${GROUP}/providers/Microsoft.Storage/storageAccounts/cache`,
                    recoveryResourceGroupId: `${GROUP}-asr`,
                    recoveryReplicaDiskAccountType: "Premium_LRS",
                    recoveryTargetDiskAccountType: "Premium_LRS",
                },
            ],
        },
    },
};

const U = UNKNOWN;

const CASES: readonly Conformance[] = [
    {
        type: "compute:VirtualMachine",
        name: "vm",
        inputs: {
            resourceGroupName: "rg",
            hardwareProfile: { vmSize: "Standard_D2s_v5" },
            identity: { type: "UserAssigned", userAssignedIdentities: ["/subscriptions/s/identity"] },
            networkProfile: { networkInterfaces: [{ id: UNKNOWN }] },
            osProfile: { adminUsername: "someone", adminPassword: "not to be shown" },
            storageProfile: {
                imageReference: { publisher: "Canonical", offer: "ubuntu", sku: "24_04", version: "latest" },
                osDisk: { createOption: "FromImage" },
                dataDisks: [{ lun: 0, createOption: "Empty", diskSizeGB: 64 }],
            },
            tags: { team: "a" },
        },
        changed: (inputs) => ({ ...inputs, hardwareProfile: { vmSize: "Standard_D4s_v5" } }),
        rows: [
            // SEE-01, SEE-03: names and location are filled in by Check, path inputs are inputs only.
            ["resourceGroupName", "rg", ABSENT, ABSENT, ABSENT],
            ["vmName", /^vm[0-9a-f]{8}$/, ABSENT, ABSENT, ABSENT],
            ["__createBeforeDelete", true, ABSENT, ABSENT, ABSENT],
            ["location", "germanywestcentral", "germanywestcentral", "germanywestcentral", "germanywestcentral"],
            ["azureApiVersion", "2024-11-01", "2024-11-01", "2024-11-01", "2024-11-01"],
            // SEE-04, SEE-05: what only Azure writes.
            ["id", ABSENT, U, /^\/subscriptions\/.*\/resourceGroups\/rg\/.*\/virtualMachines\/vm[0-9a-f]{8}$/, U],
            ["name", ABSENT, U, /^vm[0-9a-f]{8}$/, /^vm[0-9a-f]{8}$/],
            ["type", ABSENT, U, "Microsoft.Compute/virtualMachines", U],
            ["vmId", ABSENT, U, /^[0-9a-f-]{36}$/, U],
            ["provisioningState", ABSENT, U, "Succeeded", U],
            ["timeCreated", ABSENT, U, ANY, U],
            ["etag", ABSENT, U, ANY, U],
            ["resources", ABSENT, U, ABSENT, U],
            ["__inputs", ABSENT, ABSENT, ABSENT, ABSENT],
            // SEE-04: what nobody set is unknown, not absent, and inside nested objects too.
            ["zones", ABSENT, U, ABSENT, U],
            ["availabilitySet", ABSENT, U, ABSENT, U],
            ["storageProfile.diskControllerType", ABSENT, U, ABSENT, U],
            ["storageProfile.osDisk.diffDiskSettings", ABSENT, U, ABSENT, U],
            ["storageProfile.osDisk.encryptionSettings", ABSENT, U, ABSENT, U],
            ["hardwareProfile.vmSizeProperties", ABSENT, U, ABSENT, U],
            ["osProfile.computerName", ABSENT, U, ABSENT, U],
            // What was set keeps its value.
            ["hardwareProfile.vmSize", "Standard_D2s_v5", "Standard_D2s_v5", "Standard_D2s_v5", "Standard_D4s_v5"],
            ["storageProfile.osDisk.createOption", "FromImage", "FromImage", "FromImage", "FromImage"],
            ["storageProfile.imageReference.offer", "ubuntu", "ubuntu", "ubuntu", "ubuntu"],
            ["storageProfile.imageReference.exactVersion", ABSENT, U, ABSENT, U],
            ["tags.team", "a", "a", "a", "a"],
            // Lists element by element.
            ["networkProfile.networkInterfaces[0].id", U, U, ANY, U],
            ["networkProfile.networkInterfaces[0].primary", ABSENT, U, ABSENT, U],
            ["storageProfile.dataDisks[0].lun", 0, 0, 0, 0],
            ["storageProfile.dataDisks[0].diskSizeGB", 64, 64, 64, 64],
            ["storageProfile.dataDisks[0].toBeDetached", ABSENT, U, ABSENT, U],
            // SEE-05a: implicit disks are in no input, known once deployed, and unknown again at the preview of an
            // update.
            ["storageProfile.osDisk.name", ABSENT, U, /^vm[0-9a-f]{8}_OsDisk_1_[0-9a-f]{32}$/, U],
            ["storageProfile.osDisk.managedDisk", ABSENT, U, ANY, U],
            [
                "storageProfile.osDisk.managedDisk.id",
                ABSENT,
                U,
                /\/resourceGroups\/rg\/.*\/disks\/vm.*_OsDisk_1_[0-9a-f]{32}$/,
                U,
            ],
            ["storageProfile.dataDisks[0].managedDisk.id", ABSENT, U, /\/resourceGroups\/rg\/.*\/disks\/vm/, U],
            // A set of strings that the response shows as a map is wholly unknown.
            ["identity.type", "UserAssigned", "UserAssigned", "UserAssigned", "UserAssigned"],
            ["identity.userAssignedIdentities", ANY, U, { "/subscriptions/s/identity": {} }, U],
            ["identity.principalId", ABSENT, U, ABSENT, U],
            // Azure does not show a password again.
            ["osProfile.adminPassword", "not to be shown", "not to be shown", ABSENT, "not to be shown"],
        ],
    },
    {
        type: "compute:Disk",
        name: "restored",
        inputs: {
            resourceGroupName: UNKNOWN,
            diskName: "restored-disk",
            creationData: { createOption: "Restore", sourceResourceId: UNKNOWN },
            sku: { name: "Premium_LRS" },
        },
        changed: (inputs) => ({ ...inputs, diskSizeGB: 128 }),
        rows: [
            // SEE-06: the name of a group that is created at the same time is unknown; SEE-08: known siblings stay
            // readable.
            ["resourceGroupName", U, ABSENT, ABSENT, ABSENT],
            ["diskName", "restored-disk", ABSENT, ABSENT, ABSENT],
            ["__createBeforeDelete", ABSENT, ABSENT, ABSENT, ABSENT],
            ["location", "germanywestcentral", "germanywestcentral", "germanywestcentral", "germanywestcentral"],
            ["azureApiVersion", "2024-03-02", "2024-03-02", "2024-03-02", "2024-03-02"],
            ["id", ABSENT, U, `${GROUP}/providers/Microsoft.Compute/disks/restored-disk`, U],
            ["name", ABSENT, U, "restored-disk", "restored-disk"],
            ["type", ABSENT, U, "Microsoft.Compute/disks", U],
            ["creationData.createOption", "Restore", "Restore", "Restore", "Restore"],
            ["creationData.sourceResourceId", U, U, ANY, U],
            ["creationData.sourceUniqueId", ABSENT, U, ABSENT, U],
            ["sku.name", "Premium_LRS", "Premium_LRS", "Premium_LRS", "Premium_LRS"],
            ["sku.tier", ABSENT, U, ABSENT, U],
            ["diskSizeGB", ABSENT, U, ABSENT, 128],
            ["diskState", ABSENT, U, "Unattached", U],
            ["managedBy", ABSENT, U, ABSENT, U],
            ["uniqueId", ABSENT, U, /^[0-9a-f-]{36}$/, U],
            ["timeCreated", ABSENT, U, ANY, U],
            ["tags", ABSENT, U, ABSENT, U],
            ["maxShares", ABSENT, U, ABSENT, U],
        ],
    },
    {
        type: "recoveryservices:Vault",
        name: "vault",
        inputs: {
            resourceGroupName: "rg",
            sku: { name: "RS0", tier: "Standard" },
            properties: { securitySettings: { softDeleteSettings: { softDeleteState: "AlwaysON" } } },
        },
        changed: (inputs) => ({ ...inputs, tags: { team: "b" } }),
        rows: [
            ["resourceGroupName", "rg", ABSENT, ABSENT, ABSENT],
            ["vaultName", /^vault[0-9a-f]{8}$/, ABSENT, ABSENT, ABSENT],
            ["__createBeforeDelete", true, ABSENT, ABSENT, ABSENT],
            ["location", "germanywestcentral", "germanywestcentral", "germanywestcentral", "germanywestcentral"],
            ["azureApiVersion", "2024-10-01", "2024-10-01", "2024-10-01", "2024-10-01"],
            ["id", ABSENT, U, /\/Microsoft\.RecoveryServices\/vaults\/vault[0-9a-f]{8}$/, U],
            ["name", ABSENT, U, /^vault[0-9a-f]{8}$/, /^vault[0-9a-f]{8}$/],
            ["type", ABSENT, U, "Microsoft.RecoveryServices/vaults", U],
            ["etag", ABSENT, U, ANY, U],
            ["systemData", ABSENT, U, ANY, U],
            ["sku.name", "RS0", "RS0", "RS0", "RS0"],
            ["sku.capacity", ABSENT, U, ABSENT, U],
            ["properties.provisioningState", ABSENT, U, "Succeeded", U],
            ["properties.redundancySettings", ABSENT, U, ABSENT, U],
            [
                "properties.securitySettings.softDeleteSettings.softDeleteState",
                "AlwaysON",
                "AlwaysON",
                "AlwaysON",
                "AlwaysON",
            ],
            ["properties.securitySettings.immutabilitySettings", ABSENT, U, ABSENT, U],
            ["tags", ABSENT, U, ABSENT, { team: "b" }],
            ["identity", ABSENT, U, ABSENT, U],
        ],
    },
    {
        type: "recoveryservices:ProtectedItem",
        name: "backup",
        inputs: {
            resourceGroupName: "rg",
            vaultName: "vault",
            fabricName: "Azure",
            containerName: "iaasvmcontainer;iaasvmcontainerv2;rg;vm1",
            protectedItemName: "vm;iaasvmcontainerv2;rg;vm1",
            properties: {
                protectedItemType: "Microsoft.Compute/virtualMachines",
                policyId: `${VAULT}/backupPolicies/daily`,
                sourceResourceId: UNKNOWN,
            },
        },
        changed: (inputs) => ({
            ...inputs,
            properties: { ...mapAt(inputs, "properties"), policyId: `${VAULT}/backupPolicies/weekly` },
        }),
        rows: [
            ["resourceGroupName", "rg", ABSENT, ABSENT, ABSENT],
            ["vaultName", "vault", ABSENT, ABSENT, ABSENT],
            ["fabricName", "Azure", ABSENT, ABSENT, ABSENT],
            ["containerName", "iaasvmcontainer;iaasvmcontainerv2;rg;vm1", ABSENT, ABSENT, ABSENT],
            ["protectedItemName", "vm;iaasvmcontainerv2;rg;vm1", ABSENT, ABSENT, ABSENT],
            [
                "id",
                ABSENT,
                U,
                /\/vaults\/vault\/backupFabrics\/Azure\/protectionContainers\/.*\/protectedItems\/vm;/,
                U,
            ],
            ["name", ABSENT, U, "vm;iaasvmcontainerv2;rg;vm1", "vm;iaasvmcontainerv2;rg;vm1"],
            ["type", ABSENT, U, /\/protectedItems$/, U],
            ["azureApiVersion", "2024-10-01", "2024-10-01", "2024-10-01", "2024-10-01"],
            ["eTag", ABSENT, U, ANY, U],
            // SEE-04: `properties` is a choice of types, so it passes as the inputs have it; what nobody set is absent
            // here.
            ["properties.policyId", ANY, `${VAULT}/backupPolicies/daily`, `${VAULT}/backupPolicies/daily`, /weekly$/],
            ["properties.sourceResourceId", U, U, VM_ID, U],
            ["properties.protectionState", ABSENT, ABSENT, "Protected", ABSENT],
            ["properties.virtualMachineId", ABSENT, ABSENT, VM_ID, ABSENT],
            ["properties.vaultId", ABSENT, ABSENT, VAULT, ABSENT],
            ["properties.policyName", ABSENT, ABSENT, "daily", ABSENT],
        ],
    },
    {
        type: "recoveryservices:ReplicationProtectedItem",
        name: "replica",
        inputs: A2A_ITEM,
        changed: (inputs) => withDisks(inputs, [`${OTHER_DISK}-2`]),
        rows: [
            ["resourceGroupName", "rg", ABSENT, ABSENT, ABSENT],
            ["resourceName", "vault", ABSENT, ABSENT, ABSENT],
            ["fabricName", "west", ABSENT, ABSENT, ABSENT],
            ["protectionContainerName", "west-container", ABSENT, ABSENT, ABSENT],
            // Below another resource the automatic name is the logical one.
            ["replicatedProtectedItemName", "replica", ABSENT, ABSENT, ABSENT],
            ["__createBeforeDelete", ABSENT, ABSENT, ABSENT, ABSENT],
            ["azureApiVersion", "2024-10-01", "2024-10-01", "2024-10-01", "2024-10-01"],
            ["id", ABSENT, U, /\/vaults\/vault\/replicationFabrics\/west\/.*\/replicationProtectedItems\/replica$/, U],
            ["name", ABSENT, U, "replica", "replica"],
            ["type", ABSENT, U, /replicationProtectedItems$/, U],
            ["location", ABSENT, U, ABSENT, U],
            ["properties.policyId", ANY, ANY, ANY, ANY],
            ["properties.protectionState", ABSENT, U, "Protected", U],
            ["properties.replicationHealth", ABSENT, U, "Normal", U],
            ["properties.activeLocation", ABSENT, U, "Primary", U],
            ["properties.recoveryFabricId", ABSENT, U, `${VAULT}/replicationFabrics/north`, U],
            // SEE-04: a choice of types, passed through with its input-only list.
            [
                "properties.providerSpecificDetails.vmManagedDisks[0].diskId",
                OTHER_DISK,
                OTHER_DISK,
                ABSENT,
                `${OTHER_DISK}-2`,
            ],
            ["properties.providerSpecificDetails.recoveryResourceGroupId", ANY, `${GROUP}-asr`, ABSENT, `${GROUP}-asr`],
            // Facts 5.4: the read-back has other names.
            ["properties.providerSpecificDetails.protectedManagedDisks", ABSENT, ABSENT, ANY, ABSENT],
            ["properties.providerSpecificDetails.protectedManagedDisks[0].diskId", ABSENT, ABSENT, OTHER_DISK, ABSENT],
            [
                "properties.providerSpecificDetails.protectedManagedDisks[0].recoveryResourceGroupId",
                ABSENT,
                ABSENT,
                ANY,
                ABSENT,
            ],
            ["properties.providerSpecificDetails.recoveryAzureResourceGroupId", ABSENT, ABSENT, `${GROUP}-asr`, ABSENT],
            ["properties.providerSpecificDetails.recoveryContainerId", ANY, ANY, ABSENT, ANY],
            ["properties.recoveryContainerId", ABSENT, U, ANY, U],
            ["properties.providerSpecificDetails.fabricObjectId", VM_ID, VM_ID, VM_ID, VM_ID],
            ["properties.providerSpecificDetails.lifecycleId", ABSENT, ABSENT, ANY, ABSENT],
        ],
    },
];

function withDisks(inputs: ValueMap, ids: readonly string[]): ValueMap {
    const properties = mapAt(inputs, "properties");
    const details = mapAt(properties, "providerSpecificDetails");
    const vmManagedDisks = ids.map((diskId) => ({ diskId, primaryStagingAzureStorageAccountId: "/cache" }));
    return { ...inputs, properties: { ...properties, providerSpecificDetails: { ...details, vmManagedDisks } } };
}

/** What a deployment has resolved by then. */
function resolved(type: string, inputs: ValueMap): ValueMap {
    const known: Readonly<Record<string, ValueMap>> = {
        "compute:VirtualMachine": {
            networkProfile: {
                networkInterfaces: [{ id: `${GROUP}/providers/Microsoft.Network/networkInterfaces/nic` }],
            },
        },
        "compute:Disk": {
            resourceGroupName: "rg",
            creationData: { createOption: "Restore", sourceResourceId: `${GROUP}/restorePoint` },
        },
        "recoveryservices:ProtectedItem": {
            properties: { ...mapAt(inputs, "properties"), sourceResourceId: VM_ID },
        },
    };
    return { ...inputs, ...known[type] };
}

let provider: ProviderClient;

beforeAll(async () => {
    provider = await ProviderClient.start("azure-native", {
        subscriptionId: SUBSCRIPTION,
        location: "germanywestcentral",
    });
});

// Every test begins with a cloud that has never existed.
beforeEach(() => rmSync(provider.cloud, { force: true }));

afterAll(() => provider.stop());

describe.each(CASES)("$type", ({ type, name, inputs, changed, rows }) => {
    const column = (index: 1 | 2 | 3 | 4, value: ValueMap): void => {
        const actual = rows.map((row) => [row[0], found(at(value, row[0]), row[index])]);
        expect(actual).toEqual(rows.map((row) => [row[0], row[index]]));
    };

    test("after Check", async () => {
        const checked = await provider.check(type, name, inputs);
        expect(checked.failures).toEqual([]);
        column(1, checked.inputs);
    });

    test("at the preview of a create (SEE-04)", async () => {
        const checked = await provider.check(type, name, inputs);
        const { id, outputs } = await provider.create(type, name, checked.inputs, true);
        expect(id).toBe("");
        column(2, outputs);
    });

    test("at the preview of a create every response property is there, and nothing else (SEE-03, SEE-04)", async () => {
        const checked = await provider.check(type, name, inputs);
        const { outputs } = await provider.create(type, name, checked.inputs, true);
        const shape = loadShapes().resources[type];
        expect(Object.keys(outputs).sort()).toEqual(["id", ...Object.keys(shape?.outputs.properties ?? {})].sort());
        const unset = Object.keys(outputs).filter((property) => checked.inputs[property] === undefined);
        expect(unset.filter((property) => outputs[property] !== UNKNOWN)).toEqual([]);
    });

    test("after deployment (SEE-03)", async () => {
        const state = await provider.deploy(type, name, resolved(type, inputs));
        column(3, state.outputs);
        expect(state.id).toBe(state.outputs["id"]);
    });

    test("at the preview of an update (SEE-05)", async () => {
        const state = await provider.deploy(type, name, resolved(type, inputs));
        const checked = await provider.check(type, name, changed(inputs), state.inputs);
        column(4, await provider.update(type, name, state, checked.inputs, true));
    });

    test("unchanged: the same program gives the same inputs, and no difference", async () => {
        const given = resolved(type, inputs);
        const state = await provider.deploy(type, name, given);
        const again = await provider.check(type, name, given, state.inputs);
        expect(again.inputs).toEqual(state.inputs);
        expect(await provider.diff(type, name, state, again.inputs)).toEqual({
            changes: false,
            detailed: {},
            replaces: [],
            deleteBeforeReplace: false,
        });
    });

    test("after a refresh in which nothing has changed", async () => {
        const state = await provider.deploy(type, name, resolved(type, inputs));
        expect(await provider.read(type, name, state.id, state)).toEqual(state);
    });

    test("after it was deleted in the portal", async () => {
        const state = await provider.deploy(type, name, resolved(type, inputs));
        changeCloud(provider.cloud, (cloud) => withoutResource(cloud, state.id));
        expect(await provider.read(type, name, state.id, state)).toEqual({ id: "", inputs: {}, outputs: {} });
    });

    test("at import: inputs from the read-back, names from the id", async () => {
        const state = await provider.deploy(type, name, resolved(type, inputs));
        const read = await provider.read(type, name, state.id);
        expect(read.outputs).toEqual(state.outputs);
        const pathInputs = Object.keys(state.inputs).filter((property) => /Name$/.test(property));
        expect(pathInputs.map((property) => [property, read.inputs[property]])).toEqual(
            pathInputs.map((property) => [property, state.inputs[property]]),
        );
        const shape = loadShapes().resources[type];
        expect(Object.keys(read.inputs).filter((property) => shape?.inputs.properties[property] === undefined)).toEqual(
            [],
        );
    });
});

// ---- Differences ----------------------------------------------------------------------------------------------------

type DiffRow = readonly [
    what: string,
    type: string,
    change: ValueMap,
    detailed: Record<string, string>,
    deleteFirst: boolean,
];

/** Every resource is named by its program here, so replacing deletes first (SEE-19). */
const DIFFERENCES: readonly DiffRow[] = [
    [
        "a size",
        "compute:VirtualMachine",
        { hardwareProfile: { vmSize: "L" } },
        { "hardwareProfile.vmSize": "UPDATE" },
        false,
    ],
    [
        "the swap of an operating-system disk is an update in place",
        "compute:VirtualMachine",
        { storageProfile: { osDisk: { createOption: "Attach", managedDisk: { id: "/b" } } } },
        { "storageProfile.osDisk.managedDisk.id": "UPDATE" },
        false,
    ],
    [
        "a data disk more",
        "compute:VirtualMachine",
        { storageProfile: { osDisk: { createOption: "Attach", managedDisk: { id: "/a" } }, dataDisks: [{ lun: 0 }] } },
        { "storageProfile.dataDisks": "ADD" },
        false,
    ],
    ["a name", "compute:VirtualMachine", { vmName: "other" }, { vmName: "UPDATE_REPLACE" }, true],
    [
        "a name not known yet",
        "compute:VirtualMachine",
        { resourceGroupName: U },
        { resourceGroupName: "UPDATE_REPLACE" },
        true,
    ],
    ["a location", "compute:VirtualMachine", { location: "northeurope" }, { location: "UPDATE_REPLACE" }, true],
    ["a location in other words", "compute:VirtualMachine", { location: "West Europe" }, {}, false],
    [
        "an unknown size may be a change",
        "compute:VirtualMachine",
        { hardwareProfile: { vmSize: U } },
        { "hardwareProfile.vmSize": "UPDATE" },
        false,
    ],
    [
        "what a disk is made from cannot change, but only Azure says so",
        "compute:Disk",
        { creationData: { createOption: "Copy", sourceResourceId: "/snapshot" } },
        { "creationData.createOption": "UPDATE", "creationData.sourceResourceId": "ADD" },
        false,
    ],
    [
        "a kind of address",
        "network:PublicIPAddress",
        { sku: { name: "Basic" } },
        { "sku.name": "UPDATE_REPLACE" },
        true,
    ],
    [
        "a location for the first time",
        "network:PublicIPAddress",
        { location: "eastus" },
        { location: "ADD_REPLACE" },
        true,
    ],
    ["a vault's location", "recoveryservices:Vault", { location: "northeurope" }, { location: "UPDATE" }, false],
    [
        "the list of an item's disks",
        "recoveryservices:ReplicationProtectedItem",
        withDisks(A2A_ITEM, ["/b"]),
        { "properties.providerSpecificDetails.vmManagedDisks[0].diskId": "UPDATE" },
        false,
    ],
    [
        "an item's container",
        "recoveryservices:ReplicationProtectedItem",
        { protectionContainerName: "x" },
        { protectionContainerName: "UPDATE_REPLACE" },
        true,
    ],
];

const BEFORE: Readonly<Record<string, ValueMap>> = {
    "compute:VirtualMachine": {
        resourceGroupName: "rg",
        vmName: "vm1",
        location: "westeurope",
        hardwareProfile: { vmSize: "S" },
        storageProfile: { osDisk: { createOption: "Attach", managedDisk: { id: "/a" } } },
    },
    "compute:Disk": {
        resourceGroupName: "rg",
        diskName: "disk",
        location: "westeurope",
        creationData: { createOption: "Empty" },
    },
    "network:PublicIPAddress": { resourceGroupName: "rg", publicIpAddressName: "ip", sku: { name: "Standard" } },
    "recoveryservices:Vault": { resourceGroupName: "rg", vaultName: "vault", location: "westeurope" },
    "recoveryservices:ReplicationProtectedItem": withDisks({ ...A2A_ITEM, replicatedProtectedItemName: "item" }, [
        "/a",
    ]),
};

describe("Diff", () => {
    test.each(DIFFERENCES)("%s (%s)", async (_, type, change, detailed, deleteFirst) => {
        const inputs = BEFORE[type] ?? {};
        const state: State = { id: "/id", inputs, outputs: {} };
        expect(await provider.diff(type, "x", state, { ...inputs, ...change })).toEqual({
            changes: Object.keys(detailed).length > 0,
            detailed,
            replaces: Object.keys(detailed).filter((path) => detailed[path]?.endsWith("_REPLACE")),
            deleteBeforeReplace: deleteFirst,
        });
    });

    test("an automatic name lets the new one be created first (SEE-19)", async () => {
        const type = "compute:VirtualMachine";
        const inputs: ValueMap = { ...BEFORE[type], __createBeforeDelete: true };
        const state: State = { id: "/id", inputs, outputs: {} };
        const found = await provider.diff(type, "x", state, { ...inputs, resourceGroupName: "other" });
        expect(found.replaces).toEqual(["resourceGroupName"]);
        expect(found.deleteBeforeReplace).toBe(false);
    });

    test("a replacement under the same name can only follow the deletion", async () => {
        const type = "compute:VirtualMachine";
        const state = await provider.deploy(type, "vm", BEFORE[type] ?? {});
        await expect(provider.create(type, "vm", state.inputs)).rejects.toThrow(
            "cannot create already existing resource",
        );
        await provider.remove(type, "vm", state);
        const next = await provider.deploy(type, "vm", BEFORE[type] ?? {});
        expect(next.id).toBe(state.id);
        expect(next.outputs["vmId"]).not.toBe(state.outputs["vmId"]);
    });
});

// ---- What day two needs ---------------------------------------------------------------------------------------------

describe("A VM whose disk is swapped in the portal", () => {
    const type = "compute:VirtualMachine";
    const given: ValueMap = {
        resourceGroupName: "rg",
        vmName: "vm1",
        storageProfile: { osDisk: { createOption: "FromImage" } },
    };
    const restored = `${GROUP}/providers/Microsoft.Compute/disks/vm1-osdisk-20261101-101010`;

    const swapped = async (): Promise<{ before: State; after: State }> => {
        const before = await provider.deploy(type, "vm", given);
        changeCloud(provider.cloud, (cloud) =>
            changeResource(cloud, before.id, (response) => {
                const storage = mapAt(response, "storageProfile");
                const osDisk = { ...mapAt(storage, "osDisk"), name: "x", managedDisk: { id: restored } };
                return { ...response, storageProfile: { ...storage, osDisk } };
            }),
        );
        return { before, after: await provider.read(type, "vm", before.id, before) };
    };

    test("the new disk arrives in outputs and inputs, though the program never named one (SEE-19)", async () => {
        const { before, after } = await swapped();
        expect(at(before.inputs, "storageProfile.osDisk.managedDisk")).toBeUndefined();
        expect(at(after.outputs, "storageProfile.osDisk.managedDisk.id")).toBe(restored);
        expect(at(after.inputs, "storageProfile.osDisk.managedDisk.id")).toBe(restored);
        expect(at(after.inputs, "storageProfile.osDisk.createOption")).toBe("FromImage");
        expect(after.inputs["vmName"]).toBe("vm1");
    });

    test("what Azure had filled in by itself stays out of the inputs", async () => {
        const { after } = await swapped();
        expect(at(after.inputs, "storageProfile.osDisk.caching")).toBeUndefined();
        expect(after.inputs["vmId"]).toBeUndefined();
    });

    test("an update keeps the VM's disk and its identity", async () => {
        const { after } = await swapped();
        const outputs = await provider.update(type, "vm", after, { ...after.inputs, tags: { a: "b" } });
        expect(at(outputs, "storageProfile.osDisk.managedDisk.id")).toBe(restored);
        expect(outputs["vmId"]).toBe(after.outputs["vmId"]);
        expect(outputs["tags"]).toEqual({ a: "b" });
    });
});

describe("A VM's disks", () => {
    const vm = (osDisk: ValueMap): ValueMap => ({
        resourceGroupName: "rg",
        vmName: "vm1",
        storageProfile: { osDisk },
    });
    const disk: ValueMap = { resourceGroupName: "rg", diskName: "data", creationData: { createOption: "Empty" } };

    const diskIn = (id: string): ValueMap => mapAt(readCloud(provider.cloud)?.[cloudKey(id)]?.response);

    test("an implicit one exists, can be imported, and outlives its VM", async () => {
        const state = await provider.deploy("compute:VirtualMachine", "vm", vm({ createOption: "FromImage" }));
        const id = textAt(state.outputs, "storageProfile", "osDisk", "managedDisk", "id") ?? "";
        const read = await provider.read("compute:Disk", "os", id);
        expect(at(read.inputs, "creationData.createOption")).toBe("FromImage");
        expect(read.outputs["managedBy"]).toBe(state.id);
        await provider.remove("compute:VirtualMachine", "vm", state);
        expect(diskIn(id)["diskState"]).toBe("Unattached");
        expect(diskIn(id)["managedBy"]).toBeUndefined();
    });

    test("an attached one names its VM, until another takes its place", async () => {
        const first = await provider.deploy("compute:Disk", "a", disk);
        const second = await provider.deploy("compute:Disk", "b", { ...disk, diskName: "data-2" });
        const attach = (id: string): ValueMap => vm({ createOption: "Attach", managedDisk: { id } });
        const state = await provider.deploy("compute:VirtualMachine", "vm", attach(first.id));
        expect(diskIn(first.id)).toMatchObject({ managedBy: state.id, diskState: "Attached" });
        const { inputs } = await provider.check("compute:VirtualMachine", "vm", attach(second.id), state.inputs);
        await provider.update("compute:VirtualMachine", "vm", state, inputs);
        expect(diskIn(first.id)["diskState"]).toBe("Unattached");
        expect(diskIn(second.id)).toMatchObject({ managedBy: state.id, diskState: "Attached" });
    });

    test("Azure refuses another source for a disk that exists", async () => {
        const state = await provider.deploy("compute:Disk", "a", disk);
        const inputs = { ...state.inputs, creationData: { createOption: "Copy", sourceResourceId: "/snapshot" } };
        await expect(provider.update("compute:Disk", "a", state, inputs)).rejects.toThrow("PropertyChangeNotAllowed");
    });
});

describe("A replicated item", () => {
    const type = "recoveryservices:ReplicationProtectedItem";
    const protectedIds = (outputs: ValueMap): unknown =>
        (at(outputs, "properties.providerSpecificDetails.protectedManagedDisks") as readonly ValueMap[]).map(
            (entry) => entry["diskId"],
        );

    test("editing the list of an existing item changes nothing in Azure", async () => {
        const state = await provider.deploy(type, "item", A2A_ITEM);
        const outputs = await provider.update(type, "item", state, withDisks(state.inputs, ["/b"]));
        expect(protectedIds(outputs)).toEqual([OTHER_DISK]);
        expect(await provider.read(type, "item", state.id, { ...state, outputs })).toMatchObject({ outputs });
    });

    test("a new item under the same name has the new list", async () => {
        const state = await provider.deploy(type, "item", A2A_ITEM);
        await provider.remove(type, "item", state);
        const next = await provider.deploy(type, "item", withDisks(A2A_ITEM, ["/b"]));
        expect(protectedIds(next.outputs)).toEqual(["/b"]);
    });

    test("a refresh brings the portal's list into the outputs, never into the inputs (SEE-19)", async () => {
        const state = await provider.deploy(type, "item", A2A_ITEM);
        changeCloud(provider.cloud, (cloud) =>
            changeResource(cloud, state.id, (response) => {
                const properties = mapAt(response, "properties");
                const details = {
                    ...mapAt(properties, "providerSpecificDetails"),
                    protectedManagedDisks: [{ diskId: "/new" }],
                };
                return { ...response, properties: { ...properties, providerSpecificDetails: details } };
            }),
        );
        const after = await provider.read(type, "item", state.id, state);
        expect(protectedIds(after.outputs)).toEqual(["/new"]);
        expect(after.inputs).toEqual(state.inputs);
    });

    test("an imported one has no list among its inputs", async () => {
        const state = await provider.deploy(type, "item", A2A_ITEM);
        const { inputs } = await provider.read(type, "item", state.id);
        expect(at(inputs, "properties.providerSpecificDetails")).toEqual({
            instanceType: "A2A",
            fabricObjectId: VM_ID,
        });
    });

    test("Azure refuses one without a list, at deployment and not before (BCDR225)", async () => {
        const { inputs } = await provider.check(type, "item", withDisks(A2A_ITEM, []));
        await provider.create(type, "item", inputs, true);
        await expect(provider.create(type, "item", inputs)).rejects.toThrow("VMDisksMissing");
    });
});

describe("A generic resource", () => {
    const generic = (type: string, path: string, name: string, properties: ValueMap): ValueMap => ({
        resourceGroupName: "shop",
        resourceProviderNamespace: type.split("/")[0] ?? "",
        parentResourcePath: path,
        resourceType: type.split("/")[1] ?? "",
        resourceName: name,
        apiVersion: "2024-10-01",
        properties,
    });

    test("answers for a replicated item what Azure answers for the type of its own", async () => {
        const parents = "vaults/dr/replicationFabrics/west/replicationProtectionContainers/west";
        const item = generic(
            "Microsoft.RecoveryServices/replicationProtectedItems",
            parents,
            "item",
            mapAt(A2A_ITEM, "properties"),
        );
        const state = await provider.deploy("resources:Resource", "item", item);
        const details = "properties.providerSpecificDetails";
        expect(at(state.outputs, `${details}.vmManagedDisks`)).toBeUndefined();
        expect(at(state.outputs, `${details}.protectedManagedDisks`)).toMatchObject([{ diskId: OTHER_DISK }]);
        expect(state.outputs["type"]).toBe(
            "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems",
        );
        const edited = { ...state.inputs, properties: mapAt(withDisks(A2A_ITEM, ["/b"]), "properties") };
        const outputs = await provider.update("resources:Resource", "item", state, edited);
        expect(outputs).toEqual(state.outputs);
    });

    test("makes a VM's disks with it, below properties as ARM has them", async () => {
        const vm = generic("Microsoft.Compute/virtualMachines", "", "web", {
            storageProfile: { osDisk: { createOption: "FromImage" } },
        });
        const { outputs } = await provider.deploy("resources:Resource", "web", vm);
        expect(at(outputs, "properties.storageProfile.osDisk.managedDisk.id")).toContain("/disks/web_OsDisk_1_");
        expect(at(outputs, "storageProfile")).toBeUndefined();
    });

    test("of another type answers what was asked for", async () => {
        const { outputs } = await provider.deploy(
            "resources:Resource",
            "any",
            generic("Microsoft.Unheard/of", "", "any", { a: 1 }),
        );
        expect(outputs).toMatchObject({ type: "Microsoft.Unheard/of", properties: { a: 1 } });
    });
});

describe("Check", () => {
    const vm = "compute:VirtualMachine";

    test("the location comes from the group where nothing else says it, unknown with the group's name", async () => {
        const bare = await ProviderClient.start("azure-native", { subscriptionId: SUBSCRIPTION });
        try {
            const group = await bare.deploy("resources:ResourceGroup", "rg", { location: "northeurope" });
            const inGroup = await bare.check(vm, "vm", { resourceGroupName: group.outputs["name"] ?? "" });
            expect(inGroup.inputs["location"]).toBe("northeurope");
            const notYet = await bare.check(vm, "vm", { resourceGroupName: UNKNOWN });
            expect(notYet.inputs["location"]).toBe(UNKNOWN);
            const lone = await bare.check("resources:ResourceGroup", "rg", {});
            expect(lone.failures).toEqual([expect.stringContaining("missing required property 'location'")]);
        } finally {
            bare.stop();
        }
    });

    test("an automatic name stays from one update to the next, and preview and update agree on it", async () => {
        const first = await provider.check(vm, "vm", { resourceGroupName: "rg" });
        expect((await provider.check(vm, "vm", { resourceGroupName: "rg" })).inputs["vmName"]).toBe(
            first.inputs["vmName"],
        );
        const later = await provider.check(
            vm,
            "vm",
            { resourceGroupName: "rg" },
            { ...first.inputs, vmName: "vm00000000" },
        );
        expect(later.inputs).toMatchObject({ vmName: "vm00000000", __createBeforeDelete: true });
    });

    test("required properties are told, also inside other objects, but not below an unknown", async () => {
        const none = await provider.check("compute:Disk", "d", {});
        expect(none.failures).toEqual(
            expect.arrayContaining([
                "missing required property 'resourceGroupName'",
                "missing required property 'creationData'",
            ]),
        );
        const nested = await provider.check("compute:Disk", "d", { resourceGroupName: UNKNOWN, creationData: {} });
        expect(nested.failures).toEqual(["missing required property 'creationData.createOption'"]);
        const unknown = await provider.check("compute:Disk", "d", { resourceGroupName: "rg", creationData: UNKNOWN });
        expect(unknown.failures).toEqual([]);
    });

    test.each([
        "azure-native:compute:VirtualMachine",
        "azure-native:compute/v20241101:VirtualMachine",
        "azure-native_compute_v20241101:compute:VirtualMachine",
    ])("the type token %s", async (token) => {
        const request = new proto.CheckRequest();
        request.setUrn(`urn:pulumi:dev::project::some:component:Parent$${token}::vm`);
        request.setNews(toStruct({ resourceGroupName: "rg" }));
        const response = await called<proto.CheckResponse>((done) => provider.client.check(request, done));
        expect(fromStruct(response.getInputs())).toMatchObject({
            location: "germanywestcentral",
            azureApiVersion: "2024-11-01",
        });
    });
});

test("the configuration is answered as the real provider does: previews, no secrets", async () => {
    const response = await called<proto.ConfigureResponse>((done) =>
        provider.client.configure(new proto.ConfigureRequest(), done),
    );
    expect(response.toObject()).toEqual({
        acceptsecrets: false,
        acceptresources: false,
        acceptoutputs: false,
        supportspreview: true,
        supportsAutonamingConfiguration: true,
    });
});
