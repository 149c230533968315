import { reader } from "./resource";

/** `azure:backup/policyVM:PolicyVM` (facts 5.3) */
export const readPolicyVm = reader(
    "backup policy",
    { armType: "Microsoft.RecoveryServices/vaults/backupPolicies", names: ["recoveryVaultName", "name"] },
    ({ properties, identity }) => ({
        ...identity,
        restorePointGroupPrefix: properties.planned("instantRestoreResourceGroup", "prefix").text(),
    }),
);
