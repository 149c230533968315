import { NIST } from "../../src/facts/frameworks";
import { combinationPolicy } from "./combination";

/** BCDR101: a VM under VM-level backup and replication; the same finding covers its disk-level backups. */
export const vmBackedUpAndReplicated = combinationPolicy({
    id: "BCDR101",
    name: "vm-backed-up-and-replicated",
    level: "advisory",
    severity: "low",
    summary: "A VM is both backed up and replicated.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "interoperability"],
    remediationSteps:
        "Nothing to change now. Before you restore the VM or one of its disks, disable its replication. Then enable it with the restored disks.",
    backup: (vm, estate) => estate.backup.ofWholeVm(vm),
});
