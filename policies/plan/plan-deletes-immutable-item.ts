import type { Fix } from "../../src/advice/fix";
import { valueOf } from "../../src/model/values";
import { linkedTo } from "../../src/model/link";
import { WAITING_FOR_DELETION } from "../../src/model/readers/vm-backup-state";
import { withEvidence } from "../../src/model/answers";
import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import type { Provider } from "../../src/model/ids/type-token";
import type { Circumstances } from "../check";
import { type DeletionInWords, deletionPolicy } from "./deletions";
import { isKeptByImmutability } from "./immutable-item";
import { forgetStep, keepStep, stoppedBy, undeleteStep } from "./items-in-use";
import { protectFacts } from "./protect";
import { oneOf, saysDeleted, type Tense, tense } from "./tense";

interface Facts {
    readonly provider: Provider;
}

/** BCDR611: an item is deleted that its immutable vault keeps (INT-94). */
export const planDeletesImmutableItem = deletionPolicy({
    id: "BCDR611",
    name: "plan-deletes-immutable-item",
    level: "mandatory",
    severity: "critical",
    summary: "The plan deletes a backup item that its immutable vault keeps.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "plan", "immutability"],
    remediationSteps: "Stop the backup, and keep the item in the program until its recovery points have expired.",

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
    facts: ({ resource: item }): Facts => ({ provider: item.provider }),

    message: (parameters, circumstances): Message => {
        const { kind, name, isReplaced, isProtected } = parameters;
        const now = tense(kind, circumstances);
        return {
            headline: headline(
                (quoted) =>
                    `${saysDeleted(now, isReplaced, `backup item ${quoted}`)}, but its immutable vault refuses that.`,
                name,
            ),
            why: "An immutable vault keeps an item until its last recovery point has expired. Azure refuses the deletion, and the update fails.",
            facts: protectFacts(name, isProtected, now),
            fix: fix(parameters, now, circumstances),
            sources: [PLANS.IMMUTABLE_ITEM.page],
        };
    },
});

function fix(parameters: DeletionInWords & Facts, now: Tense, circumstances: Circumstances): Fix {
    const { name, provider } = parameters;
    return oneOf(
        now,
        now === "planned"
            ? [
                  keepStep(name, circumstances),
                  {
                      do: `To end the backup, stop it in "${name}". Keep the item in the program until its recovery points have expired.`,
                      where: stoppedBy(provider),
                  },
                  forgetStep(parameters, `"${name}"`, "it", circumstances),
              ]
            : [undeleteStep(`"${name}"`, "it")],
    );
}
