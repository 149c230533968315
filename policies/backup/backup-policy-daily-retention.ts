import { compare, withEvidence } from "../../src/model/answers";
import { valueOf } from "../../src/model/values";
import { headline, type Message } from "../../src/findings/message";
import { withinLimit, type Step } from "../../src/advice/fix";
import { BACKUP_POLICIES } from "../../src/facts/backup-policies";
import { NIST } from "../../src/facts/frameworks";
import { limitPolicy, numberOf } from "../limits";

interface Configuration {
    readonly minimumDailyRetentionDays: number | undefined;
}

interface Retention {
    readonly property: string;
    readonly days: number;
    /** The days that this configuration requires; undefined where it is Azure's limit that is broken. */
    readonly demandedDays: number | undefined;
}

const { limit, page } = BACKUP_POLICIES.DAILY_RETENTION;

/** BCDR331: daily recovery points are kept for fewer days than Azure or this configuration requires, or for too many (VMB-25). */
export const backupPolicyDailyRetention = limitPolicy<"backup policy", Retention, Configuration>({
    id: "BCDR331",
    name: "backup-policy-daily-retention",
    level: "mandatory",
    severity: "high",
    summary: "A backup policy's daily retention is outside the limits.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "retention"],
    remediationSteps: "Set the daily retention to a value that Azure and your configuration allow.",
    kind: "backup policy",
    appliesTo: ({ isForVms }) => isForVms,
    settings: {
        properties: {
            minimumDailyRetentionDays: {
                type: "integer",
                minimum: limit.minimumDays,
                default: limit.minimumDays,
                description:
                    "Daily recovery points of VMs must be kept for at least this many days. Policies without daily recovery points, such as weekly ones, always pass.",
            },
        },
        read: ({ minimumDailyRetentionDays }) => ({
            minimumDailyRetentionDays: numberOf(minimumDailyRetentionDays),
        }),
    },

    check: ({ policy, configuration: { minimumDailyRetentionDays = limit.minimumDays } }) => {
        const { value, property } = policy.dailyRetentionDays;
        const isOutsideAzures = (days: number): boolean => days < limit.minimumDays || days > limit.maximumDays;
        const isOutside = compare(policy, value, (days) => isOutsideAzures(days) || days < minimumDailyRetentionDays);
        return withEvidence(isOutside, () => {
            const days = valueOf(value) ?? 0;
            return { property, days, demandedDays: isOutsideAzures(days) ? undefined : minimumDailyRetentionDays };
        });
    },

    isOwnDemand: ({ days }, { minimumDailyRetentionDays: demanded = limit.minimumDays }) =>
        demanded > limit.minimumDays && days < demanded,

    message: ({ policy, found: [{ property, days, demandedDays }] }): Message => ({
        headline: headline(
            (name) =>
                `Backup policy ${name} keeps daily recovery points for ${days} days, but ` +
                (demandedDays === undefined
                    ? `Azure allows ${limit.minimumDays} to ${limit.maximumDays}.`
                    : `your configuration requires ${demandedDays}.`),
            policy,
        ),
        why:
            demandedDays === undefined
                ? "Azure refuses to create or change a policy with this value, so the update fails."
                : `Azure accepts this value, but you cannot restore a VM as it was ${demandedDays} days ago.`,
        ...(demandedDays === undefined
            ? {}
            : { facts: [`minimumDailyRetentionDays in your configuration: ${demandedDays}`] }),
        fix: withinLimit([step(policy, property, demandedDays)]),
        sources: [page],
    }),
});

function step(policy: string, property: string, demandedDays: number | undefined): Step {
    const least = demandedDays ?? limit.minimumDays;
    return least > limit.maximumDays
        ? {
              do: `Lower minimumDailyRetentionDays in your configuration to at most ${limit.maximumDays}. Azure keeps daily recovery points no longer.`,
          }
        : {
              do: `Set the daily retention of "${policy}" to a value from ${least} to ${limit.maximumDays} days.`,
              where: property,
          };
}
