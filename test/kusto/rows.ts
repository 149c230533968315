// Rows of Azure Resource Graph as its answers have them: a small estate in two subscriptions, of which the second one
// protects what the first one runs, with what lies beside it in the same tables. Written after Microsoft's pages and REST
// references; no tenant is behind it. Rows come in no order, and some differ in case from others, as they do in Azure.
import { COLUMNS, type TableName } from "./resource-graph";

export type Row = Readonly<Record<keyof typeof COLUMNS, unknown>>;

export const WORKLOAD = "a0a0a0a0-0000-4000-8000-000000000001";
export const RECOVERY = "b0b0b0b0-0000-4000-8000-000000000002";
const TENANT = "c0c0c0c0-0000-4000-8000-000000000003";

const shop = `/subscriptions/${WORKLOAD}/resourceGroups/shop`;
const dr = `/subscriptions/${RECOVERY}/resourceGroups/dr`;

export const vm = (name: string): string => `${shop}/providers/Microsoft.Compute/virtualMachines/${name}`;
export const disk = (name: string): string => `${shop}/providers/Microsoft.Compute/disks/${name}`;
export const VAULT = `${dr}/providers/Microsoft.RecoveryServices/vaults/dr-vault`;
export const BACKUP_VAULT = `${shop}/providers/Microsoft.DataProtection/backupVaults/disk-vault`;

export const backupItem = (name: string): string =>
    `${VAULT}/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;shop;${name}/protectedItems/VM;iaasvmcontainerv2;shop;${name}`;
export const replicatedItem = (name: string): string =>
    `${VAULT}/replicationFabrics/westeurope/replicationProtectionContainers/machines/replicationProtectedItems/${name}`;

/** All columns. What is not given is what Resource Graph has where there is no such thing. */
function row(id: string, type: string, columns: Partial<Row> = {}): Row {
    const [, , subscription = "", , resourceGroup = ""] = id.replace(/^\/+/, "/").split("/");
    return {
        id,
        name: id.slice(id.lastIndexOf("/") + 1),
        type,
        tenantId: TENANT,
        kind: "",
        location: "",
        resourceGroup,
        subscriptionId: subscription,
        managedBy: "",
        sku: null,
        plan: null,
        properties: {},
        tags: null,
        identity: null,
        zones: null,
        extendedLocation: null,
        ...columns,
    };
}

function managed(name: string): object {
    return { managedDisk: { id: disk(name), resourceGroup: "shop", storageAccountType: "Premium_LRS" }, name };
}

