import type { Plan, PlanContent } from "../../estate/plan";
import type { Verdict } from "../../findings/finding";
import { headline, type Message } from "../../findings/message";
import { subjectOf } from "../../findings/subject";
import { listed } from "../../guidance/names";
import { reProtectionSteps, type ReProtection } from "../../guidance/re-protection";
import { PLANS } from "../../support/plans";
import { diskChanges, reProtectionOfChanged } from "../disk-changes";
import { happening, says } from "../happening";
import type { Rule } from "../rule";

interface Parameters {
    readonly kind: PlanContent["kind"];
    readonly machine: string;
    readonly removed: readonly string[];
    readonly reProtection: ReProtection;
}

/** BCDR608: a data disk that replication knows is taken off its machine, which Site Recovery does not support (INT-11). */
export const removesReplicatedDataDisk: Rule<Plan, unknown, Parameters> = {
    id: "BCDR608",
    finds: "a data disk that is removed from a machine that stays replicated",

    *evaluate(plan): Iterable<Verdict<Parameters>> {
        for (const changes of diskChanges(plan)) {
            const { machine, machineAfterwards, removed, open } = changes;
            for (const { resource, property, is } of open) {
                if (is === "swapped or removed") {
                    yield { verdict: "undecided", openQuestion: { resource, property } };
                }
            }
            if (removed.length === 0) {
                continue;
            }
            const names = removed.map((disk) => plan.before.nameOfDisk(machine, disk));
            yield {
                verdict: "violated",
                subject: subjectOf(machineAfterwards, machineAfterwards),
                parameters: {
                    kind: plan.kind,
                    machine: plan.after.nameOf(machineAfterwards),
                    removed: names,
                    reProtection: reProtectionOfChanged(plan, changes, [], names),
                },
                restsOn: [changes.item],
            };
        }
    },

    tell: ({ kind, machine, removed, reProtection }, circumstances): Message => {
        const now = happening(kind, circumstances);
        const disks = removed.length === 1 ? "data disk" : "data disks";
        const have = removed.length === 1 ? "has" : "have";
        return {
            headline: headline(
                (name, disk) =>
                    `${says(now, `The plan removes the ${disks} ${disk} from the replicated machine ${name}`, `The ${disks} ${disk} ${have} been removed from the replicated machine ${name}`)}.`,
                machine,
                listed(removed),
            ),
            why: "Removing a disk from a replicated machine is not supported: the item goes on listing it, and replication of the machine as it is does not go on until it is disabled and enabled again.",
            steps: reProtectionSteps({ ...reProtection, isUnchanged: now !== "planned" }, circumstances.dryRun),
            source: PLANS.DISK_REMOVED.page,
        };
    },
};
