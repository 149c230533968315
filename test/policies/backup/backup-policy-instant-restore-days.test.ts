import { roundOf } from "../../harness/phases";
import { ref, type Content, type Program, type Properties } from "../../harness/program";
import {
    backupPolicy,
    classicBackupPolicy,
    everyHours,
    retention,
    WEEKLY,
    weeklyRetention,
    withPolicy,
} from "../../harness/protection-policies";
import { policyCases } from "../../harness/policy-cases";

function native(instantRpRetentionRangeInDays: Content, over: Properties = {}): Program {
    return withPolicy(backupPolicy({ instantRpRetentionRangeInDays, ...over }));
}

function classic(instantRestoreRetentionDays: Content, over: Properties = {}): Program {
    return withPolicy(classicBackupPolicy({ instantRestoreRetentionDays, ...over }));
}

const STANDARD_WEEKLY = { schedulePolicy: WEEKLY, retentionPolicy: weeklyRetention(4) };
const ENHANCED_WEEKLY = { ...STANDARD_WEEKLY, policyType: "V2" };
const CLASSIC_WEEKLY = {
    backup: { frequency: "Weekly", time: "23:00", weekdays: ["Sunday"] },
    retentionDaily: null,
    retentionWeekly: { count: 4, weekdays: ["Sunday"] },
};

function kept(count: Content): Properties {
    return { retentionPolicy: retention({ count, durationType: "Days" }) };
}