const resources: readonly Row[] = [
    row(vm("web"), "microsoft.compute/virtualmachines", {
        location: "westeurope",
        tags: { env: "prod", "cost center": "4711" },
        zones: ["1"],
        identity: { type: "SystemAssigned", principalId: TENANT, tenantId: TENANT },
        properties: {
            vmId: "d0d0d0d0-0000-4000-8000-000000000004",
            provisioningState: "Succeeded",
            hardwareProfile: { vmSize: "Standard_D4s_v5" },
            osProfile: { computerName: "web", adminUsername: "operator", secrets: [] },
            networkProfile: {
                networkInterfaces: [{ id: `${shop}/providers/Microsoft.Network/networkInterfaces/web` }],
            },
            storageProfile: {
                imageReference: { publisher: "Canonical", offer: "ubuntu-24_04-lts", sku: "server", version: "latest" },
                osDisk: { ...managed("web-os"), osType: "Linux", createOption: "FromImage", caching: "ReadWrite" },
                dataDisks: [
                    { ...managed("web-data"), lun: 0, createOption: "Attach", caching: "None", toBeDetached: false },
                    { ...managed("web-log"), lun: 3, createOption: "Attach", caching: "None", toBeDetached: false },
                ],
            },
            extended: { instanceView: { powerState: { code: "PowerState/running" } } },
        },
    }),
    row(vm("db"), "Microsoft.Compute/virtualMachines", {
        location: "westeurope",
        tags: {},
        properties: {
            storageProfile: { osDisk: { ...managed("db-os"), osType: "Windows" }, dataDisks: [] },
        },
    }),
    row(vm("attic"), "microsoft.compute/virtualmachines", {
        location: "northeurope",
        properties: {
            storageProfile: {
                osDisk: { name: "attic", vhd: { uri: "https://attic.blob.core.windows.net/vhds/attic.vhd" } },
                dataDisks: [
                    { name: "attic-data", lun: 1, vhd: { uri: "https://attic.blob.core.windows.net/vhds/d.vhd" } },
                ],
            },
        },
    }),
    row(`${vm("web")}/extensions/monitor`, "microsoft.compute/virtualmachines/extensions", {
        location: "westeurope",
        properties: { publisher: "Microsoft.Azure.Monitor", type: "AzureMonitorLinuxAgent" },
    }),
    row(disk("web-data"), "microsoft.compute/disks", {
        location: "westeurope",
        managedBy: vm("web"),
        sku: { name: "Premium_LRS", tier: "Premium" },
        properties: { diskSizeGB: 128, diskState: "Attached", creationData: { createOption: "Empty" } },
    }),
    row(VAULT, "microsoft.recoveryservices/vaults", {
        location: "northeurope",
        sku: { name: "RS0", tier: "Standard" },
        properties: { provisioningState: "Succeeded", redundancySettings: { crossRegionRestore: "Enabled" } },
    }),
    row(BACKUP_VAULT, "Microsoft.DataProtection/BackupVaults", {
        location: "westeurope",
        properties: { storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }] },
    }),
    row(`${shop}/providers/Microsoft.KeyVault/vaults/shop-keys`, "microsoft.keyvault/vaults", {
        location: "westeurope",
    }),
];

const resourcecontainers: readonly Row[] = [
    row(`/subscriptions/${RECOVERY}`, "microsoft.resources/subscriptions", {
        name: "recovery",
        properties: { state: "Enabled" },
    }),
    row(shop, "microsoft.resources/subscriptions/resourcegroups", { location: "westeurope" }),
    row(`/subscriptions/${WORKLOAD}`, "Microsoft.Resources/subscriptions", {
        name: "workload",
        properties: { state: "Enabled" },
    }),
    row("/providers/Microsoft.Management/managementGroups/landing-zones", "microsoft.management/managementgroups", {
        resourceGroup: "",
        subscriptionId: "",
    }),
];

const DAILY = `${VAULT}/backupPolicies/daily`;

const backupItems: readonly Row[] = [
    row(backupItem("web"), "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems", {
        properties: {
            protectedItemType: "Microsoft.Compute/virtualMachines",
            backupManagementType: "AzureIaasVM",
            workloadType: "VM",
            friendlyName: "web",
            sourceResourceId: vm("web"),
            virtualMachineId: vm("web"),
            protectionState: "Protected",
            currentProtectionState: "ProtectionConfigured",
            protectionStatus: "Healthy",
            healthStatus: "Passed",
            isScheduledForDeferredDelete: false,
            policyId: DAILY,
            policyName: "daily",
            lastBackupStatus: "Completed",
            dataSourceInfo: { datasourceType: "Microsoft.Compute/virtualMachines", resourceID: vm("web") },
        },
    }),
    // The fields that other versions of the interface have, and the type in another spelling.
    row(backupItem("db"), "microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems", {
        properties: {
            backupManagementType: "AzureIaaSVM",
            virtualMachineId: vm("db"),
            currentProtectionState: "ProtectionStopped",
            policyId: "",
        },
    }),
    row(backupItem("gone"), "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems", {
        properties: {
            backupManagementType: "AzureIaasVM",
            sourceResourceId: "",
            dataSourceInfo: { resourceID: vm("gone") },
            protectionState: "ProtectionStopped",
            isScheduledForDeferredDelete: true,
        },
    }),
    row(backupItem("old"), "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems", {
        properties: {
            backupManagementType: "AzureIaasVM",
            sourceResourceId: vm("old"),
            currentProtectionState: "softDeleted",
            policyId: DAILY,
        },
    }),
    row(
        `${VAULT}/backupFabrics/Azure/protectionContainers/VMAppContainer;compute;shop;db/protectedItems/SQLDataBase;mssqlserver;orders`,
        "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems",
        {
            properties: {
                backupManagementType: "AzureWorkload",
                workloadType: "SQLDataBase",
                friendlyName: "orders",
                sourceResourceId: vm("db"),
                protectionState: "Protected",
                policyId: `${VAULT}/backupPolicies/sql`,
            },
        },
    ),
    row(
        `${VAULT}/backupFabrics/Azure/protectionContainers/Windows;laptop-7/protectedItems/folder`,
        "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems",
        {
            properties: {
                backupManagementType: "MAB",
                workloadType: "FileFolder",
                computerName: "laptop-7.contoso.com",
                protectionState: "Protected",
            },
        },
    ),
    row(
        `${VAULT}/backupFabrics/Azure/protectionContainers/StorageContainer;storage;shop;files/protectedItems/AzureFileShare;share`,
        "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems",
        { properties: { backupManagementType: "AzureStorage", protectionState: "Protected", policyId: DAILY } },
    ),
];

