import type { VirtualMachine, ReplicatedItem } from "../../src/model/resources";
import type { Plan } from "../../src/model/plan";
import { type Answer, NO, YES } from "../../src/model/answers";

/** What the policies about plans share about replicated items. */

/** The items that the plan keeps: they still replicate the VM as it was. */
export function stayingItems(plan: Plan, items: readonly ReplicatedItem[]): readonly ReplicatedItem[] {
    return items.filter((item) => plan.outcomeOf(item) === "stays");
}

/** Whether the plan enables replication of a VM again: then the new item replicates the VM as it will be. */
export function isReplicatedAnew(plan: Plan, vmAfterwards: VirtualMachine): Answer {
    const replication = plan.after.replication.of(vmAfterwards);
    switch (replication.answer) {
        case "yes":
            return replication.items.some(({ lifetime, skipped }) => lifetime === "new" && !skipped) ? YES : NO;
        case "unknown":
            return { answer: "unknown", openQuestions: replication.openQuestions };
        case "no":
            return NO;
    }
}
