import { isTrue, NO, withEvidence } from "../../src/model/answers";
import { withDefault } from "../../src/model/values";
import type { Switch } from "../../src/model/resources";
import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { occasion, vaultPolicy } from "./vaults";

const { PUBLIC_NETWORK_ACCESS } = VAULT_SETTINGS;

/** BCDR506: a vault that answers to the internet (VLT-09). Backup vaults have no such setting. */
export const vaultPublicNetwork = vaultPolicy<Switch>({
    id: "BCDR506",
    name: "vault-public-network",
    level: "disabled",
    severity: "medium",
    summary: "A vault can be reached from public networks.",
    framework: NIST.PROTECTED_BACKUP,
    tags: ["azure-backup", "site-recovery", "vault", "network"],
    remediationSteps: "Make private endpoints before the first item, then switch public network access off.",

    check: ({ vault }) => {
        const { publicNetworkAccess: access } = vault;
        return access === undefined
            ? NO
            : withEvidence(
                  isTrue(vault, withDefault(access.value, PUBLIC_NETWORK_ACCESS.limit.whenUnset)),
                  () => access,
              );
    },

    message: ({ vault: { name, type }, found: [setting] }, circumstances): Message => ({
        headline: headline((quoted) => `The ${type} ${quoted} can be reached from public networks.`, name),
        why: "This policy has been enabled to keep vaults to private endpoints. A vault is open to public networks unless that is switched off.",
        fix: {
            kind: "in order",
            intro: occasion(circumstances),
            steps: [
                {
                    do: "Make the private endpoints first, while the vault holds no item: one with items cannot get any. They need a system-assigned identity on the vault.",
                },
                {
                    do: `Then set ${setting.property} to ${JSON.stringify(setting.words.off)}${circumstances.dryRun ? "" : " and run pulumi up"}.`,
                },
                { do: "Run a backup and a test failover: agents outside of the network no longer reach the vault." },
            ],
        },
        sources: [PUBLIC_NETWORK_ACCESS.page],
    }),
});
