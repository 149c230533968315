import { displayName } from "../../src/model/ids/display-name";
import { valueOf } from "../../src/model/values";
import type { BackupPolicy } from "../../src/model/resources";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { BACKUP_POLICIES } from "../../src/facts/backup-policies";
import { NIST } from "../../src/facts/frameworks";
import { numberOf, whereConcerned } from "../limits";
import { resourcePolicy } from "../policy";

interface Configuration {
    readonly minimumDailyRetentionDays: number | undefined;
}

interface Parameters {
    readonly policy: string;
    readonly property: string;
    readonly days: number;
    /** The days that this configuration asks for; undefined where it is Azure's limit that is broken. */
    readonly demandedDays: number | undefined;
}

const { limit, page } = BACKUP_POLICIES.DAILY_RETENTION;

/** BCDR331: daily recovery points are kept for fewer days than Azure or this configuration asks, or for too many (VMB-25). */
export const backupPolicyDailyRetention = resourcePolicy<
    "backup policy" | "disk backup policy",
    Parameters,
    Configuration
>({
    id: "BCDR331",
    name: "backup-policy-daily-retention",
    level: "mandatory",
    severity: "high",
    summary: "A backup policy's daily retention is outside the limits.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "retention"],
    remediationSteps: "Set schedule and retention to values that Azure, and the configuration of this policy, allow.",
    kinds: ["backup policy", "disk backup policy"],
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

    *evaluate({ entity }, configuration): Iterable<Verdict<Parameters>> {
        if (entity.kind === "backup policy") {
            yield* whereConcerned(entity, entity.isForVms, verdicts(entity, configuration));
        }
    },

    message: ({ policy, property, days, demandedDays }): Message => ({
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
        steps: {
            occasion: "To bring the policy within the limit:",
            list: [step(policy, property, demandedDays)],
        },
        source: page,
    }),
});

function verdicts(policy: BackupPolicy, { minimumDailyRetentionDays }: Configuration): readonly Verdict<Parameters>[] {
    const { value, property } = policy.dailyRetentionDays;
    if (value.state === "unknown") {
        return [undecided(policy, value.property)];
    }
    const days = valueOf(value);
    if (days === undefined) {
        return [];
    }
    const isOutsideAzures = days < limit.minimumDays || days > limit.maximumDays;
    const isBelowDemand = minimumDailyRetentionDays !== undefined && days < minimumDailyRetentionDays;
    return isOutsideAzures || isBelowDemand
        ? [
              {
                  verdict: "violated",
                  subject: subjectOf(policy),
                  parameters: {
                      policy: displayName(policy),
                      property,
                      days,
                      demandedDays: isOutsideAzures ? undefined : minimumDailyRetentionDays,
                  },
              },
          ]
        : [];
}

function step(policy: string, property: string, demandedDays: number | undefined): string {
    const least = demandedDays ?? limit.minimumDays;
    return least > limit.maximumDays
        ? `Lower minimumDailyRetentionDays in this configuration: Azure keeps daily recovery points for at most ${limit.maximumDays} days.`
        : `Set ${property} of "${policy}" to a value from ${least} to ${limit.maximumDays} (days).`;
}
