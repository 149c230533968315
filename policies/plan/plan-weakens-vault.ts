import { type Answer, NO } from "../../src/model/answers";
import { kindName } from "../../src/model/kind-names";
import { mapValue, withDefault } from "../../src/model/values";
import type { Setting } from "../../src/model/resources";
import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { planPolicy } from "../policy";
import { type AnyVault, isVault } from "../vaults/vaults";
import { capitalised, tense, says } from "./tense";
import { type Cut, inWords, less, setBack, undoOrExempt, type Weakening, weakened } from "./weakening";

/** BCDR612: a vault's soft delete or immutability is weakened, so that backups are easier to destroy (VLT-26). */
export const planWeakensVault = planPolicy<Weakening>({
    id: "BCDR612",
    name: "plan-weakens-vault",
    level: "advisory",
    severity: "medium",
    summary: "The plan weakens a vault's soft delete or immutability.",
    framework: NIST.PROTECTED_BACKUP,
    tags: ["azure-backup", "plan", "soft-delete", "immutability"],
    remediationSteps:
        "Undo the change. If less protection is enough, exempt the finding with a reason and an end date.",

    evaluate: (plan) =>
        weakened(plan, (before, after) => (isVault(before) && isVault(after) ? comparisonsOf(before, after) : [])),

    message: ({ kind, what, name, cuts }, circumstances): Message => {
        const now = tense(kind, circumstances);
        const [first, ...others] = cuts.map(inWords);
        return {
            headline: headline(
                (vault) =>
                    `${says(now, `The plan weakens ${what} ${vault}`, `${what} ${vault} was weakened`)}: ${first ?? ""}.`,
                name,
            ),
            why: "Soft delete and immutability protect backups from being deleted, by mistake or on purpose. Attackers switch them off first.",
            facts: [
                ...others.map(capitalised),
                ...(what === kindName("vault") && cuts.some((cut) => cut.what === SOFT_DELETE_IN_WORDS)
                    ? ["Azure refuses to turn soft delete off for a Recovery Services vault, or ignores the setting."]
                    : []),
            ],
            fix: undoOrExempt(now, [setBack(name, cuts)]),
            sources: [PLANS.WEAKENED.page],
        };
    },
});

const SOFT_DELETE_IN_WORDS = "soft delete";

function comparisonsOf(before: AnyVault, after: AnyVault): readonly Answer<Cut>[] {
    const { SOFT_DELETE, SOFT_DELETE_DAYS, IMMUTABILITY } = VAULT_SETTINGS;
    const onOff = (isOn: number): string => JSON.stringify(after.softDelete.words[isOn === 1 ? "on" : "off"]);
    const asNumber = ({ value, property }: Setting<boolean>): Setting<number> => ({
        property,
        value: mapValue(withDefault(value, SOFT_DELETE.limit.whenUnset), (isOn) => (isOn ? 1 : 0)),
    });
    const days = ({ value, property }: Setting<number>): Setting<number> => ({
        property,
        value: withDefault(value, SOFT_DELETE_DAYS.limit.whenUnset),
    });
    const rank = ({ value, property }: Setting<string>): Setting<number> => ({
        property,
        value: mapValue(withDefault(value, IMMUTABILITY.limit.whenUnset), (state) =>
            RANKS.indexOf(state.toLowerCase()),
        ),
    });
    const inDays = (value: number): string => `${value} ${value === 1 ? "day" : "days"}`;
    return [
        less(SOFT_DELETE_IN_WORDS, after, asNumber(before.softDelete), asNumber(after.softDelete), onOff, undefined),
        before.softDeleteDays === undefined || after.softDeleteDays === undefined
            ? NO
            : less(
                  "retention of deleted backups",
                  after,
                  days(before.softDeleteDays),
                  days(after.softDeleteDays),
                  inDays,
                  undefined,
              ),
        less(
            "immutability",
            after,
            rank(before.immutability),
            rank(after.immutability),
            (value) => IMMUTABLE[value] ?? "unset",
            undefined,
        ),
    ];
}

/** What a vault's immutability may be, the strictest last. */
const IMMUTABLE = ["Disabled", "Unlocked", "Locked"];
const RANKS = IMMUTABLE.map((state) => state.toLowerCase());
