import { asSteps } from "../../src/advice/fix";
import { kindName } from "../../src/model/kind-names";
import { headline, type Message } from "../../src/findings/message";
import { optionIn } from "../../src/advice/snippets";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import type { Circumstances } from "../check";
import { deletionPolicy } from "./deletions";
import { isKeptByImmutability } from "./immutable-item";
import {
    itemInWords,
    itemsOfUnknownVaults,
    itemsThatNeed,
    listOfItems,
    type NeededDeletion,
    STALE_LINKS,
    undeleteStep,
    undoStep,
} from "./items-in-use";
import { protectWords } from "./protect";
import { type Tense, tense, occasion, saysDeleted } from "./tense";
import { type AnyVault, isVault } from "../vaults/vaults";

interface Parameters extends NeededDeletion {
    readonly what: AnyVault["kind"];
    /** True for a vault that refuses to delete items before they expire. */
    readonly isImmutable: boolean;
}

/** BCDR606: a vault is deleted with items in it, or before them (INT-62, VLT-31, INT-94). */
export const planDeletesVaultInUse = deletionPolicy({
    id: "BCDR606",
    name: "plan-deletes-vault-in-use",
    level: "mandatory",
    severity: "critical",
    summary: "The plan deletes a vault with items in it.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps:
        "End protection in order before the change, or let the plan leave it alone; after a change of VM or disks enable replication anew.",

    // A refresh deletes nothing: it forgets what is no longer there.
    plans: ["update", "destroy"],
    resources: (plan) => plan.before.entities.filter(isVault),
    check: ({ resource: vault, plan }) => [
        ...(vault.kind === "vault" ? itemsOfUnknownVaults(plan, vault) : []),
        ...itemsThatNeed(plan, vault),
    ],
    facts: ({ resource: vault, plan }, items) => ({
        what: vault.kind,
        items: items.map((item) => itemInWords(plan, item)),
        isImmutable: items.some(
            (item) => item.kind === "backup item" && isKeptByImmutability(plan, item).answer === "yes",
        ),
    }),

    message: (parameters, circumstances): Message => {
        const { kind, what, name, isReplaced, isProtected, items } = parameters;
        const now = tense(kind, circumstances);
        return {
            headline: headline(
                (quoted) =>
                    `${saysDeleted(now, isReplaced, `the ${kindName(what)} ${quoted}`)}, which holds ${items.length} ${items.length === 1 ? "item" : "items"}.`,
                name,
            ),
            why: why(parameters),
            facts: [...listOfItems(items), ...protectWords(isProtected, now)],
            fix: { kind: "in order", intro: occasion(now), steps: asSteps(steps(parameters, now, circumstances)) },
            sources: [PLANS.VAULT_IN_USE.page],
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
