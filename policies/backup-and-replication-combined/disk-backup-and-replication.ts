import { Undecideds, type Verdict } from "../../findings/finding";
import type { StackSubject } from "../policy";
import type { Rule } from "../rule";
import { combined, tellCombination, type Combination, type Configuration } from "./combination";

/** BCDR102: a machine with disks under Disk Backup and replication. BCDR101 tells it where that one holds, too. */
export const diskBackupAndReplication: Rule<StackSubject, Configuration, Combination> = {
    id: "BCDR102",
    finds: "a machine with disks under Disk Backup and replication",

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
};
