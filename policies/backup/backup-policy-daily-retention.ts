import { compare, withEvidence } from "../../src/model/answers";
import { valueOf } from "../../src/model/values";
import { headline, type Message } from "../../src/findings/message";
import { BACKUP_POLICIES } from "../../src/facts/backup-policies";
import { NIST } from "../../src/facts/frameworks";
import { limitPolicy, numberOf } from "../limits";

interface Configuration {
    readonly minimumDailyRetentionDays: number | undefined;
}

interface Retention {
    readonly property: string;
    readonly days: number;
    /** The days that this configuration asks for; undefined where it is Azure's limit that is broken. */
    readonly demandedDays: number | undefined;
}

const { limit, page } = BACKUP_POLICIES.DAILY_RETENTION;

/** BCDR331: daily recovery points are kept for fewer days than Azure or this configuration asks, or for too many (VMB-25). */
export const backupPolicyDailyRetention = limitPolicy<"backup policy", Retention, Configuration>({
    id: "BCDR331",
    name: "backup-policy-daily-retention",
    level: "mandatory",
    severity: "high",
    summary: "A backup policy's daily retention is outside the limits.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "retention"],
    remediationSteps: "Set schedule and retention to values that Azure, and the configuration of this policy, allow.",
    kind: "backup policy",
    appliesTo: ({ isForVms }) => isForVms,
    settings: {
        properties: {
            minimumDailyRetentionDays: {
                type: "integer",
                minimum: limit.minimumDays,
                default: limit.minimumDays,
                description:
                    "Daily recovery points of VMs must be kept for at least this many days. Policies that keep none, such as weekly ones, are not concerned.",
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

    message: ({ policy, found: [{ property, days, demandedDays }] }): Message => ({
        headline: headline(
            (name) =>
                `Backup policy ${name} keeps daily recovery points for ${days} days; ` +
                (demandedDays === undefined
                    ? `Azure allows ${limit.minimumDays} to ${limit.maximumDays}.`
                    : `this configuration asks for at least ${demandedDays}.`),
            policy,
        ),
        why:
            demandedDays === undefined
                ? `Azure Backup takes no policy for VMs whose daily retention lies outside of ${limit.minimumDays} to ${limit.maximumDays} days.`
                : `Azure takes it; the stricter limit is this configuration's, minimumDailyRetentionDays: ${demandedDays}.`,
        fix: {
            kind: "in order",
            intro: "To bring the policy within the limit:",
            steps: [{ do: step(policy, property, demandedDays) }],
        },
        sources: [page],
    }),
});

function step(policy: string, property: string, demandedDays: number | undefined): string {
    const least = demandedDays ?? limit.minimumDays;
    return least > limit.maximumDays
        ? `Lower minimumDailyRetentionDays in this configuration: Azure keeps daily recovery points for at most ${limit.maximumDays} days.`
        : `Set ${property} of "${policy}" to a value from ${least} to ${limit.maximumDays} (days).`;
}
