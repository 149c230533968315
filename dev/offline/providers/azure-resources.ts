/**
 * What the declarations of `@pulumi/azure` do not say about the resources that readers and examples use: where they live
 * in ARM, how they are named, and on which conditions they are replaced.
 *
 * Sources: ids from the SDK's import examples and azurerm's source (internal/services/…), for backup and replication
 * also ARM-01 to ARM-13; names from pulumi-azure, provider/resources.go; conditions and sets from azurerm's
 * schemas (`CustomizeDiff`, `TypeSet`).
 */
import { createHash } from "node:crypto";
import type { Sets } from "./azure-plan";
import type { ClassicResource } from "./azure-sdk-types";
import { groupOf, lastSegment } from "./cloud";
import { isUnknown, type KnownValue, type ValueMap } from "./values";

interface Naming {
    readonly maxLength: number;
    readonly digits: number;
    readonly form: "unchanged" | "lower case" | "lower case letters and digits";
}

export interface ClassicRow {
    /**
     * `{name}` stands for an input; `{id:last}` for the last segment of one that is an id, `{id:group}` for the name of
     * its resource group, `{text:hash}` for a digest. Undefined: as the import example has it.
     */
    readonly path?: string;
    readonly naming?: Naming;
    /** Lists that are sets, by what tells their members apart. */
    readonly sets?: Sets;
    /** Whether a change replaces, where that depends on the values. */
    readonly replaceIf?: Readonly<Record<string, (before: KnownValue, after: KnownValue) => boolean>>;
    /** Azure's answer stays without a difference where the program does not set the property (`DiffSuppressFunc`). */
    readonly keptWhenUnset?: readonly string[];
    /** What azurerm's read leaves null where it is not set; everything else becomes "", 0 or false. */
    readonly nullWhenUnset?: readonly string[];
}

/** pulumi-azure: `SetAutonaming(24, "")`, with the bridge's seven digits. */
const USUAL_NAMING: Naming = { maxLength: 24, digits: 7, form: "unchanged" };

/** The types that pulumi-azure names itself, by the length that Azure allows. */
function lowerCase(maxLength: number): Naming {
    return { maxLength, digits: 8, form: "lower case" };
}

export const GROUP = "/subscriptions/{subscription}/resourceGroups/{resourceGroupName}";
const COMPUTE = `${GROUP}/providers/Microsoft.Compute`;
const NETWORK = `${GROUP}/providers/Microsoft.Network`;
const VAULTS = `${GROUP}/providers/Microsoft.RecoveryServices/vaults`;
/** Backup and replication name their vault alike here, unlike in azure-native (facts TOK-09). */
const VAULT = `${VAULTS}/{recoveryVaultName}`;
const BACKUP_FABRIC = `${VAULT}/backupFabrics/Azure/protectionContainers`;
const VM_ITEM = "iaasvmcontainerv2;{sourceVmId:group};{sourceVmId:last}";
const ACCOUNT_CONTAINER = "StorageContainer;storage";
const FABRICS = `${VAULT}/replicationFabrics`;
const SOURCE_CONTAINER =
    `${FABRICS}/{sourceRecoveryFabricName}/replicationProtectionContainers` +
    "/{sourceRecoveryProtectionContainerName}";
const DATA_PROTECTION = `${GROUP}/providers/Microsoft.DataProtection`;
const ASSIGNMENT = "providers/Microsoft.Authorization/policyAssignments/{name}";

const SCALE_SET: ClassicRow = { path: `${COMPUTE}/virtualMachineScaleSets/{name}` };
const BACKUP_POLICY: ClassicRow = { path: `${VAULT}/backupPolicies/{name}` };
const DISK_POLICY: ClassicRow = { path: "{vaultId}/backupPolicies/{name}" };

