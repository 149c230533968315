import { known, mapValue } from "../../values";
import type { Setting } from "../../resources";
import type { Property } from "../../property-bag";
import { VAULT } from "../../ids/resource-types";
import { backupFrequency, backupPolicyType, isOnlyCrashConsistent } from "../backup-policy-words";
import { numberSetting } from "../reader";
import { reader } from "./resource";

/** `azure:backup/policyVM:PolicyVM` */
export const readPolicyVm = reader(
    "backup policy",
    { armType: "Microsoft.RecoveryServices/vaults/backupPolicies", names: ["recoveryVaultName", "name"] },
    ({ resource, properties, identities }) => {
        const frequency = properties.planned("backup", "frequency");
        return {
            isForVms: known(true),
            type: backupPolicyType(properties.planned("policyType").text()),
            crashConsistentOnly: isOnlyCrashConsistent(properties.planned("consistencyType").text()),
            frequency: { value: backupFrequency(frequency.text()), property: frequency.path },
            hourlyInterval: numberSetting(properties.planned("backup", "hourInterval")),
            instantRestoreDays: numberSetting(properties.planned("instantRestoreRetentionDays")),
            dailyRetentionDays: numberSetting(properties.planned("retentionDaily", "count")),
            weeklyRetentionDays: weeks(properties.planned("retentionWeekly", "count")),
            vault: identities.vaultOf(resource, properties, "recoveryVaultName", VAULT),
            restorePointGroupPrefix: properties.planned("instantRestoreResourceGroup", "prefix").text(),
        };
    },
);

function weeks(count: Property): Setting<number> {
    return { value: mapValue(count.number(), (value) => value * 7), property: count.path };
}
