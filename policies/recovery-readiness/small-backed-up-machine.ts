import type { Verdict } from "../../findings/finding";
import { headline, type Message } from "../../findings/message";
import { READINESS } from "../../support/readiness";
import type { StackSubject } from "../policy";
import type { Rule } from "../rule";
import { smallMachines, type SmallMachine } from "./small-size";

const { limit, page } = READINESS.BACKUP_SIZE;

/** BCDR310: a machine under VM-level backup below the size that Azure Backup asks for. Advice only. */
export const smallBackedUpMachine: Rule<StackSubject, unknown, SmallMachine> = {
    id: "BCDR310",
    finds: "a backed-up machine that is smaller than Azure Backup asks for",

    *evaluate({ estate }): Iterable<Verdict<SmallMachine>> {
        yield* smallMachines(estate, limit.cores, (machine) => estate.machineBackup(machine));
    },

    tell: ({ machine, size, sizeProperty }): Message => ({
        headline: headline(
            (name, of) => `Machine ${name} is backed up, and its size ${of} is smaller than Azure Backup asks for.`,
            machine,
            size,
        ),
        why: `The support matrix asks for ${limit.cores} cores and 1 GB of memory. Smaller machines are seen to be backed up, but nobody vouches for it.`,
        steps: {
            occasion: "To stay within what is supported:",
            list: [
                `Give "${machine}" a size of ${limit.cores} cores or more in ${sizeProperty}; the machine restarts with it.`,
                "Or keep the size, and try a restore of the machine regularly.",
            ],
        },
        source: page,
    }),
};