export const CLASSIC_RESOURCES: Readonly<Record<string, ClassicRow>> = {
    "azure:core/resourceGroup:ResourceGroup": {
        path: "/subscriptions/{subscription}/resourceGroups/{name}",
        naming: lowerCase(90),
    },
    "azure:core/resourceGroupTemplateDeployment:ResourceGroupTemplateDeployment": {
        path: `${GROUP}/providers/Microsoft.Resources/deployments/{name}`,
    },
    "azure:core/resourcePolicyAssignment:ResourcePolicyAssignment": { path: `{resourceId}/${ASSIGNMENT}` },
    "azure:core/resourceGroupPolicyAssignment:ResourceGroupPolicyAssignment": {
        path: `{resourceGroupId}/${ASSIGNMENT}`,
    },
    "azure:core/subscriptionPolicyAssignment:SubscriptionPolicyAssignment": {
        path: `{subscriptionId}/${ASSIGNMENT}`,
    },
    "azure:management/groupPolicyAssignment:GroupPolicyAssignment": { path: `{managementGroupId}/${ASSIGNMENT}` },
    "azure:management/lock:Lock": { path: "{scope}/providers/Microsoft.Authorization/locks/{name}" },

    "azure:compute/linuxVirtualMachine:LinuxVirtualMachine": {
        path: `${COMPUTE}/virtualMachines/{name}`,
        naming: lowerCase(80),
        sets: { adminSshKeys: "username" },
    },
    "azure:compute/windowsVirtualMachine:WindowsVirtualMachine": { path: `${COMPUTE}/virtualMachines/{name}` },
    "azure:compute/virtualMachine:VirtualMachine": {
        path: `${COMPUTE}/virtualMachines/{name}`,
        naming: lowerCase(64),
        nullWhenUnset: [
            "availabilitySetId",
            "licenseType",
            "primaryNetworkInterfaceId",
            "proximityPlacementGroupId",
            "zones",
        ],
    },
    "azure:compute/managedDisk:ManagedDisk": {
        path: `${COMPUTE}/disks/{name}`,
        replaceIf: { encryptionSettings: (_, after) => after === null },
        nullWhenUnset: ["logicalSectorSize"],
    },
    "azure:compute/dataDiskAttachment:DataDiskAttachment": {
        path: "{virtualMachineId}/dataDisks/{managedDiskId:last}",
    },
    "azure:compute/implicitDataDiskFromSource:ImplicitDataDiskFromSource": {
        path: "{virtualMachineId}/dataDisks/{name}",
    },
    "azure:compute/snapshot:Snapshot": { path: `${COMPUTE}/snapshots/{name}` },
    "azure:compute/restorePointCollection:RestorePointCollection": {
        path: `${COMPUTE}/restorePointCollections/{name}`,
    },
    "azure:compute/restorePoint:RestorePoint": {
        path: "{virtualMachineRestorePointCollectionId}/restorePoints/{name}",
        sets: { excludedDisks: "" },
    },
    "azure:compute/availabilitySet:AvailabilitySet": {
        path: `${COMPUTE}/availabilitySets/{name}`,
        naming: lowerCase(80),
    },
    "azure:compute/diskEncryptionSet:DiskEncryptionSet": { path: `${COMPUTE}/diskEncryptionSets/{name}` },
    "azure:compute/extension:Extension": { path: "{virtualMachineId}/extensions/{name}" },
    "azure:compute/linuxVirtualMachineScaleSet:LinuxVirtualMachineScaleSet": {
        ...SCALE_SET,
        naming: lowerCase(80),
    },
    "azure:compute/windowsVirtualMachineScaleSet:WindowsVirtualMachineScaleSet": SCALE_SET,
    "azure:compute/orchestratedVirtualMachineScaleSet:OrchestratedVirtualMachineScaleSet": SCALE_SET,
    "azure:compute/scaleSet:ScaleSet": SCALE_SET,

    "azure:network/virtualNetwork:VirtualNetwork": {
        path: `${NETWORK}/virtualNetworks/{name}`,
        naming: lowerCase(64),
    },
    "azure:network/subnet:Subnet": {
        path: `${NETWORK}/virtualNetworks/{virtualNetworkName}/subnets/{name}`,
        naming: lowerCase(80),
    },
    "azure:network/networkInterface:NetworkInterface": {
        path: `${NETWORK}/networkInterfaces/{name}`,
        naming: lowerCase(80),
    },
    "azure:network/networkSecurityGroup:NetworkSecurityGroup": {
        path: `${NETWORK}/networkSecurityGroups/{name}`,
        naming: lowerCase(80),
    },
    "azure:network/networkSecurityRule:NetworkSecurityRule": {
        path: `${NETWORK}/networkSecurityGroups/{networkSecurityGroupName}/securityRules/{name}`,
        naming: lowerCase(80),
    },
    "azure:network/publicIp:PublicIp": { path: `${NETWORK}/publicIPAddresses/{name}`, naming: lowerCase(80) },

    "azure:storage/account:Account": {
        path: `${GROUP}/providers/Microsoft.Storage/storageAccounts/{name}`,
        naming: { maxLength: 24, digits: 8, form: "lower case letters and digits" },
    },
    "azure:storage/accountNetworkRules:AccountNetworkRules": { path: "{storageAccountId}" },
    "azure:keyvault/keyVault:KeyVault": { path: `${GROUP}/providers/Microsoft.KeyVault/vaults/{name}` },

    "azure:recoveryservices/vault:Vault": {
        path: `${VAULTS}/{name}`,
        // Facts VLT-22 and VLT-27.
        replaceIf: {
            crossRegionRestoreEnabled: (before, after) => before === true && after !== true,
            immutability: (before) => before === "Locked",
        },
    },
    "azure:recoveryservices/vaultResourceGuardAssociation:VaultResourceGuardAssociation": {
        path: "{vaultId}/backupResourceGuardProxies/VaultProxy",
    },

    "azure:backup/policyVM:PolicyVM": BACKUP_POLICY,
    "azure:backup/policyVMWorkload:PolicyVMWorkload": BACKUP_POLICY,
    "azure:backup/policyFileShare:PolicyFileShare": BACKUP_POLICY,
    "azure:backup/protectedVM:ProtectedVM": {
        path: `${BACKUP_FABRIC}/iaasvmcontainer;${VM_ITEM}/protectedItems/VM;${VM_ITEM}`,
        sets: { includeDiskLuns: "", excludeDiskLuns: "" },
        // Facts 5.3: the VM may be left out later without a replacement.
        replaceIf: { sourceVmId: (_, after) => after !== null && after !== "" },
    },
    "azure:backup/containerStorageAccount:ContainerStorageAccount": {
        path: `${BACKUP_FABRIC}/${ACCOUNT_CONTAINER};{storageAccountId:group};{storageAccountId:last}`,
    },
    "azure:backup/protectedFileShare:ProtectedFileShare": {
        path:
            `${BACKUP_FABRIC}/${ACCOUNT_CONTAINER};{sourceStorageAccountId:group};{sourceStorageAccountId:last}` +
            "/protectedItems/AzureFileShare;{sourceFileShareName:hash}",
    },

    "azure:siterecovery/fabric:Fabric": { path: `${FABRICS}/{name}` },
    "azure:siterecovery/protectionContainer:ProtectionContainer": {
        path: `${FABRICS}/{recoveryFabricName}/replicationProtectionContainers/{name}`,
    },
    "azure:siterecovery/protectionContainerMapping:ProtectionContainerMapping": {
        path:
            `${FABRICS}/{recoveryFabricName}/replicationProtectionContainers` +
            "/{recoverySourceProtectionContainerName}/replicationProtectionContainerMappings/{name}",
    },
    "azure:siterecovery/replicationPolicy:ReplicationPolicy": { path: `${VAULT}/replicationPolicies/{name}` },
    "azure:siterecovery/networkMapping:NetworkMapping": {
        path:
            `${FABRICS}/{sourceRecoveryFabricName}/replicationNetworks/{sourceNetworkId:last}` +
            "/replicationNetworkMappings/{name}",
    },
    "azure:siterecovery/replicatedVM:ReplicatedVM": {
        path: `${SOURCE_CONTAINER}/replicationProtectedItems/{name}`,
        // azurerm's `resourceSiteRecoveryReplicatedVMDiskHash` looks at the disk's id only, in any case.
        sets: { managedDisks: "diskId", unmanagedDisks: "diskUri" },
    },
    "azure:siterecovery/replicationRecoveryPlan:ReplicationRecoveryPlan": {
        path: "{recoveryVaultId}/replicationRecoveryPlans/{name}",
    },

    "azure:dataprotection/backupVault:BackupVault": { path: `${DATA_PROTECTION}/backupVaults/{name}` },
    "azure:dataprotection/resourceGuard:ResourceGuard": { path: `${DATA_PROTECTION}/resourceGuards/{name}` },
    "azure:dataprotection/backupPolicyDisk:BackupPolicyDisk": DISK_POLICY,
    "azure:dataprotection/backupPolicyBlobStorage:BackupPolicyBlobStorage": DISK_POLICY,
    "azure:dataprotection/backupInstanceDisk:BackupInstanceDisk": {
        path: "{vaultId}/backupInstances/{name}",
        keptWhenUnset: ["snapshotSubscriptionId"],
    },
    "azure:dataprotection/backupInstanceBlogStorage:BackupInstanceBlogStorage": {
        path: "{vaultId}/backupInstances/{name}",
    },
};

