import { Undecideds, type Verdict } from "../../src/findings/finding";
import { NIST } from "../../src/facts/frameworks";
import { stackPolicy } from "../policy";
import {
    type Combination,
    combinationSettings,
    combined,
    type Configuration,
    summariseCombinations,
    tellCombination,
} from "./combination";

/** BCDR102: a machine with disks under Disk Backup and replication. BCDR101 tells it where that one holds, too. */
export const diskBackedUpAndVmReplicated = stackPolicy<Combination, Configuration>({
    id: "BCDR102",
    name: "disk-backed-up-and-vm-replicated",
    level: "advisory",
    severity: "low",
    summary: "A replicated VM has disks under Disk Backup.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "interoperability"],
    remediationSteps:
        "Nothing to change: plan restores. Disable replication of the machine before a disk or the machine is restored, and enable it again with the restored disks.",
    settings: combinationSettings,
    summarise: summariseCombinations,

    *evaluate({ estate }, { edition }): Iterable<Verdict<Combination>> {
        const undecideds = new Undecideds();
        for (const machine of estate.machines) {
            const disks = estate.diskBackup(machine);
            const replication = estate.replication(machine);
            if (disks.answer === "no" || replication.answer === "no") {
                continue;
            }
            if (disks.answer !== "yes" || replication.answer !== "yes") {
                yield* undecideds.of(disks, replication);
            } else if (estate.machineBackup(machine).answer !== "yes") {
                yield combined(
                    estate,
                    { machine, machineBackups: [], diskBackups: disks.items, replicatedItems: replication.items },
                    edition,
                );
            }
        }
    },

    tell: tellCombination,
});
