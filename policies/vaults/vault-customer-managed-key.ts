import { compare, NO, withEvidence } from "../../src/model/answers";
import { withDefault } from "../../src/model/values";
import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { occasion, vaultPolicy } from "./vaults";

/**
 * BCDR507: a vault without a key of the customer's own (VLT-10, VLT-28). For a Backup vault of the classic provider the
 * key is a resource of its own, which a look at one resource cannot see.
 */
export const vaultCustomerManagedKey = vaultPolicy<string>({
    id: "BCDR507",
    name: "vault-customer-managed-key",
    level: "disabled",
    severity: "medium",
    summary: "A vault is encrypted with Microsoft's keys.",
    framework: NIST.PROTECTED_BACKUP,
    tags: ["azure-backup", "vault", "encryption"],
    remediationSteps:
        "Give the vault a customer-managed key before the first item: it can be neither added later nor taken back.",

    check: ({ vault }) => {
        const { customerKey } = vault;
        return customerKey === undefined
            ? NO
            : withEvidence(
                  compare(vault, withDefault(customerKey.value, false), (isSet) => !isSet),
                  () => customerKey.property,
              );
    },

    message: ({ vault: { name, type }, found: [property] }, circumstances): Message => ({
        headline: headline((quoted) => `The ${type} ${quoted} is not encrypted with a customer-managed key.`, name),
        why: "This policy has been enabled to keep backups under your own keys. Without one, Azure encrypts them with Microsoft's.",
        fix: {
            kind: "in order",
            intro: occasion(circumstances),
            steps: [
                {
                    do: "Decide before the first item is protected: a vault that has held items cannot get a key any more, and a key can never be taken away again.",
                },
                {
                    do: "Switch soft delete and purge protection on for the key vault: backups are lost with their key.",
                },
                {
                    do: "Give the vault an identity, and the identity the rights to get, list, wrap and unwrap the key.",
                },
                {
                    do: `Set ${property} and the identity beside it${circumstances.dryRun ? "" : ", and run pulumi up"}. If this vault holds items already, do so in a second vault and move protection there.`,
                },
            ],
        },
        sources: [VAULT_SETTINGS.CUSTOMER_KEY.page],
    }),
});
