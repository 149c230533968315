import { resourceGroup, vault, backupVault } from "./azure";
import { ref, type Content, type Declaration, type Program, type Properties } from "./program";

/** Policies of Azure Backup and Site Recovery in both providers' words, with what the vaults below them need. */

const GROUP_AND_VAULTS: Program = { rg: resourceGroup(), vault: vault("shop"), disks: backupVault() };

/** A program with one policy. */
export function withPolicy(policy: Declaration): Program {
    return { ...GROUP_AND_VAULTS, policy };
}

/** Of Site Recovery; `over` goes into what the policy says of the replication. */
export function replicationPolicy(over: Properties): Declaration {
    return {
        type: "azure-native:recoveryservices:ReplicationPolicy",
        properties: {
            resourceGroupName: ref("rg.name"),
            resourceName: ref("vault.name"),
            policyName: "a-day",
            properties: { providerSpecificInput: { instanceType: "A2A", multiVmSyncStatus: "Enable", ...over } },
        },
    };
}

export function classicReplicationPolicy(history: Content, appConsistent: Content): Declaration {
    return {
        type: "azure:siterecovery/replicationPolicy:ReplicationPolicy",
        properties: {
            resourceGroupName: ref("rg.name"),
            recoveryVaultName: ref("vault.name"),
            name: "a-day",
            recoveryPointRetentionInMinutes: history,
            applicationConsistentSnapshotFrequencyInMinutes: appConsistent,
        },
    };
}

/** Of VM-level backup, once a day if `over` does not say otherwise. */
export function backupPolicy(over: Properties = {}): Declaration {
    return {
        type: "azure-native:recoveryservices:ProtectionPolicy",
        properties: {
            resourceGroupName: ref("rg.name"),
            vaultName: ref("vault.name"),
            policyName: "nightly",
            properties: {
                backupManagementType: "AzureIaasVM",
                schedulePolicy: { schedulePolicyType: "SimpleSchedulePolicy", scheduleRunFrequency: "Daily" },
                retentionPolicy: retention({ count: 30, durationType: "Days" }),
                ...over,
            },
        },
    };
}

export function retention(daily: Properties): Properties {
    return { retentionPolicyType: "LongTermRetentionPolicy", dailySchedule: { retentionDuration: daily } };
}

export function weeklyRetention(weeks: Content): Properties {
    return {
        retentionPolicyType: "LongTermRetentionPolicy",
        weeklySchedule: { retentionDuration: { count: weeks, durationType: "Weeks" } },
    };
}

/** Of a schedule of an Enhanced policy. */
export function everyHours(interval: Content): Properties {
    return {
        schedulePolicyType: "SimpleSchedulePolicyV2",
        scheduleRunFrequency: "Hourly",
        hourlySchedule: { interval, scheduleWindowDuration: 24, scheduleWindowStartTime: "2026-03-01T00:00:00Z" },
    };
}

export const WEEKLY: Properties = { schedulePolicyType: "SimpleSchedulePolicy", scheduleRunFrequency: "Weekly" };

export function classicBackupPolicy(over: Properties = {}): Declaration {
    return {
        type: "azure:backup/policyVM:PolicyVM",
        properties: {
            resourceGroupName: ref("rg.name"),
            recoveryVaultName: ref("vault.name"),
            name: "nightly",
            backup: { frequency: "Daily", time: "23:00" },
            retentionDaily: { count: 30 },
            ...over,
        },
    };
}

/** Of Disk Backup: schedule and default retention, and more of its policies. */
export function diskBackupPolicy(
    repeatingTimeIntervals: Content,
    duration: Content,
    more: readonly Properties[] = [],
    tags: readonly Properties[] = [],
): Declaration {
    return {
        type: "azure-native:dataprotection:BackupPolicy",
        properties: {
            resourceGroupName: ref("rg.name"),
            vaultName: ref("disks.name"),
            backupPolicyName: "disks",
            properties: {
                objectType: "BackupPolicy",
                datasourceTypes: ["Microsoft.Compute/disks"],
                policyRules: [
                    {
                        objectType: "AzureBackupRule",
                        name: "BackupHourly",
                        dataStore: OPERATIONAL,
                        trigger: {
                            objectType: "ScheduleBasedTriggerContext",
                            schedule: { repeatingTimeIntervals },
                            taggingCriteria: [
                                { isDefault: true, taggingPriority: 99, tagInfo: { tagName: "Default" } },
                                ...tags,
                            ],
                        },
                    },
                    { ...retentionRule("Default", duration), isDefault: true },
                    ...more,
                ],
            },
        },
    };
}

const OPERATIONAL: Properties = { dataStoreType: "OperationalStore", objectType: "DataStoreInfoBase" };

export function retentionRule(name: string, duration: Content): Properties {
    return {
        objectType: "AzureRetentionRule",
        name,
        lifecycles: [{ deleteAfter: { objectType: "AbsoluteDeleteOption", duration }, sourceDataStore: OPERATIONAL }],
    };
}

/** Which backups a retention rule of this name takes. */
export function taggingCriterion(tagName: string, absoluteCriteria: Content): Properties {
    return {
        isDefault: false,
        taggingPriority: 20,
        tagInfo: { tagName },
        criteria: [{ objectType: "ScheduleBasedBackupCriteria", absoluteCriteria: [absoluteCriteria] }],
    };
}

export function classicDiskBackupPolicy(
    backupRepeatingTimeIntervals: Content,
    defaultRetentionDuration: Content,
    over: Properties = {},
): Declaration {
    return {
        type: "azure:dataprotection/backupPolicyDisk:BackupPolicyDisk",
        properties: {
            vaultId: ref("disks.id"),
            name: "disks",
            backupRepeatingTimeIntervals,
            defaultRetentionDuration,
            ...over,
        },
    };
}