const instance = (name: string, slash = ""): string => `${slash}${BACKUP_VAULT}/backupInstances/${name}`;

const diskBackups: readonly Row[] = [
    row(instance("web-data"), "microsoft.dataprotection/backupvaults/backupinstances", {
        properties: {
            friendlyName: "web-data",
            objectType: "BackupInstance",
            currentProtectionState: "ProtectionConfigured",
            dataSourceInfo: {
                datasourceType: "Microsoft.Compute/disks",
                objectType: "Datasource",
                resourceID: disk("web-data"),
                resourceLocation: "westeurope",
                resourceName: "web-data",
            },
            policyInfo: { policyId: `${BACKUP_VAULT}/backupPolicies/hourly`, policyVersion: null },
            protectionStatus: { status: "ProtectionConfigured", errorDetails: null },
            provisioningState: "Succeeded",
        },
    }),
    // An id that begins with two slashes, as a page of Microsoft's shows it.
    row(instance("db-os", "/"), "Microsoft.DataProtection/backupVaults/backupInstances", {
        properties: {
            currentProtectionState: "ProtectionStopped",
            dataSourceInfo: { datasourceType: "microsoft.compute/disks", resourceID: disk("db-os") },
            policyInfo: null,
        },
    }),
    row(instance("blobs"), "microsoft.dataprotection/backupvaults/backupinstances", {
        properties: {
            currentProtectionState: "ProtectionConfigured",
            dataSourceInfo: {
                datasourceType: "Microsoft.Storage/storageAccounts/blobServices",
                resourceID: `${shop}/providers/Microsoft.Storage/storageAccounts/shop`,
            },
            policyInfo: { policyId: `${BACKUP_VAULT}/backupPolicies/blobs` },
        },
    }),
    row(`${BACKUP_VAULT}/backupJobs/1`, "microsoft.dataprotection/backupvaults/backupjobs", {
        properties: { dataSourceInfo: { datasourceType: "Microsoft.Compute/disks", resourceID: disk("web-data") } },
    }),
];

const REPLICATED =
    "microsoft.recoveryservices/vaults/replicationfabrics/replicationprotectioncontainers/replicationprotecteditems";

