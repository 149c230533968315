import { ref, Text, type Content, type Declaration, type Program } from "../../../test/harness/program";
import {
    cacheAccount,
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
    type Route,
} from "../../../test/reference-estates/parts";
import { benchVms, type BenchVm } from "../estate";

/** What other programs have made. */
const ELSEWHERE = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups";
const SHOP: Place = { group: "shop", location: "westeurope" };
const BACKUP: Backup = { vault: "backup", vaultGroup: "shop", policy: "every-four-hours" };
const ROUTE: Route = {
    vault: "recovery",
    vaultGroup: "shop-recovered",
    policy: "a-day-back",
    sourceFabric: "west-europe",
    sourceContainer: "west-europe-machines",
    targetFabric: "north-europe",
    targetContainer: "north-europe-machines",
    targetGroup: "shop-recovered",
    cache: "shopcache",
};

/** What exists once, however many VMs there are. */
const SURROUNDINGS: Program = {
    ...resourceGroup("shop", "westeurope"),
    ...resourceGroup("shop-recovered", "northeurope"),
    ...vault("backup", "shop", "westeurope"),
    ...enhancedPolicy("every-four-hours", "backup", "shop"),
    ...vault(ROUTE.vault, ROUTE.vaultGroup, "northeurope"),
    ...replicationPolicy(ROUTE.policy, ROUTE.vault, ROUTE.vaultGroup),
    ...fabric(ROUTE.sourceFabric, ROUTE.vault, ROUTE.vaultGroup, "westeurope"),
    ...fabric(ROUTE.targetFabric, ROUTE.vault, ROUTE.vaultGroup, "northeurope"),
    ...container(ROUTE.sourceContainer, ROUTE.vault, ROUTE.vaultGroup, ROUTE.sourceFabric),
    ...container(ROUTE.targetContainer, ROUTE.vault, ROUTE.vaultGroup, ROUTE.targetFabric),
    ...mapping("west-to-north", ROUTE),
    ...cacheAccount(ROUTE.cache, SHOP),
};

/** Resources of a stack that are no VM's: those above, and the stack itself. */
export const SHARED_RESOURCES = Object.keys(SURROUNDINGS).length + 1;

/** VM, disk, backup and replication. */
export const RESOURCES_A_VM = 4;

/** How many VMs a stack of so many resources has. */
export function vmsIn(size: number): number {
    return Math.floor((size - SHARED_RESOURCES) / RESOURCES_A_VM);
}

/** A stack as it is deployed, and its program after somebody has restored the disks of the faulty VMs. */
export interface BenchPrograms {
    readonly deployed: Program;
    readonly restored: Program;
}

export function benchPrograms(vms: number): BenchPrograms {
    const all = benchVms(vms);
    return {
        deployed: { ...SURROUNDINGS, ...merged(all.map((each) => vmParts(each, false))) },
        restored: { ...SURROUNDINGS, ...merged(all.map((each) => vmParts(each, each.faulty))) },
    };
}

function merged(programs: readonly Program[]): Program {
    return Object.fromEntries(programs.flatMap((program) => Object.entries(program)));
}

function vmParts({ name, provider }: BenchVm, restored: boolean): Program {
    return provider === "azure-native" ? nativeVm(name, restored) : classicVm(name, restored);
}

/** Azure makes the OS disk from an image; the data disk is a resource, and the one that is restored. */
function nativeVm(name: string, restored: boolean): Program {
    const data = `${name}-data`;
    const made = vm({ ...SHOP, name, size: "Standard_D4s_v5", tags: {}, dataDisks: [diskName(data, restored)] });
    return {
        ...disk(diskName(data, restored), SHOP, 256, restored ? { creationData: restorePoint(name, data) } : {}),
        ...withNetworkInterfaceElsewhere(name, made),
        ...vmBackup(name, SHOP, BACKUP),
        ...replication(name, ROUTE, [{ id: replicatedDisk(`${name}-os`) }, { id: replicatedDisk(data) }]),
    };
}

/** The OS disk is a resource, and the one that is restored. */
function classicVm(name: string, restored: boolean): Program {
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
                resourceGroupName: ref(`${ROUTE.vaultGroup}.name`),
                recoveryVaultName: ref(`${ROUTE.vault}.name`),
                name,
                sourceRecoveryFabricName: ref(`${ROUTE.sourceFabric}.name`),
                sourceRecoveryProtectionContainerName: ref(`${ROUTE.sourceContainer}.name`),
                recoveryReplicationPolicyId: ref(`${ROUTE.policy}.id`),
                sourceVmId: ref(`${name}.id`),
                targetRecoveryFabricId: ref(`${ROUTE.targetFabric}.id`),
                targetRecoveryProtectionContainerId: ref(`${ROUTE.targetContainer}.id`),
                targetResourceGroupId: ref(`${ROUTE.targetGroup}.id`),
                managedDisks: [
                    {
                        diskId: replicatedDisk(os),
                        stagingStorageAccountId: ref(`${ROUTE.cache}.id`),
                        targetResourceGroupId: ref(`${ROUTE.targetGroup}.id`),
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
