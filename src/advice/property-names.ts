import type { AzureResource } from "../model/resources";
import type { Provider } from "../model/ids/type-token";
import type { EmbeddedIn } from "../model/planned-resource";

/** The names that each provider uses for what messages have to name. */
export interface Words {
    /** Type token of a managed disk, for `pulumi import`. */
    readonly diskType: string;
    /** Type tokens of the items that protect a VM. */
    readonly backupItemType: string;
    readonly replicatedItemType: string;
    /** The property of a backup item that selects disks by LUN. */
    readonly diskSelection: string;
    /** The property of a VM, or the resource, that takes the id of a disk. */
    readonly takesDisks: string;
    /** The property of a replicated item that holds the list of disks. */
    readonly diskList: string;
    /** What each element of that list needs besides the disk's id. */
    readonly elementNeeds: string;
    /** The property of a backup policy that makes it a Standard (V1) or an Enhanced (V2) one. */
    readonly backupPolicyType: string;
    /** The property of a backup policy that asks for crash-consistent snapshots only. */
    readonly snapshotConsistency: string;
    /** Properties of a VM. */
    readonly vm: {
        readonly ephemeral: string;
        readonly diskController: string;
        readonly dedicatedHost: string;
        readonly size: string;
        readonly zone: string;
    };
    /** Properties of a disk, and of the place in which a VM has it. */
    readonly disk: {
        readonly size: string;
        readonly kind: string;
        readonly shares: string;
        readonly caching: string;
        readonly writeAccelerator: string;
    };
    /** The property of an IP configuration that makes it IPv4 or IPv6. */
    readonly addressVersion: string;
    /** Properties of a replicated item, and of the elements of its list of disks. */
    readonly item: {
        readonly inVault: string;
        readonly targetContainer: readonly string[];
        readonly targetGroup: string;
        readonly targetGroupOfDisk: string;
        readonly targetZone: string;
        readonly targetType: string;
        readonly replicaType: string;
        readonly targetNetwork: string;
        readonly consistencyGroup: string;
        readonly targetEncryptionSet: string;
        readonly targetKeys: string;
        readonly stagingAccount: string;
    };
    /** Properties of a storage account, and of the resources that have some of its settings. */
    readonly account: {
        readonly softDelete: string;
        readonly bypass: string;
        /** The subnets that the firewall lets in. */
        readonly subnets: string;
        /** What makes it a premium block blob account. */
        readonly premiumBlockBlob: string;
        readonly performance: string;
    };
    /** The property of a subnet that lists its service endpoints. */
    readonly serviceEndpoints: string;
    /** What maps one network to another. */
    readonly networkMapping: string;
    /** The zones of a recovery plan. */
    readonly planZones: readonly string[];
    readonly bootGroups: string;
    /** What messages about backup have to name. */
    readonly backup: {
        /** Type token of a policy. */
        readonly policyToken: string;
        /** The property of an item that takes the id of its policy. */
        readonly followsPolicy: string;
        readonly inVault: string;
        readonly state: string;
        /** The property of an item that leaves disks out, by LUN. */
        readonly leavesDisksOut: string;
        /** The property of an item that takes the id of its VM. */
        readonly source: string;
        readonly snapshotGroup: string;
        /** The property of an instance of Disk Backup that says in which vault it is. */
        readonly inBackupVault: string;
        readonly followsDiskPolicy: string;
    };
}

