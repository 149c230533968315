import { backupItem, diskBackup } from "../../harness/azure";
import { change, changedOutside, notKnown, planCases } from "../../harness/plan-cases";
import { ref, type Content, type Program, type Properties } from "../../harness/program";
import {
    backupPolicy,
    classicBackupPolicy,
    classicDiskBackupPolicy,
    classicReplicationPolicy,
    diskBackupPolicy,
    replicationPolicy,
    retention,
    retentionRule,
    taggingCriterion,
    weeklyRetention,
    withPolicy,
} from "../../harness/protection-policies";
import type { ValueMap } from "../../../dev/offline/providers/values";
import { changed, native } from "../plan-estates";

const daily = (count: Content): Program =>
    withPolicy(backupPolicy({ retentionPolicy: retention({ count, durationType: "Days" }) }));
const weekly = (count: Content): Program => withPolicy(backupPolicy({ retentionPolicy: weeklyRetention(count) }));
const instant = (days: Content): Program => withPolicy(backupPolicy({ instantRpRetentionRangeInDays: days }));
const history = (minutes: Content): Program =>
    withPolicy(replicationPolicy({ recoveryPointHistory: minutes, appConsistentFrequencyInMinutes: 0 }));
const disks = (duration: Content): Program => withPolicy(diskBackupPolicy(EVERY_FOUR_HOURS, duration));
const tagged = (duration?: Content): Program =>
    withPolicy(
        duration === undefined
            ? diskBackupPolicy(EVERY_FOUR_HOURS, "P7D")
            : diskBackupPolicy(
                  EVERY_FOUR_HOURS,
                  "P7D",
                  [retentionRule("Daily", duration)],
                  [taggingCriterion("Daily", "FirstOfDay")],
              ),
    );
const EVERY_FOUR_HOURS = ["R/2026-03-01T02:00:00+00:00/PT4H"];

