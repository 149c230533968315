import { withDefault } from "../../src/model/values";
import type { Setting } from "../../src/model/resources";
import type { Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { planPolicy } from "../policy";
import { type AnyVault, isVault } from "../vaults/vaults";
import { tense, occasion, says } from "./tense";
import { backStep, type Comparison, inWords, lastSteps, less, type Weakening, weakening } from "./weakening";

/** BCDR612: a vault's soft delete or immutability is loosened, so that backups can be got rid of more easily (VLT-26). */
export const planWeakensVault = planPolicy<Weakening>({
    id: "BCDR612",
    name: "plan-weakens-vault",
    level: "advisory",
    severity: "medium",
    summary: "The plan loosens a vault's soft delete or immutability.",
    framework: NIST.PROTECTED_BACKUP,
    tags: ["azure-backup", "plan", "soft-delete", "immutability"],
    remediationSteps: "Take the change back, or decide that less protection is enough and exempt it.",

    *evaluate(plan): Iterable<Verdict<Weakening>> {
        for (const before of plan.before.entities) {
            const after = plan.afterwards(before);
            if (isVault(before) && after !== undefined && isVault(after)) {
                yield* weakening(plan, after, comparisonsOf(before, after));
            }
        }
    },

    message: (parameters, circumstances): Message => {
        const { kind, what, name, cuts } = parameters;
        const now = tense(kind, circumstances);
        const change = cuts.slice(0, 1).map(inWords).join("");
        return {
            headline: headline(
                (quoted) =>
                    `${says(now, `The plan loosens the ${what} ${quoted}`, `The ${what} ${quoted} has been loosened`)}: ${change}.`,
                name,
            ),
            why: "Soft delete and immutability keep backups that somebody deletes, by mistake or on purpose. Somebody who wants to destroy backups switches them off first.",
            details: cuts.slice(1).map(inWords),
            steps: { occasion: occasion(now), list: [backStep(parameters), ...lastSteps(now)] },
            source: PLANS.WEAKENED.page,
        };
    },
});

function comparisonsOf(before: AnyVault, after: AnyVault): readonly Comparison[] {
    const { SOFT_DELETE, SOFT_DELETE_DAYS, IMMUTABILITY } = VAULT_SETTINGS;
    const onOff = (isOn: number): string => JSON.stringify(after.softDelete.words[isOn === 1 ? "on" : "off"]);
    const asNumber = ({ value, property }: Setting<boolean>): Setting<number> => {
        const isOn = withDefault(value, SOFT_DELETE.limit.whenUnset);
        return { property, value: isOn.state === "known" ? { state: "known", value: isOn.value ? 1 : 0 } : isOn };
    };
    const days = ({ value, property }: Setting<number>): Setting<number> => ({
        property,
        value: withDefault(value, SOFT_DELETE_DAYS.limit.whenUnset),
    });
    const rank = ({ value, property }: Setting<string>): Setting<number> => {
        const state = withDefault(value, IMMUTABILITY.limit.whenUnset);
        return {
            property,
            value:
                state.state === "known" ? { state: "known", value: RANKS.indexOf(state.value.toLowerCase()) } : state,
        };
    };
    return [
        less("soft delete", asNumber(before.softDelete), asNumber(after.softDelete), onOff, undefined),
        before.softDeleteDays === undefined || after.softDeleteDays === undefined
            ? undefined
            : less(
                  "deleted backups",
                  days(before.softDeleteDays),
                  days(after.softDeleteDays),
                  (value) => `${value} days`,
                  undefined,
              ),
        less(
            "immutability",
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
