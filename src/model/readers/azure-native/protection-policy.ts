import { ABSENT, known, mapValue, unknown, type Value } from "../../values";
import type { Setting } from "../../resources";
import type { Property } from "../../property-bag";
import { VAULT } from "../../ids/resource-types";
import { backupFrequency, backupPolicyType, isOnlyCrashConsistent } from "../backup-policy-words";
import { numberSetting } from "../reader";
import { reader } from "./resource";

/** `azure-native:recoveryservices:ProtectionPolicy` */
export const readProtectionPolicy = reader(
    "backup policy",
    { armType: "Microsoft.RecoveryServices/vaults/backupPolicies", names: ["vaultName", "policyName"] },
    ({ resource, properties, identities }) => {
        const management = properties.planned("properties", "backupManagementType").text();
        const isForVms =
            management.state === "absent"
                ? known(false)
                : mapValue(management, (text) => text.toLowerCase() === "azureiaasvm");
        const type = backupPolicyType(properties.planned("properties", "policyType").text());
        const frequency = properties.planned("properties", "schedulePolicy", "scheduleRunFrequency");
        const retention = (schedule: string): Setting<number> =>
            retentionDays(properties.planned("properties", "retentionPolicy", schedule, "retentionDuration"));
        return {
            isForVms,
            type: isForVms.state === "known" && !isForVms.value ? ABSENT : type,
            crashConsistentOnly: isOnlyCrashConsistent(
                properties.planned("properties", "snapshotConsistencyType").text(),
            ),
            frequency: { value: backupFrequency(frequency.text()), property: frequency.path },
            hourlyInterval: numberSetting(
                properties.planned("properties", "schedulePolicy", "hourlySchedule", "interval"),
            ),
            instantRestoreDays: numberSetting(properties.planned("properties", "instantRpRetentionRangeInDays")),
            dailyRetentionDays: retention("dailySchedule"),
            weeklyRetentionDays: retention("weeklySchedule"),
            vault: identities.vaultOf(resource, properties, "vaultName", VAULT),
            restorePointGroupPrefix: properties
                .planned("properties", "instantRPDetails", "azureBackupRGNamePrefix")
                .text(),
        };
    },
);

const DAYS_OF_UNIT: ReadonlyMap<string, number> = new Map([
    ["days", 1],
    ["weeks", 7],
    ["months", 30],
    ["years", 365],
]);

/** A count of days, if it says no other unit. */
function retentionDays(duration: Property): Setting<number> {
    const count = numberSetting(duration.at("count"));
    const unit = duration.at("durationType").text();
    return { value: inDays(count.value, unit), property: count.property };
}

function inDays(count: Value<number>, unit: Value<string>): Value<number> {
    if (count.state !== "known" || unit.state === "absent") {
        return count;
    }
    if (unit.state === "unknown") {
        return unknown(unit.property);
    }
    const days = DAYS_OF_UNIT.get(unit.value.toLowerCase());
    return days === undefined ? ABSENT : known(count.value * days);
}
