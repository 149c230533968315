import { NO } from "../../src/model/answers";
import { NIST } from "../../src/facts/frameworks";
import { combinationPolicy } from "./combination";

/** BCDR102: a VM with disks under Disk Backup and replication. Where the VM is backed up, too, BCDR101 reports it. */
export const diskBackedUpAndVmReplicated = combinationPolicy({
    id: "BCDR102",
    name: "disk-backed-up-and-vm-replicated",
    level: "advisory",
    severity: "low",
    summary: "A replicated VM has disks under Disk Backup.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "interoperability"],
    remediationSteps:
        "Nothing to change now. Before you restore one of the disks, disable replication of the VM. Then enable it with the restored disk.",
    backup: (vm, { backup }) => (backup.ofWholeVm(vm).answer === "yes" ? NO : backup.ofAnyDisk(vm)),
});
