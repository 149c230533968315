import { NO } from "../../src/model/answers";
import { NIST } from "../../src/facts/frameworks";
import { combinationPolicy } from "./combination";

/** BCDR102: a VM with disks under Disk Backup and replication. BCDR101 tells it where that one holds, too. */
export const diskBackedUpAndVmReplicated = combinationPolicy({
    id: "BCDR102",
    name: "disk-backed-up-and-vm-replicated",
    level: "advisory",
    severity: "low",
    summary: "A replicated VM has disks under Disk Backup.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "interoperability"],
    remediationSteps:
        "Nothing to change: plan restores. Disable replication of the VM before a disk or the VM is restored, and enable it again with the restored disks.",
    backup: (vm, { backup }) => (backup.ofWholeVm(vm).answer === "yes" ? NO : backup.ofAnyDisk(vm)),
});
