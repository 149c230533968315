import type { Fix, Step } from "../../src/advice/fix";
import { quoteWord } from "../../src/advice/azure-cli";
import type { Plan } from "../../src/model/plan";
import { valueOf } from "../../src/model/values";
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
    /** Lists the deleted vaults of its region; undefined for a Backup vault, and where the place is not known. */
    readonly listCommand: string | undefined;
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
        listCommand: listCommand(plan, vault),
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
            facts: [
                ...listOfItems(items),
                ...(isReplaced && what === "vault" && parts(items).backups.length > 0
                    ? ["The new vault is empty: the old recovery points stay with the deleted one."]
                    : []),
                ...protectFacts(name, isProtected, now),
            ],
            fix: fix(parameters, now, circumstances),
            sources: [PLANS.VAULT_IN_USE.page],
        };
    },
});

function listCommand({ before }: Plan, vault: AnyVault): string | undefined {
    const [id, region] = [valueOf(vault.id), valueOf(before.regions.of(vault))];
    const subscription = id?.subscription;
    return vault.kind === "backup vault" || subscription === undefined || region === undefined
        ? undefined
        : `az backup deleted-vault list --subscription ${quoteWord(subscription)} --location ${quoteWord(region)}`;
}

function parts(items: Parameters["items"]): Readonly<Record<"replicated" | "backups", Parameters["items"]>> {
    return {
        replicated: items.filter(({ kind }) => kind === "replicated item"),
        backups: items.filter(({ kind }) => kind !== "replicated item"),
    };
}

function afterDeletion(what: AnyVault["kind"]): string {
    return what === "vault"
        ? `Soft delete then keeps them with the vault for ${VAULT_SETTINGS.SOFT_DELETE_DAYS.limit.least} days or more.`
        : `With an API version before ${VAULT_SETTINGS.SOFT_DELETE_IN_BACKUP_VAULTS.limit.sinceApi}, items in soft delete block the deletion, too.`;
}

function why({ what, items, isImmutable }: Parameters): string {
    const { replicated, backups } = parts(items);
    if (backups.length === 0) {
        return `Azure refuses the deletion until replication into the vault is disabled. A forced deletion ${STALE_LINKS}`;
    }
    const points = isImmutable
        ? "All recovery points in it are at risk, and Azure refuses to delete items of an immutable vault before they expire."
        : `All recovery points in it are at risk. Azure deletes the vault once every backup in it is stopped and deleted. ${afterDeletion(what)}`;
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
            : [undeleteVault(parameters)],
    );
}

/** Azure keeps a deleted vault under a separate ID, which only a list tells. */
function undeleteVault({ name, listCommand }: Parameters): Step {
    const step = undeleteStep(`"${name}" and its items`, "them");
    return listCommand === undefined
        ? step
        : {
              ...step,
              commands: [listCommand, "az backup deleted-vault undelete --ids '<ID of the deleted vault>'"],
              note: "The first command lists the ID of the deleted vault.",
          };
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
