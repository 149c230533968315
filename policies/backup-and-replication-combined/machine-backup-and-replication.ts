import { Undecideds, type Verdict } from "../../findings/finding";
import type { Rule } from "../rule";
import type { StackSubject } from "../policy";
import { combined, tellCombination, type Combination, type Configuration } from "./combination";

/** BCDR101: a machine under VM-level backup and replication; its disk-level backups are told along with it. */
export const machineBackupAndReplication: Rule<StackSubject, Configuration, Combination> = {
    id: "BCDR101",
    finds: "a machine under VM-level backup and replication",

    *evaluate({ estate }, { edition }): Iterable<Verdict<Combination>> {
        const undecideds = new Undecideds();
        for (const machine of estate.machines) {
            const backup = estate.machineBackup(machine);
            const replication = estate.replication(machine);
            if (backup.answer === "no" || replication.answer === "no") {
                continue;
            }
            if (backup.answer === "yes" && replication.answer === "yes") {
                const disks = estate.diskBackup(machine);
                yield combined(
                    estate,
                    {
                        machine,
                        machineBackups: backup.items,
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

    tell: tellCombination,
};
