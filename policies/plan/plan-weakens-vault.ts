import { asSteps } from "../../src/advice/fix";
import { type Answer, NO } from "../../src/model/answers";
import { mapValue, withDefault } from "../../src/model/values";
import type { Setting } from "../../src/model/resources";
import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { planPolicy } from "../policy";
import { type AnyVault, isVault } from "../vaults/vaults";
import { tense, occasion, says } from "./tense";
import { backStep, type Cut, inWords, lastSteps, less, type Weakening, weakened } from "./weakening";

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

    evaluate: (plan) =>
        weakened(plan, (before, after) => (isVault(before) && isVault(after) ? comparisonsOf(before, after) : [])),

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
            facts: cuts.slice(1).map(inWords),
            fix: {
                kind: "in order",
                intro: occasion(now),
                steps: asSteps([{ do: backStep(parameters) }, ...lastSteps(now)]),
            },
            sources: [PLANS.WEAKENED.page],
        };
    },
});

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
    const inDays = (value: number): string => `${value} days`;
    return [
        less("soft delete", after, asNumber(before.softDelete), asNumber(after.softDelete), onOff, undefined),
        before.softDeleteDays === undefined || after.softDeleteDays === undefined
            ? NO
            : less(
                  "deleted backups",
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
