import { readBackupInstance } from "./backup-instance";
import { readBackupPolicy } from "./backup-policy";
import { readDisk } from "./disk";
import { readLockAtResourceGroupLevel, readLockAtResourceLevel, readLockByScope } from "./management-lock";
import {
    readProtectionContainer,
    readReplicationNetworkMapping,
    readResilienceRecoveryPlan,
    readResourceGuard,
    readSubnet,
} from "./named-only";
import { readNetworkInterface, readPrivateEndpoint } from "./network-interface";
import { readPolicyAssignment, readPolicySetDefinition } from "./policy-assignment";
import { readProtectedItem } from "./protected-item";
import { readProtectionIntent } from "./protection-intent";
import { readProtectionPolicy } from "./protection-policy";
import { readReplicationProtectedItem } from "./replication-protected-item";
import { readReplicationProtectionCluster } from "./replication-protection-cluster";
import { readReplicationProtectionIntent } from "./replication-protection-intent";
import { readReplicationRecoveryPlan } from "./replication-recovery-plan";
import {
    readReplicationFabric,
    readReplicationPolicy,
    readReplicationProtectionContainerMapping,
} from "./replication-settings";
import type { Reader } from "../reader";
import { readResourceGroup } from "./resource-group";
import { readDppResourceGuardProxy, readResourceGuardProxy } from "./resource-guard-proxy";
import { readRestorePoint, readRestorePointCollection } from "./restore-point";
import { readVirtualMachineScaleSet } from "./scale-set";
import { readSnapshot } from "./snapshot";
import { readBlobServiceProperties, readStorageAccount } from "./storage-account";
import { readBackupVault, readVault } from "./vault";
import { readBackupStorageConfig } from "./vault-storage-config";
import { readVirtualMachine } from "./virtual-machine";
import { readVirtualMachineExtension } from "./virtual-machine-extension";

/** Module and name of every azure-native type that is read, whatever the API version in the token (TOK-01 to TOK-03). */
export const AZURE_NATIVE_READERS: ReadonlyMap<string, Reader> = new Map([
    ["compute:VirtualMachine", readVirtualMachine],
    ["compute:VirtualMachineExtension", readVirtualMachineExtension],
    ["compute:VirtualMachineScaleSet", readVirtualMachineScaleSet],
    ["compute:Disk", readDisk],
    ["compute:Snapshot", readSnapshot],
    ["compute:RestorePoint", readRestorePoint],
    ["compute:RestorePointCollection", readRestorePointCollection],
    ["network:NetworkInterface", readNetworkInterface],
    ["network:PrivateEndpoint", readPrivateEndpoint],
    ["network:Subnet", readSubnet],
    ["storage:StorageAccount", readStorageAccount],
    ["storage:BlobServiceProperties", readBlobServiceProperties],
    ["resources:ResourceGroup", readResourceGroup],
    ["recoveryservices:Vault", readVault],
    ["recoveryservices:ProtectedItem", readProtectedItem],
    ["recoveryservices:ProtectionIntent", readProtectionIntent],
    ["recoveryservices:ProtectionPolicy", readProtectionPolicy],
    ["recoveryservices:ProtectionContainer", readProtectionContainer],
    ["recoveryservices:ReplicationFabric", readReplicationFabric],
    ["recoveryservices:ReplicationNetworkMapping", readReplicationNetworkMapping],
    ["recoveryservices:ReplicationPolicy", readReplicationPolicy],
    ["recoveryservices:ReplicationProtectionContainerMapping", readReplicationProtectionContainerMapping],
    ["recoveryservices:ReplicationProtectedItem", readReplicationProtectedItem],
    ["recoveryservices:ReplicationProtectionCluster", readReplicationProtectionCluster],
    ["recoveryservices:ReplicationProtectionIntent", readReplicationProtectionIntent],
    ["recoveryservices:ReplicationRecoveryPlan", readReplicationRecoveryPlan],
    ["recoveryservices:BackupStorageConfig", readBackupStorageConfig],
    ["dataprotection:BackupVault", readBackupVault],
    ["dataprotection:BackupPolicy", readBackupPolicy],
    ["dataprotection:BackupInstance", readBackupInstance],
    ["dataprotection:ResourceGuard", readResourceGuard],
    ["recoveryservices:ResourceGuardProxy", readResourceGuardProxy],
    ["dataprotection:DppResourceGuardProxy", readDppResourceGuardProxy],
    ["authorization:PolicyAssignment", readPolicyAssignment],
    ["authorization:PolicySetDefinition", readPolicySetDefinition],
    ["authorization:ManagementLockByScope", readLockByScope],
    ["azureresiliencemanagement:RecoveryPlan", readResilienceRecoveryPlan],
    ["authorization:ManagementLockAtResourceGroupLevel", readLockAtResourceGroupLevel],
    ["authorization:ManagementLockAtResourceLevel", readLockAtResourceLevel],
]);
