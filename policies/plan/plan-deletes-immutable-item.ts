import { valueOf } from "../../src/model/values";
import { linkedTo } from "../../src/model/link";
import { WAITING_FOR_DELETION } from "../../src/model/readers/vm-backup-state";
import { undecidedBy, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { named } from "../../src/advice/re-protection";
import { optionIn } from "../../src/advice/snippets";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import type { Circumstances } from "../check";
import { planPolicy } from "../policy";
import { isKeptByImmutability } from "./immutable-item";
import { type DeletionInWords, itemInWords, listOfItems, undeleteStep, undoStep } from "./items-in-use";
import { protectWords } from "./protect";
import { type Tense, tense, occasion, says } from "./tense";

/** BCDR611: an item is deleted that its immutable vault keeps (INT-94). */
export const planDeletesImmutableItem = planPolicy<DeletionInWords>({
    id: "BCDR611",
    name: "plan-deletes-immutable-item",
    level: "mandatory",
    severity: "critical",
    summary: "The plan deletes an item that its immutable vault keeps.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "plan", "immutability"],
    remediationSteps: "Stop the backup, and leave the item in the program until its recovery points have expired.",

    *evaluate(plan): Iterable<Verdict<DeletionInWords>> {
        if (plan.kind === "refresh") {
            return;
        }
        for (const item of plan.before.backup.items) {
            const vault = linkedTo(plan.before.vaults.of(item));
            const outcome = plan.outcomeOf(item);
            // BCDR606 reports a vault that is deleted along with its items.
            const isReported = vault !== undefined && plan.outcomeOf(vault) !== "stays";
            if (outcome === "stays" || isReported || valueOf(item.state) === WAITING_FOR_DELETION) {
                continue;
            }
            const kept = isKeptByImmutability(plan, item);
            yield* undecidedBy(kept);
            if (kept.answer === "yes") {
                yield {
                    verdict: "violated",
                    subject: subjectOf(item, linkedTo(plan.before.protectedVms.of(item))),
                    parameters: {
                        kind: plan.kind,
                        name: named(item).name,
                        isReplaced: outcome === "made anew",
                        isProtected: item.protect,
                        items: [itemInWords(plan, item)],
                    },
                };
            }
        }
    },

    message: (parameters, circumstances): Message => {
        const { kind, name, isReplaced, isProtected, items } = parameters;
        const now = tense(kind, circumstances);
        const verb = isReplaced ? "replace" : "delete";
        return {
            headline: headline(
                (quoted) =>
                    `${says(now, `The plan ${verb}s the backup item ${quoted}`, `The backup item ${quoted} has been ${verb}d`)}, which its immutable vault keeps.`,
                name,
            ),
            why: "An immutable vault does not delete an item before its last recovery point has expired. Azure refuses this step, and the update fails there.",
            details: [...listOfItems(items), ...protectWords(isProtected, now)],
            steps: { occasion: occasion(now), list: steps(parameters, now, circumstances) },
            source: PLANS.IMMUTABLE_ITEM.page,
        };
    },
});

function steps({ name, items }: DeletionInWords, now: Tense, circumstances: Circumstances): readonly string[] {
    if (now !== "planned") {
        return [undeleteStep(name)];
    }
    return [
        undoStep(name, circumstances),
        `To end the backup: ${items[0]?.end ?? ""}, apply, and leave "${name}" in the program until its recovery points have expired.`,
        `To let Pulumi forget it and leave it in Azure: set ${optionIn(circumstances.language, "retainOnDelete")} on "${name}", apply, and only then take it out of the program.`,
    ];
}
