import { BACKUP_POLICIES } from "../../support/backup-policies";
import { NIST } from "../../support/frameworks";
import { numberOf } from "../limits";
import { resourcePolicy } from "../policy";
import { crashConsistentOnly } from "./crash-consistent-only";
import { dailyRetention } from "./daily-retention";
import { diskBackupIntervalOrRetention } from "./disk-backup-interval-or-retention";
import { hourlySchedule } from "./hourly-schedule";
import { instantRestoreDays } from "./instant-restore-days";

const { minimumDays } = BACKUP_POLICIES.DAILY_RETENTION.limit;

export const backupPolicyLimits = resourcePolicy({
    name: "backup-policy-limits",
    displayName: "Limits of backup policies",
    description: "A backup policy is outside of its limits.",
    level: "mandatory",
    severity: "high",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "retention"],
    remediationSteps: "Set schedule and retention to values that Azure, and the configuration of this policy, allow.",
    settings: {
        properties: {
            minimumDailyRetentionDays: {
                type: "integer",
                minimum: minimumDays,
                default: minimumDays,
                description:
                    "Daily recovery points of machines must be kept for at least this many days. Policies that keep none, such as weekly ones, are not concerned.",
            },
        },
        read: ({ minimumDailyRetentionDays }) => ({
            minimumDailyRetentionDays: numberOf(minimumDailyRetentionDays),
        }),
    },
    looksAt: ["backup policy", "disk backup policy"],
    rules: [instantRestoreDays, dailyRetention, hourlySchedule, crashConsistentOnly, diskBackupIntervalOrRetention],
});
