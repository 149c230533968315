import type { Directory } from "./link";
import type { RecoveryPlan, ReplicatedItem } from "./model";

/** Which recovery plans hold which replicated item. */
export class RecoveryPlans {
    private readonly plans = new Map<ReplicatedItem, Set<RecoveryPlan>>();

    constructor(plans: readonly RecoveryPlan[], items: Directory<ReplicatedItem>) {
        for (const plan of plans) {
            for (const reference of plan.items) {
                const link = items.follow(reference);
                // A plan is made from the very items that it holds, so all candidates are in it, in whatever place.
                const members = link.state === "linked" ? [link.to] : link.state === "undecided" ? link.candidates : [];
                members.forEach((item) => this.plans.set(item, (this.plans.get(item) ?? new Set()).add(plan)));
            }
        }
    }

    with(item: ReplicatedItem): readonly RecoveryPlan[] {
        return [...(this.plans.get(item) ?? [])];
    }
}
