// A made-up estate as Azure has it: written down as rows of Resource Graph, and as the exported state of a stack that has all
// of it. The two are made from the same facts by different code, so that a mistake in one shows.
import { COLUMNS, type TableName } from "../kusto/resource-graph";
import type { Row } from "../kusto/rows";

/** One resource, in Azure's own shape. */
interface Fact {
    readonly id: string;
    readonly type: string;
    readonly table: TableName;
    readonly location?: string;
    readonly tags?: Readonly<Record<string, string>>;
    readonly managedBy?: string;
    readonly properties: Readonly<Record<string, unknown>>;
    /** What Resource Graph has beside the properties of the REST API. */
    readonly graphProperties?: Readonly<Record<string, unknown>>;
}

export const SUBSCRIPTIONS = ["a0a0a0a0-0000-4000-8000-000000000001", "b0b0b0b0-0000-4000-8000-000000000002"] as const;

/** The same numbers on every machine for a seed. */
class Chance {
    constructor(private state: number) {}

    next(): number {
        this.state = (this.state + 0x6d2b79f5) | 0;
        let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    }

    is(probability: number): boolean {
        return this.next() < probability;
    }

    of<T>(...choices: readonly T[]): T {
        return choices[Math.floor(this.next() * choices.length)] as T;
    }

    /** In another letter case, as Azure sometimes has ids. */
    respelt(text: string): string {
        return this.of(text, text, text.toLowerCase(), text.toUpperCase());
    }
}

const VM_TYPE = "Microsoft.Compute/virtualMachines";
const BACKUP_ITEM = "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems";
const BACKUP_INSTANCE = "Microsoft.DataProtection/backupVaults/backupInstances";
const REPLICATED_ITEM =
    "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems";

/** @param size how many VMs */
export function estate(seed: number, size: number): readonly Fact[] {
    const chance = new Chance(seed);
    const facts: Fact[] = [];
    const group = (subscription: string, name: string): string =>
        `/subscriptions/${subscription}/resourceGroups/${name}`;
    const names = (...some: readonly string[]): readonly string[] =>
        size < 100 ? some : some.flatMap((name) => Array.from({ length: 10 }, (_, at) => `${name}${at}`));
    const vaults = SUBSCRIPTIONS.flatMap((subscription) =>
        names("dr", "hub").map((name) => recoveryVault(chance, subscription, name)),
    );
    const backupVaults = SUBSCRIPTIONS.flatMap((subscription) =>
        names("disks").map((name) => backupVault(chance, subscription, name)),
    );
    facts.push(...vaults, ...backupVaults);
    facts.push(...besides(chance, vaults, backupVaults));
    for (let at = 0; at < size; at++) {
        const subscription = chance.of(...SUBSCRIPTIONS);
        // Few names in two groups: some are the same, and some are the beginning of others.
        const name = chance.of("web", "web1", "web10", "db", "db_main", "app");
        const place = group(subscription, `${chance.of("shop", "Depot")}${at}`);
        facts.push(...vm(chance, { name, place, subscription, facts, vaults, backupVaults }));
    }
    return facts;
}

/** What lies in the same tables and is about no VM in Azure. */
function besides(chance: Chance, vaults: readonly Fact[], backupVaults: readonly Fact[]): readonly Fact[] {
    const place = `/subscriptions/${SUBSCRIPTIONS[0]}/resourceGroups/shop`;
    const storage = `${place}/providers/Microsoft.Storage/storageAccounts/shop`;
    return [
        ...backupVaults.map((vault, at): Fact => ({
            id: `${vault.id}/backupInstances/blobs-${at}`,
            type: BACKUP_INSTANCE,
            table: "recoveryservicesresources",
            properties: {
                dataSourceInfo: {
                    datasourceType: "Microsoft.Storage/storageAccounts/blobServices",
                    resourceID: storage,
                },
                currentProtectionState: "ProtectionConfigured",
            },
        })),
        ...vaults.slice(0, 2).map((vault, at): Fact => ({
            id: `${vault.id}/replicationFabrics/hyper-v/replicationProtectionContainers/site/replicationProtectedItems/guest-${at}`,
            type: REPLICATED_ITEM,
            table: "recoveryservicesresources",
            properties: {
                activeLocation: chance.of("Primary", "Recovery"),
                replicationHealth: chance.of("Normal", "Critical"),
                providerSpecificDetails: { instanceType: "HyperVReplicaAzure", fabricObjectId: `guest-${at}` },
            },
        })),
        {
            id: `${place}/providers/Microsoft.Compute/disks/spare`,
            type: "Microsoft.Compute/disks",
            table: "resources",
            location: "westeurope",
            properties: { creationData: { createOption: "Empty" } },
        },
    ];
}

