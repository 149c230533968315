import { displayName } from "../../src/model/ids/display-name";
import { type Value, valueOf } from "../../src/model/values";
import type { BackupPolicy } from "../../src/model/resources";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { BACKUP_POLICIES } from "../../src/facts/backup-policies";
import { NIST } from "../../src/facts/frameworks";
import type { Page } from "../../src/facts/page";
import { whereConcerned } from "../limits";
import { resourcePolicy } from "../policy";

/** For how many days policies of one kind keep snapshots. */
interface Range {
    /** "a Standard policy with weekly backups" */
    readonly kind: string;
    readonly minimum: number;
    readonly maximum: number;
    /** What Azure sets where the policy says nothing. */
    readonly unset: number;
    readonly page: Page;
}

interface Parameters {
    readonly policy: string;
    readonly property: string;
    readonly days: number;
    /** False where the program leaves it to Azure. */
    readonly isSet: boolean;
    readonly range: Range;
    /** How long the vault keeps the recovery points, where that is the shorter limit. */
    readonly retention: { readonly days: number; readonly property: string } | undefined;
}

const { INSTANT_RESTORE_STANDARD, INSTANT_RESTORE_ENHANCED, INSTANT_RESTORE_IN_RETENTION, DAILY_RETENTION } =
    BACKUP_POLICIES;

/** BCDR330: snapshots for instant restore are kept for longer or shorter than the policy's type can (VMB-24). */
export const backupPolicyInstantRestoreDays = resourcePolicy<"backup policy" | "disk backup policy", Parameters>({
    id: "BCDR330",
    name: "backup-policy-instant-restore-days",
    level: "mandatory",
    severity: "high",
    summary: "A backup policy keeps instant restore points outside the limits.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "retention"],
    remediationSteps: "Set schedule and retention to values that Azure, and the configuration of this policy, allow.",
    kinds: ["backup policy", "disk backup policy"],

    *evaluate({ entity }): Iterable<Verdict<Parameters>> {
        if (entity.kind === "backup policy") {
            yield* whereConcerned(entity, entity.isForVms, verdicts(entity));
        }
    },

    message: ({ policy, property, days, isSet, range, retention }): Message => ({
        headline: headline(
            (name) =>
                `Backup policy ${name} keeps snapshots for ${days} days; ` +
                (retention === undefined
                    ? `Azure allows ${range.minimum === range.maximum ? "only " : ""}${span(range.minimum, range.maximum)}.`
                    : `recovery points in the vault only for ${retention.days}.`),
            policy,
        ),
        why:
            (retention === undefined
                ? `It is ${range.kind}, for which ${span(range.minimum, range.maximum)} days of instant restore are possible.`
                : "Snapshots for instant restore must not be kept for longer than the recovery points themselves.") +
            (isSet ? "" : ` The policy does not say how long; ${days} is Azure's default.`),
        steps: {
            occasion: "To bring the policy within the limit:",
            list: steps(policy, property, days, range, retention),
        },
        source: retention === undefined ? range.page : INSTANT_RESTORE_IN_RETENTION.page,
    }),
});

type Fit =
    | { readonly fit: "holds" }
    | { readonly fit: "breaks"; readonly parameters: Parameters }
    | { readonly fit: "open"; readonly property: string };

function verdicts(policy: BackupPolicy): readonly Verdict<Parameters>[] {
    const { value } = policy.instantRestoreDays;
    if (value.state === "unknown") {
        return [undecided(policy, value.property)];
    }
    const fits = possibleRanges(policy).map((range) => fitOf(policy, value, range));
    const [first] = fits;
    if (first === undefined || fits.every(({ fit }) => fit === "holds")) {
        return [];
    }
    if (first.fit === "breaks" && fits.every(({ fit }) => fit === "breaks")) {
        return [{ verdict: "violated", subject: subjectOf(policy), parameters: first.parameters }];
    }
    const unknowns = [policy.type, policy.frequency.value, policy.hourlyInterval.value, ...fits.flatMap(asUnknown)];
    return unknowns.flatMap((each) => (each.state === "unknown" ? undecided(policy, each.property) : [])).slice(0, 1);
}

function asUnknown(fit: Fit): readonly Value<never>[] {
    return fit.fit === "open" ? [{ state: "unknown", property: fit.property }] : [];
}

