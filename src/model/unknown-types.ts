import { isRead } from "./entities";
import { valueOf } from "./values";
import { getOrCreate } from "./lists";
import { PlannedProperties, type PlannedResource, type Urn } from "./planned-resource";
import { parseTypeToken, type Provider, type TypeToken } from "./ids/type-token";

/** A resource that may make or protect a VM, of a type that the pack does not know. */
export interface ResourceOfUnknownType {
    readonly urn: Urn;
    /** The name that the program has for it. */
    readonly name: string;
    readonly type: string;
}

/** Every type of these modules protects something, or it is listed below. */
const PROTECTING_MODULES: Readonly<Record<Provider, ReadonlySet<string>>> = {
    "azure-native": new Set(["azureresiliencemanagement", "recoveryservices", "dataprotection"]),
    "azure-classic": new Set(["recoveryservices", "dataprotection", "backup", "siterecovery"]),
};

/** Of the module `compute`, only what may be a VM or a disk matters. */
const VM_OR_DISK = /VirtualMachine|Disk|Snapshot|RestorePoint/i;

/** Types of these modules that are known, and that no policy has to read. A test holds them against the SDKs. */
const PLAYS_NO_PART: Readonly<Record<Provider, ReadonlySet<string>>> = {
    "azure-native": new Set([
        "azureresiliencemanagement:Drill",
        "azureresiliencemanagement:Enrollment",
        "azureresiliencemanagement:GoalAssignment",
        "azureresiliencemanagement:GoalTemplate",
        "azureresiliencemanagement:UsagePlan",
        "compute:DiskAccess",
        "compute:DiskAccessAPrivateEndpointConnection",
        "compute:DiskEncryptionSet",
        "compute:VirtualMachineRunCommandByVirtualMachine",
        "compute:VirtualMachineScaleSetExtension",
        "compute:VirtualMachineScaleSetVM",
        "compute:VirtualMachineScaleSetVMExtension",
        "compute:VirtualMachineScaleSetVMRunCommand",
        "recoveryservices:PrivateEndpointConnection",
        "recoveryservices:ReplicationMigrationItem",
        "recoveryservices:ReplicationRecoveryServicesProvider",
        "recoveryservices:ReplicationStorageClassificationMapping",
        "recoveryservices:ReplicationvCenter",
    ]),
    "azure-classic": new Set([
        "backup:PolicyFileShare",
        "backup:PolicyVMWorkload",
        "compute:DiskAccess",
        "compute:DiskEncryptionSet",
        "compute:ManagedDiskSasToken",
        "compute:VirtualMachineScaleSetExtension",
        "dataprotection:BackupInstanceBlogStorage",
        "dataprotection:BackupInstanceDataLakeStorage",
        "dataprotection:BackupInstanceKubernetesCluster",
        "dataprotection:BackupInstanceMysqlFlexibleServer",
        "dataprotection:BackupInstancePostgresql",
        "dataprotection:BackupInstancePostgresqlFlexibleServer",
        "dataprotection:BackupPolicyBlobStorage",
        "dataprotection:BackupPolicyDataLakeStorage",
        "dataprotection:BackupPolicyKubernetesCluster",
        "dataprotection:BackupPolicyMysqlFlexibleServer",
        "dataprotection:BackupPolicyPostgresql",
        "dataprotection:BackupPolicyPostgresqlFlexibleServer",
        "dataprotection:BackupVaultCustomerManagedKey",
        "siterecovery:HyperVReplicationPolicy",
        "siterecovery:HyperVReplicationPolicyAssociation",
        "siterecovery:HyperVSite",
        "siterecovery:HypervNetworkMapping",
        "siterecovery:VMWareReplicationPolicy",
        "siterecovery:VmwareReplicationPolicyAssociation",
        "siterecovery:VmwareReplicatedVm",
    ]),
};

/** Azure's Terraform providers under Pulumi's bridge (`pulumi package add terraform-provider …`); of azurerm, VMs and what protects them. */
const BRIDGED =
    /^azurerm:\w+\/(?:linuxVirtualMachine|windowsVirtualMachine|virtualMachine|virtualMachineDataDiskAttachment|managedDisk|backup\w+|siteRecovery\w+|recoveryServices\w+|dataProtection\w+):|^azapi:\w+\/(?:resource|updateResource):/;
const ARM_TYPE_OF_PROTECTION = /^Microsoft\.(?:Compute|RecoveryServices|DataProtection)\//i;

/** A token of Azure's providers in none of the forms of `type-token.ts`. */
const UNKNOWN_FORM =
    /^(?<provider>azure|azure-nextgen|azure-native)(?:-v\d+|_[^:]*)?:(?<module>[a-z0-9]+)(?:\W[^:]*)?:(?<name>\w+)$/i;

const ANSWERS = new Map<string, boolean>();

/** True for a type that may make or protect a VM and that no reader knows. */
export function isUnknownType(type: string): boolean {
    return getOrCreate(ANSWERS, type, () => mayProtect(type));
}

/** Those of a stack. */
export function ofUnknownTypes(resources: readonly PlannedResource[]): readonly ResourceOfUnknownType[] {
    return resources
        .filter((resource) => isUnknownType(resource.type) && !isOfOtherArmType(resource))
        .map(({ urn, name, type }) => ({ urn, name, type }));
}

function mayProtect(type: string): boolean {
    if (isRead(type)) {
        return false;
    }
    const known = parseTypeToken(type);
    if (known !== undefined) {
        return mayMatter(known);
    }
    const { provider: writtenAs, module = "", name = "" } = UNKNOWN_FORM.exec(type)?.groups ?? {};
    if (writtenAs === undefined) {
        return BRIDGED.test(type);
    }
    const provider = writtenAs.toLowerCase() === "azure" ? "azure-classic" : "azure-native";
    const inKnownForm = `${writtenAs.toLowerCase()}:${module.toLowerCase()}:${name}`;
    return isRead(inKnownForm) || mayMatter({ provider, module: module.toLowerCase(), name });
}

function mayMatter({ provider, module, name }: Pick<TypeToken, "provider" | "module" | "name">): boolean {
    return (
        (PROTECTING_MODULES[provider].has(module) || (module === "compute" && VM_OR_DISK.test(name))) &&
        !PLAYS_NO_PART[provider].has(`${module}:${name}`)
    );
}

/** A resource of azapi says which ARM type it is. */
function isOfOtherArmType(resource: PlannedResource): boolean {
    if (!resource.type.startsWith("azapi:")) {
        return false;
    }
    const armType = valueOf(PlannedProperties.of(resource).planned("type").text());
    return armType !== undefined && !ARM_TYPE_OF_PROTECTION.test(armType);
}
