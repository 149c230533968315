import { Undecideds, type Verdict } from "../../src/findings/finding";
import { NIST } from "../../src/facts/frameworks";
import { stackPolicy } from "../policy";
import {
    type Combination,
    combinationSettings,
    combined,
    type Configuration,
    summariseCombinations,
    combinationMessage,
} from "./combination";

/** BCDR102: a VM with disks under Disk Backup and replication. BCDR101 tells it where that one holds, too. */
export const diskBackedUpAndVmReplicated = stackPolicy<Combination, Configuration>({
    id: "BCDR102",
    name: "disk-backed-up-and-vm-replicated",
    level: "advisory",
    severity: "low",
    summary: "A replicated VM has disks under Disk Backup.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "interoperability"],
    remediationSteps:
        "Nothing to change: plan restores. Disable replication of the VM before a disk or the VM is restored, and enable it again with the restored disks.",
    settings: combinationSettings,
    summarise: summariseCombinations,

    *evaluate({ estate }, { edition }): Iterable<Verdict<Combination>> {
        const undecideds = new Undecideds();
        for (const vm of estate.vms) {
            const disks = estate.backup.ofAnyDisk(vm);
            const replication = estate.replication.of(vm);
            if (disks.answer === "no" || replication.answer === "no") {
                continue;
            }
            if (disks.answer !== "yes" || replication.answer !== "yes") {
                yield* undecideds.of(disks, replication);
            } else if (estate.backup.ofWholeVm(vm).answer !== "yes") {
                yield combined(
                    estate,
                    { vm, vmBackups: [], diskBackups: disks.items, replicatedItems: replication.items },
                    edition,
                );
            }
        }
    },

    message: combinationMessage,
});
