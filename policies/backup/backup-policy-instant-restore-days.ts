import { withinLimit, type Step } from "../../src/advice/fix";
import { any, type Answer, compare, firstQuestion, NO, unknownAnswer } from "../../src/model/answers";
import { type Value, valueOf } from "../../src/model/values";
import type { BackupPolicy } from "../../src/model/resources";
import { headline, type Message } from "../../src/findings/message";
import { BACKUP_POLICIES } from "../../src/facts/backup-policies";
import { NIST } from "../../src/facts/frameworks";
import type { Page } from "../../src/facts/page";
import { limitPolicy } from "../limits";

/** For how many days policies of one kind keep snapshots. */
interface Range {
    /** `A Standard policy (V1) with weekly backups` */
    readonly kind: string;
    readonly minimum: number;
    readonly maximum: number;
    /** What Azure sets where the policy sets nothing. */
    readonly unset: number;
    readonly page: Page;
}

interface OutsideRange {
    readonly property: string;
    readonly days: number;
    /** False where the program leaves it to Azure. */
    readonly isSet: boolean;
    readonly range: Range;
    /** How long the vault keeps the recovery points, where that is the shorter limit. */
    readonly retention: { readonly days: number; readonly property: string } | undefined;
}

const {
    INSTANT_RESTORE_STANDARD,
    INSTANT_RESTORE_ENHANCED,
    INSTANT_RESTORE_ENHANCED_WEEKLY,
    INSTANT_RESTORE_IN_RETENTION,
    DAILY_RETENTION,
} = BACKUP_POLICIES;

/** BCDR330: snapshots for instant restore are kept for longer or shorter than the policy's type can (VMB-24). */
export const backupPolicyInstantRestoreDays = limitPolicy<"backup policy", OutsideRange>({
    id: "BCDR330",
    name: "backup-policy-instant-restore-days",
    level: "mandatory",
    severity: "high",
    summary: "A backup policy keeps snapshots for too many or too few days.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "retention"],
    remediationSteps: "Keep instant-restore snapshots for as many days as the type and schedule of the policy allow.",
    kind: "backup policy",
    appliesTo: ({ isForVms }) => isForVms,

    check: ({ policy }) => {
        const { value } = policy.instantRestoreDays;
        if (value.state === "unknown") {
            return unknownAnswer(policy, value.property);
        }
        const answers = possibleRanges(policy).map((range) => outsideOf(range, policy, value));
        const [first = NO] = answers;
        if (answers.every(({ answer }) => answer === "no") || answers.every(({ answer }) => answer === "yes")) {
            return first;
        }
        const decisive: readonly Value<unknown>[] = [policy.type, policy.frequency.value, policy.hourlyInterval.value];
        return firstQuestion(
            any([
                ...decisive.map((each) => compare(policy, each, () => false)),
                ...answers.filter(({ answer }) => answer === "unknown"),
            ]),
        );
    },

    message: ({ policy, found: [{ property, days, isSet, range, retention }] }): Message => ({
        headline: headline(
            (name) =>
                `Backup policy ${name} keeps snapshots for ${days} days, but ` +
                (retention === undefined
                    ? `Azure allows ${range.minimum === range.maximum ? "only " : ""}${span(range.minimum, range.maximum)}.`
                    : `its recovery points for only ${retention.days}.`),
            policy,
        ),
        why: `Azure can refuse the policy. ${
            retention === undefined
                ? `${range.kind} keeps snapshots for instant restore for ${span(range.minimum, range.maximum)} days.`
                : "A policy cannot keep snapshots for instant restore longer than its recovery points in the vault."
        }`,
        ...(isSet ? {} : { facts: [`The policy sets no number of days. Azure's default is ${days}.`] }),
        fix: withinLimit(steps(policy, property, days, range, retention)),
        sources: [retention === undefined ? range.page : INSTANT_RESTORE_IN_RETENTION.page],
    }),
});

