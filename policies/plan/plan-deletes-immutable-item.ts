import { asSteps } from "../../src/advice/fix";
import { valueOf } from "../../src/model/values";
import { linkedTo } from "../../src/model/link";
import { WAITING_FOR_DELETION } from "../../src/model/readers/vm-backup-state";
import { withEvidence } from "../../src/model/answers";
import { headline, type Message } from "../../src/findings/message";
import { optionIn } from "../../src/advice/snippets";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import type { Circumstances } from "../check";
import { deletionPolicy } from "./deletions";
import { isKeptByImmutability } from "./immutable-item";
import { itemInWords, listOfItems, type NeededDeletion, undeleteStep, undoStep } from "./items-in-use";
import { protectWords } from "./protect";
import { type Tense, tense, occasion, saysDeleted } from "./tense";

/** BCDR611: an item is deleted that its immutable vault keeps (INT-94). */
export const planDeletesImmutableItem = deletionPolicy({
    id: "BCDR611",
    name: "plan-deletes-immutable-item",
    level: "mandatory",
    severity: "critical",
    summary: "The plan deletes an item that its immutable vault keeps.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "plan", "immutability"],
    remediationSteps: "Stop the backup, and leave the item in the program until its recovery points have expired.",

    plans: ["update", "destroy"],
    resources: (plan) => plan.before.backup.items,
    check: ({ resource: item, plan }) => {
        const vault = linkedTo(plan.before.vaults.of(item));
        // BCDR606 reports a vault that is deleted along with its items, and says that it keeps them.
        const isReported = vault !== undefined && plan.outcomeOf(vault) !== "stays";
        return isReported || valueOf(item.state) === WAITING_FOR_DELETION
            ? []
            : [withEvidence(isKeptByImmutability(plan, item), () => item)];
    },
    facts: ({ resource: item, plan }) => ({ items: [itemInWords(plan, item)] }),

    message: (parameters, circumstances): Message => {
        const { kind, name, isReplaced, isProtected, items } = parameters;
        const now = tense(kind, circumstances);
        return {
            headline: headline(
                (quoted) =>
                    `${saysDeleted(now, isReplaced, `the backup item ${quoted}`)}, which its immutable vault keeps.`,
                name,
            ),
            why: "An immutable vault does not delete an item before its last recovery point has expired. Azure refuses this step, and the update fails there.",
            facts: [...listOfItems(items), ...protectWords(isProtected, now)],
            fix: { kind: "in order", intro: occasion(now), steps: asSteps(steps(parameters, now, circumstances)) },
            sources: [PLANS.IMMUTABLE_ITEM.page],
        };
    },
});

function steps({ name, items }: NeededDeletion, now: Tense, circumstances: Circumstances): readonly string[] {
    if (now !== "planned") {
        return [undeleteStep(name)];
    }
    return [
        undoStep(name, circumstances),
        `To end the backup: ${items[0]?.end ?? ""}, apply, and leave "${name}" in the program until its recovery points have expired.`,
        `To let Pulumi forget it and leave it in Azure: set ${optionIn(circumstances.language, "retainOnDelete")} on "${name}", apply, and only then take it out of the program.`,
    ];
}
