import { all, any, compare, firstQuestion, withEvidence } from "../../src/model/answers";
import { valueOf } from "../../src/model/values";
import { headline, type Message } from "../../src/findings/message";
import { toEnhanced } from "../../src/advice/backup-policy";
import { withinLimit } from "../../src/advice/fix";
import { BACKUP_POLICIES } from "../../src/facts/backup-policies";
import { NIST } from "../../src/facts/frameworks";
import { limitPolicy } from "../limits";

interface Schedule {
    readonly frequencyProperty: string;
    readonly intervalProperty: string;
    /** The interval that Azure does not support; undefined where it is the type that does not support hourly backups. */
    readonly hours: number | undefined;
}

const { limit, page } = BACKUP_POLICIES.HOURLY;

/** BCDR332: hourly backups under a Standard policy, or at an interval that Azure does not support (VMB-23). */
export const backupPolicyHourlySchedule = limitPolicy<"backup policy", Schedule>({
    id: "BCDR332",
    name: "backup-policy-hourly-schedule",
    level: "mandatory",
    severity: "high",
    summary: "A backup policy has a schedule that its type does not support.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "retention"],
    remediationSteps: "Change the schedule, or use an Enhanced policy.",
    kind: "backup policy",
    appliesTo: ({ isForVms }) => isForVms,

    check: ({ policy }) => {
        const { frequency, hourlyInterval, type } = policy;
        const isStandard = compare(policy, type, (name) => name === "V1");
        const isNoInterval = compare(policy, hourlyInterval.value, (hours) => !limit.hours.includes(hours));
        const isHourly = compare(policy, frequency.value, (name) => name === "hourly");
        return withEvidence(firstQuestion(all([isHourly, any([isStandard, isNoInterval])])), () => ({
            frequencyProperty: frequency.property,
            intervalProperty: hourlyInterval.property,
            hours: isStandard.answer === "yes" ? undefined : valueOf(hourlyInterval.value),
        }));
    },

    message: ({ policy, provider, found: [{ frequencyProperty, intervalProperty, hours }] }): Message => ({
        headline: headline(
            (name) =>
                hours === undefined
                    ? `Backup policy ${name} is a Standard policy (V1), which does not support hourly backups.`
                    : `Backup policy ${name} backs up every ${hours} hours, but Azure allows only ${allowedHours()}.`,
            policy,
        ),
        why:
            hours === undefined
                ? "Azure can refuse the policy. Only an Enhanced policy (V2) backs up more often than once a day."
                : "Azure can refuse the policy. An Enhanced policy (V2) backs up only at these intervals.",
        fix: withinLimit(
            hours === undefined
                ? [
                      { do: `Change the schedule of "${policy}" to Daily or Weekly.`, where: frequencyProperty },
                      toEnhanced(policy, provider),
                  ]
                : [
                      {
                          do: `Set the interval of "${policy}" to ${allowedHours()} hours.`,
                          where: intervalProperty,
                      },
                  ],
        ),
        sources: [page],
    }),
});

function allowedHours(): string {
    return `${limit.hours.slice(0, -1).join(", ")} or ${limit.hours.at(-1) ?? ""}`;
}
