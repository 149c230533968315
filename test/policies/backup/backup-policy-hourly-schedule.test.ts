import { roundOf } from "../../harness/phases";
import { ref, type Content, type Program, type Properties } from "../../harness/program";
import { backupPolicy, classicBackupPolicy, everyHours, WEEKLY, withPolicy } from "../../harness/protection-policies";
import { policyCases } from "../../harness/policy-cases";
import { SAYS_ENHANCED } from "./programs";

function native(policyType: Content, schedulePolicy: Properties): Program {
    return withPolicy(backupPolicy({ policyType, schedulePolicy }));
}

function classic(policyType: Content, frequency: Content, hourInterval: Content): Program {
    return withPolicy(
        classicBackupPolicy({ policyType, backup: { frequency, time: "23:00", hourInterval, hourDuration: 24 } }),
    );
}

export const cases = policyCases(__filename, {
    policyId: "BCDR332",
    example: native("V1", everyHours(4)),
    fixed: { program: native("V2", everyHours(4)), says: SAYS_ENHANCED },
    shows: ["policy.properties.schedulePolicy"],
    holds: [
        ...[6, 8, 12, 24].map((hours) => ({ name: `every ${hours} hours`, round: native("V2", everyHours(hours)) })),
        { name: "once a day, Standard", round: withPolicy(backupPolicy()) },
        { name: "once a week, Standard", round: withPolicy(backupPolicy({ schedulePolicy: WEEKLY })) },
        { name: "once a day, classic", round: withPolicy(classicBackupPolicy()) },
        {
            name: "a frequency that is not known, at an interval that there is",
            round: native("V2", { ...everyHours(4), scheduleRunFrequency: ref("rg.id") }),
        },
        { name: "in an exported state", round: () => roundOf(native("V2", everyHours(4)), "exported state") },
    ],
    violated: [
        { name: "no type said", round: withPolicy(backupPolicy({ schedulePolicy: everyHours(4) })), on: ["policy"] },
        {
            name: "Standard, an interval that is not known",
            round: native("V1", everyHours(ref("rg.id"))),
            on: ["policy"],
        },
        { name: "a type that is not known, every 5 hours", round: native(ref("rg.id"), everyHours(5)), on: ["policy"] },
    ],
    undecided: [
        {
            name: "an interval that is not known",
            round: native("V2", everyHours(ref("rg.id"))),
            waitsFor: '"policy": properties.schedulePolicy.hourlySchedule.interval',
        },
        {
            name: "a type that is not known",
            round: native(ref("rg.id"), everyHours(4)),
            waitsFor: '"policy": properties.policyType',
        },
        {
            name: "a frequency that is not known, Standard",
            round: native("V1", { ...everyHours(4), scheduleRunFrequency: ref("rg.id") }),
            waitsFor: '"policy": properties.schedulePolicy.scheduleRunFrequency',
        },
        {
            name: "an interval that is not known, classic",
            round: classic("V2", "Hourly", ref("rg.id")),
            waitsFor: '"policy": backup.hourInterval',
        },
    ],
    inPlace: [
        {
            name: "in an exported state",
            round: () => roundOf(native("V1", everyHours(4)), "exported state"),
            on: ["policy"],
        },
    ],
    limits: [
        {
            allowed: { name: "every 4 hours", round: native("V2", everyHours(4)) },
            refused: { name: "every 3 hours", round: native("V2", everyHours(3)), on: ["policy"] },
        },
        {
            allowed: { name: "every 4 hours, Enhanced, classic", round: classic("V2", "Hourly", 4) },
            refused: { name: "every 4 hours, Standard, classic", round: classic("V1", "Hourly", 4), on: ["policy"] },
        },
    ],
});
