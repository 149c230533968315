import { asSteps } from "../../src/advice/fix";
import { any, compare, withEvidence } from "../../src/model/answers";
import { withDefault } from "../../src/model/values";
import type { Alert } from "../../src/model/resources";
import type { InputChange } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { occasion, vaultPolicy } from "./vaults";

const { ALERTS } = VAULT_SETTINGS;

/** BCDR505: a vault that stays silent when a backup fails or replication falls behind (VLT-11). */
export const vaultAlerts = vaultPolicy<Alert>({
    id: "BCDR505",
    name: "vault-alerts",
    level: "advisory",
    severity: "low",
    summary: "A vault's built-in alerts are off.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "vault", "alerts"],
    remediationSteps: "Switch the built-in alerts of Azure Monitor on, or set the policy's level to remediate.",

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
            (quoted) => `The ${type} ${quoted} raises no alert for ${enumerated(off.map(({ about }) => about))}.`,
            name,
        ),
        why: "A backup that fails every night, or replication that has fallen behind, is noticed when somebody needs it. The built-in alerts of Azure Monitor are free of charge and on by default.",
        fix: {
            kind: "in order",
            intro: occasion(circumstances),
            steps: asSteps([
                ...off.map(({ property, words }) => `Set ${property} to ${JSON.stringify(words.on)}, or leave it out.`),
                ...(circumstances.dryRun ? [] : [{ do: "Run pulumi up." }]),
                {
                    do: 'Or set this policy\'s level to "remediate", and Pulumi makes that change to its inputs by itself.',
                },
                { do: "See that an alert processing policy of Azure Monitor sends the vault's alerts to somebody." },
            ]),
        },
        sources: [ALERTS.page],
    }),

    remediation: ({ found: off }): readonly InputChange[] =>
        off.map(({ property, words }) => ({ property, value: words.on })),
});

/** `a, b and c` */
function enumerated(words: readonly string[]): string {
    const last = words.slice(-1);
    return [words.slice(0, -1).join(", "), ...last].filter((part) => part !== "").join(" and ");
}
