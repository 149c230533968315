import { NIST } from "../../support/frameworks";
import { stackPolicy } from "../policy";
import { restoreSettings } from "../restores";
import { undecidedRestore } from "./undecided-restore";

export const restoredDiskUndecided = stackPolicy({
    name: "restored-disk-undecided",
    displayName: "Restored disks that replication may not know",
    description: "A restored disk may not be under replication.",
    level: "advisory",
    severity: "high",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "restore"],
    remediationSteps:
        "Write the list of disks with one element per disk, each with that disk's own ID, so that the preview can tell whether the restored disk is in it.",
    settings: restoreSettings,
    rules: [undecidedRestore],
});
