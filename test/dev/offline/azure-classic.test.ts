/**
 * The stand-in for the classic provider against what is known of the real one, property by property: after Check, at
 * the preview of a create and of an update, unchanged, after deployment, after a refresh, at import and on replace.
 *
 * The tables are written from INT-69, the bridge's source and the calls recorded in
 * pulumi-azure (provider/testdata/recorded: compute_datadiskattachment), not from the stand-in's output.
 */
import { changeCloud, changeResource, readCloud, withoutResource } from "../../../dev/offline/providers/cloud";
import { UNKNOWN, type KnownValue, type ValueMap } from "../../../dev/offline/providers/values";
import { ABSENT, ANY, at, found, type Expected, type Row } from "./conformance";
import { ProviderClient, type State } from "./provider-client";

const SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";
const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg`;
const COMPUTE = `${GROUP}/providers/Microsoft.Compute`;
const VAULT = `${GROUP}/providers/Microsoft.RecoveryServices/vaults/vault`;
const NORTH = `${VAULT}/replicationFabrics/north`;
const VM_ID = `${COMPUTE}/virtualMachines/vm1`;
const NIC = `${GROUP}/providers/Microsoft.Network/networkInterfaces/nic`;
const CACHE = `${GROUP}/providers/Microsoft.Storage/storageAccounts/cache`;

const LINUX = "compute/linuxVirtualMachine:LinuxVirtualMachine";
const WINDOWS = "compute/windowsVirtualMachine:WindowsVirtualMachine";
const LEGACY = "compute/virtualMachine:VirtualMachine";
const DISK = "compute/managedDisk:ManagedDisk";
const ATTACHMENT = "compute/dataDiskAttachment:DataDiskAttachment";
const PROTECTED = "backup/protectedVM:ProtectedVM";
const REPLICATED = "siterecovery/replicatedVM:ReplicatedVM";
const DISK_INSTANCE = "dataprotection/backupInstanceDisk:BackupInstanceDisk";
const RESOURCE_GROUP = "core/resourceGroup:ResourceGroup";
const VAULT_TYPE = "recoveryservices/vault:Vault";

const U = UNKNOWN;

interface Conformance {
    readonly type: string;
    readonly name: string;
    readonly inputs: ValueMap;
    readonly id: RegExp;
    /** For the preview of an update. */
    readonly changed: ValueMap;
    /** What the bridge lists as filled in. */
    readonly defaults: readonly string[];
    readonly rows: readonly Row[];
}

function replicatedDisk(diskId: KnownValue): ValueMap {
    return {
        diskId,
        stagingStorageAccountId: CACHE,
        targetResourceGroupId: `${GROUP}-asr`,
        targetDiskType: "Premium_LRS",
        targetReplicaDiskType: "Premium_LRS",
    };
}

const LINUX_VM: ValueMap = {
    resourceGroupName: "rg",
    size: "Standard_D2s_v5",
    adminUsername: "someone",
    adminSshKeys: [{ username: "someone", publicKey: "ssh-rsa AAAA" }],
    networkInterfaceIds: [NIC],
    osDisk: { caching: "ReadWrite", storageAccountType: "Premium_LRS" },
    sourceImageReference: { publisher: "Canonical", offer: "ubuntu", sku: "server", version: "latest" },
};

const LEGACY_VM: ValueMap = {
    name: "vm1",
    location: "West Europe",
    resourceGroupName: "rg",
    vmSize: "Standard_F2",
    networkInterfaceIds: [NIC],
    osProfile: { computerName: "example", adminUsername: "someone", adminPassword: "not to be shown" },
    osProfileLinuxConfig: { disablePasswordAuthentication: false },
    storageImageReference: { publisher: "Canonical", offer: "ubuntu", sku: "server", version: "latest" },
    storageOsDisk: { name: "myosdisk1", createOption: "FromImage" },
    storageDataDisks: [{ name: "mydata", lun: 0, createOption: "Empty", diskSizeGb: 64 }],
};

const REPLICATION: ValueMap = {
    name: "item",
    resourceGroupName: "rg",
    recoveryVaultName: "vault",
    sourceRecoveryFabricName: "west",
    sourceRecoveryProtectionContainerName: "west-container",
    sourceVmId: VM_ID,
    recoveryReplicationPolicyId: `${VAULT}/replicationPolicies/policy`,
    targetRecoveryFabricId: NORTH,
    targetRecoveryProtectionContainerId: `${NORTH}/replicationProtectionContainers/north-container`,
    targetResourceGroupId: `${GROUP}-asr`,
    managedDisks: [replicatedDisk(`${COMPUTE}/disks/os`), replicatedDisk(`${COMPUTE}/disks/data`)],
};

const CASES: readonly Conformance[] = [
    {
        type: LINUX,
        name: "Web",
        inputs: LINUX_VM,
        id: /\/virtualMachines\/web[0-9a-f]{8}$/,
        changed: { size: "Standard_D4s_v5" },
        defaults: ["extensionsTimeBudget", "location", "maxBidPrice", "name", "platformFaultDomain", "priority"],
        rows: [
            // pulumi-azure names VMs in lower case, with eight digits; the location is that of the group.
            ["name", /^web[0-9a-f]{8}$/, ANY, /^web/, /^web/],
            ["location", "westeurope", "westeurope", "westeurope", "westeurope"],
            ["id", ABSENT, U, ANY, ANY],
            // What is set stays as it is, under the same name.
            ["resourceGroupName", "rg", "rg", "rg", "rg"],
            ["size", "Standard_D2s_v5", "Standard_D2s_v5", "Standard_D2s_v5", "Standard_D4s_v5"],
            ["networkInterfaceIds[0]", NIC, NIC, NIC, NIC],
            ["sourceImageReference.sku", "server", "server", "server", "server"],
            ["adminSshKeys[0].username", "someone", "someone", "someone", "someone"],
            // Defaults of the schema.
            ["priority", "Regular", "Regular", "Regular", "Regular"],
            ["maxBidPrice", -1, -1, -1, -1],
            // Not set and not Azure's to say: null at preview, empty afterwards, and never unknown.
            ["zone", ABSENT, null, "", ""],
            ["availabilitySetId", ABSENT, null, "", ""],
            ["identity", ABSENT, null, null, null],
            ["tags", ABSENT, null, null, null],
            ["secrets", ABSENT, [], [], []],
            ["osDisk.diffDiskSettings", ABSENT, null, null, null],
            ["osDisk.writeAcceleratorEnabled", ABSENT, false, false, false],
            ["encryptionAtHostEnabled", ABSENT, null, false, false],
            // Computed: unknown until the VM exists, and known in every preview after that.
            ["osManagedDiskId", ABSENT, U, /\/disks\/web.{8}_OsDisk_1_[0-9a-f]{32}$/, ANY],
            ["osDisk.id", ABSENT, U, /\/disks\/web.{8}_OsDisk_1_[0-9a-f]{32}$/, ANY],
            ["osDisk.name", ABSENT, U, /^web.{8}_OsDisk_1_/, ANY],
            ["osDisk.diskSizeGb", ABSENT, U, 30, 30],
            ["osDisk.storageAccountType", "Premium_LRS", "Premium_LRS", "Premium_LRS", "Premium_LRS"],
            ["virtualMachineId", ABSENT, U, /^[0-9a-f-]{36}$/, ANY],
            ["computerName", ABSENT, U, /^web/, ANY],
            ["diskControllerType", ABSENT, U, "SCSI", "SCSI"],
            ["privateIpAddress", ABSENT, U, ANY, ANY],
        ],
    },
    {
        type: WINDOWS,
        name: "restored",
        inputs: {
            name: "restored",
            location: "westeurope",
            resourceGroupName: "rg",
            size: "Standard_D2s_v5",
            networkInterfaceIds: [NIC],
            osDisk: { caching: "ReadWrite" },
            osManagedDiskId: `${COMPUTE}/disks/restored-os`,
        },
        id: /\/virtualMachines\/restored$/,
        changed: { size: "Standard_D4s_v5" },
        defaults: ["extensionsTimeBudget", "maxBidPrice", "platformFaultDomain", "priority"],
        rows: [
            // CMP-01: booting from a disk that exists.
            [
                "osManagedDiskId",
                `${COMPUTE}/disks/restored-os`,
                `${COMPUTE}/disks/restored-os`,
                `${COMPUTE}/disks/restored-os`,
                `${COMPUTE}/disks/restored-os`,
            ],
            ["osDisk.id", ABSENT, U, `${COMPUTE}/disks/restored-os`, ANY],
            ["osDisk.name", ABSENT, U, "restored-os", "restored-os"],
            ["virtualMachineId", ABSENT, U, ANY, ANY],
            ["patchMode", ABSENT, U, "AutomaticByOS", "AutomaticByOS"],
        ],
    },
    {
        type: LEGACY,
        name: "old",
        inputs: LEGACY_VM,
        id: /\/virtualMachines\/vm1$/,
        changed: { vmSize: "Standard_F4" },
        // Since its version 3.134 the bridge leaves out what is false anyway.
        defaults: [],
        rows: [
            // azurerm normalizes a location on its way to the state.
            ["location", "West Europe", "westeurope", "westeurope", "westeurope"],
            ["storageOsDisk.createOption", "FromImage", "FromImage", "FromImage", "FromImage"],
            ["storageOsDisk.managedDiskId", ABSENT, U, `${COMPUTE}/disks/myosdisk1`, `${COMPUTE}/disks/myosdisk1`],
            ["storageOsDisk.managedDiskType", ABSENT, U, "Standard_LRS", "Standard_LRS"],
            ["storageOsDisk.osType", ABSENT, U, "Linux", "Linux"],
            ["storageOsDisk.imageUri", ABSENT, null, "", ""],
            ["storageOsDisk.writeAcceleratorEnabled", ABSENT, false, false, false],
            ["storageDataDisks[0].lun", 0, 0, 0, 0],
            ["storageDataDisks[0].managedDiskId", ABSENT, U, `${COMPUTE}/disks/mydata`, `${COMPUTE}/disks/mydata`],
            ["storageDataDisks[0].caching", ABSENT, U, "", ""],
            ["osProfile.__defaults", [], ABSENT, ABSENT, ABSENT],
            ["osProfile.customData", ABSENT, U, "", ""],
            ["deleteDataDisksOnTermination", ABSENT, false, false, false],
            ["osProfileWindowsConfig", ABSENT, null, null, null],
            ["osProfileSecrets", ABSENT, [], [], []],
            ["availabilitySetId", ABSENT, U, null, null],
            ["zones", ABSENT, null, null, null],
            ["vmSize", "Standard_F2", "Standard_F2", "Standard_F2", "Standard_F4"],
        ],
    },
    {
        type: DISK,
        name: "data",
        inputs: {
            resourceGroupName: "rg",
            createOption: "Restore",
            sourceResourceId: `${COMPUTE}/restorePointCollections/c/restorePoints/r/diskRestorePoints/d`,
            storageAccountType: "Standard_LRS",
        },
        id: /\/disks\/data[0-9a-f]{7}$/,
        changed: { storageAccountType: "Premium_LRS" },
        defaults: ["location", "name", "networkAccessPolicy", "publicNetworkAccessEnabled"],
        rows: [
            // The usual name: as it is, with seven digits.
            ["name", /^data[0-9a-f]{7}$/, ANY, ANY, ANY],
            ["createOption", "Restore", "Restore", "Restore", "Restore"],
            ["sourceResourceId", ANY, ANY, /\/diskRestorePoints\/d$/, ANY],
            ["publicNetworkAccessEnabled", true, true, true, true],
            ["performancePlusEnabled", ABSENT, false, false, false],
            ["encryptionSettings", ABSENT, null, null, null],
            ["diskSizeGb", ABSENT, U, 32, 32],
            ["diskIopsReadWrite", ABSENT, U, 500, 500],
            ["sourceUri", ABSENT, U, "", ""],
            ["zone", ABSENT, null, "", ""],
            ["storageAccountType", "Standard_LRS", "Standard_LRS", "Standard_LRS", "Premium_LRS"],
        ],
    },
    {
        type: ATTACHMENT,
        name: "attachment",
        inputs: { virtualMachineId: VM_ID, managedDiskId: `${COMPUTE}/disks/data`, lun: 10, caching: "None" },
        id: /\/virtualMachines\/vm1\/dataDisks\/data$/,
        changed: { caching: "ReadOnly" },
        defaults: ["createOption"],
        rows: [
            ["createOption", "Attach", "Attach", "Attach", "Attach"],
            ["name", ABSENT, ABSENT, ABSENT, ABSENT],
            ["writeAcceleratorEnabled", ABSENT, false, false, false],
            ["managedDiskId", ANY, ANY, `${COMPUTE}/disks/data`, ANY],
            ["lun", 10, 10, 10, 10],
            ["caching", "None", "None", "None", "ReadOnly"],
        ],
    },
    {
        type: PROTECTED,
        name: "item",
        inputs: {
            resourceGroupName: "rg",
            recoveryVaultName: "vault",
            sourceVmId: VM_ID,
            backupPolicyId: `${VAULT}/backupPolicies/daily`,
        },
        // ARM-03, ARM-04.
        id: /\/Azure\/protectionContainers\/iaasvmcontainer;(iaasvmcontainerv2;rg;vm1)\/protectedItems\/VM;\1$/,
        changed: { backupPolicyId: `${VAULT}/backupPolicies/weekly` },
        defaults: [],
        rows: [
            ["sourceVmId", VM_ID, VM_ID, VM_ID, VM_ID],
            ["backupPolicyId", ANY, ANY, /daily$/, /weekly$/],
            ["protectionState", ABSENT, U, "Protected", "Protected"],
            ["includeDiskLuns", ABSENT, null, null, null],
        ],
    },
    {
        type: REPLICATED,
        name: "item",
        inputs: REPLICATION,
        // ARM-08.
        id: /\/west\/replicationProtectionContainers\/west-container\/replicationProtectedItems\/item$/,
        changed: { targetVirtualMachineSize: "Standard_D4s_v5" },
        defaults: [],
        rows: [
            ["sourceVmId", VM_ID, VM_ID, VM_ID, VM_ID],
            ["managedDisks[1].diskId", ANY, ANY, `${COMPUTE}/disks/data`, ANY],
            ["managedDisks[0].targetDiskEncryptionSetId", ABSENT, null, "", ""],
            ["managedDisks[0].targetDiskEncryption", ABSENT, null, null, null],
            ["managedDisks[0].__defaults", [], ABSENT, ABSENT, ABSENT],
            // Optional and Computed lists are unknown as a whole, not empty.
            ["unmanagedDisks", ABSENT, U, [], []],
            ["networkInterfaces", ABSENT, U, [], []],
            ["targetNetworkId", ABSENT, U, "", ""],
            ["targetZone", ABSENT, null, "", ""],
            ["multiVmGroupName", ABSENT, null, "", ""],
            ["targetVirtualMachineSize", ABSENT, U, "", "Standard_D4s_v5"],
        ],
    },
    {
        type: DISK_INSTANCE,
        name: "instance",
        inputs: {
            location: "westeurope",
            vaultId: `${GROUP}/providers/Microsoft.DataProtection/backupVaults/vault`,
            diskId: `${COMPUTE}/disks/data`,
            snapshotResourceGroupName: "snapshots",
            backupPolicyId: `${GROUP}/providers/Microsoft.DataProtection/backupVaults/vault/backupPolicies/p`,
        },
        // ARM-13.
        id: /\/backupVaults\/vault\/backupInstances\/instance[0-9a-f]{7}$/,
        changed: {
            backupPolicyId: `${GROUP}/providers/Microsoft.DataProtection/backupVaults/vault/backupPolicies/q`,
        },
        defaults: ["name"],
        rows: [
            ["protectionState", ABSENT, U, "ProtectionConfigured", "ProtectionConfigured"],
            ["snapshotResourceGroupName", "snapshots", "snapshots", "snapshots", "snapshots"],
            // Azure's answer makes no difference where the program does not say it.
            ["snapshotSubscriptionId", ABSENT, null, SUBSCRIPTION, SUBSCRIPTION],
        ],
    },
];

describe.each(CASES)("$type", ({ type, name, inputs, id, changed, defaults, rows }) => {
    let provider: ProviderClient;
    let state: State;
    let createPreview: ValueMap;
    let updatePreview: ValueMap;

    beforeAll(async () => {
        provider = await ProviderClient.start("azure", { subscriptionId: SUBSCRIPTION });
        const checked = await provider.check(type, name, inputs);
        expect(checked.failures).toEqual([]);
        createPreview = (await provider.create(type, name, checked.inputs, true)).outputs;
        state = await provider.deploy(type, name, inputs);
        updatePreview = await provider.update(type, name, state, { ...state.inputs, ...changed }, true);
    });
    afterAll(() => provider.stop());

    test.each(rows)("%s", (path, check, create, deployed, update) => {
        const actual = [state.inputs, createPreview, state.outputs, updatePreview].map((value) => at(value, path));
        const expected: readonly Expected[] = [check, create, deployed, update];
        expect(expected.map((wanted, index) => found(actual[index], wanted))).toEqual([...expected]);
    });

    test("the list of defaults, the id, and nothing unknown once it is deployed", () => {
        expect(state.inputs["__defaults"]).toEqual(defaults);
        expect(state.id).toMatch(id);
        expect(state.outputs["id"]).toBe(state.id);
        expect(updatePreview["id"]).toBe(state.id);
        expect(JSON.stringify(state.outputs)).not.toContain(UNKNOWN);
        expect(JSON.stringify(updatePreview)).not.toContain(UNKNOWN);
        expect(state.outputs["__defaults"]).toBeUndefined();
    });

    test("no changes, directly and after a refresh that found nothing new", async () => {
        const again = await provider.check(type, name, inputs, state.inputs);
        expect(again.inputs).toEqual(state.inputs);
        expect((await provider.diff(type, name, state, again.inputs)).detailed).toEqual({});
        const refreshed = await provider.read(type, name, state.id, state);
        expect(refreshed.outputs).toEqual(state.outputs);
        // The lists of defaults go, whatever else the program and the defaults had set stays.
        expect(Object.keys(refreshed.inputs).sort()).toEqual(
            Object.keys(state.inputs)
                .filter((key) => key !== "__defaults")
                .sort(),
        );
        const checked = await provider.check(type, name, inputs, refreshed.inputs);
        expect(await provider.diff(type, name, refreshed, checked.inputs)).toMatchObject({
            changes: false,
            detailed: {},
        });
    });

    test("an import finds the inputs, without defaults and what is empty", async () => {
        const imported = await provider.read(type, name, state.id);
        expect(imported.id).toBe(state.id);
        const named = Object.keys(inputs).filter((key) => key !== "createOption");
        expect(Object.keys(imported.inputs)).toEqual(expect.arrayContaining(named));
        expect((await provider.diff(type, name, imported, imported.inputs)).detailed).toEqual({});
    });

    test("deployed, a change gives what its preview has promised", async () => {
        const next = { ...state.inputs, ...changed };
        const difference = await provider.diff(type, name, state, next);
        expect(difference).toEqual({
            changes: true,
            detailed: Object.fromEntries(Object.keys(changed).map((key) => [key, "UPDATE"])),
            replaces: [],
            deleteBeforeReplace: false,
        });
        expect(await provider.update(type, name, state, next)).toEqual(updatePreview);
    });
});

describe("on replace", () => {
    let provider: ProviderClient;
    beforeAll(async () => {
        provider = await ProviderClient.start("azure", { subscriptionId: SUBSCRIPTION });
    });
    afterAll(() => provider.stop());
    afterEach(() => {
        changeCloud(provider.cloud, () => ({}));
    });

    async function changing(type: string, given: ValueMap, change: ValueMap): Promise<unknown> {
        const state = await provider.deploy(type, "thing", given);
        const { inputs } = await provider.check(type, "thing", { ...given, ...change }, state.inputs);
        const { detailed, replaces, deleteBeforeReplace } = await provider.diff(type, "thing", state, inputs);
        return [detailed, replaces, deleteBeforeReplace];
    }

    const OTHER_DISK = `${COMPUTE}/disks/restored`;
    const { name: _, ...UNNAMED_REPLICATION } = REPLICATION;

    test.each<readonly [string, string, ValueMap, ValueMap, unknown]>([
        // INT-69: the list of disks and the VM replace; with a given name the old item goes first.
        [
            "a disk is listed in another's place",
            REPLICATED,
            REPLICATION,
            { managedDisks: [replicatedDisk(OTHER_DISK), replicatedDisk(`${COMPUTE}/disks/data`)] },
            [{ "managedDisks[0].diskId": "UPDATE_REPLACE" }, ["managedDisks"], true],
        ],
        [
            "a disk is not listed any more",
            REPLICATED,
            REPLICATION,
            { managedDisks: [replicatedDisk(`${COMPUTE}/disks/os`)] },
            [{ "managedDisks[1]": "DELETE_REPLACE" }, ["managedDisks"], true],
        ],
        [
            "a disk is not known yet",
            REPLICATED,
            REPLICATION,
            { managedDisks: [replicatedDisk(U), replicatedDisk(`${COMPUTE}/disks/data`)] },
            [{ "managedDisks[0].diskId": "UPDATE_REPLACE" }, ["managedDisks"], true],
        ],
        [
            "the same disks in another order and another case",
            REPLICATED,
            REPLICATION,
            { managedDisks: [replicatedDisk(`${COMPUTE}/disks/DATA`), replicatedDisk(`${COMPUTE}/disks/os`)] },
            [{}, [], false],
        ],
        [
            "another VM, without a given name",
            REPLICATED,
            UNNAMED_REPLICATION,
            { sourceVmId: `${COMPUTE}/virtualMachines/vm2` },
            [{ sourceVmId: "UPDATE_REPLACE" }, ["sourceVmId"], false],
        ],
        [
            "another target network",
            REPLICATED,
            REPLICATION,
            { targetNetworkId: "/subscriptions/s/network" },
            [{ targetNetworkId: "UPDATE" }, [], false],
        ],
        // CMP-01, CMP-03, CMP-04.
        [
            "a VM boots from another disk",
            LINUX,
            { ...LINUX_VM, name: "vm1" },
            { osManagedDiskId: OTHER_DISK },
            [{ osManagedDiskId: "UPDATE_REPLACE" }, ["osManagedDiskId"], true],
        ],
        [
            "a VM gets another image",
            LINUX,
            LINUX_VM,
            { sourceImageReference: { publisher: "Canonical", offer: "ubuntu", sku: "pro", version: "latest" } },
            [{ "sourceImageReference.sku": "UPDATE_REPLACE" }, ["sourceImageReference"], false],
        ],
        [
            "a legacy VM boots from another disk",
            LEGACY,
            LEGACY_VM,
            { storageOsDisk: { name: "myosdisk1", createOption: "Attach", managedDiskId: OTHER_DISK } },
            [
                { "storageOsDisk.createOption": "UPDATE", "storageOsDisk.managedDiskId": "UPDATE_REPLACE" },
                ["storageOsDisk"],
                true,
            ],
        ],
        [
            "a disk is made from a recovery point",
            DISK,
            { name: "d", resourceGroupName: "rg", createOption: "Empty", diskSizeGb: 8, storageAccountType: "x" },
            { createOption: "Restore", sourceResourceId: `${COMPUTE}/snapshots/s` },
            [
                { createOption: "UPDATE_REPLACE", sourceResourceId: "UPDATE_REPLACE" },
                ["createOption", "sourceResourceId"],
                true,
            ],
        ],
        [
            "an attachment, which has no name, gets another place",
            ATTACHMENT,
            { virtualMachineId: VM_ID, managedDiskId: `${COMPUTE}/disks/data`, lun: 1, caching: "None" },
            { lun: 2 },
            [{ lun: "UPDATE_REPLACE" }, ["lun"], false],
        ],
        [
            "a location is only written otherwise",
            RESOURCE_GROUP,
            { location: "westeurope" },
            { location: "West Europe" },
            [{}, [], false],
        ],
        // VLT-22, VLT-27.
        [
            "a vault stops cross-region restore",
            VAULT_TYPE,
            { name: "v", resourceGroupName: "rg", sku: "Standard", crossRegionRestoreEnabled: true },
            { crossRegionRestoreEnabled: false },
            [{ crossRegionRestoreEnabled: "UPDATE_REPLACE" }, ["crossRegionRestoreEnabled"], true],
        ],
        [
            "a vault starts cross-region restore",
            VAULT_TYPE,
            { name: "v", resourceGroupName: "rg", sku: "Standard" },
            { crossRegionRestoreEnabled: true },
            [{ crossRegionRestoreEnabled: "UPDATE" }, [], false],
        ],
        [
            "a vault is not locked any more",
            VAULT_TYPE,
            { name: "v", resourceGroupName: "rg", sku: "Standard", immutability: "Locked" },
            { immutability: "Disabled" },
            [{ immutability: "UPDATE_REPLACE" }, ["immutability"], true],
        ],
    ])("%s", async (_name, type, given, change, expected) => {
        expect(await changing(type, given, change)).toEqual(expected);
    });

    test("what Azure computes is not missed when the program stops saying it", async () => {
        const replicated = await provider.deploy(REPLICATED, "thing", REPLICATION);
        const { managedDisks: _disks, ...without } = REPLICATION;
        const { inputs } = await provider.check(REPLICATED, "thing", without, replicated.inputs);
        expect((await provider.diff(REPLICATED, "thing", replicated, inputs)).changes).toBe(false);
        expect((await provider.update(REPLICATED, "thing", replicated, inputs, true))["managedDisks"]).toEqual(
            replicated.outputs["managedDisks"],
        );
    });

    test("a second replication of a VM is refused, and so is one without disks", async () => {
        await provider.deploy(REPLICATED, "thing", REPLICATION);
        await expect(provider.deploy(REPLICATED, "thing", { ...REPLICATION, name: "second" })).rejects.toThrow(
            /is replicated already/,
        );
        await expect(
            provider.deploy(REPLICATED, "thing", {
                ...REPLICATION,
                name: "third",
                sourceVmId: `${VM_ID}-3`,
                managedDisks: [],
            }),
        ).rejects.toThrow(/No disks are given/);
    });
});

describe("in Azure", () => {
    let provider: ProviderClient;
    beforeAll(async () => {
        provider = await ProviderClient.start("azure", { subscriptionId: SUBSCRIPTION, location: "northeurope" });
    });
    afterAll(() => provider.stop());

    test("a drift in the portal reaches outputs and inputs, and the next preview takes it back", async () => {
        const state = await provider.deploy(REPLICATED, "item", REPLICATION);
        changeCloud(provider.cloud, (cloud) =>
            changeResource(cloud, state.id, (response) => ({
                ...response,
                managedDisks: [replicatedDisk(`${COMPUTE}/disks/swapped`)],
            })),
        );
        const refreshed = await provider.read(REPLICATED, "item", state.id, state);
        expect(at(refreshed.outputs, "managedDisks[0].diskId")).toBe(`${COMPUTE}/disks/swapped`);
        expect(at(refreshed.inputs, "managedDisks[0].diskId")).toBe(`${COMPUTE}/disks/swapped`);
        const { inputs } = await provider.check(REPLICATED, "item", REPLICATION, refreshed.inputs);
        expect((await provider.diff(REPLICATED, "item", refreshed, inputs)).replaces).toEqual(["managedDisks"]);
        changeCloud(provider.cloud, (cloud) => withoutResource(cloud, state.id));
        expect((await provider.read(REPLICATED, "item", state.id, state)).id).toBe("");
    });

    test("a group's location comes from the configuration, and goes to what is in it", async () => {
        const group = await provider.deploy(RESOURCE_GROUP, "Main", {});
        expect(group.id).toMatch(/\/resourceGroups\/main[0-9a-f]{8}$/);
        expect(group.inputs["location"]).toBe("northeurope");
        const resourceGroupName = group.outputs["name"] ?? "";
        const vault = await provider.check(VAULT_TYPE, "v", { resourceGroupName, sku: "Standard" });
        expect(vault.inputs["location"]).toBe("northeurope");
        // In a group that is being made with it, nobody knows yet.
        const early = await provider.check(VAULT_TYPE, "v", { resourceGroupName: U, sku: "Standard" });
        expect(early.inputs["location"]).toBe(U);
        await provider.remove(RESOURCE_GROUP, "Main", group);
        expect(Object.keys(readCloud(provider.cloud) ?? {}).filter((id) => id === group.id.toLowerCase())).toEqual([]);
    });

    test("a VM's own disk comes and goes with it, an attached one stays", async () => {
        const vm = await provider.deploy(LINUX, "vm", { ...LINUX_VM, name: "own" });
        const own = at(vm.outputs, "osDisk.id");
        expect(readCloud(provider.cloud)?.[String(own).toLowerCase()]?.response).toMatchObject({
            managedBy: vm.id,
            diskState: "Attached",
        });
        await provider.remove(LINUX, "vm", vm);
        expect(readCloud(provider.cloud)?.[String(own).toLowerCase()]).toBeUndefined();
    });

    test("what is misspelt or missing is told, and so is a name that gets too long", async () => {
        const { failures } = await provider.check(DISK, "d", { resourceGroupName: "rg", createOptions: "Empty" });
        expect(failures).toEqual([
            "Invalid or unknown key. Examine values at 'd.createOptions'.",
            'Missing required argument. The argument "createOption" is required, but no definition was found.. ' +
                "Examine values at 'd.createOption'.",
            'Missing required argument. The argument "storageAccountType" is required, but no definition was ' +
                "found.. Examine values at 'd.storageAccountType'.",
        ]);
        await expect(provider.check(DISK, "a-name-of-eighteen", { resourceGroupName: "rg" })).rejects.toThrow(
            "name 'a-name-of-eighteen' plus 7 random chars is longer than maximum length 24",
        );
    });

    test("a name that the program takes back becomes an automatic one", async () => {
        const given = { resourceGroupName: "rg", createOption: "Empty", storageAccountType: "x" };
        const before = await provider.check(DISK, "d", { ...given, name: "mine" });
        expect(before.inputs["name"]).toBe("mine");
        const after = await provider.check(DISK, "d", given, before.inputs);
        expect(after.inputs["name"]).toMatch(/^d[0-9a-f]{7}$/);
    });

    test("what exists already has to be imported", async () => {
        const given = { name: "twice", resourceGroupName: "rg", createOption: "Empty", storageAccountType: "x" };
        await provider.deploy(DISK, "d", given);
        await expect(provider.deploy(DISK, "d", given)).rejects.toThrow(/already exists/);
    });

    test("functions find what has been made", async () => {
        await provider.deploy(DISK, "d", {
            name: "sought",
            resourceGroupName: "rg",
            createOption: "Empty",
            storageAccountType: "x",
        });
        expect(
            await provider.invoke("azure:compute/getManagedDisk:getManagedDisk", {
                name: "sought",
                resourceGroupName: "rg",
            }),
        ).toMatchObject({ id: `${COMPUTE}/disks/sought`, createOption: "Empty" });
        expect(await provider.invoke("azure:core/getClientConfig:getClientConfig", {})).toMatchObject({
            subscriptionId: SUBSCRIPTION,
        });
    });
});

test("both providers share one Azure: attachments and replications of the other one count", async () => {
    const classic = await ProviderClient.start("azure", { subscriptionId: SUBSCRIPTION });
    const native = await ProviderClient.start("azure-native", { subscriptionId: SUBSCRIPTION }, classic);
    try {
        const group = await classic.deploy(RESOURCE_GROUP, "main", { name: "mixed", location: "Norway East" });
        expect(group.outputs["location"]).toBe("norwayeast");
        const vm = await native.deploy("compute:VirtualMachine", "vm", {
            resourceGroupName: "mixed",
            vmName: "vm1",
            storageProfile: { osDisk: { createOption: "FromImage" } },
        });
        expect(vm.inputs["location"]).toBe("norwayeast");
        const disk = await native.deploy("compute:Disk", "d", {
            resourceGroupName: "mixed",
            diskName: "data",
            creationData: { createOption: "Empty" },
        });
        const attachment = await classic.deploy(ATTACHMENT, "a", {
            virtualMachineId: vm.id,
            managedDiskId: disk.id,
            lun: 3,
            caching: "None",
        });
        const attached = await native.read("compute:VirtualMachine", "vm", vm.id, vm);
        expect(at(attached.outputs, "storageProfile.dataDisks[0]")).toMatchObject({
            lun: 3,
            managedDisk: { id: disk.id },
        });
        const held = await native.read("compute:Disk", "d", disk.id, disk);
        expect(held.outputs["managedBy"]).toBe(vm.id);
        await classic.remove(ATTACHMENT, "a", attachment);
        const released = await native.read("compute:VirtualMachine", "vm", vm.id, attached);
        expect(at(released.outputs, "storageProfile.dataDisks")).toEqual([]);

        await native.deploy("recoveryservices:ReplicationProtectedItem", "i", {
            resourceGroupName: "mixed",
            resourceName: "vault",
            fabricName: "west",
            protectionContainerName: "c",
            properties: {
                providerSpecificDetails: {
                    instanceType: "A2A",
                    fabricObjectId: vm.id,
                    vmManagedDisks: [{ diskId: disk.id, primaryStagingAzureStorageAccountId: CACHE }],
                },
            },
        });
        await expect(
            classic.deploy(REPLICATED, "i", { ...REPLICATION, sourceVmId: vm.id.toUpperCase() }),
        ).rejects.toThrow(/is replicated already/);
        await expect(classic.read(DISK, "d", disk.id)).rejects.toThrow(/was made as 'compute:Disk'/);
    } finally {
        native.stop();
        classic.stop();
    }
});

test("a list that is not known yet stays unknown as a whole", async () => {
    const provider = await ProviderClient.start("azure", { subscriptionId: SUBSCRIPTION });
    try {
        const { inputs, failures } = await provider.check(REPLICATED, "i", { ...REPLICATION, managedDisks: U });
        expect(failures).toEqual([]);
        expect(inputs["managedDisks"]).toBe(U);
        const { outputs } = await provider.create(REPLICATED, "i", inputs, true);
        expect(outputs["managedDisks"]).toBe(U);
        expect(outputs["sourceVmId"]).toBe(VM_ID);
    } finally {
        provider.stop();
    }
});
