import { ref, Text, type Content, type Declaration, type Program } from "../../../test/harness/program";
import {
    cacheAccount,
    classicPolicy,
    container,
    disk,
    enhancedPolicy,
    fabric,
    vm,
    vmBackup,
    mapping,
    replication,
    replicationPolicy,
    resourceGroup,
    vault,
    type Backup,
    type Place,
    type Region,
    type Route,
} from "../../../test/reference-estates/parts";
import { benchVms, type BenchVm } from "../estate";

/** What other programs have made. */
const ELSEWHERE = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups";
const TARGET_NETWORK = `${ELSEWHERE}/hub/providers/Microsoft.Network/virtualNetworks/recovery`;
const SHOP: Place = { group: "shop", location: "westeurope" };
// Each name of what belongs to a vault has "vault-0" in it, so that `copies` can make more of them.
const BACKUP: Backup = { vault: "backup-vault-0", vaultGroup: "shop", policy: "every-four-hours-vault-0" };
const ROUTE: Route = {
    vault: "recovery-vault-0",
    vaultGroup: "shop-recovered",
    policy: "a-day-back-vault-0",
    sourceFabric: "west-europe-vault-0",
    sourceContainer: "west-europe-machines-vault-0",
    targetFabric: "north-europe-vault-0",
    targetContainer: "north-europe-machines-vault-0",
    targetGroup: "shop-recovered",
    cache: "shopcache",
};

/** The estates that are measured. */
export const ESTATES = {
    mixed: "VMs of both providers, backed up in one vault and replicated by another",
    "one-vault": "all VMs backed up and replicated by the same vault",
    unprotected: "nothing protected",
    "many-vaults": "300 vaults",
    classic: "classic provider only",
    "first-preview": "first preview, nothing known yet",
} as const;

export type EstateName = keyof typeof ESTATES;

interface EstateParts {
    /** What exists once, however many VMs there are. */
    readonly surroundings: Program;
    readonly vmParts: (vm: BenchVm, restored: boolean) => Program;
    readonly resourcesAVm: number;
    /** How many copies there are of what belongs to a vault. */
    readonly vaultCopies: number;
    readonly isDeployed: boolean;
}

const MIXED: EstateParts = {
    surroundings: { ...surroundings(BACKUP, ROUTE), ...vault(BACKUP.vault, BACKUP.vaultGroup, "westeurope") },
    vmParts: ({ name, provider }, restored) =>
        provider === "azure-native" ? nativeVm(name, restored) : classicVm(name, restored),
    resourcesAVm: 4,
    vaultCopies: 1,
    isDeployed: true,
};

/** Azure has accepted that: a vault may be in the source region once replication has failed over. */
const ONE_VAULT: Route = { ...ROUTE, vault: BACKUP.vault, vaultGroup: BACKUP.vaultGroup };

const PARTS: Readonly<Record<EstateName, EstateParts>> = {
    mixed: MIXED,
    "one-vault": {
        ...MIXED,
        surroundings: { ...surroundings(BACKUP, ONE_VAULT), ...vault(BACKUP.vault, BACKUP.vaultGroup, "westeurope") },
        vmParts: ({ name, provider }, restored) =>
            provider === "azure-native" ? nativeVm(name, restored, ONE_VAULT) : classicVm(name, restored, ONE_VAULT),
    },
    unprotected: {
        ...MIXED,
        surroundings: { ...resourceGroup("shop", "westeurope"), ...resourceGroup("shop-recovered", "northeurope") },
        vmParts: (each, restored) =>
            Object.fromEntries(
                Object.entries(MIXED.vmParts(each, restored)).filter(([name]) => !/-(backup|replication)$/.test(name)),
            ),
        resourcesAVm: 2,
    },
    // 150 for backup, and 150 for replication.
    "many-vaults": { ...MIXED, vaultCopies: 150 },
    classic: {
        ...MIXED,
        surroundings: classicSurroundings(),
        vmParts: ({ name }, restored) => classicVm(name, restored),
    },
    "first-preview": { ...MIXED, isDeployed: false },
};

/** Vaults of Site Recovery, what they need, and the policy of the vault for backups. */
function surroundings(backup: Backup, route: Route): Program {
    return {
        ...resourceGroup("shop", "westeurope"),
        ...resourceGroup("shop-recovered", "northeurope"),
        ...enhancedPolicy(backup.policy, backup.vault, backup.vaultGroup),
        ...vault(route.vault, route.vaultGroup, "northeurope"),
        ...replicationPolicy(route.policy, route.vault, route.vaultGroup),
        ...fabric(route.sourceFabric, route.vault, route.vaultGroup, "westeurope"),
        ...fabric(route.targetFabric, route.vault, route.vaultGroup, "northeurope"),
        ...container(route.sourceContainer, route.vault, route.vaultGroup, route.sourceFabric),
        ...container(route.targetContainer, route.vault, route.vaultGroup, route.targetFabric),
        ...mapping("west-to-north-vault-0", route),
        ...cacheAccount(route.cache, SHOP),
    };
}

