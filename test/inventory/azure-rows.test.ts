import {
    backupItemOf,
    diskBackupOf,
    identityOf,
    vmOf,
    readableSubscriptionOf,
    recoveryPlanOf,
    replicatedItemOf,
    subscriptionOf,
    vaultOf,
} from "../../src/inventory/azure-rows";
import { MalformedRow } from "../../src/inventory/columns";

const S = "8e1c7a52-0000-4000-8000-000000000001";
const GROUP = `/subscriptions/${S}/resourceGroups/estate/providers`;
const VM_ID = `${GROUP}/Microsoft.Compute/virtualMachines/web`;
const DISK = `${GROUP}/Microsoft.Compute/disks/web-os`;
const DATA = `${GROUP}/Microsoft.Compute/disks/web-data`;
const VAULT = `${GROUP}/Microsoft.RecoveryServices/vaults/safe`;
const POLICY = `${VAULT}/backupPolicies/daily`;
const ITEM = `${VAULT}/backupFabrics/Azure/protectionContainers/c/protectedItems/vm`;
const INSTANCE = `${GROUP}/Microsoft.DataProtection/backupVaults/disks/backupInstances/web-os`;
const REPLICATED = `${VAULT}/replicationFabrics/f/replicationProtectionContainers/c/replicationProtectedItems/web`;
const PLAN = `${VAULT}/replicationRecoveryPlans/all`;

type Mapping = (row: unknown, source: number) => unknown;
type Row = Readonly<Record<string, unknown>>;

const row = (id: string, columns: Row = {}): Row => ({ id, subscriptionId: S, ...columns });

test.each<[string, Mapping, Row, Row]>([
    [
        "a VM with its disks",
        vmOf,
        row(VM_ID, {
            location: "westeurope",
            tags: { env: "prod", "bcdr-tier": 7 },
            osDisk: DISK,
            dataDisks: [
                { lun: 0, name: "web-data", managedDisk: { id: DATA, storageAccountType: "Premium_LRS" } },
                { lun: 3, vhd: { uri: "https://x" }, managedDisk: null },
            ],
        }),
        {
            id: VM_ID,
            location: "westeurope",
            tags: { "bcdr-tier": "7" },
            osDisk: DISK,
            dataDisks: [{ lun: 0, id: DATA }, { lun: 3 }],
        },
    ],
    [
        "a VM of which Azure tells nothing",
        vmOf,
        row(VM_ID, { location: "", tags: null, osDisk: "", dataDisks: null }),
        { id: VM_ID, dataDisks: [] },
    ],
    [
        "a Recovery Services vault",
        vaultOf,
        row(VAULT, { type: "microsoft.recoveryservices/vaults", location: "westeurope" }),
        { id: VAULT, kind: "Recovery Services vault", location: "westeurope" },
    ],
    [
        "a Backup vault",
        vaultOf,
        row(VAULT, { type: "Microsoft.DataProtection/BackupVaults" }),
        { id: VAULT, kind: "Backup vault" },
    ],
    [
        "a VM that is backed up",
        backupItemOf,
        row(ITEM, { level: "machine", machine: VM_ID, state: "Protected", waitsForDeletion: false, policy: POLICY }),
        { id: ITEM, level: "machine", machine: VM_ID, active: true, state: "Protected", policy: POLICY },
    ],
    [
        "a backup that is stopped",
        backupItemOf,
        row(ITEM, {
            level: "machine",
            machine: VM_ID,
            state: "ProtectionStopped",
            waitsForDeletion: null,
            policy: "",
        }),
        { id: ITEM, level: "machine", machine: VM_ID, active: false, state: "ProtectionStopped" },
    ],
    [
        "a backup that waits for its deletion",
        backupItemOf,
        row(ITEM, { level: "machine", machine: VM_ID, state: "Protected", waitsForDeletion: 1 }),
        { id: ITEM, level: "machine", machine: VM_ID, active: false, state: "ScheduledForDeferredDelete" },
    ],
    [
        "a backup of which Azure tells no state",
        backupItemOf,
        row(ITEM, { level: "machine", machine: VM_ID, state: "", waitsForDeletion: 0 }),
        { id: ITEM, level: "machine", machine: VM_ID },
    ],
    [
        "files of a VM",
        backupItemOf,
        row(ITEM, { level: "file", machine: VM_ID, state: "Protected" }),
        { id: ITEM, level: "file", machine: VM_ID, active: true, state: "Protected" },
    ],
    [
        "files of a computer that is not in Azure",
        backupItemOf,
        row(ITEM, { level: "file", machine: "server-7.contoso.com", state: "Protected" }),
        { id: ITEM, level: "file", active: true, state: "Protected" },
    ],
    [
        "a disk that is backed up",
        diskBackupOf,
        row(INSTANCE, { disk: DISK, state: "ProtectionConfigured", policy: POLICY }),
        { id: INSTANCE, disk: DISK, active: true, state: "ProtectionConfigured", policy: POLICY },
    ],
    [
        "a disk whose backup is soft-deleted",
        diskBackupOf,
        row(INSTANCE, { disk: DISK, state: "SoftDeleted", policy: "" }),
        { id: INSTANCE, disk: DISK, active: false, state: "SoftDeleted" },
    ],
    [
        "ids that begin with two slashes, or with none",
        diskBackupOf,
        row(`/${INSTANCE}`, { disk: DISK.slice(1), policy: `/${POLICY}` }),
        { id: INSTANCE, disk: DISK, policy: POLICY },
    ],
    [
        "a replicated VM",
        replicatedItemOf,
        row(REPLICATED, {
            kind: "A2A",
            machine: VM_ID,
            disks: [{ diskId: DISK, diskName: "web-os" }, { diskId: DATA }],
            activeLocation: "Primary",
            consistencyGroup: "tier",
            recoveryLocation: "northeurope",
            policy: POLICY,
            health: "Normal",
        }),
        {
            id: REPLICATED,
            azureToAzure: true,
            machine: VM_ID,
            disks: [DISK, DATA],
            failedOver: false,
            group: "tier",
            recoveryLocation: "northeurope",
            policy: POLICY,
            health: "Normal",
        },
    ],
    [
        "a VM that is failed over, with no list of disks yet",
        replicatedItemOf,
        row(REPLICATED, { kind: "a2a", machine: VM_ID, disks: [], activeLocation: "Recovery" }),
        { id: REPLICATED, azureToAzure: true, machine: VM_ID, failedOver: true },
    ],
    [
        "a VM that comes from VMware",
        replicatedItemOf,
        row(REPLICATED, { kind: "InMageRcm", machine: "vm-17", disks: null, health: "Critical" }),
        { id: REPLICATED, azureToAzure: false, health: "Critical" },
    ],
    [
        "a recovery plan",
        recoveryPlanOf,
        row(PLAN, {
            planGroups: [
                { groupType: "Shutdown", replicationProtectedItems: [] },
                { groupType: "Failover" },
                { groupType: "Boot", replicationProtectedItems: [{ id: REPLICATED, virtualMachineId: "x" }] },
            ],
        }),
        { id: PLAN, items: [REPLICATED] },
    ],
])("%s", (_, entryOf, columns, expected) => {
    expect(entryOf(columns, 4)).toEqual({ source: 4, ...expected });
});

