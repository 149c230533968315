import { NIST } from "../../support/frameworks";
import { stackPolicy } from "../policy";
import { restoreSettings } from "../restores";
import { bootsFromRestoredDisk } from "./boots-from-restored-disk";
import { restoredMachineInConsistencyGroup } from "./restored-machine-in-consistency-group";

export const restoredMachineNeedsReprotection = stackPolicy({
    name: "restored-machine-needs-reprotection",
    displayName: "Restored machines under replication",
    description: "A restored machine is no longer replicated as it runs.",
    level: "mandatory",
    severity: "critical",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "restore"],
    remediationSteps:
        "Disable replication of the machine, let a new replicated item list the disks that it runs on now, enable replication again, and run a test failover.",
    settings: restoreSettings,
    rules: [bootsFromRestoredDisk, restoredMachineInConsistencyGroup],
});
