import { subscriptionKey } from "../../src/model/ids/arm-id";
import { all, type Answer, NO, unknownAnswer, YES } from "../../src/model/answers";
import type { Estate } from "../../src/model/estate";
import { pushTo } from "../../src/model/lists";
import type { RecoveryPlan, ReplicatedItem } from "../../src/model/resources";
import { Undecideds, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { type Names, namesOf, quoted } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { NIST } from "../../src/facts/frameworks";
import { READINESS } from "../../src/facts/readiness";
import { stackPolicy } from "../policy";

interface Parameters {
    readonly vm: string;
    readonly item: string;
    readonly plans: Names;
}

/** BCDR413: a replicated VM in none of the recovery plans, in a stack that has some. */
export const vmInNoRecoveryPlan = stackPolicy<Parameters>({
    kinds: ["replicated item"],
    id: "BCDR413",
    name: "vm-in-no-recovery-plan",
    level: "advisory",
    severity: "low",
    summary: "A replicated VM is in no recovery plan.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Add the replicated item to a recovery plan of its vault, and run a test failover.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        // A plan takes items of its own vault alone, so those of other subscriptions do not come into question.
        const bySubscription = plansBySubscription(estate.recoveryPlans.all);
        const undecideds = new Undecideds();
        const inResiliencePlan = isInResiliencePlan(estate);
        for (const vm of bySubscription.size === 0 ? [] : estate.vms) {
            const replication = estate.replication.of(vm);
            if (replication.answer !== "yes") {
                continue;
            }
            const [item] = replication.items;
            const plans = item && bySubscription.get(subscriptionKey(item.subscription));
            if (item === undefined || plans === undefined) {
                continue;
            }
            const isTakenByPlans = outsideOfClusters(estate, replication.items);
            if (isTakenByPlans.answer !== "yes") {
                yield* undecideds.of(isTakenByPlans);
                continue;
            }
            const inPlan = estate.recoveryPlans.holdingAny(replication.items);
            if (inPlan.answer === "unknown") {
                yield* undecideds.of(inPlan);
            } else if (inPlan.answer === "no" && inResiliencePlan.answer === "unknown") {
                yield* undecideds.of(inResiliencePlan);
            } else if (inPlan.answer === "no") {
                yield {
                    verdict: "violated",
                    subject: subjectOf(vm.urn === undefined ? item : vm, vm),
                    parameters: { vm: estate.names.of(vm), item: named(item).name, plans },
                    restsOn: replication.items,
                };
            }
        }
    },

    message: ({ vm, item, plans }): Message => ({
        headline: headline((name) => `VM ${name} is replicated, but it is in no recovery plan of this stack.`, vm),
        why: "A failover by recovery plan skips this VM. Someone then has to fail it over by hand.",
        fix: {
            kind: "in order",
            intro: "To fail it over with the others, in this order:",
            steps: [
                {
                    do: `Add "${item}" to a group of ${plans.count > MOST_PLANS ? "a recovery plan" : `recovery plan ${quoted(plans, MOST_PLANS, " or ")}`}.`,
                    note: "A plan takes only items of its own vault.",
                },
                { do: "Run a test failover of that plan." },
            ],
        },
        sources: [READINESS.RECOVERY_PLAN.page],
    }),
});

/** No plan takes a VM of a cluster with shared disks, which BCDR229 speaks of. */
function outsideOfClusters(estate: Estate, items: readonly ReplicatedItem[]): Answer {
    return all(
        items.map((item) => {
            const cluster = estate.replication.clusterOf(item);
            switch (cluster.state) {
                case "none":
                    return YES;
                case "undecided":
                    return unknownAnswer(item, cluster.property);
                default:
                    return NO;
            }
        }),
    );
}

/** The plans of Azure Resilience Management get their VMs from a service group, which no program shows. */
function isInResiliencePlan(estate: Estate): Answer {
    const plan = estate.all("resilience recovery plan").find(({ skipped }) => !skipped);
    return plan === undefined ? NO : unknownAnswer(plan, "properties.recoveryGroupsSetting", "external");
}

/** More names than these would bury the rest of the sentence. */
const MOST_PLANS = 5;

function plansBySubscription(every: readonly RecoveryPlan[]): ReadonlyMap<string, Names> {
    const plans = new Map<string, RecoveryPlan[]>();
    every.forEach((plan) => pushTo(plans, subscriptionKey(plan.subscription), plan));
    return new Map([...plans].map(([subscription, some]) => [subscription, namesOf(some, (plan) => named(plan).name)]));
}
