import { ref, text, type Content, type Declaration, type Properties } from "./program";

/** The same resources in the classic provider's words. */

const NETWORK = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/hub/providers/Microsoft.Network";
const HUB = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/hub";

export function classicGroup(): Declaration {
    return { type: "azure:core/resourceGroup:ResourceGroup", properties: { location: "westeurope" } };
}

/** A VM that boots from a disk that is there. */
export function classicVm(os: "linux" | "windows", osManagedDiskId: Content): Declaration {
    return {
        type: `azure:compute/${os}VirtualMachine:${os === "linux" ? "Linux" : "Windows"}VirtualMachine`,
        properties: {
            resourceGroupName: ref("rg.name"),
            location: "westeurope",
            size: "Standard_D4s_v5",
            networkInterfaceIds: [`${NETWORK}/networkInterfaces/web`],
            osDisk: { caching: "ReadWrite" },
            osManagedDiskId,
        },
    };
}

export function legacyVm(managedDiskId: Content): Declaration {
    return {
        type: "azure:compute/virtualMachine:VirtualMachine",
        properties: {
            resourceGroupName: ref("rg.name"),
            location: "westeurope",
            vmSize: "Standard_D4s_v5",
            networkInterfaceIds: [`${NETWORK}/networkInterfaces/web`],
            storageOsDisk: { name: "web-os", createOption: "Attach", osType: "Linux", managedDiskId },
        },
    };
}

export function classicDisk(over: Properties = { createOption: "Empty", diskSizeGb: 128 }): Declaration {
    return {
        type: "azure:compute/managedDisk:ManagedDisk",
        properties: {
            resourceGroupName: ref("rg.name"),
            location: "westeurope",
            storageAccountType: "Premium_LRS",
            osType: "Linux",
            ...over,
        },
    };
}

/** A replicated item; with azure-native's vault `recovery`. */
export function replicatedVm(sourceVmId: Content, diskIds: readonly Content[]): Declaration {
    return {
        type: "azure:siterecovery/replicatedVM:ReplicatedVM",
        properties: {
            resourceGroupName: ref("rg.name"),
            recoveryVaultName: ref("recovery.name"),
            sourceRecoveryFabricName: "westeurope",
            sourceRecoveryProtectionContainerName: "westeurope",
            recoveryReplicationPolicyId: `${HUB}/providers/Microsoft.RecoveryServices/vaults/v/replicationPolicies/p`,
            sourceVmId,
            targetRecoveryFabricId: `${HUB}/providers/Microsoft.RecoveryServices/vaults/v/replicationFabrics/northeurope`,
            targetRecoveryProtectionContainerId: `${HUB}/providers/Microsoft.RecoveryServices/vaults/v/replicationFabrics/northeurope/replicationProtectionContainers/northeurope`,
            targetResourceGroupId: `${HUB}-recovery`,
            managedDisks: diskIds.map((diskId) => ({
                diskId,
                stagingStorageAccountId: `${HUB}/providers/Microsoft.Storage/storageAccounts/staging`,
                targetResourceGroupId: `${HUB}-recovery`,
                targetDiskType: "Premium_LRS",
                targetReplicaDiskType: "Premium_LRS",
            })),
        },
    };
}

/** A place for a disk that is a resource of its own. */
export function diskAttachment(virtualMachineId: Content, lun: number, managedDiskId: Content): Declaration {
    return {
        type: "azure:compute/dataDiskAttachment:DataDiskAttachment",
        properties: { virtualMachineId, managedDiskId, lun, caching: "None" },
    };
}

/** A data disk that is made from a source along with its place. */
export function implicitDataDisk(virtualMachineId: Content, lun: number, sourceResourceId: Content): Declaration {
    return {
        type: "azure:compute/implicitDataDiskFromSource:ImplicitDataDiskFromSource",
        properties: { virtualMachineId, lun, sourceResourceId, createOption: "Copy", diskSizeGb: 128 },
    };
}

/** A VM-level backup item of azure-native's vault `backup`. */
export function protectedVm(sourceVmId: Content, over: Properties = {}): Declaration {
    return {
        type: "azure:backup/protectedVM:ProtectedVM",
        properties: {
            resourceGroupName: ref("rg.name"),
            recoveryVaultName: ref("backup.name"),
            backupPolicyId: text`${ref("backup.id")}/backupPolicies/EnhancedPolicy`,
            sourceVmId,
            ...over,
        },
    };
}

/** A Disk Backup instance of azure-native's vault `diskBackup`. */
export function backupInstanceDisk(diskId: Content): Declaration {
    return {
        type: "azure:dataprotection/backupInstanceDisk:BackupInstanceDisk",
        properties: {
            vaultId: ref("diskBackup.id"),
            location: "westeurope",
            diskId,
            snapshotResourceGroupName: "snapshots",
            backupPolicyId: text`${ref("diskBackup.id")}/backupPolicies/every-four-hours`,
        },
    };
}
