import type { Answer, OpenQuestion } from "./answer";
import type { Directory } from "./link";
import type { RecoveryPlan, ReplicatedItem } from "./model";

/** Which recovery plans hold which replicated item. */
export class RecoveryPlans {
    private readonly plans = new Map<ReplicatedItem, Set<RecoveryPlan>>();
    /** Places in plans that any item may stand in. */
    private readonly open: OpenQuestion[] = [];

    constructor(plans: readonly RecoveryPlan[], items: Directory<ReplicatedItem>) {
        for (const plan of plans) {
            for (const reference of plan.items) {
                const link = items.follow(reference);
                // A plan is made from the very items that it holds, so all candidates are in it, in whatever place.
                const members = link.state === "linked" ? [link.to] : link.state === "undecided" ? link.candidates : [];
                members.forEach((item) => this.plans.set(item, (this.plans.get(item) ?? new Set()).add(plan)));
                if (link.state === "undecided" && members.length === 0) {
                    this.open.push({ resource: plan, property: link.property });
                }
            }
        }
    }

    with(item: ReplicatedItem): Answer<RecoveryPlan> {
        const plans = this.plans.get(item);
        if (plans !== undefined) {
            return { answer: "yes", items: [...plans] };
        }
        return this.open.length === 0 ? { answer: "no" } : { answer: "undecided", openQuestions: this.open };
    }
}
