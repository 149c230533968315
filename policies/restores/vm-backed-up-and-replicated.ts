import { NIST } from "../../src/facts/frameworks";
import { combinationPolicy } from "./combination";

/** BCDR101: a VM under VM-level backup and replication; its disk-level backups are told along with it. */
export const vmBackedUpAndReplicated = combinationPolicy({
    id: "BCDR101",
    name: "vm-backed-up-and-replicated",
    level: "advisory",
    severity: "low",
    summary: "A VM is both backed up and replicated.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "interoperability"],
    remediationSteps:
        "Nothing to change: plan restores. Disable replication of the VM before a disk or the VM is restored, and enable it again with the restored disks.",
    backup: (vm, estate) => estate.backup.ofWholeVm(vm),
});
