import { known } from "../../known";
import { backupPolicyType, isOnlyCrashConsistent } from "../backup-policy-type";
import { reader } from "./resource";

/** `azure:backup/policyVM:PolicyVM` (facts 5.3) */
export const readPolicyVm = reader(
    "backup policy",
    { armType: "Microsoft.RecoveryServices/vaults/backupPolicies", names: ["recoveryVaultName", "name"] },
    ({ properties, identity }) => ({
        ...identity,
        restorePointGroupPrefix: properties.planned("instantRestoreResourceGroup", "prefix").text(),
        isForMachines: known(true),
        type: backupPolicyType(properties.planned("policyType").text()),
        crashConsistentOnly: isOnlyCrashConsistent(properties.planned("consistencyType").text()),
    }),
);
