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
import { tense, occasion, says } from "./tense";
import { protectWords } from "./protect";

interface Parameters {
    readonly kind: PlanContent["kind"];
    readonly vm: string;
    readonly item: string;
    readonly isReplaced: boolean;
    readonly isProtected: boolean;
    /** The VM that runs now. */
    readonly failoverVm: string | undefined;
    readonly disableCommand: string | undefined;
}

/** BCDR605: Site Recovery needs the source VM to re-protect one that has failed over (INT-42, INT-43). */
export const planDeletesFailoverSource = planPolicy<Parameters>({
    id: "BCDR605",
    name: "plan-deletes-failover-source",
    level: "mandatory",
    severity: "critical",
    summary: "The plan deletes the source VM of a failover.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps:
        "End protection in order before the change, or let the plan leave it alone; after a change of VM or disks enable replication anew.",

    *evaluate(plan): Iterable<Verdict<Parameters>> {
        for (const item of plan.before.replication.items) {
            const link = plan.before.protectedVms.of(item);
            const vm = link.state === "linked" ? link.to : undefined;
            const isFailedOver = item.failedOver.state === "unknown" || valueOf(item.failedOver) === true;
            if (vm === undefined || !isFailedOver || plan.outcomeOf(item) !== "stays") {
                continue;
            }
            const outcome = plan.outcomeOf(vm);
            if (outcome === "stays") {
                continue;
            }
            if (item.failedOver.state === "unknown") {
                yield undecided(item, item.failedOver.property);
                continue;
            }
            const running = valueOf(item.failoverVm);
            const id = running === undefined ? undefined : parseArmId(running);
            yield {
                verdict: "violated",
                subject: subjectOf(vm, vm),
                parameters: {
                    kind: plan.kind,
                    vm: plan.before.names.of(vm),
                    item: named(item).name,
                    isReplaced: outcome === "made anew",
                    isProtected: vm.protect,
                    failoverVm: id && nameOf(id),
                    disableCommand: disableReplicationCommand(item),
                },
                restsOn: [item],
            };
        }
    },

    message: ({ kind, vm, item, isReplaced, isProtected, failoverVm, disableCommand }, circumstances): Message => {
        const now = tense(kind, circumstances);
        const verb = isReplaced ? "replace" : "delete";
        const running = failoverVm === undefined ? "the VM that runs now" : `"${failoverVm}" (the VM that runs now)`;
        const disable = `Disable replication: ${disableCommand ?? `in the vault of "${item}", Replicated items > Disable replication`}; then pulumi refresh.`;
        return {
            headline: headline(
                (name) =>
                    `${says(now, `The plan ${verb}s VM ${name}, which has failed over and is not re-protected`, `VM ${name}, which has failed over and is not re-protected, has been ${verb}d`)}.`,
                vm,
            ),
            why: `Site Recovery re-protects ${running} onto the VM and the disks that it came from. Without them there is no way back, and no replication, until it is set up anew from the other region.`,
            details: protectWords(isProtected, now),
            steps: {
                occasion: occasion(now),
                list:
                    now === "planned"
                        ? [
                              `Leave "${vm}" and its disks alone until "${item}" is re-protected: undo that change of the program.`,
                              `Commit the failover and re-protect "${item}" (Recovery Services vault > Replicated items > Re-protect). Site Recovery then removes what it no longer needs by itself.`,
                              `If "${vm}" must go at once: it cannot be re-protected any longer. ${disable} Then enable replication of ${running} anew, from the region in which it runs.`,
                          ]
                        : [
                              disable,
                              `Enable replication of ${running} anew, from the region in which it runs.`,
                              `Set up backup of ${running} in a vault of that region.`,
                          ],
            },
            source: PLANS.SOURCE_VM.page,
        };
    },
});
