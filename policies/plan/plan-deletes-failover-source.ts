import { nameOf, parseArmId } from "../../src/model/ids/arm-id";
import { valueOf } from "../../src/model/values";
import type { PlanContent } from "../../src/model/plan";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { named } from "../../src/advice/re-protection";
import { disableReplicationCommand } from "../../src/advice/replication";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import { planPolicy } from "../policy";
import { happening, occasion, says } from "./happening";
import { protectWords } from "./protect";

interface Parameters {
    readonly kind: PlanContent["kind"];
    readonly machine: string;
    readonly item: string;
    readonly isReplaced: boolean;
    readonly isProtected: boolean;
    /** The machine that runs now. */
    readonly failoverMachine: string | undefined;
    readonly disableCommand: string | undefined;
}

/** BCDR605: Site Recovery needs the source machine to re-protect one that has failed over (INT-42, INT-43). */
export const planDeletesFailoverSource = planPolicy<Parameters>({
    id: "BCDR605",
    name: "plan-deletes-failover-source",
    level: "mandatory",
    severity: "critical",
    summary: "The plan deletes the source VM of a failover.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps:
        "End protection in order before the change, or let the plan leave it alone; after a change of machine or disks enable replication anew.",

    *evaluate(plan): Iterable<Verdict<Parameters>> {
        for (const item of plan.before.replicatedItems) {
            const link = plan.before.machineOf(item);
            const machine = link.state === "linked" ? link.to : undefined;
            const isFailedOver = item.failedOver.state === "unknown" || valueOf(item.failedOver) === true;
            if (machine === undefined || !isFailedOver || plan.fateOf(item) !== "stays") {
                continue;
            }
            const fate = plan.fateOf(machine);
            if (fate === "stays") {
                continue;
            }
            if (item.failedOver.state === "unknown") {
                yield undecided(item, item.failedOver.property);
                continue;
            }
            const running = valueOf(item.failoverMachine);
            const id = running === undefined ? undefined : parseArmId(running);
            yield {
                verdict: "violated",
                subject: subjectOf(machine, machine),
                parameters: {
                    kind: plan.kind,
                    machine: plan.before.nameOf(machine),
                    item: named(item).name,
                    isReplaced: fate === "made anew",
                    isProtected: machine.protect,
                    failoverMachine: id && nameOf(id),
                    disableCommand: disableReplicationCommand(item),
                },
                restsOn: [item],
            };
        }
    },

    tell: (
        { kind, machine, item, isReplaced, isProtected, failoverMachine, disableCommand },
        circumstances,
    ): Message => {
        const now = happening(kind, circumstances);
        const verb = isReplaced ? "replace" : "delete";
        const running =
            failoverMachine === undefined
                ? "the machine that runs now"
                : `"${failoverMachine}" (the machine that runs now)`;
        const disable = `Disable replication: ${disableCommand ?? `in the vault of "${item}", Replicated items > Disable replication`}; then pulumi refresh.`;
        return {
            headline: headline(
                (name) =>
                    `${says(now, `The plan ${verb}s machine ${name}, which has failed over and is not re-protected`, `Machine ${name}, which has failed over and is not re-protected, has been ${verb}d`)}.`,
                machine,
            ),
            why: `Site Recovery re-protects ${running} onto the machine and the disks that it came from. Without them there is no way back, and no replication, until it is set up anew from the other region.`,
            details: protectWords(isProtected, now),
            steps: {
                occasion: occasion(now),
                list:
                    now === "planned"
                        ? [
                              `Leave "${machine}" and its disks alone until "${item}" is re-protected: undo that change of the program.`,
                              `Commit the failover and re-protect "${item}" (Recovery Services vault > Replicated items > Re-protect). Site Recovery then removes what it no longer needs by itself.`,
                              `If "${machine}" must go at once: it cannot be re-protected any longer. ${disable} Then enable replication of ${running} anew, from the region in which it runs.`,
                          ]
                        : [
                              disable,
                              `Enable replication of ${running} anew, from the region in which it runs.`,
                              `Set up backup of ${running} in a vault of that region.`,
                          ],
            },
            source: PLANS.SOURCE_MACHINE.page,
        };
    },
});
