import type { Step } from "../../src/advice/fix";
import { any, compare } from "../../src/model/answers";
import { hoursOf, repetitionHours } from "../../src/model/duration";
import { type Value, valueOf } from "../../src/model/values";
import type { DiskBackupPolicy, DiskRetention, DiskRetentionTakes } from "../../src/model/resources";
import type { Provider } from "../../src/model/ids/type-token";
import { headline, type Message } from "../../src/findings/message";
import { BACKUP_POLICIES } from "../../src/facts/backup-policies";
import { NIST } from "../../src/facts/frameworks";
import { limitPolicy } from "../limits";

type Fault =
    | { readonly is: "interval"; readonly text: string | undefined; readonly property: string }
    | { readonly is: "retention"; readonly text: string; readonly days: number; readonly property: string }
    | { readonly is: "points"; readonly points: number; readonly property: string };

const { DISK_INTERVAL, DISK_RETENTION } = BACKUP_POLICIES;
const { maximumDays, maximumPoints } = DISK_RETENTION.limit;

/** BCDR334: Disk Backup at an interval that it does not support, or more backups than it keeps (DKB-02, DKB-04). */
export const diskBackupPolicyInterval = limitPolicy<"disk backup policy", Fault>({
    id: "BCDR334",
    name: "disk-backup-policy-interval",
    level: "mandatory",
    severity: "high",
    summary: "A Disk Backup policy's interval or retention is outside the limits.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "retention"],
    remediationSteps: "Use an interval, retention and number of backups that Azure supports.",
    kind: "disk backup policy",
    appliesTo: ({ isForDisks }) => isForDisks,

    check: ({ policy }) => {
        const schedule = valueOf(policy.schedule.value) ?? [];
        const retentions = valueOf(policy.retentions.value) ?? [];
        const faults = [
            ...schedule.flatMap(({ value, property }) => intervalFault(valueOf(value), property)),
            ...retentions.flatMap(({ duration }) => retentionFault(valueOf(duration.value), duration.property)),
            ...pointsFault(policy, retentions),
        ];
        if (faults.length > 0) {
            return { answer: "yes", items: faults };
        }
        const decisive: readonly Value<unknown>[] = [
            policy.schedule.value,
            policy.retentions.value,
            ...schedule.map(({ value }) => value),
            ...retentions.flatMap(({ duration, takes }) => [duration.value, takes]),
        ];
        return any(decisive.map((value) => compare(policy, value, () => false)));
    },

    message: ({ policy, provider, found: faults }): Message => {
        const [first, ...others] = faults;
        return {
            headline: headline((name) => `Disk Backup policy ${name} ${faultInWords(first)}.`, policy),
            why: [
                "Azure can refuse the policy.",
                ...(faults.some(({ is }) => is === "interval") ? [DISK_INTERVAL.says] : []),
                ...(faults.some(({ is }) => is !== "interval") ? [DISK_RETENTION.says] : []),
            ].join(" "),
            ...(others.length === 0 ? {} : { facts: others.map((fault) => `It also ${faultInWords(fault)}.`) }),
            fix: {
                kind: "in order",
                intro: "To bring the policy within the limit:",
                steps: faults.map((fault) => step(policy, fault)),
            },
            notes: REPLACED[provider],
            sources: [first.is === "interval" ? DISK_INTERVAL.page : DISK_RETENTION.page],
        };
    },
});

/** Classic d.ts: every property of the policy forces a new one. */
const REPLACED: Readonly<Record<Provider, readonly string[]>> = {
    "azure-native": [],
    "azure-classic": [
        "Pulumi replaces the policy. If it already protects disks, declare a new policy and assign it to their backup instances first. Then remove this one.",
    ],
};

function intervalFault(text: string | undefined, property: string): readonly Fault[] {
    const hours = text === undefined ? undefined : repetitionHours(text);
    return text === undefined || (hours !== undefined && DISK_INTERVAL.limit.hours.includes(hours))
        ? []
        : [{ is: "interval", text: isInterval(text) ? text : undefined, property }];
}

