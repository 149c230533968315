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

/** BCDR101: a VM under VM-level backup and replication; its disk-level backups are told along with it. */
export const vmBackedUpAndReplicated = stackPolicy<Combination, Configuration>({
    id: "BCDR101",
    name: "vm-backed-up-and-replicated",
    level: "advisory",
    severity: "low",
    summary: "A VM is both backed up and replicated.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "interoperability"],
    remediationSteps:
        "Nothing to change: plan restores. Disable replication of the VM before a disk or the VM is restored, and enable it again with the restored disks.",
    settings: combinationSettings,
    summarise: summariseCombinations,

    *evaluate({ estate }, { edition }): Iterable<Verdict<Combination>> {
        const undecideds = new Undecideds();
        for (const vm of estate.vms) {
            const backup = estate.backup.ofWholeVm(vm);
            const replication = estate.replication.of(vm);
            if (backup.answer === "no" || replication.answer === "no") {
                continue;
            }
            if (backup.answer === "yes" && replication.answer === "yes") {
                const disks = estate.backup.ofAnyDisk(vm);
                yield combined(
                    estate,
                    {
                        vm,
                        vmBackups: backup.items,
                        diskBackups: disks.answer === "yes" ? disks.items : [],
                        replicatedItems: replication.items,
                    },
                    edition,
                );
            } else {
                yield* undecideds.of(backup, replication);
            }
        }
    },

    message: combinationMessage,
});