// ---- Names ----------------------------------------------------------------------------------------------------------

export function isAutonamed({ properties }: ClassicResource): boolean {
    const name = properties["name"];
    return name !== undefined && name.input && name.shape === "string";
}

/** The logical name with random digits; `random` gives as many hexadecimal ones as it is asked for. */
export function autoName(logicalName: string, row: ClassicRow, random: (digits: number) => string): string {
    const { maxLength, digits } = row.naming ?? USUAL_NAMING;
    const start = formed(logicalName, row);
    if (start.length + digits > maxLength) {
        throw new Error(`name '${start}' plus ${digits} random chars is longer than maximum length ${maxLength}`);
    }
    return `${start}${random(digits)}`;
}

/** A name that the engine proposes, where `pulumi:autonaming` is configured, in the form that the type needs. */
export function proposedName(proposed: string, row: ClassicRow): string {
    const name = formed(proposed, row);
    const { maxLength } = row.naming ?? USUAL_NAMING;
    if (name.length > maxLength) {
        throw new Error(`calculated name '${name}' exceeds maximum length of ${maxLength}`);
    }
    return name;
}

function formed(name: string, row: ClassicRow): string {
    switch ((row.naming ?? USUAL_NAMING).form) {
        case "unchanged":
            return name;
        case "lower case":
            return name.toLowerCase();
        case "lower case letters and digits":
            return name.toLowerCase().replace(/[^a-z0-9]/g, "");
    }
}