/** Any other text may be a secret, and is not repeated. */
function isInterval(text: string): boolean {
    return /^[RPTYMWDHSZ\d:+./-]{1,60}$/.test(text);
}

function retentionFault(text: string | undefined, property: string): readonly Fault[] {
    const hours = text === undefined ? undefined : hoursOf(text);
    return text === undefined || hours === undefined || hours <= maximumDays * 24
        ? []
        : [{ is: "retention", text, days: Math.floor(hours / 24), property }];
}

/** Says nothing where a part is not known, or breaks another limit: that is reported already. */
function pointsFault({ schedule }: DiskBackupPolicy, retentions: readonly DiskRetention[]): readonly Fault[] {
    const intervals = (valueOf(schedule.value) ?? []).map(({ value }) => repetitionHours(valueOf(value) ?? "") ?? NaN);
    const perDay = intervals.reduce((sum, hours) => sum + 24 / hours, 0);
    const days = new Map<DiskRetentionTakes, { days: number; property: string }>();
    for (const { duration, takes } of retentions) {
        const taken = valueOf(takes);
        const hours = hoursOf(valueOf(duration.value) ?? "");
        if (takes.state === "unknown" || (hours !== undefined && hours > maximumDays * 24)) {
            return [];
        }
        if (taken !== undefined && hours !== undefined && hours / 24 > (days.get(taken)?.days ?? 0)) {
            days.set(taken, { days: hours / 24, property: duration.property });
        }
    }
    const kept = [...days].map(([takes, each]) => ({
        points: each.days * takenPerDay(takes, perDay, (other) => days.has(other)),
        property: each.property,
    }));
    const points = Math.floor(kept.reduce((sum, each) => sum + each.points, 0));
    const [most] = kept.sort((a, b) => b.points - a.points);
    return most !== undefined && points > maximumPoints ? [{ is: "points", points, property: most.property }] : [];
}

/** How many of a day's backups a retention rule takes, if each backup goes to the policy that comes round least often. */
function takenPerDay(takes: DiskRetentionTakes, perDay: number, has: (other: DiskRetentionTakes) => boolean): number {
    const year = has("first of year") ? 1 / 365 : 0;
    const month = has("first of month") ? 12 / 365 - year : 0;
    const week = has("first of week") ? 1 / 7 : 0;
    const rarer = week + month + year;
    switch (takes) {
        case "first of year":
            return year;
        case "first of month":
            return month;
        case "first of week":
            return week;
        case "first of day":
            return 1 - rarer;
        case "all":
        case "the others":
            return perDay - (has("first of day") ? 1 : rarer);
    }
}

function faultInWords(fault: Fault): string {
    switch (fault.is) {
        case "interval":
            return fault.text === undefined
                ? "has an interval that Azure cannot read"
                : `has an interval that Azure does not support: ${fault.text}`;
        case "retention":
            return `keeps backups for ${fault.days} days (${fault.text}), but Azure keeps them for at most ${maximumDays}`;
        case "points":
            return `keeps about ${fault.points} backups of a disk, but Azure keeps at most ${maximumPoints}`;
    }
}

function step(policy: string, fault: Fault): Step {
    const { property: where } = fault;
    switch (fault.is) {
        case "interval":
            return {
                do: `Change the interval of "${policy}" so that it ends in ${oneOf(DISK_INTERVAL.limit.hours.map(intervalInWords))}.`,
                where,
            };
        case "retention":
            return { do: `Keep the backups of "${policy}" for at most ${maximumDays} days (P${maximumDays}D).`, where };
        case "points":
            return {
                do: `Keep the backups of "${policy}" for a shorter time, or back up less often.`,
                where,
                note: `At most ${maximumPoints} backups of a disk can exist at a time.`,
            };
    }
}

function intervalInWords(hours: number): string {
    return hours === 24 ? "P1D" : `PT${hours}H`;
}

function oneOf(words: readonly string[]): string {
    return `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}