test.each<[string, Mapping, unknown, string]>([
    ["a text", vmOf, "web", "it is a string, not an object."],
    ["a list", vaultOf, [], "it is a list, not an object."],
    ["nothing", identityOf, null, "it is null, not an object."],
    ["no subscription", identityOf, { id: VM_ID }, '"subscriptionId" is missing.'],
    ["no subscription to read", readableSubscriptionOf, { id: `/subscriptions/${S}` }, '"subscriptionId" is missing.'],
    ["no id", vmOf, { subscriptionId: S }, '"id" is missing.'],
    ["a foreign id", vmOf, row("web"), '"id" is no resource id.'],
    ["a number for an id", vmOf, row(VM_ID, { osDisk: 7 }), '"osDisk" is a number, not a text.'],
    ["an object of disks", vmOf, row(VM_ID, { dataDisks: {} }), '"dataDisks" is an object, not a list.'],
    [
        "a disk that is none",
        vmOf,
        row(VM_ID, { dataDisks: [{ lun: 0 }, 7] }),
        '"dataDisks[1]" is a number, not an object.',
    ],
    [
        "a disk without an id",
        vmOf,
        row(VM_ID, { dataDisks: [{ lun: 0, managedDisk: {} }] }),
        '"dataDisks[0].managedDisk.id" is missing.',
    ],
    [
        "a LUN that is a text",
        vmOf,
        row(VM_ID, { dataDisks: [{ lun: "0" }] }),
        '"dataDisks[0].lun" is a string, not a number.',
    ],
    ["tags that are a text", vmOf, row(VM_ID, { tags: "env" }), '"tags" is a string, not an object.'],
    ["another type", vaultOf, row(VAULT, { type: "x/y" }), '"type" is not that of a vault.'],
    ["another level", backupItemOf, row(ITEM, { level: "disk" }), '"level" is neither "machine" nor "file".'],
    [
        "a VM that is none",
        backupItemOf,
        row(ITEM, { level: "machine", machine: "web" }),
        '"machine" is no resource id.',
    ],
    [
        "a flag that is none",
        backupItemOf,
        row(ITEM, { level: "machine", waitsForDeletion: "no" }),
        '"waitsForDeletion" is a string, not true or false.',
    ],
    ["a disk with a name", diskBackupOf, row(INSTANCE, { disk: "web-os" }), '"disk" is no resource id.'],
    [
        "a replicated disk without an id",
        replicatedItemOf,
        row(REPLICATED, { kind: "A2A", disks: [{ diskId: DISK }, { diskName: "data" }] }),
        '"disks[1].diskId" is missing.',
    ],
    [
        "disks that are a text",
        replicatedItemOf,
        row(REPLICATED, { kind: "A2A", disks: "[]" }),
        '"disks" is a string, not a list.',
    ],
    ["no groups", recoveryPlanOf, row(PLAN), '"planGroups" is missing.'],
    [
        "an item without an id",
        recoveryPlanOf,
        row(PLAN, { planGroups: [{ replicationProtectedItems: [{}] }] }),
        '"planGroups[0].replicationProtectedItems[0].id" is missing.',
    ],
])("a row with %s is malformed", (_, entryOf, columns, message) => {
    expect(() => entryOf(columns, 0)).toThrow(new MalformedRow(message));
});

test("the subscription is read even of a row that is malformed", () => {
    expect(subscriptionOf({ subscriptionId: S.toUpperCase(), id: 7 })).toBe(S);
    expect([null, "x", {}, { subscriptionId: 7 }].map(subscriptionOf)).toEqual(Array(4).fill(undefined));
});

test("the id of a subscription is no resource's, and its row is none that is malformed", () => {
    const id = S.toUpperCase();
    expect(readableSubscriptionOf({ id: `/subscriptions/${id}`, subscriptionId: id })).toBe(S);
});
