import { onlyPolicies } from "../../harness/catalogue";
import { Pack, type Configuration } from "../../harness/pack";
import { roundOf } from "../../harness/phases";
import type { Declaration } from "../../harness/program";
import {
    backupPolicy,
    classicBackupPolicy,
    classicDiskBackupPolicy,
    diskBackupPolicy,
    everyHours,
    retention,
    WEEKLY,
    weeklyRetention,
    withPolicy,
} from "../../harness/protection-policies";

const START = "R/2026-03-01T02:00:00+00:00";
const DEMAND = (days: number): Configuration => ({
    "backup-policy-daily-retention": { minimumDailyRetentionDays: days },
});
const FIVE_DAYS = retention({ count: 5, durationType: "Days" });

/** Beside what the pages of these policies show. */
const CASES: readonly (readonly [string, Declaration, Configuration])[] = [
    [
        "too few days of instant restore for weekly backups",
        backupPolicy({
            instantRpRetentionRangeInDays: 2,
            schedulePolicy: WEEKLY,
            retentionPolicy: weeklyRetention(4),
        }),
        {},
    ],
    [
        "too many days of instant restore for the interval",
        backupPolicy({ policyType: "V2", instantRpRetentionRangeInDays: 20, schedulePolicy: everyHours(4) }),
        {},
    ],
    [
        "snapshots that outlive the recovery points by default",
        backupPolicy({ policyType: "V2", retentionPolicy: FIVE_DAYS }),
        {},
    ],
    [
        "snapshots that outlive the recovery points",
        backupPolicy({
            policyType: "V2",
            instantRpRetentionRangeInDays: 20,
            retentionPolicy: retention({ count: 10, durationType: "Days" }),
        }),
        {},
    ],
    ["too few days", classicBackupPolicy({ retentionDaily: { count: 6 } }), {}],
    ["fewer days than asked", backupPolicy(), DEMAND(90)],
    ["more days asked than Azure has", backupPolicy(), DEMAND(10000)],
    [
        "hourly, Standard, classic",
        classicBackupPolicy({ backup: { frequency: "Hourly", time: "23:00", hourInterval: 4, hourDuration: 24 } }),
        {},
    ],
    ["every 5 hours", backupPolicy({ policyType: "V2", schedulePolicy: everyHours(5) }), {}],
    ["a disk every 3 hours", diskBackupPolicy([`${START}/PT3H`], "P2Y"), {}],
    ["too many backups of a disk, classic", classicDiskBackupPolicy([`${START}/PT1H`], "P30D"), {}],
];

test.each(CASES)("message: %s", async (_, policy, configuration) => {
    const pack = new Pack(onlyPolicies((id) => id.startsWith("BCDR33")));
    const violations = await pack.analyze(roundOf(withPolicy(policy), "first preview"), configuration);
    expect(violations.map(({ message }) => message).join("\n\n")).toMatchSnapshot();
});