/** What may count for a policy of which the plan does not know all: one range, if it knows enough. */
function possibleRanges({ type, frequency, hourlyInterval }: BackupPolicy): readonly Range[] {
    const ranges: Range[] = [];
    const isWeekly = isKnownAs(frequency.value, "weekly");
    if (mayBe(type, "V1")) {
        const { minimumDays, maximumDays, unsetDays, weeklyDays } = INSTANT_RESTORE_STANDARD.limit;
        const { page } = INSTANT_RESTORE_STANDARD;
        if (mayBe(frequency.value, "weekly")) {
            const kind = "a Standard policy (V1) with weekly backups";
            ranges.push({ kind, minimum: weeklyDays, maximum: weeklyDays, unset: weeklyDays, page });
        }
        if (!isWeekly) {
            const kind = "a Standard policy (V1)";
            ranges.push({ kind, minimum: minimumDays, maximum: maximumDays, unset: unsetDays, page });
        }
    }
    if (mayBe(type, "V2")) {
        const { minimumDays, maximumDays, unsetDays, byInterval } = INSTANT_RESTORE_ENHANCED.limit;
        const { page } = INSTANT_RESTORE_ENHANCED;
        const common = { minimum: minimumDays, unset: unsetDays, page };
        const frequent = mayBe(frequency.value, "hourly")
            ? byInterval.filter(({ hours }) => mayBe(hourlyInterval.value, hours))
            : [];
        for (const { hours, maximumDays: maximum } of frequent) {
            ranges.push({ ...common, kind: `an Enhanced policy (V2) with a backup every ${hours} hours`, maximum });
        }
        const isFrequent =
            isKnownAs(frequency.value, "hourly") &&
            frequent.some(({ hours }) => isKnownAs(hourlyInterval.value, hours));
        if (!isFrequent) {
            ranges.push({ ...common, kind: "an Enhanced policy (V2)", maximum: maximumDays });
        }
    }
    return ranges;
}

function isKnownAs<T>(value: Value<T>, wanted: T): boolean {
    return value.state === "known" && value.value === wanted;
}

function mayBe<T>(value: Value<T>, wanted: T): boolean {
    return value.state === "unknown" || isKnownAs(value, wanted);
}

function fitOf(policy: BackupPolicy, value: Value<number>, range: Range): Fit {
    const days = valueOf(value) ?? range.unset;
    const facts = {
        policy: displayName(policy),
        property: policy.instantRestoreDays.property,
        days,
        isSet: value.state === "known",
        range,
    };
    if (days < range.minimum || days > range.maximum) {
        return { fit: "breaks", parameters: { ...facts, retention: undefined } };
    }
    const { dailyRetentionDays: daily, weeklyRetentionDays: weekly } = policy;
    const retention = daily.value.state === "absent" ? weekly : daily;
    switch (retention.value.state) {
        case "absent":
            return { fit: "holds" };
        case "unknown":
            // No retention in the vault is shorter than this.
            return days <= DAILY_RETENTION.limit.minimumDays
                ? { fit: "holds" }
                : { fit: "open", property: retention.value.property };
        case "known":
            return days <= retention.value.value
                ? { fit: "holds" }
                : {
                      fit: "breaks",
                      parameters: {
                          ...facts,
                          retention: { days: retention.value.value, property: retention.property },
                      },
                  };
    }
}

function steps(
    policy: string,
    property: string,
    days: number,
    range: Range,
    retention: Parameters["retention"],
): readonly string[] {
    if (retention === undefined) {
        return [`Set ${property} of "${policy}" to ${oneOf(range.minimum, range.maximum)} (days).`];
    }
    const longer = `${retention.property} of "${policy}", so that recovery points are kept for ${days} days or more.`;
    // A retention that Azure does not take is nothing to go by.
    return retention.days < DAILY_RETENTION.limit.minimumDays
        ? [`Raise ${longer}`]
        : [`Set ${property} of "${policy}" to ${oneOf(range.minimum, retention.days)} (days).`, `Or raise ${longer}`];
}

function oneOf(from: number, to: number): string {
    return from === to ? String(from) : `a value from ${span(from, to)}`;
}

function span(from: number, to: number): string {
    return from === to ? String(from) : `${from} to ${to}`;
}
