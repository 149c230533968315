import { roundOf } from "../../harness/phases";
import { ref, type Content, type Declaration } from "../../harness/program";
import {
    classicDiskBackupPolicy,
    diskBackupPolicy,
    retentionRule,
    taggingCriterion,
    withPolicy,
} from "../../harness/protection-policies";
import { policyCases } from "../../harness/policy-cases";

const START = "R/2026-03-01T02:00:00+00:00";

/** Daily backups are kept by a policy of their own. */
function keptDaily(interval: string, others: Content, daily: Content): Declaration {
    return diskBackupPolicy(
        [`${START}/${interval}`],
        others,
        [retentionRule("Daily", daily)],
        [taggingCriterion("Daily", "FirstOfDay")],
    );
}

function classicKeptDaily(interval: string, others: Content, daily: Content, absoluteCriteria: Content): Declaration {
    return classicDiskBackupPolicy([`${START}/${interval}`], others, {
        retentionRules: [{ name: "Daily", duration: daily, priority: 25, criteria: { absoluteCriteria } }],
    });
}

function ofBlobs(): Declaration {
    const policy = diskBackupPolicy([`${START}/P1W`], "P2Y");
    const { properties } = policy.properties;
    return {
        ...policy,
        properties: {
            ...policy.properties,
            properties: {
                ...(properties as Declaration["properties"]),
                datasourceTypes: ["Microsoft.Storage/storageAccounts/blobServices"],
            },
        },
    };
}

export const cases = policyCases(__filename, {
    policyId: "BCDR334",
    example: withPolicy(diskBackupPolicy([`${START}/PT3H`], "P7D")),
    fixed: { program: withPolicy(diskBackupPolicy([`${START}/PT4H`], "P7D")) },
    shows: ["policy.properties.datasourceTypes"],
    holds: [
        ...["PT1H", "PT2H", "PT6H", "PT8H", "PT12H", "P1D", "PT24H"].map((interval) => ({
            name: `a backup every ${interval}`,
            round: withPolicy(diskBackupPolicy([`${START}/${interval}`], "P7D")),
        })),
        { name: "another kind of data", round: withPolicy(ofBlobs()) },
        { name: "a year of daily backups", round: withPolicy(diskBackupPolicy([`${START}/P1D`], "P1Y")) },
        { name: "12 months, classic", round: withPolicy(classicDiskBackupPolicy([`${START}/P1D`], "P12M")) },
        {
            name: "a backup of every day for a year, the others for a few days",
            round: withPolicy(keptDaily("PT4H", "P7D", "P365D")),
        },
        {
            name: "in an exported state",
            round: () => roundOf(withPolicy(diskBackupPolicy([`${START}/PT4H`], "P7D")), "exported state"),
        },
    ],
    violated: [
        {
            name: "every 3 hours, for two years",
            round: withPolicy(diskBackupPolicy([`${START}/PT3H`], "P2Y")),
            on: ["policy"],
        },
        {
            name: "an interval that cannot be read",
            round: withPolicy(diskBackupPolicy(["every night"], "P7D")),
            on: ["policy"],
        },
        {
            name: "once a week",
            round: withPolicy(diskBackupPolicy([`${START}/P1W`], "P7D")),
            on: ["policy"],
        },
        {
            name: "an interval that is no duration",
            round: withPolicy(diskBackupPolicy([`${START}/4H`], "P7D")),
            on: ["policy"],
        },
        {
            name: "a policy that keeps backups for more than a year, classic",
            round: withPolicy(classicKeptDaily("PT4H", "P7D", "P2Y", "FirstOfDay")),
            on: ["policy"],
        },
    ],
    undecided: [
        {
            name: "a schedule that is not known",
            round: withPolicy(diskBackupPolicy([ref("rg.id")], "P7D")),
            waitsFor: '"policy": properties.policyRules[0].trigger.schedule.repeatingTimeIntervals[0]',
        },
        {
            name: "a retention that is not known",
            round: withPolicy(diskBackupPolicy([`${START}/PT4H`], ref("rg.id"))),
            waitsFor: '"policy": properties.policyRules[1].lifecycles[0].deleteAfter.duration',
        },
        {
            name: "a retention that is not known, classic",
            round: withPolicy(classicDiskBackupPolicy([`${START}/PT4H`], ref("rg.id"))),
            waitsFor: '"policy": defaultRetentionDuration',
        },
        {
            name: "a criterion that is not known, classic",
            round: withPolicy(classicKeptDaily("PT4H", "P7D", "P365D", ref("rg.id"))),
            waitsFor: '"policy": retentionRules[0].criteria.absoluteCriteria',
        },
    ],
    inPlace: [
        {
            name: "in an exported state",
            round: () => roundOf(withPolicy(diskBackupPolicy([`${START}/PT3H`], "P7D")), "exported state"),
            on: ["policy"],
        },
    ],
    limits: [
        {
            allowed: { name: "every 4 hours", round: withPolicy(diskBackupPolicy([`${START}/PT4H`], "P7D")) },
            refused: {
                name: "every 3 hours",
                round: withPolicy(diskBackupPolicy([`${START}/PT3H`], "P7D")),
                on: ["policy"],
            },
        },
        {
            allowed: {
                name: "every 12 hours, classic",
                round: withPolicy(classicDiskBackupPolicy([`${START}/PT12H`], "P7D")),
            },
            refused: {
                name: "every 13 hours, classic",
                round: withPolicy(classicDiskBackupPolicy([`${START}/PT13H`], "P7D")),
                on: ["policy"],
            },
        },
        {
            allowed: { name: "365 days", round: withPolicy(diskBackupPolicy([`${START}/P1D`], "P365D")) },
            refused: {
                name: "366 days",
                round: withPolicy(diskBackupPolicy([`${START}/P1D`], "P366D")),
                on: ["policy"],
            },
        },
        {
            allowed: {
                name: "450 backups: 225 days of two a day",
                round: withPolicy(diskBackupPolicy([`${START}/PT12H`], "P225D")),
            },
            refused: {
                name: "452 backups: 226 days of two a day",
                round: withPolicy(diskBackupPolicy([`${START}/PT12H`], "P226D")),
                on: ["policy"],
            },
        },
        {
            allowed: {
                name: "450 backups: 365 of a day each, and 85 others",
                round: withPolicy(keptDaily("PT4H", "P17D", "P365D")),
            },
            refused: {
                name: "455 backups: 365 of a day each, and 90 others",
                round: withPolicy(keptDaily("PT4H", "P18D", "P365D")),
                on: ["policy"],
            },
        },
        {
            allowed: {
                name: "450 backups, classic",
                round: withPolicy(classicKeptDaily("PT4H", "P17D", "P365D", "FirstOfDay")),
            },
            refused: {
                name: "455 backups, classic",
                round: withPolicy(classicKeptDaily("PT4H", "P18D", "P365D", "FirstOfDay")),
                on: ["policy"],
            },
        },
    ],
});
