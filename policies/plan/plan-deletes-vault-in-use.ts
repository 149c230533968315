import { displayName } from "../../src/model/ids/display-name";
import { kindName } from "../../src/model/kind-names";
import type { Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { optionIn } from "../../src/advice/snippets";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import type { Circumstances } from "../check";
import { planPolicy } from "../policy";
import { isKeptByImmutability } from "./immutable-item";
import {
    type DeletionInWords,
    deletionsInUse,
    itemInWords,
    itemsOfUnknownVaults,
    listOfItems,
    STALE_LINKS,
    undeleteStep,
    undoStep,
} from "./items-in-use";
import { protectWords } from "./protect";
import { type Tense, tense, occasion, says } from "./tense";
import { type AnyVault, VAULTS } from "../vaults/vaults";

interface Parameters extends DeletionInWords {
    readonly what: AnyVault["kind"];
    /** True for a vault that refuses to delete items before they expire. */
    readonly isImmutable: boolean;
}

/** BCDR606: a vault is deleted with items in it, or before them (INT-62, VLT-31, INT-94). */
export const planDeletesVaultInUse = planPolicy<Parameters>({
    id: "BCDR606",
    name: "plan-deletes-vault-in-use",
    level: "mandatory",
    severity: "critical",
    summary: "The plan deletes a vault with items in it.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps:
        "End protection in order before the change, or let the plan leave it alone; after a change of VM or disks enable replication anew.",

    *evaluate(plan): Iterable<Verdict<Parameters>> {
        // A refresh deletes nothing: it forgets what is no longer there.
        if (plan.kind === "refresh") {
            return;
        }
        yield* itemsOfUnknownVaults(plan);
        for (const { holder: vault, isReplaced, inUse, undecided } of deletionsInUse(plan, VAULTS)) {
            yield* undecided;
            if (inUse.length > 0) {
                yield {
                    verdict: "violated",
                    subject: subjectOf(vault),
                    parameters: {
                        kind: plan.kind,
                        what: vault.kind,
                        name: displayName(vault),
                        isReplaced,
                        isProtected: vault.protect,
                        items: inUse.map((item) => itemInWords(plan, item)),
                        isImmutable: inUse.some(
                            (item) => item.kind === "backup item" && isKeptByImmutability(plan, item).answer === "yes",
                        ),
                    },
                    restsOn: inUse,
                };
            }
        }
    },

    message: (parameters, circumstances): Message => {
        const { kind, what, name, isReplaced, isProtected, items } = parameters;
        const now = tense(kind, circumstances);
        const verb = isReplaced ? "replace" : "delete";
        return {
            headline: headline(
                (quoted) =>
                    `${says(now, `The plan ${verb}s the ${kindName(what)} ${quoted}`, `The ${kindName(what)} ${quoted} has been ${verb}d`)}, which holds ${items.length} ${items.length === 1 ? "item" : "items"}.`,
                name,
            ),
            why: why(parameters),
            details: [...listOfItems(items), ...protectWords(isProtected, now)],
            steps: { occasion: occasion(now), list: steps(parameters, now, circumstances) },
            source: PLANS.VAULT_IN_USE.page,
        };
    },
});

function why({ items, isImmutable }: Parameters): string {
    const { least } = VAULT_SETTINGS.SOFT_DELETE_DAYS.limit;
    const points = items.every(({ kind }) => kind === "replicated item")
        ? "Replication into it has not been disabled, so Azure refuses."
        : isImmutable
          ? "All recovery points in it are at stake. It is immutable: Azure refuses to delete its items before they expire."
          : `All recovery points in it are at stake: items that are deleted stay in soft delete for ${least} days or more, and either keep the vault or vanish with it.`;
    return items.some(({ kind }) => kind === "replicated item")
        ? `${points} Where a vault goes all the same, it ${STALE_LINKS}.`
        : points;
}

function steps({ name, items, isImmutable }: Parameters, now: Tense, circumstances: Circumstances): readonly string[] {
    if (now !== "planned") {
        return [undeleteStep(name)];
    }
    const retained = optionIn(circumstances.language, "retainOnDelete");
    const replicated = items.filter(({ kind }) => kind === "replicated item");
    const backups = items.filter(({ kind }) => kind !== "replicated item");
    return [
        undoStep(name, circumstances),
        `To keep the ${backups.length === 0 ? "replication" : "recovery points"}: set ${retained} on "${name}" and its items, apply, and only then take them out of the program. Pulumi forgets them, and Azure keeps them.`,
        ...(replicated.length === 0
            ? []
            : [
                  `Else end replication in order, one item after the other, such as by ${replicated[0]?.end ?? ""}; then run pulumi refresh.`,
              ]),
        ...(backups.length === 0
            ? []
            : isImmutable
              ? [
                    `Else stop each backup (such as: ${backups[0]?.end ?? ""}) and wait until the recovery points have expired; nothing else makes an immutable vault give them up.`,
                ]
              : [
                    `Else stop each backup (such as: ${backups[0]?.end ?? ""}) and delete it, which cannot be undone once soft delete is over; only then delete "${name}".`,
                ]),
    ];
}