/** The same in the classic provider's words. */
function classicSurroundings(): Program {
    const inVault = {
        resourceGroupName: ref(`${ROUTE.vaultGroup}.name`),
        recoveryVaultName: ref(`${ROUTE.vault}.name`),
    };
    return {
        ...classicGroup("shop", "westeurope"),
        ...classicGroup("shop-recovered", "northeurope"),
        ...classicVault(BACKUP.vault, BACKUP.vaultGroup, "westeurope"),
        ...classicVault(ROUTE.vault, ROUTE.vaultGroup, "northeurope"),
        ...classicPolicy(BACKUP.policy, BACKUP.vault, BACKUP.vaultGroup),
        [ROUTE.policy]: {
            type: "azure:siterecovery/replicationPolicy:ReplicationPolicy",
            properties: {
                ...inVault,
                name: ROUTE.policy,
                recoveryPointRetentionInMinutes: 1440,
                applicationConsistentSnapshotFrequencyInMinutes: 240,
            },
        },
        ...Object.fromEntries(
            [
                [ROUTE.sourceFabric, "westeurope"],
                [ROUTE.targetFabric, "northeurope"],
            ].map(([name = "", location = ""]) => [
                name,
                { type: "azure:siterecovery/fabric:Fabric", properties: { ...inVault, name, location } },
            ]),
        ),
        ...container(ROUTE.sourceContainer, ROUTE.vault, ROUTE.vaultGroup, ROUTE.sourceFabric),
        ...container(ROUTE.targetContainer, ROUTE.vault, ROUTE.vaultGroup, ROUTE.targetFabric),
        "west-to-north-vault-0": {
            type: "azure:siterecovery/protectionContainerMapping:ProtectionContainerMapping",
            properties: {
                ...inVault,
                name: "west-to-north-vault-0",
                recoveryFabricName: ref(`${ROUTE.sourceFabric}.name`),
                recoverySourceProtectionContainerName: ref(`${ROUTE.sourceContainer}.name`),
                recoveryTargetProtectionContainerId: ref(`${ROUTE.targetContainer}.id`),
                recoveryReplicationPolicyId: ref(`${ROUTE.policy}.id`),
                automaticUpdate: {
                    enabled: true,
                    authenticationType: "SystemAssignedIdentity",
                    automationAccountId: `${ELSEWHERE}/hub/providers/Microsoft.Automation/automationAccounts/updates`,
                },
            },
        },
        [ROUTE.cache]: {
            type: "azure:storage/account:Account",
            properties: {
                resourceGroupName: ref("shop.name"),
                name: ROUTE.cache,
                location: SHOP.location,
                accountTier: "Standard",
                accountReplicationType: "LRS",
            },
        },
    };
}

function classicGroup(name: string, location: Region): Program {
    return { [name]: { type: "azure:core/resourceGroup:ResourceGroup", properties: { name, location } } };
}

function classicVault(name: string, group: string, location: Region): Program {
    return {
        [name]: {
            type: "azure:recoveryservices/vault:Vault",
            properties: {
                resourceGroupName: ref(`${group}.name`),
                name,
                location,
                sku: "Standard",
                storageModeType: "GeoRedundant",
                crossRegionRestoreEnabled: true,
                softDeleteEnabled: true,
                immutability: "Unlocked",
                identity: { type: "SystemAssigned" },
            },
        },
    };
}

/** Resources of a stack that are no VM's: those above, and the stack itself. */
export function sharedResources(estate: EstateName = "mixed"): number {
    const { surroundings: all, vaultCopies } = PARTS[estate];
    const ofVaults = Object.keys(all).filter((name) => name.includes("vault-0")).length;
    return Object.keys(all).length + ofVaults * (vaultCopies - 1) + 1;
}

/** VM, disk, backup and replication. */
export const RESOURCES_A_VM = MIXED.resourcesAVm;

/** How many VMs a stack of so many resources has. */
export function vmsIn(size: number, estate: EstateName = "mixed"): number {
    return Math.floor((size - sharedResources(estate)) / PARTS[estate].resourcesAVm);
}

/** A stack as it is deployed, and its program after somebody has restored the disks of the faulty VMs. */
export interface BenchPrograms extends Pick<EstateParts, "vaultCopies" | "isDeployed"> {
    readonly deployed: Program;
    readonly restored: Program;
}

export function benchPrograms(vms: number, estate: EstateName = "mixed"): BenchPrograms {
    const { surroundings: all, vmParts, vaultCopies, isDeployed } = PARTS[estate];
    const each = benchVms(vms);
    return {
        deployed: { ...all, ...merged(each.map((one) => vmParts(one, false))) },
        restored: { ...all, ...merged(each.map((one) => vmParts(one, one.faulty))) },
        vaultCopies,
        isDeployed,
    };
}

function merged(programs: readonly Program[]): Program {
    return Object.fromEntries(programs.flatMap((program) => Object.entries(program)));
}