export const cases = policyCases(__filename, {
    policyId: "BCDR330",
    example: native(14, { policyType: "V1" }),
    fixed: { program: native(5, { policyType: "V1" }) },
    shows: ["policy.properties.policyType"],
    holds: [
        { name: "nothing said", round: withPolicy(backupPolicy()) },
        { name: "nothing said, weekly", round: withPolicy(backupPolicy(STANDARD_WEEKLY)) },
        { name: "nothing said, weekly, Enhanced", round: withPolicy(backupPolicy(ENHANCED_WEEKLY)) },
        { name: "nothing said, Enhanced, classic", round: withPolicy(classicBackupPolicy({ policyType: "V2" })) },
        { name: "5 days, whatever the type", round: native(5, { policyType: ref("rg.id") }) },
        {
            name: "17 days at an interval that is not known",
            round: native(17, { policyType: "V2", schedulePolicy: everyHours(ref("rg.id")) }),
        },
        { name: "7 days, whatever the retention", round: native(7, { policyType: "V2", ...kept(ref("rg.id")) }) },
        { name: "a policy of databases", round: native(14, { backupManagementType: "AzureSql" }) },
        { name: "in an exported state", round: () => roundOf(native(5), "exported state") },
        { name: "in an exported state, classic", round: () => roundOf(classic(5, CLASSIC_WEEKLY), "exported state") },
    ],
    violated: [
        { name: "no type said", round: native(14), on: ["policy"] },
        { name: "31 days, whatever the type", round: native(31, { policyType: ref("rg.id") }), on: ["policy"] },
        {
            name: "longer than weekly recovery points are kept",
            round: native(15, { ...ENHANCED_WEEKLY, retentionPolicy: weeklyRetention(2) }),
            on: ["policy"],
        },
        {
            name: "Azure's default is longer than recovery points are kept",
            round: withPolicy(backupPolicy({ policyType: "V2", ...kept(5) })),
            on: ["policy"],
        },
    ],
    undecided: [
        {
            name: "days that are not known",
            round: native(ref("rg.id")),
            waitsFor: '"policy": properties.instantRpRetentionRangeInDays',
        },
        {
            name: "a type that is not known",
            round: native(14, { policyType: ref("rg.id") }),
            waitsFor: '"policy": properties.policyType',
        },
        {
            name: "an interval that is not known",
            round: native(20, { policyType: "V2", schedulePolicy: everyHours(ref("rg.id")) }),
            waitsFor: '"policy": properties.schedulePolicy.hourlySchedule.interval',
        },
        {
            name: "a frequency that is not known, Standard",
            round: native(3, { schedulePolicy: { ...WEEKLY, scheduleRunFrequency: ref("rg.id") } }),
            waitsFor: '"policy": properties.schedulePolicy.scheduleRunFrequency',
        },
        {
            name: "a frequency that is not known, Enhanced",
            round: native(3, {
                policyType: "V2",
                schedulePolicy: { ...WEEKLY, scheduleRunFrequency: ref("rg.id") },
            }),
            waitsFor: '"policy": properties.schedulePolicy.scheduleRunFrequency',
        },
        {
            name: "a retention that is not known",
            round: native(8, { policyType: "V2", ...kept(ref("rg.id")) }),
            waitsFor: '"policy": properties.retentionPolicy.dailySchedule.retentionDuration.count',
        },
        {
            name: "days that are not known, classic",
            round: classic(ref("rg.id")),
            waitsFor: '"policy": instantRestoreRetentionDays',
        },
    ],
    inPlace: [{ name: "in an exported state", round: () => roundOf(native(14), "exported state"), on: ["policy"] }],
    limits: [
        {
            allowed: { name: "1 day", round: native(1) },
            refused: { name: "no day", round: native(0), on: ["policy"] },
        },
        {
            allowed: { name: "5 days, Standard", round: native(5) },
            refused: { name: "6 days, Standard", round: native(6), on: ["policy"] },
        },
        {
            allowed: { name: "5 days, Standard, classic", round: classic(5) },
            refused: { name: "6 days, Standard, classic", round: classic(6), on: ["policy"] },
        },
        {
            allowed: { name: "5 days, weekly", round: native(5, STANDARD_WEEKLY) },
            refused: { name: "4 days, weekly", round: native(4, STANDARD_WEEKLY), on: ["policy"] },
        },
        {
            allowed: { name: "5 days, weekly, classic", round: classic(5, CLASSIC_WEEKLY) },
            refused: { name: "4 days, weekly, classic", round: classic(4, CLASSIC_WEEKLY), on: ["policy"] },
        },
        {
            allowed: { name: "5 days, weekly, Enhanced", round: native(5, ENHANCED_WEEKLY) },
            refused: { name: "4 days, weekly, Enhanced", round: native(4, ENHANCED_WEEKLY), on: ["policy"] },
        },
        {
            allowed: { name: "20 days, weekly, Enhanced", round: native(20, ENHANCED_WEEKLY) },
            refused: { name: "21 days, weekly, Enhanced", round: native(21, ENHANCED_WEEKLY), on: ["policy"] },
        },
        {
            allowed: {
                name: "5 days, weekly, Enhanced, classic",
                round: classic(5, { ...CLASSIC_WEEKLY, policyType: "V2" }),
            },
            refused: {
                name: "2 days, weekly, Enhanced, classic",
                round: classic(2, { ...CLASSIC_WEEKLY, policyType: "V2" }),
                on: ["policy"],
            },
        },
        {
            allowed: { name: "30 days, Enhanced", round: native(30, { policyType: "V2" }) },
            refused: {
                name: "31 days, Enhanced",
                round: native(31, { policyType: "V2", ...kept(60) }),
                on: ["policy"],
            },
        },
        {
            allowed: {
                name: "17 days every 4 hours",
                round: native(17, { policyType: "V2", schedulePolicy: everyHours(4) }),
            },
            refused: {
                name: "18 days every 4 hours",
                round: native(18, { policyType: "V2", schedulePolicy: everyHours(4) }),
                on: ["policy"],
            },
        },
        {
            allowed: {
                name: "22 days every 6 hours",
                round: native(22, { policyType: "V2", schedulePolicy: everyHours(6) }),
            },
            refused: {
                name: "23 days every 6 hours",
                round: native(23, { policyType: "V2", schedulePolicy: everyHours(6) }),
                on: ["policy"],
            },
        },
        {
            allowed: {
                name: "30 days every 8 hours",
                round: native(30, { policyType: "V2", schedulePolicy: everyHours(8) }),
            },
            refused: {
                name: "31 days every 8 hours",
                round: native(31, { policyType: "V2", schedulePolicy: everyHours(8), ...kept(60) }),
                on: ["policy"],
            },
        },
        {
            allowed: {
                name: "as long as recovery points are kept",
                round: native(10, { policyType: "V2", ...kept(10) }),
            },
            refused: {
                name: "a day longer than recovery points are kept",
                round: native(11, { policyType: "V2", ...kept(10) }),
                on: ["policy"],
            },
        },
    ],
});
