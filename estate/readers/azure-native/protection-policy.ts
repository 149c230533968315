import { ABSENT, known, mapKnown } from "../../known";
import { backupPolicyType, isOnlyCrashConsistent } from "../backup-policy-type";
import { reader } from "./resource";

/** `azure-native:recoveryservices:ProtectionPolicy` (facts 5.3) */
export const readProtectionPolicy = reader(
    "backup policy",
    { armType: "Microsoft.RecoveryServices/vaults/backupPolicies", names: ["vaultName", "policyName"] },
    ({ properties, identity }) => {
        const management = properties.planned("properties", "backupManagementType").text();
        const isForMachines =
            management.state === "absent"
                ? known(false)
                : mapKnown(management, (text) => text.toLowerCase() === "azureiaasvm");
        const type = backupPolicyType(properties.planned("properties", "policyType").text());
        return {
            ...identity,
            restorePointGroupPrefix: properties
                .planned("properties", "instantRPDetails", "azureBackupRGNamePrefix")
                .text(),
            isForMachines,
            type: isForMachines.state === "known" && !isForMachines.value ? ABSENT : type,
            crashConsistentOnly: isOnlyCrashConsistent(
                properties.planned("properties", "snapshotConsistencyType").text(),
            ),
        };
    },
);