interface Around {
    readonly name: string;
    readonly place: string;
    readonly subscription: string;
    /** Those that are there already. */
    readonly facts: readonly Fact[];
    readonly vaults: readonly Fact[];
    readonly backupVaults: readonly Fact[];
}

function vm(chance: Chance, around: Around): readonly Fact[] {
    const { name, place, vaults, backupVaults } = around;
    const id = `${place}/providers/${VM_TYPE}/${name}`;
    const location = chance.of("westeurope", "northeurope");
    const disks = ["os", "data", "data1", "data10"]
        .slice(0, 1 + Math.floor(chance.next() * 4))
        .map((disk) => diskOf(chance, around, `${name}-${disk}`, id, location));
    const [osDisk, ...dataDisks] = disks;
    const tier = chance.of(undefined, undefined, "none", "backup", "Replication", "backup-and-replication", "gold");
    const self: Fact = {
        id,
        type: VM_TYPE,
        table: "resources",
        location,
        tags: { env: "prod", ...(tier === undefined ? {} : { [chance.of("bcdr-tier", "BCDR-Tier")]: tier }) },
        properties: {
            hardwareProfile: { vmSize: "Standard_D4s_v5" },
            storageProfile: {
                osDisk: {
                    name: `${name}-os`,
                    osType: "Linux",
                    createOption: "Attach",
                    managedDisk: { id: chance.respelt(osDisk?.id ?? "") },
                },
                dataDisks: dataDisks.map((disk, lun) => ({
                    lun,
                    createOption: "Attach",
                    managedDisk: { id: chance.respelt(disk.id) },
                })),
            },
        },
    };
    const backups = chance.is(0.5) ? [backupItem(chance, id, name, chance.of(...vaults))] : [];
    const replications = chance.is(0.6) ? replicatedItem(chance, around, id, location, disks) : [];
    const diskBackups = disks.flatMap((disk, index) =>
        chance.is(0.15) ? [diskBackup(chance, disk, `${name}-${index}`, chance.of(...backupVaults))] : [],
    );
    return [self, ...disks, ...backups, ...replications, ...diskBackups];
}

function diskOf(
    chance: Chance,
    { place, subscription, facts }: Around,
    name: string,
    vmId: string,
    location: string,
): Fact {
    const compute = `/subscriptions/${subscription}/resourceGroups/AzureBackupRG_${location}_1/providers/Microsoft.Compute`;
    const former = chance.of(
        "web",
        "db_main",
        "db",
        ...facts.filter(({ type }) => type === VM_TYPE).map((each) => nameOf(each.id)),
    );
    const point = `${compute}/restorePointCollections/AzureBackup_${former}_1234567/restorePoints/AzureBackup_20260301_084000`;
    const creation = chance.of<Readonly<Record<string, string>>>(
        { createOption: "FromImage" },
        { createOption: "Empty" },
        { createOption: "Empty" },
        { createOption: "Restore", sourceResourceId: `${chance.respelt(point)}/diskRestorePoints/${name}_1` },
        { createOption: "Copy", sourceResourceId: `${compute}/snapshots/AzureBackup_1` },
        { createOption: "Copy", sourceResourceId: `${place}/providers/Microsoft.Compute/snapshots/golden` },
        { createOption: "Copy", sourceResourceId: `${place}/providers/Microsoft.Compute/disks/template` },
        { createOption: "Import" },
        { createOption: "ImportSecure" },
        { createOption: "CopyStart", sourceResourceId: `${compute}/snapshots/AzureBackup_2` },
        { createOption: "CopyStart", sourceResourceId: `${place}/providers/Microsoft.Compute/disks/template` },
        { createOption: "Restore", sourceResourceId: `${place}/providers/Microsoft.Compute/snapshots/golden` },
        { createOption: "Empty", sourceResourceId: point },
    );
    const tags = chance.of<Readonly<Record<string, string>> | undefined>(
        ...Array.from({ length: 14 }, () => undefined),
        { team: "shop" },
        { RSVaultBackup: "job" },
        { rsvaultbackup: "job" },
        { "ASR-ReplicaDisk": "yes" },
        { AsrSeedDisk: "yes" },
    );
    const ownName = chance.of(
        ...Array.from({ length: 15 }, () => name),
        `ms-asr-${name}`,
        `${name}-ASRReplica`,
        `asrseeddisk-${name}`,
    );
    return {
        id: `${place}/providers/Microsoft.Compute/disks/${ownName}`,
        type: "Microsoft.Compute/disks",
        table: "resources",
        location,
        ...(tags === undefined ? {} : { tags }),
        managedBy: vmId,
        properties: { diskSizeGB: 128, creationData: creation },
    };
}

