import { roundOf } from "../../harness/phases";
import { ref, type Content, type Program } from "../../harness/program";
import {
    backupPolicy,
    classicBackupPolicy,
    retention,
    WEEKLY,
    weeklyRetention,
    withPolicy,
} from "../../harness/protection-policies";
import { policyCases } from "../../harness/policy-cases";

const TWO_WEEKS = { "backup-policy-daily-retention": { minimumDailyRetentionDays: 14 } };

function days(count: Content): Program {
    return withPolicy(backupPolicy({ retentionPolicy: retention({ count, durationType: "Days" }) }));
}

function classicDays(count: Content): Program {
    return withPolicy(classicBackupPolicy({ retentionDaily: { count } }));
}

const COUNT = "properties.retentionPolicy.dailySchedule.retentionDuration.count";

export const cases = policyCases(__filename, {
    policyId: "BCDR331",
    example: days(3),
    fixed: { program: days(30) },
    shows: [
        "policy.properties.backupManagementType",
        "policy.properties.retentionPolicy.dailySchedule.retentionDuration",
    ],
    holds: [
        {
            name: "a weekly policy keeps no daily recovery points",
            round: withPolicy(backupPolicy({ schedulePolicy: WEEKLY, retentionPolicy: weeklyRetention(4) })),
            configuration: TWO_WEEKS,
        },
        {
            name: "a policy of databases",
            round: withPolicy(
                backupPolicy({
                    backupManagementType: "AzureSql",
                    retentionPolicy: retention({ count: 3, durationType: "Days" }),
                }),
            ),
        },
        {
            name: "a retention that fits, whatever the policy is for",
            round: withPolicy(backupPolicy({ backupManagementType: ref("rg.id") })),
        },
        {
            name: "a week, said as one",
            round: withPolicy(backupPolicy({ retentionPolicy: retention({ count: 1, durationType: "Weeks" }) })),
        },
        { name: "in an exported state", round: () => roundOf(days(30), "exported state") },
    ],
    violated: [
        {
            name: "more days required than Azure allows",
            round: days(30),
            configuration: { "backup-policy-daily-retention": { minimumDailyRetentionDays: 10_000 } },
            on: ["policy"],
        },
    ],
    undecided: [
        { name: "days that are not known", round: days(ref("rg.id")), waitsFor: `"policy": ${COUNT}` },
        {
            name: "a unit that is not known",
            round: withPolicy(backupPolicy({ retentionPolicy: retention({ count: 3, durationType: ref("rg.id") }) })),
            waitsFor: '"policy": properties.retentionPolicy.dailySchedule.retentionDuration.durationType',
        },
        {
            name: "days that are not known, classic",
            round: classicDays(ref("rg.id")),
            waitsFor: '"policy": retentionDaily.count',
        },
        {
            name: "what the policy is for is not known",
            round: withPolicy(
                backupPolicy({
                    backupManagementType: ref("rg.id"),
                    retentionPolicy: retention({ count: 3, durationType: "Days" }),
                }),
            ),
            waitsFor: '"policy": properties.backupManagementType',
        },
    ],
    inPlace: [
        { name: "in an exported state", round: () => roundOf(days(3), "exported state"), on: ["policy"] },
        {
            name: "in an exported state, classic",
            round: () => roundOf(classicDays(3), "exported state"),
            on: ["policy"],
        },
    ],
    limits: [
        {
            allowed: { name: "7 days", round: days(7) },
            refused: { name: "6 days", round: days(6), on: ["policy"] },
        },
        {
            allowed: { name: "9999 days", round: days(9999) },
            refused: { name: "10000 days", round: days(10000), on: ["policy"] },
        },
        {
            allowed: { name: "7 days, classic", round: classicDays(7) },
            refused: { name: "6 days, classic", round: classicDays(6), on: ["policy"] },
        },
        {
            allowed: { name: "what this configuration asks for", round: days(14), configuration: TWO_WEEKS },
            refused: { name: "a day less", round: days(13), configuration: TWO_WEEKS, on: ["policy"] },
        },
    ],
});
