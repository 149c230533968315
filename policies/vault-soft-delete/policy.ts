import { NIST } from "../../support/frameworks";
import { VAULT_SETTINGS } from "../../support/vault-settings";
import { resourcePolicy, type Settings } from "../policy";
import { VAULTS } from "../vaults";
import { softDeleteOffOrShort, type Configuration } from "./soft-delete-off-or-short";

const { least, most } = VAULT_SETTINGS.SOFT_DELETE_DAYS.limit;

const settings: Settings<Configuration> = {
    properties: {
        retentionDays: {
            type: "integer",
            minimum: least,
            maximum: most,
            default: least,
            description:
                "For how many days deleted backups must be kept at least. Recovery Services vaults of the classic provider have no setting for it and are not held to it.",
        },
    },
    read: ({ retentionDays = least }) => ({ retentionDays: retentionDays as number }),
};

export const vaultSoftDelete = resourcePolicy({
    name: "vault-soft-delete",
    displayName: "Vaults that keep deleted backups",
    description: "A vault does not keep deleted backups long enough.",
    level: "advisory",
    severity: "medium",
    framework: NIST.PROTECTED_BACKUP,
    tags: ["azure-backup", "vault", "soft-delete"],
    remediationSteps: "Switch soft delete on, or set the policy's level to remediate.",
    settings,
    looksAt: VAULTS,
    rules: [softDeleteOffOrShort],
});
