import { all, any, compare, firstQuestion, withEvidence } from "../../src/model/answers";
import { valueOf } from "../../src/model/values";
import { headline, type Message } from "../../src/findings/message";
import { toEnhanced } from "../../src/advice/backup-policy";
import { BACKUP_POLICIES } from "../../src/facts/backup-policies";
import { NIST } from "../../src/facts/frameworks";
import { limitPolicy } from "../limits";

interface Schedule {
    readonly frequencyProperty: string;
    readonly intervalProperty: string;
    /** The interval that Azure does not know; undefined where it is the type that has no hourly backups. */
    readonly hours: number | undefined;
}

const { limit, page } = BACKUP_POLICIES.HOURLY;

/** BCDR332: hourly backups under a Standard policy, or at an interval that there is not (VMB-23). */
export const backupPolicyHourlySchedule = limitPolicy<"backup policy", Schedule>({
    id: "BCDR332",
    name: "backup-policy-hourly-schedule",
    level: "mandatory",
    severity: "high",
    summary: "A backup policy has a schedule that its type does not have.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "retention"],
    remediationSteps: "Set schedule and retention to values that Azure, and the configuration of this policy, allow.",
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
                    ? `Backup policy ${name} is a Standard one (V1), which has no hourly backups.`
                    : `Backup policy ${name} asks for a backup every ${hours} hours; Azure allows ${allowedHours()}.`,
            policy,
        ),
        why: "A Standard policy backs up once a day or once a week. Only an Enhanced one (V2) does so several times a day, at fixed intervals.",
        fix: {
            kind: "in order",
            intro: "To bring the policy within the limit:",
            steps:
                hours === undefined
                    ? [
                          { do: `Set ${frequencyProperty} of "${policy}" to Daily or Weekly.` },
                          toEnhanced(policy, provider),
                      ]
                    : [{ do: `Set ${intervalProperty} of "${policy}" to ${allowedHours()}.` }],
        },
        sources: [page],
    }),
});

function allowedHours(): string {
    return `${limit.hours.slice(0, -1).join(", ")} or ${limit.hours.at(-1) ?? ""}`;
}
