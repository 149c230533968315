import { ref, type Content, type Declaration, type Properties } from "./program";

/** The same resources in the classic provider's words. */

const NETWORK = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/hub/providers/Microsoft.Network";
const HUB = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/hub";

export function classicGroup(): Declaration {
    return { type: "azure:core/resourceGroup:ResourceGroup", properties: { location: "westeurope" } };
}

/** A machine that boots from a disk that is there. */
export function classicMachine(os: "linux" | "windows", osManagedDiskId: Content): Declaration {
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

export function legacyMachine(managedDiskId: Content): Declaration {
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
