import { isTrue, NO, withEvidence } from "../../src/model/answers";
import { withDefault } from "../../src/model/values";
import type { Switch } from "../../src/model/resources";
import { inOrder } from "../../src/advice/fix";
import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { change, vaultPolicy } from "./vaults";

const { PUBLIC_NETWORK_ACCESS } = VAULT_SETTINGS;

/** BCDR506: a vault that can be reached from the internet (VLT-09). Backup vaults have no such setting. */
export const vaultPublicNetwork = vaultPolicy<Switch>({
    id: "BCDR506",
    name: "vault-public-network",
    level: "disabled",
    severity: "medium",
    summary: "A vault can be reached from public networks.",
    framework: NIST.PROTECTED_BACKUP,
    tags: ["azure-backup", "site-recovery", "vault", "network"],
    remediationSteps: "Create private endpoints before the first item, then turn off public network access.",

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
        headline: headline((quoted) => `${type} ${quoted} can be reached from public networks.`, name),
        why: "You enabled this policy to restrict vaults to private endpoints. A vault is open to public networks unless you turn that off.",
        fix: inOrder(
            [
                {
                    do: "Create the private endpoints while the vault has no items.",
                    note: "A vault with items cannot get private endpoints. The vault needs a system-assigned identity for them.",
                },
                change(
                    "Turn off public network access",
                    `${setting.property} = ${JSON.stringify(setting.words.off)}`,
                    circumstances,
                    ["Agents outside of the network can then no longer reach the vault."],
                ),
                { do: "Run a backup and a test failover." },
            ],
            circumstances.dryRun,
        ),
        sources: [PUBLIC_NETWORK_ACCESS.page],
    }),
});