function backupItem(chance: Chance, vmId: string, name: string, vault: Fact): Fact {
    const group = vmId.split("/")[4] ?? "";
    const names = `iaasvmcontainerv2;${group};${name}`.toLowerCase();
    const isWaiting = chance.is(0.1);
    const state = chance.of(
        "Protected",
        "Protected",
        "Protected",
        "IRPending",
        "ProtectionStopped",
        "BackupsSuspended",
    );
    const isDatabase = chance.is(0.1);
    return {
        id: `${vault.id}/backupFabrics/Azure/protectionContainers/IaasVMContainer;${names}/protectedItems/${isDatabase ? `SQLDataBase;mssqlserver;${name}` : `VM;${names}`}`,
        type: BACKUP_ITEM,
        table: "recoveryservicesresources",
        properties: {
            protectedItemType: isDatabase ? "AzureVmWorkloadSQLDatabase" : "Microsoft.Compute/virtualMachines",
            sourceResourceId: chance.respelt(vmId),
            protectionState: state,
            policyId: `${vault.id}/backupPolicies/daily`,
            ...(isWaiting ? { isScheduledForDeferredDelete: true } : {}),
        },
        graphProperties: { backupManagementType: isDatabase ? "AzureWorkload" : "AzureIaasVM" },
    };
}

function replicatedItem(
    chance: Chance,
    { name, vaults, facts }: Around,
    vmId: string,
    location: string,
    disks: readonly Fact[],
): readonly Fact[] {
    const vault = chance.of(...vaults);
    const isFailedOver = chance.is(0.2);
    const other = facts.find(({ type }) => type === VM_TYPE);
    const listed = [
        ...disks.filter(() => chance.is(0.8)).map(({ id }) => id),
        ...(chance.is(0.15) ? [`${disks[0]?.id ?? ""}-old`] : []),
    ];
    return [
        {
            id: `${vault.id}/replicationFabrics/${location}/replicationProtectionContainers/all/replicationProtectedItems/${name}-${vmId.split("/")[4] ?? ""}`,
            type: REPLICATED_ITEM,
            table: "recoveryservicesresources",
            properties: {
                activeLocation: isFailedOver ? "Recovery" : "Primary",
                replicationHealth: chance.of("Normal", "Normal", "Normal", "Warning", "Critical"),
                healthErrors: chance.is(0.1)
                    ? [{ errorCode: "153006", errorMessage: "The agent is not reachable." }]
                    : [],
                providerSpecificDetails: {
                    instanceType: "A2A",
                    fabricObjectId: chance.respelt(vmId),
                    protectedManagedDisks: listed.map((diskId) => ({
                        diskId: chance.respelt(diskId),
                        resyncRequired: chance.is(0.05),
                    })),
                    autoProtectionOfDataDisk: chance.of("Disabled", "Disabled", "Enabled"),
                    recoveryFabricLocation: "northeurope",
                    ...(isFailedOver && other !== undefined ? { recoveryFabricObjectId: other.id } : {}),
                },
            },
        },
    ];
}

function diskBackup(chance: Chance, disk: Fact, name: string, vault: Fact): Fact {
    return {
        // Resource Graph has been seen to begin such ids with two slashes.
        id: `${chance.of("", "/")}${vault.id}/backupInstances/${name}-${disk.id.split("/")[4] ?? ""}`,
        type: BACKUP_INSTANCE,
        table: "recoveryservicesresources",
        properties: {
            dataSourceInfo: { datasourceType: "Microsoft.Compute/disks", resourceID: chance.respelt(disk.id) },
            policyInfo: { policyId: `${vault.id}/backupPolicies/disks` },
            currentProtectionState: chance.of(
                "ProtectionConfigured",
                "ProtectionConfigured",
                "ProtectionStopped",
                "SoftDeleted",
            ),
        },
    };
}