export const WORDS: Readonly<Record<Provider, Words>> = {
    "azure-native": {
        diskType: "azure-native:compute:Disk",
        backupItemType: "azure-native:recoveryservices:ProtectedItem",
        replicatedItemType: "azure-native:recoveryservices:ReplicationProtectedItem",
        diskSelection: "properties.extendedProperties.diskExclusionProperties",
        takesDisks: "storageProfile.osDisk.managedDisk.id or storageProfile.dataDisks[].managedDisk.id",
        diskList: "properties.providerSpecificDetails.vmManagedDisks",
        elementNeeds:
            "primaryStagingAzureStorageAccountId (cache storage account in the VM's region), recoveryResourceGroupId",
        backupPolicyType: "properties.policyType",
        snapshotConsistency: "properties.snapshotConsistencyType",
        vm: {
            ephemeral: "storageProfile.osDisk.diffDiskSettings",
            diskController: "storageProfile.diskControllerType",
            dedicatedHost: "host.id, hostGroup.id",
            size: "hardwareProfile.vmSize",
            zone: "zones",
        },
        disk: {
            size: "diskSizeGB",
            kind: "sku.name",
            shares: "maxShares",
            caching: "caching",
            writeAccelerator: "writeAcceleratorEnabled",
        },
        addressVersion: "privateIPAddressVersion",
        item: {
            inVault: "resourceName",
            targetContainer: ["properties.providerSpecificDetails.recoveryContainerId"],
            targetGroup: "properties.providerSpecificDetails.recoveryResourceGroupId",
            targetGroupOfDisk: "recoveryResourceGroupId",
            targetZone: "properties.providerSpecificDetails.recoveryAvailabilityZone",
            targetType: "recoveryTargetDiskAccountType",
            replicaType: "recoveryReplicaDiskAccountType",
            targetNetwork: "properties.providerSpecificDetails.recoveryAzureNetworkId",
            consistencyGroup: "properties.providerSpecificDetails.multiVmGroupName",
            targetEncryptionSet: "recoveryDiskEncryptionSetId",
            targetKeys: "diskEncryptionInfo.diskEncryptionKeyInfo",
            stagingAccount: "primaryStagingAzureStorageAccountId",
        },
        account: {
            softDelete: "deleteRetentionPolicy.enabled",
            bypass: "networkRuleSet.bypass",
            subnets: "networkRuleSet.virtualNetworkRules[].virtualNetworkResourceId",
            premiumBlockBlob: "kind (BlockBlobStorage), sku.name (Premium_LRS)",
            performance: "kind, sku.name",
        },
        serviceEndpoints: "serviceEndpoints[].service",
        networkMapping: "azure-native:recoveryservices:ReplicationNetworkMapping",
        planZones: [
            "properties.providerSpecificInput[].primaryZone",
            "properties.providerSpecificInput[].recoveryZone (instanceType: A2A)",
        ],
        bootGroups: "properties.groups",
        backup: {
            policyToken: "azure-native:recoveryservices:ProtectionPolicy",
            followsPolicy: "properties.policyId",
            inVault: "vaultName",
            state: "properties.protectionState",
            leavesDisksOut:
                "properties.extendedProperties.diskExclusionProperties (isInclusionList: false, the LUN in diskLunList)",
            source: "properties.sourceResourceId",
            snapshotGroup: "properties.policyInfo.policyParameters.dataStoreParametersList[0].resourceGroupId",
            inBackupVault: "vaultName",
            followsDiskPolicy: "properties.policyInfo.policyId",
        },
    },
    "azure-classic": {
        diskType: "azure:compute/managedDisk:ManagedDisk",
        backupItemType: "azure:backup/protectedVM:ProtectedVM",
        replicatedItemType: "azure:siterecovery/replicatedVM:ReplicatedVM",
        diskSelection: "includeDiskLuns or excludeDiskLuns",
        takesDisks: "osManagedDiskId, storageOsDisk.managedDiskId or managedDiskId of a DataDiskAttachment",
        diskList: "managedDisks",
        elementNeeds:
            "stagingStorageAccountId (cache storage account in the VM's region), targetResourceGroupId, targetDiskType, targetReplicaDiskType",
        backupPolicyType: "policyType",
        snapshotConsistency: "consistencyType",
        vm: {
            ephemeral: "osDisk.diffDiskSettings",
            diskController: "diskControllerType",
            dedicatedHost: "dedicatedHostId, dedicatedHostGroupId",
            size: "size",
            zone: "zone",
        },
        disk: {
            size: "diskSizeGb",
            kind: "storageAccountType",
            shares: "maxShares",
            caching: "caching",
            writeAccelerator: "writeAcceleratorEnabled",
        },
        addressVersion: "privateIpAddressVersion",
        item: {
            inVault: "recoveryVaultName",
            targetContainer: ["targetRecoveryFabricId", "targetRecoveryProtectionContainerId"],
            targetGroup: "targetResourceGroupId",
            targetGroupOfDisk: "targetResourceGroupId",
            targetZone: "targetZone",
            targetType: "targetDiskType",
            replicaType: "targetReplicaDiskType",
            targetNetwork: "targetNetworkId",
            consistencyGroup: "multiVmGroupName",
            targetEncryptionSet: "targetDiskEncryptionSetId",
            targetKeys: "targetDiskEncryption.diskEncryptionKey",
            stagingAccount: "stagingStorageAccountId",
        },
        account: {
            softDelete: "blobProperties.deleteRetentionPolicy",
            bypass: "bypasses",
            subnets: "virtualNetworkSubnetIds",
            premiumBlockBlob: "accountKind (BlockBlobStorage), accountTier (Premium)",
            performance: "accountKind, accountTier",
        },
        serviceEndpoints: "serviceEndpoints",
        networkMapping: "azure:siterecovery/networkMapping:NetworkMapping",
        planZones: ["azureToAzureSettings.primaryZone", "azureToAzureSettings.recoveryZone"],
        bootGroups: "bootRecoveryGroups",
        backup: {
            policyToken: "azure:backup/policyVM:PolicyVM",
            followsPolicy: "backupPolicyId",
            inVault: "recoveryVaultName",
            state: "protectionState",
            leavesDisksOut: "excludeDiskLuns (add the LUN)",
            source: "sourceVmId",
            snapshotGroup: "snapshotResourceGroupName",
            inBackupVault: "vaultId",
            followsDiskPolicy: "backupPolicyId",
        },
    },
};

/** Where the program has a property of a resource: in the resource itself, or in the template that creates it. */
export function writtenAt({ embeddedIn }: Pick<AzureResource, "embeddedIn">, property: string): string {
    const [top = ""] = property.split(/[.[]/, 1);
    // A template is deployed to a resource group, and its resources are created there.
    if (embeddedIn === undefined || property === "" || top === "resourceGroupName") {
        return property;
    }
    const { places, prefix, text } = embeddedIn;
    const path = Object.hasOwn(places, top) ? `${places[top]}${property.slice(top.length)}` : `${prefix}${property}`;
    return text === undefined ? path : `${path} in ${text}`;
}

/** A line for messages that name properties as a separate resource has them: where a template has these. */
export function declaredIn({
    name,
    embeddedIn,
}: {
    readonly name: string;
    readonly embeddedIn?: EmbeddedIn | undefined;
}): readonly string[] {
    const place = embeddedIn?.prefix.replace(/\.$/, "");
    const where = embeddedIn?.text === undefined ? place : `${place} in ${embeddedIn.text}`;
    return place
        ? [`This resource is declared in "${name}", at ${where}. The properties that are named here are there.`]
        : [];
}

/** The list of disks of a replicated item, where the program has it. */
export function diskListOf(item: Pick<AzureResource, "embeddedIn" | "provider">): string {
    return writtenAt(item, WORDS[item.provider].diskList);
}
