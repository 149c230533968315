import { NIST } from "../../support/frameworks";
import { NO_SETTINGS, resourcePolicy } from "../policy";
import { VAULTS } from "../vaults";
import { noCustomerKey } from "./no-customer-key";

export const vaultEncryption = resourcePolicy({
    name: "vault-encryption",
    displayName: "Vaults under customer-managed keys",
    description: "A vault is encrypted with Microsoft's keys.",
    level: "disabled",
    severity: "medium",
    framework: NIST.PROTECTED_BACKUP,
    tags: ["azure-backup", "vault", "encryption"],
    remediationSteps:
        "Give the vault a customer-managed key before the first item: it can be neither added later nor taken back.",
    settings: NO_SETTINGS,
    looksAt: VAULTS,
    rules: [noCustomerKey],
});
