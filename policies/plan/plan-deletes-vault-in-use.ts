import type { Fix, Step } from "../../src/advice/fix";
import { kindName } from "../../src/model/kind-names";
import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import type { Circumstances } from "../check";
import { deletionPolicy } from "./deletions";
import { isKeptByImmutability } from "./immutable-item";
import {
    disableAll,
    forgetStep,
    itemInWords,
    itemsOfUnknownVaults,
    itemsThatNeed,
    keepStep,
    listOfItems,
    type NeededDeletion,
    STALE_LINKS,
    undeleteStep,
} from "./items-in-use";
import { protectFacts } from "./protect";
import { oneOf, saysDeleted, type Tense, tense } from "./tense";
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
    summary: "The plan deletes a vault that still contains items.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps: "Keep the vault, or disable replication and stop all backups in it before you delete it.",

    // A refresh deletes nothing: it drops from the state what Azure no longer has.
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
        const count = items.length === 1 ? "1 item" : `${items.length} items`;
        return {
            headline: headline(
                (vault) =>
                    `${saysDeleted(now, isReplaced, `${kindName(what)} ${vault}`)}${now === "planned" ? ", which still contains" : ", which contained"} ${count}.`,
                name,
            ),
            why: why(parameters),
            facts: [...listOfItems(items), ...protectFacts(name, isProtected, now)],
            fix: fix(parameters, now, circumstances),
            sources: [PLANS.VAULT_IN_USE.page],
        };
    },
});

function parts(items: Parameters["items"]): Readonly<Record<"replicated" | "backups", Parameters["items"]>> {
    return {
        replicated: items.filter(({ kind }) => kind === "replicated item"),
        backups: items.filter(({ kind }) => kind !== "replicated item"),
    };
}

function why({ items, isImmutable }: Parameters): string {
    const { replicated, backups } = parts(items);
    if (backups.length === 0) {
        return `Azure refuses the deletion until replication into the vault is disabled. A forced deletion ${STALE_LINKS}`;
    }
    const points = isImmutable
        ? "All recovery points in it are at risk, and Azure refuses to delete items of an immutable vault before they expire."
        : `All recovery points in it are at risk: items in soft delete (${VAULT_SETTINGS.SOFT_DELETE_DAYS.limit.least} days or more) block the deletion, or are lost with the vault.`;
    return replicated.length === 0 ? points : `${points} A forced deletion also ${STALE_LINKS}`;
}

function fix(parameters: Parameters, now: Tense, circumstances: Circumstances): Fix {
    const { name } = parameters;
    return oneOf(
        now,
        now === "planned"
            ? [
                  keepStep(name, circumstances),
                  forgetStep(parameters, `"${name}" and its items`, "them", circumstances),
                  emptyFirst(parameters),
              ]
            : [undeleteStep(`"${name}" and its items`, "them")],
    );
}

/** The order in which a vault can be deleted (VLT-31). */
function emptyFirst({ name, items, isImmutable }: Parameters): Step {
    const { replicated, backups } = parts(items);
    const disable = "disable replication of its VMs. Wait for the jobs to finish, then refresh:";
    if (backups.length === 0) {
        return { do: `To delete "${name}", first ${disable}`, ...disableAll(replicated) };
    }
    const empty = isImmutable
        ? `stop each backup in it, and wait until its recovery points have expired.`
        : `stop each backup in it, and delete its data.`;
    const lost = isImmutable
        ? "Nothing else makes an immutable vault delete them."
        : "You cannot undo that after soft delete has ended.";
    const where = backups.find(({ stoppedBy }) => stoppedBy !== undefined)?.stoppedBy;
    const also = replicated.length === 0 ? undefined : disableAll(replicated);
    return {
        do: `To delete "${name}", first ${empty}${also === undefined ? "" : ` Also ${disable}`}`,
        ...(also?.commands === undefined ? {} : { commands: also.commands }),
        ...(where === undefined ? {} : { where }),
        note: [lost, ...(also?.note === undefined ? [] : [also.note])].join(" "),
    };
}