function recoveryVault(chance: Chance, subscription: string, name: string): Fact {
    const switched = (): string => chance.of("Enabled", "Enabled", "Disabled");
    return {
        id: `/subscriptions/${subscription}/resourceGroups/vaults/providers/Microsoft.RecoveryServices/vaults/${name}`,
        type: "Microsoft.RecoveryServices/vaults",
        table: "resources",
        location: "northeurope",
        tags: {},
        properties: {
            publicNetworkAccess: switched(),
            securitySettings: {
                softDeleteSettings: {
                    softDeleteState: chance.of("Enabled", "AlwaysON", "Disabled"),
                    softDeleteRetentionPeriodInDays: chance.of(14, 30, 180),
                },
                ...(chance.is(0.7)
                    ? { immutabilitySettings: { state: chance.of("Disabled", "Unlocked", "Locked") } }
                    : {}),
            },
            redundancySettings: {
                standardTierStorageRedundancy: chance.of(
                    "GeoRedundant",
                    "LocallyRedundant",
                    "ZoneRedundant",
                    "Invalid",
                ),
                crossRegionRestore: switched(),
            },
            monitoringSettings: {
                azureMonitorAlertSettings: {
                    alertsForAllJobFailures: switched(),
                    ...(chance.is(0.5) ? { alertsForAllReplicationIssues: switched() } : {}),
                },
            },
            ...(chance.is(0.3)
                ? { encryption: { keyVaultProperties: { keyUri: "https://keys.vault.azure.net/keys/k" } } }
                : {}),
        },
    };
}

function backupVault(chance: Chance, subscription: string, name: string): Fact {
    return {
        id: `/subscriptions/${subscription}/resourceGroups/vaults/providers/Microsoft.DataProtection/backupVaults/${name}`,
        type: "Microsoft.DataProtection/backupVaults",
        table: "resources",
        location: "westeurope",
        properties: {
            storageSettings: chance.of<readonly object[]>(
                [{ datastoreType: "VaultStore", type: "LocallyRedundant" }],
                [
                    { datastoreType: "OperationalStore", type: "LocallyRedundant" },
                    { datastoreType: "VaultStore", type: "GeoRedundant" },
                ],
            ),
            securitySettings: {
                softDeleteSettings: {
                    state: chance.of("On", "Off", "AlwaysOn"),
                    retentionDurationInDays: chance.of(14, 30),
                },
            },
            featureSettings: { crossRegionRestoreSettings: { state: chance.of("Enabled", "Disabled") } },
            monitoringSettings: {
                azureMonitorAlertSettings: { alertsForAllJobFailures: chance.of("Enabled", "Disabled") },
            },
        },
    };
}

/** As Resource Graph has it; types in lower case, as in most of its tables. */
export function rowsOf(facts: readonly Fact[]): Readonly<Record<TableName, readonly Row[]>> {
    const rows = (table: TableName): readonly Row[] =>
        facts.filter((fact) => fact.table === table).map((fact) => row(fact));
    return {
        resources: rows("resources"),
        recoveryservicesresources: rows("recoveryservicesresources"),
        resourcecontainers: SUBSCRIPTIONS.map((subscription) =>
            row({
                id: `/subscriptions/${subscription}`,
                type: "microsoft.resources/subscriptions",
                table: "resourcecontainers",
                properties: { state: "Enabled" },
            }),
        ),
    };
}

function row({ id, type, table, location = "", tags, managedBy = "", properties, graphProperties }: Fact): Row {
    const [, , subscription = "", , resourceGroup = ""] = id.replace(/^\/+/, "/").split("/");
    // IDs are ASCII.
    const chance = new Chance(Buffer.from(id).reduce((sum, byte) => (sum * 31 + byte) | 0, 7));
    const nothing = Object.fromEntries(
        Object.entries(COLUMNS).map(([name, columnType]) => [name, columnType === "string" ? "" : null]),
    ) as Row;
    return {
        ...nothing,
        id,
        name: nameOf(id),
        type: table === "resourcecontainers" ? type : chance.of(type, type.toLowerCase()),
        location,
        resourceGroup,
        subscriptionId: subscription,
        managedBy,
        tags: tags ?? null,
        properties: otherwise(chance, type, { ...properties, ...graphProperties }),
    };
}

type Properties = Readonly<Record<string, unknown>>;

