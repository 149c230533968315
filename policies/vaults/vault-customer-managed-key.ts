import { compare, NO, withEvidence } from "../../src/model/answers";
import { withDefault } from "../../src/model/values";
import { inOrder } from "../../src/advice/fix";
import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { change, vaultPolicy } from "./vaults";

/**
 * BCDR507: a vault without a customer-managed key (VLT-10, VLT-28). For a Backup vault of the classic provider the
 * key is a separate resource, which a check of one resource does not see.
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
        "Give the vault a customer-managed key before its first item. You can neither add it later nor remove it.",

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
        headline: headline((quoted) => `${type} ${quoted} is not encrypted with a customer-managed key.`, name),
        why: "You enabled this policy to keep backups under your own keys. Without one, Azure encrypts them with Microsoft's keys.",
        fix: inOrder(
            [
                {
                    do: "If this vault has ever held an item, create a second vault. Do the next steps there, and move protection to it.",
                    note: "A vault that has held an item cannot get a key, and a key can never be removed.",
                },
                {
                    do: "Turn on soft delete and purge protection for the key vault.",
                    note: "If the key is lost, the backups are lost with it.",
                },
                { do: "Give the vault an identity that can get, list, wrap and unwrap the key." },
                change("Set the key and its identity", property, circumstances),
            ],
            circumstances.dryRun,
        ),
        sources: [VAULT_SETTINGS.CUSTOMER_KEY.page],
    }),
});
