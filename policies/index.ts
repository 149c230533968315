import { backedUpVmTooSmall } from "./backup/backed-up-vm-too-small";
import { backupItemNamesDisagree } from "./backup/backup-item-names-disagree";
import { backupPolicyCrashConsistent } from "./backup/backup-policy-crash-consistent";
import { backupPolicyDailyRetention } from "./backup/backup-policy-daily-retention";
import { backupPolicyHourlySchedule } from "./backup/backup-policy-hourly-schedule";
import { backupPolicyInstantRestoreDays } from "./backup/backup-policy-instant-restore-days";
import { backupStopped } from "./coverage/backup-stopped";
import { backupSuspendedInMutableVault } from "./backup/backup-suspended-in-mutable-vault";
import { cacheAccountBlocked } from "./replication/cache-account-blocked";
import { cacheAccountOtherRegion } from "./replication/cache-account-other-region";
import { cacheAccountSoftDelete } from "./replication/cache-account-soft-delete";
import { confidentialVmBackup } from "./backup/confidential-vm-backup";
import { cacheAccountStandardForPremiumV2 } from "./replication/cache-account-standard-for-premium-v2";
import { consistencyGroupBrokenByRestore } from "./restores/consistency-group-broken-by-restore";
import { consistencyGroupTooLarge } from "./replication/consistency-group-too-large";
import { crashConsistentBackupUnsupported } from "./backup/crash-consistent-backup-unsupported";
import { customerKeyDiskWithoutTargetSet } from "./replication/customer-key-disk-without-target-set";
import { dataDiskNotBackedUp } from "./coverage/data-disk-not-backed-up";
import { dataDiskNotReplicated } from "./coverage/data-disk-not-replicated";
import { diskBackedUpAndVmReplicated } from "./restores/disk-backed-up-and-vm-replicated";
import { diskBackupEncryptedDisk } from "./backup/disk-backup-encrypted-disk";
import { diskBackupPolicyInterval } from "./backup/disk-backup-policy-interval";
import { diskBackupPremiumV2Interval } from "./backup/disk-backup-premium-v2-interval";
import { diskBackupSnapshotGroup } from "./backup/disk-backup-snapshot-group";
import { diskBackupVaultOtherRegion } from "./backup/disk-backup-vault-other-region";
import { diskRestoredFromBackup } from "./restores/disk-restored-from-backup";
import { exemptionInUse } from "./coverage/exemption-in-use";
import { failedOverVmNotProtected } from "./coverage/failed-over-vm-not-protected";
import { lockBlocksReprotection } from "./coverage/lock-blocks-reprotection";
import { mobilityAgentNotUpdated } from "./replication/mobility-agent-not-updated";
import { osDiskNotReplicated } from "./restores/os-disk-not-replicated";
import { planCreatesItemBeforeDelete } from "./plan/plan-creates-item-before-delete";
import { planDeletesFailoverSource } from "./plan/plan-deletes-failover-source";
import { planDeletesImmutableItem } from "./plan/plan-deletes-immutable-item";
import { planDeletesReplicationSettingsInUse } from "./plan/plan-deletes-replication-settings-in-use";
import { planDeletesVaultInUse } from "./plan/plan-deletes-vault-in-use";
import { planEditsReplicatedDiskList } from "./plan/plan-edits-replicated-disk-list";
import { planEndsProtection } from "./plan/plan-ends-protection";
import { planRemovesReplicatedDataDisk } from "./plan/plan-removes-replicated-data-disk";
import { planReplacesProtectedVm } from "./plan/plan-replaces-protected-vm";
import { planResizesReplicatedDisk } from "./plan/plan-resizes-replicated-disk";
import { planShortensRetention } from "./plan/plan-shortens-retention";
import { planSwapsReplicatedDisk } from "./plan/plan-swaps-replicated-disk";
import { planWeakensVault } from "./plan/plan-weakens-vault";
import { protectionCaveat } from "./coverage/protection-caveat";
import { protectionClusterLimits } from "./replication/protection-cluster-limits";
import { recoveryPlanTooManyGroups } from "./replication/recovery-plan-too-many-groups";
import { recoveryPlanWithoutZones } from "./replication/recovery-plan-without-zones";
import { recoveryVaultInSourceRegion } from "./replication/recovery-vault-in-source-region";
import { replicaDiskNetworkAccess } from "./replication/replica-disk-network-access";
import { replicaDiskType } from "./replication/replica-disk-type";
import { replicaWithoutTargetNetwork } from "./replication/replica-without-target-network";
import { replicatedDataDiskSize } from "./replication/replicated-data-disk-size";
import { replicatedDiskHostCaching } from "./replication/replicated-disk-host-caching";
import { replicatedDiskNotAttached } from "./restores/replicated-disk-not-attached";
import { replicatedDiskWriteAccelerator } from "./replication/replicated-disk-write-accelerator";
import { replicatedItemWithoutDisks } from "./replication/replicated-item-without-disks";
import { replicatedOsDiskTooLarge } from "./replication/replicated-os-disk-too-large";
import { replicatedVmApplicationSecurityGroup } from "./replication/replicated-vm-application-security-group";
import { replicatedVmArm64 } from "./replication/replicated-vm-arm64";
import { replicatedVmDedicatedHost } from "./replication/replicated-vm-dedicated-host";
import { replicatedVmEphemeralOsDisk } from "./replication/replicated-vm-ephemeral-os-disk";
import { replicatedVmIpv6Only } from "./replication/replicated-vm-ipv6-only";
import { replicatedVmNvmeController } from "./replication/replicated-vm-nvme-controller";
import { replicatedVmTooManyDataDisks } from "./replication/replicated-vm-too-many-data-disks";
import { replicatedVmTooSmall } from "./replication/replicated-vm-too-small";
import { replicationNeedsAttention } from "./coverage/replication-needs-attention";
import { replicationPolicyAppConsistentInterval } from "./replication/replication-policy-app-consistent-interval";
import { replicationPolicyHistory } from "./replication/replication-policy-history";
import { restoredDataDiskNotReplicated } from "./restores/restored-data-disk-not-replicated";
import { restoredDiskUndecided } from "./restores/restored-disk-undecided";
import { restoredOsDiskNotReplicated } from "./restores/restored-os-disk-not-replicated";
import { restoredVmNotBackedUp } from "./restores/restored-vm-not-backed-up";
import { restoredVmNotReplicated } from "./restores/restored-vm-not-replicated";
import { scaleSetReplicated } from "./replication/scale-set-replicated";
import { sharedDiskOutsideCluster } from "./replication/shared-disk-outside-cluster";
import { siteRecoveryDiskInProgram } from "./coverage/site-recovery-disk-in-program";
import { standardPolicySharedDisk } from "./backup/standard-policy-shared-disk";
import { standardPolicyTrustedLaunch } from "./backup/standard-policy-trusted-launch";
import { standardPolicyUltraOrPremiumV2Disk } from "./backup/standard-policy-ultra-or-premium-v2-disk";
import { targetGroupInSourceRegion } from "./replication/target-group-in-source-region";
import { tooManyReplicatedDisks } from "./replication/too-many-replicated-disks";
import { ultraDiskZoneToZone } from "./replication/ultra-disk-zone-to-zone";
import { unsupportedProtectionInPlace } from "./coverage/unsupported-protection-in-place";
import { undecidedAtPreview } from "./coverage/undecided-at-preview";
import { unmanagedDisksNotReplicable } from "./replication/unmanaged-disks-not-replicable";
import { vaultAlerts } from "./vaults/vault-alerts";
import { vaultCrossRegionRestore } from "./vaults/vault-cross-region-restore";
import { vaultCustomerManagedKey } from "./vaults/vault-customer-managed-key";
import { vaultImmutability } from "./vaults/vault-immutability";
import { vaultMultiUserAuthorization } from "./vaults/vault-multi-user-authorization";
import { vaultPublicNetwork } from "./vaults/vault-public-network";
import { vaultRedundancy } from "./vaults/vault-redundancy";
import { vaultRedundancySetTwice } from "./vaults/vault-redundancy-set-twice";
import { vaultSoftDelete } from "./vaults/vault-soft-delete";
import { vmBackedUpAndReplicated } from "./restores/vm-backed-up-and-replicated";
import { vmBackedUpTwice } from "./backup/vm-backed-up-twice";
import { vmBackupDiskTooLarge } from "./backup/vm-backup-disk-too-large";
import { vmBackupEntraOnlyDisk } from "./backup/vm-backup-entra-only-disk";
import { vmBackupEphemeralOsDisk } from "./backup/vm-backup-ephemeral-os-disk";
import { vmBackupTooManyDisks } from "./backup/vm-backup-too-many-disks";
import { vmBackupVaultOtherRegion } from "./backup/vm-backup-vault-other-region";
import { vmInNoRecoveryPlan } from "./coverage/vm-in-no-recovery-plan";
import { vmNotBackedUp } from "./coverage/vm-not-backed-up";
import { vmNotReplicated } from "./coverage/vm-not-replicated";
import { zoneRedundantDiskZoneToZone } from "./replication/zone-redundant-disk-zone-to-zone";
import { zoneToZoneWithoutZones } from "./replication/zone-to-zone-without-zones";
import type { PlanPolicy, Policy } from "./policy";

