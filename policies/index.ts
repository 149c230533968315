import { backupAndReplicationCombined } from "./backup-and-replication-combined/policy";
import type { Policy } from "./policy";
import { recoveryReadiness } from "./recovery-readiness/policy";
import { restoredDisk } from "./restored-disk/policy";

/**
 * The catalogue, in the order in which a reader wants it. `recovery-readiness` stands last among the stack policies,
 * because it tells what the others could not decide.
 */
export const policies: readonly Policy[] = [restoredDisk, backupAndReplicationCombined, recoveryReadiness];
