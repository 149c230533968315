import type { Reader } from "../reader";
import { readBackupInstanceDisk } from "./backup-instance-disk";
import { readBackupPolicyDisk } from "./backup-policy-disk";
import { readManagedDisk } from "./disk";
import { readDataDiskAttachment, readImplicitDataDisk } from "./disk-attachment";
import { readExtension } from "./extension";
import { readLock } from "./lock";
import { readContainerStorageAccount, readNetworkMapping, readResourceGuard, readSubnet } from "./named-only";
import { readNetworkInterface, readPrivateEndpoint, readSecurityGroupAssociation } from "./network-interface";
import {
    readManagementGroupPolicyAssignment,
    readPolicySetDefinition,
    readResourceGroupPolicyAssignment,
    readResourcePolicyAssignment,
    readSubscriptionPolicyAssignment,
} from "./policy-assignment";
import { readPolicyVm } from "./policy-vm";
import { readProtectedFileShare, readProtectedVm } from "./protected-vm";
import { readReplicatedVm } from "./replicated-vm";
import { readReplicationRecoveryPlan } from "./replication-recovery-plan";
import {
    readFabric,
    readProtectionContainer,
    readProtectionContainerMapping,
    readReplicationPolicy,
} from "./replication-settings";
import { readResourceGroup } from "./resource-group";
import { readRestorePoint, readRestorePointCollection } from "./restore-point";
import { readFlexibleScaleSet, readUniformScaleSet } from "./scale-set";
import { readSnapshot } from "./snapshot";
import { readAccount, readAccountNetworkRules } from "./storage-account";
import { readBackupVault, readVault } from "./vault";
import { readVaultResourceGuardAssociation } from "./vault-resource-guard-association";
import { readLegacyVirtualMachine, readVirtualMachine } from "./virtual-machine";

/** Module and name of a type in older versions of the provider, and today's (CMP-06, SEE-56). */
export const RENAMED_CLASSIC_TYPES: ReadonlyMap<string, string> = new Map([
    ["compute:VirtualMachineRestorePointCollection", "compute:RestorePointCollection"],
    ["recoveryservices:ProtectedVM", "backup:ProtectedVM"],
    ["recoveryservices:ProtectionPolicyVM", "backup:PolicyVM"],
    ["recoveryservices:Fabric", "siterecovery:Fabric"],
    ["recoveryservices:ReplicationPolicy", "siterecovery:ReplicationPolicy"],
    ["recoveryservices:ProtectionContainer", "siterecovery:ProtectionContainer"],
    ["recoveryservices:ProtectionContainerMapping", "siterecovery:ProtectionContainerMapping"],
    ["recoveryservices:NetworkMapping", "siterecovery:NetworkMapping"],
    ["recoveryservices:ReplicatedVm", "siterecovery:ReplicatedVM"],
    ["recoveryservices:ReplicatedVM", "siterecovery:ReplicatedVM"],
    ["managementresource:ManangementLock", "management:Lock"],
]);

/** Module and name of every classic type that is read (TOK-05), by today's name. */
export const CLASSIC_READERS: ReadonlyMap<string, Reader> = new Map([
    ["core:ResourceGroup", readResourceGroup],
    ["compute:LinuxVirtualMachine", readVirtualMachine],
    ["compute:WindowsVirtualMachine", readVirtualMachine],
    ["compute:VirtualMachine", readLegacyVirtualMachine],
    ["compute:LinuxVirtualMachineScaleSet", readUniformScaleSet],
    ["compute:WindowsVirtualMachineScaleSet", readUniformScaleSet],
    ["compute:ScaleSet", readUniformScaleSet],
    ["compute:OrchestratedVirtualMachineScaleSet", readFlexibleScaleSet],
    ["compute:ManagedDisk", readManagedDisk],
    ["compute:DataDiskAttachment", readDataDiskAttachment],
    ["compute:ImplicitDataDiskFromSource", readImplicitDataDisk],
    ["compute:Extension", readExtension],
    ["network:NetworkInterface", readNetworkInterface],
    ["network:Subnet", readSubnet],
    ["privatelink:Endpoint", readPrivateEndpoint],
    ["network:NetworkInterfaceApplicationSecurityGroupAssociation", readSecurityGroupAssociation],
    ["compute:Snapshot", readSnapshot],
    ["compute:RestorePoint", readRestorePoint],
    ["compute:RestorePointCollection", readRestorePointCollection],
    ["storage:Account", readAccount],
    ["storage:AccountNetworkRules", readAccountNetworkRules],
    ["recoveryservices:Vault", readVault],
    ["backup:ProtectedVM", readProtectedVm],
    ["backup:ProtectedFileShare", readProtectedFileShare],
    ["backup:PolicyVM", readPolicyVm],
    ["siterecovery:Fabric", readFabric],
    ["siterecovery:ReplicationPolicy", readReplicationPolicy],
    ["siterecovery:ProtectionContainerMapping", readProtectionContainerMapping],
    ["siterecovery:ReplicatedVM", readReplicatedVm],
    ["siterecovery:ReplicationRecoveryPlan", readReplicationRecoveryPlan],
    ["dataprotection:BackupVault", readBackupVault],
    ["dataprotection:BackupInstanceDisk", readBackupInstanceDisk],
    ["management:Lock", readLock],
    ["dataprotection:BackupPolicyDisk", readBackupPolicyDisk],
    ["dataprotection:ResourceGuard", readResourceGuard],
    ["recoveryservices:VaultResourceGuardAssociation", readVaultResourceGuardAssociation],
    ["backup:ContainerStorageAccount", readContainerStorageAccount],
    ["siterecovery:ProtectionContainer", readProtectionContainer],
    ["siterecovery:NetworkMapping", readNetworkMapping],
    ["core:SubscriptionPolicyAssignment", readSubscriptionPolicyAssignment],
    ["core:ResourceGroupPolicyAssignment", readResourceGroupPolicyAssignment],
    ["core:ResourcePolicyAssignment", readResourcePolicyAssignment],
    ["management:GroupPolicyAssignment", readManagementGroupPolicyAssignment],
    ["policy:PolicySetDefinition", readPolicySetDefinition],
]);