/** What may count for a policy of which the plan does not know all: one range, if it knows enough. */
function possibleRanges({ type, frequency, hourlyInterval }: BackupPolicy): readonly Range[] {
    const ranges: Range[] = [];
    const isWeekly = isKnownAs(frequency.value, "weekly");
    if (mayBe(type, "V1")) {
        const { minimumDays, maximumDays, unsetDays, weeklyDays } = INSTANT_RESTORE_STANDARD.limit;
        const { page } = INSTANT_RESTORE_STANDARD;
        if (mayBe(frequency.value, "weekly")) {
            const kind = "A Standard policy (V1) with weekly backups";
            ranges.push({ kind, minimum: weeklyDays, maximum: weeklyDays, unset: weeklyDays, page });
        }
        if (!isWeekly) {
            const kind = "A Standard policy (V1)";
            ranges.push({ kind, minimum: minimumDays, maximum: maximumDays, unset: unsetDays, page });
        }
    }
    if (mayBe(type, "V2")) {
        const { minimumDays, maximumDays, unsetDays, byInterval } = INSTANT_RESTORE_ENHANCED.limit;
        const { page } = INSTANT_RESTORE_ENHANCED;
        if (mayBe(frequency.value, "weekly")) {
            const { limit, page: weeklyPage } = INSTANT_RESTORE_ENHANCED_WEEKLY;
            ranges.push({
                kind: "An Enhanced policy (V2) with weekly backups",
                minimum: limit.minimumDays,
                maximum: limit.maximumDays,
                unset: limit.unsetDays,
                page: weeklyPage,
            });
        }
        const common = { minimum: minimumDays, unset: unsetDays, page };
        const frequent = mayBe(frequency.value, "hourly")
            ? byInterval.filter(({ hours }) => mayBe(hourlyInterval.value, hours))
            : [];
        for (const { hours, maximumDays: maximum } of frequent) {
            ranges.push({ ...common, kind: `An Enhanced policy (V2) with a backup every ${hours} hours`, maximum });
        }
        const isFrequent =
            isKnownAs(frequency.value, "hourly") &&
            frequent.some(({ hours }) => isKnownAs(hourlyInterval.value, hours));
        if (!isWeekly && !isFrequent) {
            ranges.push({ ...common, kind: "An Enhanced policy (V2)", maximum: maximumDays });
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

function outsideOf(range: Range, policy: BackupPolicy, value: Value<number>): Answer<OutsideRange> {
    const days = valueOf(value) ?? range.unset;
    const facts = {
        property: policy.instantRestoreDays.property,
        days,
        isSet: value.state === "known",
        range,
    };
    if (days < range.minimum || days > range.maximum) {
        return { answer: "yes", items: [{ ...facts, retention: undefined }] };
    }
    const { dailyRetentionDays: daily, weeklyRetentionDays: weekly } = policy;
    const retention = daily.value.state === "absent" ? weekly : daily;
    switch (retention.value.state) {
        case "absent":
            return NO;
        case "unknown":
            // No retention in the vault is shorter than this.
            return days <= DAILY_RETENTION.limit.minimumDays ? NO : unknownAnswer(policy, retention.value.property);
        case "known":
            return days <= retention.value.value
                ? NO
                : {
                      answer: "yes",
                      items: [{ ...facts, retention: { days: retention.value.value, property: retention.property } }],
                  };
    }
}

function steps(
    policy: string,
    property: string,
    days: number,
    range: Range,
    retention: OutsideRange["retention"],
): readonly Step[] {
    const shorter = (most: number): Step => ({
        do: `Keep the snapshots of "${policy}" for ${span(range.minimum, most)} days.`,
        where: property,
    });
    if (retention === undefined) {
        return [shorter(range.maximum)];
    }
    const longer = {
        do: `Keep the recovery points of "${policy}" for at least ${days} days.`,
        where: retention.property,
    };
    // The retention itself is outside of what Azure allows.
    return retention.days < DAILY_RETENTION.limit.minimumDays ? [longer] : [shorter(retention.days), longer];
}

function span(from: number, to: number): string {
    return from === to ? String(from) : `${from} to ${to}`;
}
