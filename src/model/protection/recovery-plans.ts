import { any, type Answer, type OpenQuestion } from "../answers";
import type { Entities } from "../entities";
import type { ResourceIndex } from "../link";
import { pushTo } from "../lists";
import type { ResourcesByKind } from "../external-resources";
import type { RecoveryPlan, ReplicatedItem } from "../resources";

/** Which recovery plans hold which replicated item. */
export class RecoveryPlans {
    /** The plans of the stack. */
    readonly all: readonly RecoveryPlan[];
    private readonly plans = new Map<ReplicatedItem, RecoveryPlan[]>();
    /** Places in plans that any item may stand in. */
    private readonly open: OpenQuestion[] = [];

    constructor(stack: Entities, all: ResourcesByKind, items: ResourceIndex<ReplicatedItem>) {
        this.all = stack.of("recovery plan");
        for (const plan of all.of("recovery plan")) {
            const open = new Set<readonly ReplicatedItem[]>();
            const members = new Set<ReplicatedItem>();
            for (const reference of plan.items) {
                const link = items.follow(reference);
                if (link.state === "linked") {
                    members.add(link.to);
                } else if (link.state === "undecided") {
                    open.add(link.candidates);
                }
                if (link.state === "undecided" && link.candidates.length === 0) {
                    this.open.push({ resource: plan, property: link.property });
                }
            }
            // A plan is made from the very items that it holds, so all candidates are in it, in whatever place.
            open.forEach((candidates) => candidates.forEach((item) => members.add(item)));
            members.forEach((item) => pushTo(this.plans, item, plan));
        }
    }

    /** The plans that surely hold this item. */
    holding(item: ReplicatedItem): readonly RecoveryPlan[] {
        return this.plans.get(item) ?? [];
    }

    /** Whether any plan holds one of these items. */
    holdingAny(items: readonly ReplicatedItem[]): Answer<RecoveryPlan> {
        return any(items.map((item) => this.with(item)));
    }

    private with(item: ReplicatedItem): Answer<RecoveryPlan> {
        const plans = this.plans.get(item);
        if (plans !== undefined) {
            return { answer: "yes", items: plans };
        }
        return this.open.length === 0 ? { answer: "no" } : { answer: "unknown", openQuestions: this.open };
    }
}
