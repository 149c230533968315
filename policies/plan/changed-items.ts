import type { Answer } from "../../src/model/answers";
import type { Plan, PlanContent } from "../../src/model/plan";
import type { ReplicatedItem } from "../../src/model/resources";
import type { Message } from "../../src/findings/message";
import { undecidedBy, type Verdict } from "../../src/findings/finding";
import { subjectOf } from "../../src/findings/subject";
import { named, type ReProtection, reProtectionOf } from "../../src/advice/re-protection";
import type { Circumstances } from "../check";
import { identityOf, planPolicy, type PlanPolicy, type PolicyIdentity } from "../policy";

interface ChangedItem<Fact> {
    readonly kind: PlanContent["kind"];
    readonly item: string;
    readonly vm: string;
    readonly reProtection: ReProtection;
    readonly found: Fact;
}

interface ChangedItemPolicy<Fact> extends PolicyIdentity {
    /** @param item in its state before the plan */
    readonly check: (of: { readonly item: ReplicatedItem; readonly plan: Plan }) => Answer<Fact>;
    readonly message: (parameters: ChangedItem<Fact>, circumstances: Circumstances) => Message;
}

/**
 * A policy about what an update makes of a replicated item. It reports on the item as it will be, where the plan changes it
 * in place, else as it was.
 */
export function changedItemPolicy<Fact>(policy: ChangedItemPolicy<Fact>): PlanPolicy {
    const { check, message } = policy;
    return planPolicy<ChangedItem<Fact>>({
        ...identityOf(policy),
        plans: ["update"],
        message,

        *evaluate(plan): Iterable<Verdict<ChangedItem<Fact>>> {
            for (const before of plan.before.replication.items) {
                const answer = check({ item: before, plan });
                yield* undecidedBy(answer);
                const after = plan.stepOf(before).operation === "update" ? plan.afterwards(before) : undefined;
                const [estate, item] = after === undefined ? [plan.before, before] : [plan.after, after];
                const link = estate.protectedVms.of(item);
                const [found] = answer.answer === "yes" ? answer.items : [];
                if (found !== undefined && link.state === "linked") {
                    yield {
                        verdict: "violated",
                        subject: subjectOf(item, link.to),
                        parameters: {
                            kind: plan.kind,
                            item: named(item).name,
                            vm: estate.names.of(link.to),
                            reProtection: reProtectionOf(estate, link.to, item, []),
                            found,
                        },
                    };
                }
            }
        },
    });
}