/** Resource Graph has some things in another place, or in another letter case, than the REST API. */
function otherwise(chance: Chance, type: string, all: Properties): Properties {
    const inSomeCase = (value: unknown): unknown => chance.of(value, String(value).toLowerCase());
    switch (type) {
        case BACKUP_ITEM: {
            const { sourceResourceId, protectionState, isScheduledForDeferredDelete, backupManagementType, ...others } =
                all;
            const state = inSomeCase(protectionState);
            const waiting = chance.is(0.5)
                ? { isScheduledForDeferredDelete }
                : { currentProtectionState: "SoftDeleted" };
            return {
                ...others,
                ...(chance.is(0.5) ? { sourceResourceId } : { virtualMachineId: sourceResourceId }),
                ...(chance.is(0.5) ? { protectionState: state } : { currentProtectionState: state }),
                ...(isScheduledForDeferredDelete === undefined ? {} : waiting),
                backupManagementType: inSomeCase(backupManagementType),
            };
        }
        case REPLICATED_ITEM: {
            const { providerSpecificDetails, activeLocation, ...others } = all;
            const { fabricObjectId, instanceType, ...details } = providerSpecificDetails as Properties;
            return {
                ...others,
                activeLocation: inSomeCase(activeLocation),
                providerSpecificDetails: {
                    ...details,
                    instanceType: inSomeCase(instanceType),
                    ...(chance.is(0.7) ? { fabricObjectId } : { dataSourceInfo: { resourceId: fabricObjectId } }),
                },
            };
        }
        case BACKUP_INSTANCE: {
            const { dataSourceInfo, currentProtectionState, ...others } = all;
            const { datasourceType, ...source } = dataSourceInfo as Properties;
            return {
                ...others,
                currentProtectionState: inSomeCase(currentProtectionState),
                dataSourceInfo: { ...source, datasourceType: inSomeCase(datasourceType) },
            };
        }
        default:
            return all;
    }
}

const TOKENS: Readonly<Record<string, { readonly token: string; readonly names: readonly string[] }>> = {
    [VM_TYPE]: { token: "azure-native:compute:VirtualMachine", names: ["vmName"] },
    "Microsoft.Compute/disks": { token: "azure-native:compute:Disk", names: ["diskName"] },
    [BACKUP_ITEM]: {
        token: "azure-native:recoveryservices:ProtectedItem",
        names: ["vaultName", "fabricName", "containerName", "protectedItemName"],
    },
    [REPLICATED_ITEM]: {
        token: "azure-native:recoveryservices:ReplicationProtectedItem",
        names: ["resourceName", "fabricName", "protectionContainerName", "replicatedProtectedItemName"],
    },
    [BACKUP_INSTANCE]: {
        token: "azure-native:dataprotection:BackupInstance",
        names: ["vaultName", "backupInstanceName"],
    },
    "Microsoft.RecoveryServices/vaults": { token: "azure-native:recoveryservices:Vault", names: ["vaultName"] },
    "Microsoft.DataProtection/backupVaults": { token: "azure-native:dataprotection:BackupVault", names: ["vaultName"] },
};

/** The exported state of a stack with all of it, and the ID in Azure of each URN. */
export function stateOf(facts: readonly Fact[]): { readonly text: string; readonly ids: ReadonlyMap<string, string> } {
    const ids = new Map<string, string>();
    const resources = facts.map((fact, index) => {
        const { token = "", names = [] } = TOKENS[fact.type] ?? {};
        const urn = `urn:pulumi:prod::estate::${token}::r${index}`;
        const id = fact.id.replace(/^\/+/, "/");
        ids.set(urn, id);
        const parts = id.split("/");
        const inputs = {
            resourceGroupName: parts[4],
            ...Object.fromEntries(names.map((name, at) => [name, parts[8 + 2 * at]])),
            ...(fact.location === undefined ? {} : { location: fact.location }),
            ...(fact.tags === undefined ? {} : { tags: fact.tags }),
            ...(fact.type.startsWith("Microsoft.Compute/") ? fact.properties : { properties: fact.properties }),
        };
        return {
            urn,
            type: token,
            custom: true,
            id,
            inputs,
            outputs: { ...inputs, id, name: nameOf(id) },
            propertyDependencies: {},
        };
    });
    const stack = {
        urn: "urn:pulumi:prod::estate::pulumi:pulumi:Stack::estate-prod",
        type: "pulumi:pulumi:Stack",
        custom: false,
        inputs: {},
        outputs: {},
    };
    const manifest = { time: "2026-11-22T21:04:00Z", magic: "", version: "" };
    return { text: JSON.stringify({ version: 3, deployment: { manifest, resources: [stack, ...resources] } }), ids };
}

function nameOf(id: string): string {
    return id.slice(id.lastIndexOf("/") + 1);
}
