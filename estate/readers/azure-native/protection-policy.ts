import { reader } from "./resource";

/** `azure-native:recoveryservices:ProtectionPolicy` (facts 5.3) */
export const readProtectionPolicy = reader(
    "backup policy",
    { armType: "Microsoft.RecoveryServices/vaults/backupPolicies", names: ["vaultName", "policyName"] },
    ({ properties, identity }) => ({
        ...identity,
        restorePointGroupPrefix: properties.planned("properties", "instantRPDetails", "azureBackupRGNamePrefix").text(),
    }),
);