const replicatedItems: readonly Row[] = [
    row(replicatedItem("web"), REPLICATED, {
        properties: {
            friendlyName: "web",
            protectedItemType: "AzureVm",
            primaryFabricFriendlyName: "westeurope",
            recoveryFabricFriendlyName: "northeurope",
            protectionState: "Protected",
            replicationHealth: "Normal",
            failoverHealth: "Normal",
            activeLocation: "Primary",
            policyId: `${VAULT}/replicationPolicies/24h`,
            policyFriendlyName: "24h",
            providerSpecificDetails: {
                instanceType: "A2A",
                fabricObjectId: vm("web"),
                dataSourceInfo: { datasourceType: "AzureVm", resourceId: vm("web").toLowerCase() },
                multiVmGroupId: "e0e0e0e0-0000-4000-8000-000000000005",
                multiVmGroupName: "shop",
                primaryFabricLocation: "westeurope",
                recoveryFabricLocation: "northeurope",
                recoveryAzureVMName: "web",
                rpoInSeconds: 120,
                protectedManagedDisks: ["web-os", "web-data"].map((name) => ({
                    diskId: disk(name),
                    diskName: name,
                    diskType: "Premium_LRS",
                    recoveryReplicaDiskId: `${dr}/providers/Microsoft.Compute/disks/${name}-ASRReplica`,
                    recoveryTargetDiskId: `${dr}/providers/Microsoft.Compute/disks/${name}`,
                    resyncRequired: false,
                })),
            },
        },
    }),
    row(
        replicatedItem("db"),
        "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems",
        {
            properties: {
                replicationHealth: "Critical",
                activeLocation: "Recovery",
                policyId: `${VAULT}/replicationPolicies/24h`,
                providerSpecificDetails: {
                    instanceType: "A2A",
                    dataSourceInfo: { datasourceType: "AzureVm", resourceId: vm("db") },
                    multiVmGroupName: "",
                    recoveryFabricLocation: "northeurope",
                    protectedManagedDisks: [],
                },
            },
        },
    ),
    row(replicatedItem("vmware-7"), REPLICATED, {
        properties: {
            replicationHealth: "Warning",
            activeLocation: "Primary",
            providerSpecificDetails: {
                instanceType: "InMageRcm",
                fabricDiscoveryMachineId: "vm-7",
                multiVmGroupName: "vm",
            },
        },
    }),
];

const recoveryPlans: readonly Row[] = [
    row(`${VAULT}/replicationRecoveryPlans/shop`, "microsoft.recoveryservices/vaults/replicationrecoveryplans", {
        properties: {
            friendlyName: "shop",
            failoverDeploymentModel: "ResourceManager",
            groups: [
                { groupType: "Shutdown", replicationProtectedItems: [], startGroupActions: [], endGroupActions: [] },
                { groupType: "Failover", replicationProtectedItems: [], startGroupActions: [], endGroupActions: [] },
                {
                    groupType: "Boot",
                    replicationProtectedItems: [
                        { id: replicatedItem("web"), virtualMachineId: "web" },
                        { id: replicatedItem("db"), virtualMachineId: "db" },
                    ],
                    startGroupActions: [],
                    endGroupActions: [],
                },
            ],
        },
    }),
    row(`${VAULT}/replicationRecoveryPlans/empty`, "Microsoft.RecoveryServices/vaults/replicationRecoveryPlans", {
        properties: { groups: [] },
    }),
];

const recoveryservicesresources: readonly Row[] = [
    ...replicatedItems,
    ...recoveryPlans,
    ...diskBackups,
    ...backupItems,
    // What has the same properties and is something else.
    row(VAULT, "microsoft.recoveryservices/vaults", { location: "northeurope" }),
    row(DAILY, "microsoft.recoveryservices/vaults/backuppolicies", {
        properties: { backupManagementType: "AzureIaasVM", schedulePolicy: { scheduleRunFrequency: "Daily" } },
    }),
    row(`${VAULT}/backupJobs/1`, "microsoft.recoveryservices/vaults/backupjobs", {
        properties: { backupManagementType: "AzureIaasVM", operation: "Backup", status: "Completed" },
    }),
    row(`${VAULT}/replicationPolicies/24h`, "microsoft.recoveryservices/vaults/replicationpolicies", {
        properties: { providerSpecificDetails: { instanceType: "A2A", recoveryPointHistory: 1440 } },
    }),
];

export const ROWS: Readonly<Record<TableName, readonly Row[]>> = {
    resources,
    resourcecontainers,
    recoveryservicesresources,
};
