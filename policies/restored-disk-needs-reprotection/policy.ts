import { NIST } from "../../support/frameworks";
import { stackPolicy } from "../policy";
import { restoreSettings } from "../restores";
import { restoredDataDiskNotReplicated } from "./restored-data-disk-not-replicated";

export const restoredDiskNeedsReprotection = stackPolicy({
    name: "restored-disk-needs-reprotection",
    displayName: "Restored data disks under replication",
    description: "A restored data disk is not under replication.",
    level: "mandatory",
    severity: "high",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "restore"],
    remediationSteps:
        "Disable replication of the machine, let a new replicated item list the restored disk, enable replication again, and run a test failover.",
    settings: restoreSettings,
    rules: [restoredDataDiskNotReplicated],
});