/** Azure makes the OS disk from an image; the data disk is a resource, and the one that is restored. */
function nativeVm(name: string, restored: boolean, route = ROUTE): Program {
    const data = `${name}-data`;
    const made = vm({ ...SHOP, name, size: "Standard_D4s_v5", tags: {}, dataDisks: [diskName(data, restored)] });
    return {
        ...disk(diskName(data, restored), SHOP, 256, restored ? { creationData: restorePoint(name, data) } : {}),
        ...withNetworkInterfaceElsewhere(name, made),
        ...vmBackup(name, SHOP, BACKUP),
        ...replication(name, route, [{ id: replicatedDisk(`${name}-os`) }, { id: replicatedDisk(data) }]),
    };
}

/** The OS disk is a resource, and the one that is restored. */
function classicVm(name: string, restored: boolean, route = ROUTE): Program {
    const common = { resourceGroupName: ref("shop.name"), location: SHOP.location };
    const premium = { storageAccountType: "Premium_LRS" };
    const os = `${name}-os`;
    return {
        [diskName(os, restored)]: {
            type: "azure:compute/managedDisk:ManagedDisk",
            properties: {
                ...common,
                name: diskName(os, restored),
                ...premium,
                osType: "Linux",
                ...(restored
                    ? restorePoint(name, os)
                    : {
                          createOption: "FromImage",
                          galleryImageReferenceId: `${ELSEWHERE}/hub/providers/Microsoft.Compute/galleries/hub/images/ubuntu/versions/24.4.0`,
                      }),
            },
        },
        [name]: {
            type: "azure:compute/linuxVirtualMachine:LinuxVirtualMachine",
            properties: {
                ...common,
                name,
                size: "Standard_D4s_v5",
                networkInterfaceIds: [networkInterfaceOf(name)],
                osManagedDiskId: ref(`${diskName(os, restored)}.id`),
                osDisk: { caching: "ReadWrite" },
                diskControllerType: "SCSI",
            },
        },
        [`${name}-backup`]: {
            type: "azure:backup/protectedVM:ProtectedVM",
            properties: {
                resourceGroupName: ref("shop.name"),
                recoveryVaultName: ref(`${BACKUP.vault}.name`),
                backupPolicyId: ref(`${BACKUP.policy}.id`),
                sourceVmId: ref(`${name}.id`),
            },
        },
        [`${name}-replication`]: {
            type: "azure:siterecovery/replicatedVM:ReplicatedVM",
            properties: {
                resourceGroupName: ref(`${route.vaultGroup}.name`),
                recoveryVaultName: ref(`${route.vault}.name`),
                name,
                sourceRecoveryFabricName: ref(`${route.sourceFabric}.name`),
                sourceRecoveryProtectionContainerName: ref(`${route.sourceContainer}.name`),
                recoveryReplicationPolicyId: ref(`${route.policy}.id`),
                sourceVmId: ref(`${name}.id`),
                targetRecoveryFabricId: ref(`${route.targetFabric}.id`),
                targetRecoveryProtectionContainerId: ref(`${route.targetContainer}.id`),
                targetResourceGroupId: ref(`${route.targetGroup}.id`),
                targetNetworkId: TARGET_NETWORK,
                managedDisks: [
                    {
                        diskId: replicatedDisk(os),
                        stagingStorageAccountId: ref(`${route.cache}.id`),
                        targetResourceGroupId: ref(`${route.targetGroup}.id`),
                        targetDiskType: "Premium_LRS",
                        targetReplicaDiskType: "Premium_LRS",
                    },
                ],
            },
        },
    };
}

function diskName(name: string, restored: boolean): string {
    return restored ? `${name}-restored` : name;
}

/** Written out, so that a restore changes nothing in the item: it still has the disk that was there before. */
function replicatedDisk(name: string): Content {
    return new Text([ref("shop.id"), `/providers/Microsoft.Compute/disks/${name}`]);
}

function restorePoint(vmName: string, disk: string): { createOption: string; sourceResourceId: string } {
    const collection = `${ELSEWHERE}/AzureBackupRG_westeurope_1/providers/Microsoft.Compute/restorePointCollections`;
    return {
        createOption: "Restore",
        sourceResourceId: `${collection}/AzureBackup_${vmName}_545359511612843/restorePoints/AzureBackup_20260301_084023/disks/${disk}`,
    };
}

/** The network is made in another program: with an interface of its own a VM would be a fifth of its resources. */
function withNetworkInterfaceElsewhere(name: string, made: Program): Program {
    const { type, properties } = made[name] as Declaration;
    const networkProfile = { networkInterfaces: [{ id: networkInterfaceOf(name), primary: true }] };
    return { [name]: { type, properties: { ...properties, networkProfile } } };
}

function networkInterfaceOf(name: string): string {
    return `${ELSEWHERE}/hub/providers/Microsoft.Network/networkInterfaces/${name}`;
}