export const cases = planCases(__filename, {
    policyId: "BCDR607",
    example: { before: daily(30), after: daily(14) },
    fixed: { after: daily(30), says: "Keep at least the retention that is deployed:" },
    shows: ["policy.properties.retentionPolicy.dailySchedule.retentionDuration"],
    holds: [
        { name: "nothing changes", plan: change(daily(30), daily(30)) },
        { name: "longer retention", plan: change(daily(30), daily(60)) },
        { name: "weeks more", plan: change(weekly(4), weekly(8)) },
        { name: "a longer policy for some backups of disks", plan: change(tagged("P14D"), tagged("P30D")) },
        { name: "a policy that goes", plan: change(daily(30), { rg: daily(30)["rg"]! }) },
        { name: "an item under a policy that keeps more", plan: change(following("weak"), following("strong")) },
        {
            name: "an item under a policy outside of the stack",
            plan: change(
                following("strong"),
                changed(following("strong"), "webBackup", backupItem(ref("web.id"), "shop;web").properties),
            ),
        },
    ],
    violated: [
        { name: "weekly retention", plan: change(weekly(8), weekly(4)), on: ["policy"] },
        {
            name: "days in another unit",
            plan: change(
                weekly(8),
                withPolicy(
                    backupPolicy({
                        retentionPolicy: {
                            ...weeklyRetention(1),
                            weeklySchedule: { retentionDuration: { count: 1, durationType: "Months" } },
                        },
                    }),
                ),
            ),
            on: ["policy"],
        },
        { name: "instant restore", plan: change(instant(5), instant(2)), on: ["policy"] },
        {
            name: "a classic backup policy",
            plan: change(
                withPolicy(classicBackupPolicy()),
                withPolicy(classicBackupPolicy({ retentionDaily: { count: 7 } })),
            ),
            on: ["policy"],
        },
        {
            name: "a classic replication policy",
            plan: change(
                withPolicy(classicReplicationPolicy(1440, 240)),
                withPolicy(classicReplicationPolicy(720, 240)),
            ),
            on: ["policy"],
        },
        {
            name: "a classic policy of Disk Backup",
            plan: change(
                withPolicy(classicDiskBackupPolicy(EVERY_FOUR_HOURS, "P30D")),
                withPolicy(classicDiskBackupPolicy(EVERY_FOUR_HOURS, "P7D")),
            ),
            on: ["policy"],
        },
        { name: "a rule for some backups of disks is removed", plan: change(tagged("P30D"), tagged()), on: ["policy"] },
        {
            name: "in the portal",
            plan: changedOutside(daily(30), (stack) => stack.portal("policy", shortened)),
            on: ["policy"],
            says: /outside of Pulumi/,
        },
        {
            name: "an item under a policy that keeps less",
            plan: change(following("strong"), following("weak")),
            on: ["webBackup"],
            says: /Assign policy "strong" to "webBackup" again/,
        },
        {
            name: "a disk under a policy that keeps less",
            plan: change(diskFollowing("strong"), diskFollowing("weak")),
            on: ["dataBackup"],
        },
    ],
    undecided: [
        {
            name: "a number that the plan does not know",
            plan: notKnown(
                change(daily(30), daily(60)),
                "after",
                "policy",
                "properties",
                "retentionPolicy",
                "dailySchedule",
                "retentionDuration",
                "count",
            ),
            waitsFor: '"policy": properties.retentionPolicy.dailySchedule.retentionDuration.count',
        },
        {
            name: "a number of the policy that an item is moved to",
            plan: notKnown(
                change(following("strong"), following("weak")),
                "after",
                "weak",
                "properties",
                "retentionPolicy",
                "dailySchedule",
                "retentionDuration",
                "count",
            ),
            waitsFor: '"weak": properties.retentionPolicy.dailySchedule.retentionDuration.count',
        },
    ],
    limits: [
        {
            allowed: { name: "as many days", plan: change(daily(30), daily(30)) },
            refused: { name: "one day less", plan: change(daily(30), daily(29)), on: ["policy"] },
        },
        {
            allowed: { name: "as long a history", plan: change(history(1440), history(1440)) },
            refused: { name: "one minute less", plan: change(history(1440), history(1439)), on: ["policy"] },
        },
        {
            allowed: { name: "as long for backups of disks", plan: change(disks("P8D"), disks("P8D")) },
            refused: { name: "a day less for them", plan: change(disks("P8D"), disks("P7D")), on: ["policy"] },
        },
    ],
});

function shortened(response: ValueMap): ValueMap {
    const properties = response["properties"] as ValueMap;
    return {
        ...response,
        properties: {
            ...properties,
            retentionPolicy: { dailySchedule: { retentionDuration: { count: 7, durationType: "Days" } } },
        },
    };
}

/** Two policies, the item under one of them. */
function following(name: "strong" | "weak"): Program {
    const policy = (azureName: string, count: number) => {
        const { type, properties } = backupPolicy({ retentionPolicy: retention({ count, durationType: "Days" }) });
        return { type, properties: { ...properties, vaultName: ref("backup.name"), policyName: azureName } };
    };
    return {
        ...native(),
        strong: policy("strong", 90),
        weak: policy("weak", 7),
        webBackup: backupItem(ref("web.id"), "shop;web", { policyId: ref(`${name}.id`) }),
    };
}

function diskFollowing(name: "strong" | "weak"): Program {
    const policy = (azureName: string, duration: string) => {
        const { type, properties } = diskBackupPolicy(EVERY_FOUR_HOURS, duration);
        return { type, properties: { ...properties, vaultName: ref("diskBackup.name"), backupPolicyName: azureName } };
    };
    const { type, properties } = diskBackup(ref("data.id"));
    const item = properties["properties"] as Properties;
    return {
        ...native(),
        strong: policy("strong", "P30D"),
        weak: policy("weak", "P7D"),
        dataBackup: {
            type,
            properties: { ...properties, properties: { ...item, policyInfo: { policyId: ref(`${name}.id`) } } },
        },
    };
}
