import { backupAndReplicationCombined } from "./backup-and-replication-combined/policy";
import { backupPolicyLimits } from "./backup-policy-limits/policy";
import { backupSupport } from "./backup-support/policy";
import { exemptionInUse } from "./exemption-in-use/policy";
import { machineCoverage } from "./machine-coverage/policy";
import { planBreaksProtection } from "./plan-breaks-protection/policy";
import { planWeakensProtection } from "./plan-weakens-protection/policy";
import type { PlanPolicy, Policy } from "./policy";
import { replicationPolicyLimits } from "./replication-policy-limits/policy";
import { recoveryReadiness } from "./recovery-readiness/policy";
import { replicatedDisksMatchMachine } from "./replicated-disks-match-machine/policy";
import { replicationSupport } from "./replication-support/policy";
import { restoredDiskUndecided } from "./restored-disk-undecided/policy";
import { restoredDiskNeedsReprotection } from "./restored-disk-needs-reprotection/policy";
import { restoredMachineNeedsReprotection } from "./restored-machine-needs-reprotection/policy";
import { restoredDisk } from "./restored-disk/policy";
import { vaultAlerts } from "./vault-alerts/policy";
import { vaultEncryption } from "./vault-encryption/policy";
import { vaultImmutability } from "./vault-immutability/policy";
import { vaultMultiUserAuthorization } from "./vault-multi-user-authorization/policy";
import { vaultNetworkAccess } from "./vault-network-access/policy";
import { vaultRedundancy } from "./vault-redundancy/policy";
import { vaultSoftDelete } from "./vault-soft-delete/policy";

/**
 * The catalogue, in the order in which a reader wants it. Two stack policies stand last: `recovery-readiness` tells what
 * the others could not decide, and `exemption-in-use` what exemptions have taken out of all of them.
 */
export const policies: readonly Policy[] = [
    restoredDisk,
    replicationPolicyLimits,
    backupPolicyLimits,
    vaultSoftDelete,
    vaultImmutability,
    vaultRedundancy,
    vaultAlerts,
    vaultNetworkAccess,
    vaultEncryption,
    backupAndReplicationCombined,
    restoredDiskNeedsReprotection,
    restoredMachineNeedsReprotection,
    restoredDiskUndecided,
    replicatedDisksMatchMachine,
    replicationSupport,
    backupSupport,
    machineCoverage,
    vaultMultiUserAuthorization,
    recoveryReadiness,
    exemptionInUse,
];

/** What only the gate can check, because it sees the steps of a plan and the old state. */
export const planPolicies: readonly PlanPolicy[] = [planBreaksProtection, planWeakensProtection];
