import { undecided, Undecideds, type Verdict } from "../../findings/finding";
import { headline, type Message } from "../../findings/message";
import { displayName } from "../../estate/display-name";
import { subjectOf } from "../../findings/subject";
import { append } from "../../estate/lists";
import type { Lock, ReplicatedItem } from "../../estate/model";
import { PAGES } from "../../support/page";
import type { StackSubject } from "../policy";
import type { Rule } from "../rule";

interface Parameters {
    readonly lock: string;
    readonly machines: readonly string[];
}

/** BCDR411: a lock on a replicated machine or its group leaves stale links when replication is disabled (INT-61). */
export const lockOnReplicatedMachine: Rule<StackSubject, unknown, Parameters> = {
    id: "BCDR411",
    finds: "a lock that gets in the way of disabling replication",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        const machinesUnder = new Map<Lock, string[]>();
        const itemsUnder = new Map<Lock, ReplicatedItem[]>();
        const undecideds = new Undecideds();
        let replicates = false;
        for (const machine of estate.machines) {
            const replication = estate.replication(machine);
            const locks = estate.locksOn(machine);
            if (replication.answer === "yes") {
                replicates = true;
                for (const lock of locks) {
                    append(machinesUnder, lock, estate.nameOf(machine));
                    replication.items.forEach((item) => append(itemsUnder, lock, item));
                }
            } else if (locks.length > 0) {
                yield* undecideds.of(replication);
            }
        }
        for (const lock of replicates ? estate.locksOnAnything : []) {
            yield undecided(lock, lock.scope.property);
        }
        for (const lock of estate.locks) {
            const machines = machinesUnder.get(lock);
            if (machines !== undefined) {
                yield {
                    verdict: "violated",
                    subject: subjectOf(lock),
                    parameters: { lock: displayName(lock), machines },
                    restsOn: itemsUnder.get(lock) ?? [],
                };
            }
        }
    },

    tell: ({ lock, machines }): Message => ({
        headline: headline(
            (name, machine) =>
                machines.length === 1
                    ? `The lock ${name} holds machine ${machine}, which is replicated: disabling replication will leave stale links.`
                    : `The lock ${name} holds ${machines.length} replicated machines: disabling replication will leave stale links.`,
            lock,
            machines[0] ?? "",
        ),
        why: "After a restore replication has to be disabled and enabled again. Under a lock on the machine or its group the first leaves links behind (error 150225), and then the second is refused (150226).",
        ...(machines.length === 1 ? {} : { details: machines }),
        steps: {
            occasion: "When replication has to be disabled:",
            list: [
                `Remove the lock "${lock}" first, and put it back once replication is enabled again.`,
                "If replication was disabled under the lock: remove the lock, run Microsoft's clean-up script for stale configuration, then enable replication.",
            ],
        },
        source: PAGES.A2A_ERRORS,
    }),
};