/**
 * The catalogue, in reading order. Two stand last: `undecided-at-preview` lists what the others could not decide, and
 * `exemption-in-use` what exemptions have taken out of all of them.
 */
export const policies: readonly Policy[] = [
    vmBackedUpAndReplicated,
    diskBackedUpAndVmReplicated,
    diskRestoredFromBackup,
    restoredDataDiskNotReplicated,
    restoredOsDiskNotReplicated,
    restoredDiskUndecided,
    consistencyGroupBrokenByRestore,
    replicatedDiskNotAttached,
    osDiskNotReplicated,
    restoredVmNotBackedUp,
    restoredVmNotReplicated,
    replicatedVmEphemeralOsDisk,
    replicatedVmNvmeController,
    replicatedDiskWriteAccelerator,
    replicatedVmDedicatedHost,
    replicatedVmTooSmall,
    replicatedVmArm64,
    replicatedOsDiskTooLarge,
    replicatedDataDiskSize,
    replicatedVmTooManyDataDisks,
    ultraDiskZoneToZone,
    sharedDiskOutsideCluster,
    zoneRedundantDiskZoneToZone,
    customerKeyDiskWithoutTargetSet,
    replicatedVmIpv6Only,
    replicatedVmApplicationSecurityGroup,
    replicatedDiskHostCaching,
    tooManyReplicatedDisks,
    cacheAccountOtherRegion,
    cacheAccountBlocked,
    recoveryVaultInSourceRegion,
    targetGroupInSourceRegion,
    consistencyGroupTooLarge,
    recoveryPlanTooManyGroups,
    unmanagedDisksNotReplicable,
    replicatedItemWithoutDisks,
    scaleSetReplicated,
    zoneToZoneWithoutZones,
    replicaDiskType,
    protectionClusterLimits,
    replicationPolicyHistory,
    replicationPolicyAppConsistentInterval,
    cacheAccountSoftDelete,
    cacheAccountStandardForPremiumV2,
    recoveryPlanWithoutZones,
    mobilityAgentNotUpdated,
    replicaDiskNetworkAccess,
    replicaWithoutTargetNetwork,
    vmBackupVaultOtherRegion,
    vmBackedUpTwice,
    vmBackupTooManyDisks,
    vmBackupDiskTooLarge,
    standardPolicyUltraOrPremiumV2Disk,
    standardPolicyTrustedLaunch,
    standardPolicySharedDisk,
    vmBackupEphemeralOsDisk,
    vmBackupEntraOnlyDisk,
    backedUpVmTooSmall,
    crashConsistentBackupUnsupported,
    diskBackupVaultOtherRegion,
    diskBackupSnapshotGroup,
    diskBackupEncryptedDisk,
    diskBackupPremiumV2Interval,
    backupItemNamesDisagree,
    backupSuspendedInMutableVault,
    confidentialVmBackup,
    backupPolicyInstantRestoreDays,
    backupPolicyDailyRetention,
    backupPolicyHourlySchedule,
    backupPolicyCrashConsistent,
    diskBackupPolicyInterval,
    vmNotBackedUp,
    vmNotReplicated,
    dataDiskNotBackedUp,
    dataDiskNotReplicated,
    lockBlocksReprotection,
    vmInNoRecoveryPlan,
    siteRecoveryDiskInProgram,
    backupStopped,
    failedOverVmNotProtected,
    replicationNeedsAttention,
    protectionCaveat,
    vaultSoftDelete,
    vaultImmutability,
    vaultRedundancy,
    vaultCrossRegionRestore,
    vaultAlerts,
    vaultPublicNetwork,
    vaultCustomerManagedKey,
    vaultMultiUserAuthorization,
    vaultRedundancySetTwice,
    unsupportedProtectionInPlace,
    undecidedAtPreview,
    exemptionInUse,
];

/** What only the gate can check, because it sees the steps of a plan and the old state. */
export const planPolicies: readonly PlanPolicy[] = [
    planSwapsReplicatedDisk,
    planReplacesProtectedVm,
    planEndsProtection,
    planCreatesItemBeforeDelete,
    planDeletesFailoverSource,
    planDeletesVaultInUse,
    planShortensRetention,
    planRemovesReplicatedDataDisk,
    planEditsReplicatedDiskList,
    planDeletesReplicationSettingsInUse,
    planDeletesImmutableItem,
    planWeakensVault,
    planResizesReplicatedDisk,
];
