import { anyOf } from "../../src/model/answers";
import { armKey, parseArmId } from "../../src/model/ids/arm-id";
import type { Estate } from "../../src/model/estate";
import { valueOf } from "../../src/model/values";
import type { Machine, PolicyAssignment, ReplicatedItem } from "../../src/model/resources";
import type { Spelling } from "../../src/model/ids/type-token";
import type { Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { WORDS } from "../../src/advice/property-names";
import { COVERAGE } from "../../src/facts/coverage";
import { NIST } from "../../src/facts/frameworks";
import { stackPolicy } from "../policy";
import { isOpen, unreplicatedCopies } from "../restores/restored-copies";
import { type Configuration, excused, tierSettings } from "./tiers";
import { unprotectedMachines } from "./unprotected-vm";

interface Parameters {
    readonly machine: string;
    readonly spelling: Spelling;
    readonly because: string;
    readonly excuse: string;
}

/**
 * BCDR402: a machine that owes replication and has none. BCDR416 speaks of one that has failed over, BCDR420 of a
 * restored copy beside its original.
 */
export const vmNotReplicated = stackPolicy<Parameters, Configuration>({
    id: "BCDR402",
    name: "vm-not-replicated",
    level: "advisory",
    severity: "medium",
    summary: "A VM that must be replicated is not.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "coverage"],
    remediationSteps: "Protect the machine or the disk, or say by the machine's tier that it needs no protection.",
    settings: tierSettings,

    *evaluate({ estate }, configuration): Iterable<Verdict<Parameters>> {
        const toldElsewhere = new Set<Machine>([
            ...failedOverMachines(estate),
            ...unreplicatedCopies(estate).flatMap((each) => (isOpen(each) ? [] : [each.copy])),
        ]);
        const excuse = excused(configuration, "replication");
        const replication = (machine: Machine) =>
            anyOf<ReplicatedItem | PolicyAssignment>([
                estate.replication(machine),
                estate.assignedProtection(machine, "replication"),
            ]);
        for (const each of unprotectedMachines(estate, "replication", configuration, replication)) {
            if (isOpen(each)) {
                yield each;
            } else if (!toldElsewhere.has(each.machine)) {
                const { machine, because } = each;
                yield {
                    verdict: "violated",
                    subject: subjectOf(machine, machine),
                    parameters: {
                        machine: estate.nameOf(machine),
                        spelling: machine.spelling,
                        because,
                        excuse,
                    },
                };
            }
        }
    },

    tell: ({ machine, spelling, because, excuse }): Message => ({
        headline: headline((name) => `Machine ${name} owes replication and has none.`, machine),
        why: `${because} No replicated item and no assignment of Azure Policy in this stack replicates it.`,
        steps: {
            occasion: "To settle it:",
            list: [
                `Give it a replicated item (${WORDS[spelling].replicatedItemType}) that lists its disks in ${WORDS[spelling].diskList}, the OS disk first. The machine has to run while replication is enabled.`,
                "Between regions the vault must not be in the machine's own region; between zones any vault will do.",
                "Wait for the first recovery point, then run a test failover, and add the item to the recovery plan.",
                excuse,
            ],
        },
        source: COVERAGE.REPLICATION.page,
    }),
});

/** Both sides of each failover: the machine that has stopped, and the one that runs. */
function failedOverMachines(estate: Estate): readonly Machine[] {
    const failedOver = estate.replicatedItems.filter(({ failedOver }) => valueOf(failedOver) === true);
    const running = new Set(
        failedOver.flatMap(({ failoverMachine }) => {
            const id = parseArmId(valueOf(failoverMachine) ?? "");
            return id === undefined ? [] : [armKey(id)];
        }),
    );
    return [
        ...failedOver.flatMap((item) => {
            const link = estate.machineOf(item);
            return link.state === "linked" ? [link.to] : [];
        }),
        ...(running.size === 0
            ? []
            : estate.machines.filter(({ id }) => id.state === "known" && running.has(armKey(id.value)))),
    ];
}
