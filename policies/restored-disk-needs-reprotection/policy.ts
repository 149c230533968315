import { stackPolicy } from "../policy";
import { restoreSettings } from "../restores";
import { restoredDataDiskNotReplicated } from "./restored-data-disk-not-replicated";

export const restoredDiskNeedsReprotection = stackPolicy({
    name: "restored-disk-needs-reprotection",
    displayName: "Restored data disks under replication",
    description: "A restored data disk is not under replication.",
    level: "mandatory",
    severity: "high",
    framework: {
        name: "NIST SP 800-53",
        version: "5.1.1",
        reference: "CP-10",
        specification:
            "System recovery and reconstitution: a restore is such an event. The mapping is this pack's own.",
    },
    tags: ["azure-backup", "site-recovery", "restore"],
    remediationSteps:
        "Disable replication of the machine, let a new replicated item list the restored disk, enable replication again, and run a test failover.",
    settings: restoreSettings,
    rules: [restoredDataDiskNotReplicated],
});
