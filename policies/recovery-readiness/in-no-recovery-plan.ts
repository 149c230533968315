import { subscriptionKey } from "../../estate/arm-id";
import { valueOf } from "../../estate/known";
import { append } from "../../estate/lists";
import type { AzureResource, RecoveryPlan, ReplicatedItem } from "../../estate/model";
import { Undecideds, type Verdict } from "../../findings/finding";
import { headline, type Message } from "../../findings/message";
import { subjectOf } from "../../findings/subject";
import { named } from "../../guidance/re-protection";
import { READINESS } from "../../support/readiness";
import type { StackSubject } from "../policy";
import type { Rule } from "../rule";

interface Parameters {
    readonly machine: string;
    readonly item: string;
    readonly plans: readonly string[];
}

/** BCDR413: a replicated machine in none of the recovery plans, in a stack that has some. */
export const inNoRecoveryPlan: Rule<StackSubject, unknown, Parameters> = {
    id: "BCDR413",
    finds: "a replicated machine in no recovery plan",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        const bySubscription = new Map<string | undefined, RecoveryPlan[]>();
        estate.recoveryPlans.forEach((plan) => append(bySubscription, subscriptionOf(plan), plan));
        const undecideds = new Undecideds();
        for (const machine of bySubscription.size === 0 ? [] : estate.machines) {
            const replication = estate.replication(machine);
            if (replication.answer !== "yes") {
                continue;
            }
            const [item] = replication.items;
            const plans = item === undefined ? [] : plansFor(bySubscription, item);
            if (plans.length === 0) {
                continue;
            }
            const inPlan = estate.inRecoveryPlan(replication.items);
            if (inPlan.answer === "undecided") {
                yield* undecideds.of(inPlan);
            } else if (inPlan.answer === "no" && item !== undefined) {
                yield {
                    verdict: "violated",
                    subject: subjectOf(machine.urn === undefined ? item : machine, machine),
                    parameters: {
                        machine: estate.nameOf(machine),
                        item: named(item).name,
                        plans: plans.map((plan) => named(plan).name),
                    },
                    restsOn: [...replication.items, ...plans],
                };
            }
        }
    },

    tell: ({ machine, item, plans }): Message => ({
        headline: headline(
            (name) => `Machine ${name} is replicated, and no recovery plan of this stack has it.`,
            machine,
        ),
        why: "Whoever fails over by a recovery plan leaves this machine behind, and it then has to be failed over by hand.",
        steps: {
            occasion: "To have it fail over with the others:",
            list: [
                `Add "${item}" to a group of ${plans.length > 5 ? "a recovery plan" : plans.map((name) => `"${name}"`).join(" or ")}; a plan takes the items of its own vault.`,
                "Run a test failover of the plan.",
            ],
        },
        source: READINESS.RECOVERY_PLAN.page,
    }),
};

/** The plans that could have an item: those of its own subscription, and any whose subscription nothing tells. */
function plansFor(
    plans: ReadonlyMap<string | undefined, readonly RecoveryPlan[]>,
    item: ReplicatedItem,
): readonly RecoveryPlan[] {
    const subscription = subscriptionOf(item);
    return subscription === undefined
        ? [...plans.values()].flat()
        : [...(plans.get(subscription) ?? []), ...(plans.get(undefined) ?? [])];
}

function subscriptionOf({ id }: AzureResource): string | undefined {
    const known = valueOf(id);
    return known && subscriptionKey(known);
}
