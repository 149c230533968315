import { displayName } from "../../src/model/ids/display-name";
import { valueOf } from "../../src/model/values";
import type { BackupPolicy } from "../../src/model/resources";
import type { Provider } from "../../src/model/ids/type-token";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { toEnhanced } from "../../src/advice/backup-policy";
import { BACKUP_POLICIES } from "../../src/facts/backup-policies";
import { NIST } from "../../src/facts/frameworks";
import { whereConcerned } from "../limits";
import { resourcePolicy } from "../policy";

interface Parameters {
    readonly policy: string;
    readonly provider: Provider;
    readonly frequencyProperty: string;
    readonly intervalProperty: string;
    /** The interval that Azure does not know; undefined where it is the type that has no hourly backups. */
    readonly hours: number | undefined;
}

const { limit, page } = BACKUP_POLICIES.HOURLY;

/** BCDR332: hourly backups under a Standard policy, or at an interval that there is not (VMB-23). */
export const backupPolicyHourlySchedule = resourcePolicy<"backup policy" | "disk backup policy", Parameters>({
    id: "BCDR332",
    name: "backup-policy-hourly-schedule",
    level: "mandatory",
    severity: "high",
    summary: "A backup policy has a schedule that its type does not have.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "retention"],
    remediationSteps: "Set schedule and retention to values that Azure, and the configuration of this policy, allow.",
    kinds: ["backup policy", "disk backup policy"],

    *evaluate({ entity }): Iterable<Verdict<Parameters>> {
        if (entity.kind === "backup policy") {
            yield* whereConcerned(entity, entity.isForVms, verdicts(entity));
        }
    },

    message: ({ policy, provider, frequencyProperty, intervalProperty, hours }): Message => ({
        headline: headline(
            (name) =>
                hours === undefined
                    ? `Backup policy ${name} is a Standard one (V1), which has no hourly backups.`
                    : `Backup policy ${name} asks for a backup every ${hours} hours; Azure allows ${allowedHours()}.`,
            policy,
        ),
        why: "A Standard policy backs up once a day or once a week. Only an Enhanced one (V2) does so several times a day, at fixed intervals.",
        steps: {
            occasion: "To bring the policy within the limit:",
            list:
                hours === undefined
                    ? [`Set ${frequencyProperty} of "${policy}" to Daily or Weekly.`, toEnhanced(policy, provider)]
                    : [`Set ${intervalProperty} of "${policy}" to ${allowedHours()}.`],
        },
        source: page,
    }),
});

function verdicts(policy: BackupPolicy): readonly Verdict<Parameters>[] {
    const { frequency, hourlyInterval, type } = policy;
    const hours = valueOf(hourlyInterval.value);
    const isNoInterval = hours !== undefined && !limit.hours.includes(hours);
    const isStandard = valueOf(type) === "V1";
    const openQuestions = [frequency.value, type, hourlyInterval.value].flatMap((each) =>
        each.state === "unknown" ? [each.property] : [],
    );
    const mayBeHourly = frequency.value.state === "unknown" || valueOf(frequency.value) === "hourly";
    const mayBeWrong =
        isStandard || isNoInterval || type.state === "unknown" || hourlyInterval.value.state === "unknown";
    if (!mayBeHourly || !mayBeWrong) {
        return [];
    }
    if (valueOf(frequency.value) === "hourly" && (isStandard || isNoInterval)) {
        return [
            {
                verdict: "violated",
                subject: subjectOf(policy),
                parameters: {
                    policy: displayName(policy),
                    provider: policy.provider,
                    frequencyProperty: frequency.property,
                    intervalProperty: hourlyInterval.property,
                    hours: isStandard ? undefined : hours,
                },
            },
        ];
    }
    return openQuestions.slice(0, 1).map((property) => undecided(policy, property));
}

function allowedHours(): string {
    return `${limit.hours.slice(0, -1).join(", ")} or ${limit.hours.at(-1) ?? ""}`;
}
