import { ways } from "../../src/advice/fix";
import { any, compare, withEvidence } from "../../src/model/answers";
import { withDefault } from "../../src/model/values";
import type { Alert } from "../../src/model/resources";
import type { InputChange } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { change, REMEDIATE, vaultPolicy } from "./vaults";

const { ALERTS } = VAULT_SETTINGS;

/** BCDR505: a vault that raises no alert when a backup fails or replication falls behind (VLT-11). */
export const vaultAlerts = vaultPolicy<Alert>({
    id: "BCDR505",
    name: "vault-alerts",
    level: "advisory",
    severity: "low",
    summary: "A vault's built-in alerts are off.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "vault", "alerts"],
    remediationSteps: "Turn on the built-in alerts of Azure Monitor, or set the policy's level to remediate.",

    check: ({ vault }) =>
        any(
            vault.alerts.map((alert) =>
                withEvidence(
                    compare(vault, withDefault(alert.value, ALERTS.limit.whenUnset), (isOn) => !isOn),
                    () => alert,
                ),
            ),
        ),

    message: ({ vault: { name, type }, found: off }, circumstances): Message => ({
        headline: headline(
            (quoted) => `${type} ${quoted} raises no alerts for ${enumerated(off.map(({ about }) => about))}.`,
            name,
        ),
        why: `A failing backup${type === "Recovery Services vault" ? " or stalled replication" : ""} goes unnoticed until you need it. The built-in alerts of Azure Monitor are free and on by default.`,
        fix: ways(
            [
                change(
                    off.length === 1 ? "Turn on the alerts" : "Turn on all these alerts",
                    off.map(({ property, words }) => `${property} = ${JSON.stringify(words.on)}`).join(", "),
                    circumstances,
                    [`You can also remove ${off.length === 1 ? "the property" : "the properties"}.`],
                ),
                REMEDIATE,
            ],
            circumstances.dryRun,
        ),
        notes: ["Check that an alert processing rule of Azure Monitor sends the vault's alerts to someone."],
        sources: [ALERTS.page],
    }),

    remediation: ({ found: off }): readonly InputChange[] =>
        off.map(({ property, words }) => ({ property, value: words.on })),
});

/** `a, b or c` */
function enumerated(words: readonly string[]): string {
    const last = words.slice(-1);
    return [words.slice(0, -1).join(", "), ...last].filter((part) => part !== "").join(" or ");
}