// ---- Ids ------------------------------------------------------------------------------------------------------------

/** The id that inputs lead to. */
export function classicId(
    row: ClassicRow,
    resource: ClassicResource,
    inputs: ValueMap,
    subscriptionId: string,
): string {
    return row.path === undefined
        ? exampleId(resource.importId ?? GENERIC_EXAMPLE, inputs, subscriptionId)
        : row.path
              .replace(/\{(\w+)(?::(\w+))?\}/g, (_, name: string, part: string | undefined) =>
                  name === "subscription" ? subscriptionId : partOf(inputs[name], part),
              )
              .replace(/\/{2,}/g, "/");
}

function partOf(value: KnownValue | undefined, part: string | undefined): string {
    const text = typeof value === "string" && !isUnknown(value) ? value : "";
    switch (part) {
        case "last":
            return lastSegment(text);
        case "group":
            return lastSegment(groupOf(text));
        case "hash":
            return createHash("sha256").update(text).digest("hex");
        default:
            return text.replace(/\/+$/, "");
    }
}

const GENERIC_EXAMPLE = "/subscriptions/s/resourceGroups/example/providers/Microsoft.Resources/deployments/example";

/**
 * For types without a row: the documentation's example with the program's names in it. A parent is the input whose id
 * is of the example's kind, or whose name fits (`virtualNetworkName` in `virtualNetworks`).
 */
function exampleId(example: string, inputs: ValueMap, subscriptionId: string): string {
    const segments = example.split("/").slice(1);
    const parent = Object.values(inputs)
        .flatMap((value) => (typeof value === "string" && !isUnknown(value) ? [value.split("/").slice(1)] : []))
        .filter((id) => id.length >= A_RESOURCE && id.length < segments.length && isParent(id, segments))
        .reduce<readonly string[]>((longest, id) => (id.length > longest.length ? id : longest), []);
    const rest = segments.slice(parent.length).map((segment, offset) => {
        const index = parent.length + offset;
        const collection = segments[index - 1] ?? "";
        const named = (name: string): string | undefined => {
            const value = inputs[name];
            return typeof value === "string" && !isUnknown(value) ? value : undefined;
        };
        if (collection.toLowerCase() === "subscriptions") {
            return subscriptionId;
        }
        if (!/^[a-z]/i.test(collection) || collection === "providers" || index % 2 === 0) {
            return segment;
        }
        return index === segments.length - 1
            ? (named("name") ?? segment)
            : (named(collection === "resourceGroups" ? "resourceGroupName" : singularName(collection)) ?? segment);
    });
    return `/${[...parent, ...rest].join("/")}`;
}

/** Segments of the id of a resource in a group. Groups themselves are named by `resourceGroupName`. */
const A_RESOURCE = 8;

function isParent(id: readonly string[], segments: readonly string[]): boolean {
    return id.every(
        (part, index) =>
            (index % 2 === 1 && segments[index - 1] !== "providers") ||
            part.toLowerCase() === segments[index]?.toLowerCase(),
    );
}

function singularName(collection: string): string {
    return `${collection.replace(/ies$/, "y").replace(/s$/, "")}Name`;
}
