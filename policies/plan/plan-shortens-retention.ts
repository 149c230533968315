import type { Step } from "../../src/advice/fix";
import { type Answer, compare, NO, unknownAnswer, withEvidence } from "../../src/model/answers";
import { displayName } from "../../src/model/ids/display-name";
import { hoursOf } from "../../src/model/duration";
import { valueOf } from "../../src/model/values";
import { ResourceIndex, linkedTo } from "../../src/model/link";
import type {
    BackupItem,
    BackupPolicy,
    DiskBackup,
    DiskBackupPolicy,
    DiskRetention,
    Entity,
    ReplicatedItem,
    ReplicationPolicy,
} from "../../src/model/resources";
import type { Estate } from "../../src/model/estate";
import type { Plan } from "../../src/model/plan";
import type { Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import { planPolicy } from "../policy";
import { capitalised, type Tense, tense, says } from "./tense";
import { type Cut, inWords, less, setBack, undoOrExempt, type Weakening, weakened, weakening } from "./weakening";

/** BCDR607: Azure keeps recovery points for less time (VLT-26). */
export const planShortensRetention = planPolicy<Weakening>({
    id: "BCDR607",
    name: "plan-shortens-retention",
    level: "advisory",
    severity: "medium",
    summary: "The plan shortens the retention of recovery points.",
    framework: NIST.PROTECTED_BACKUP,
    tags: ["azure-backup", "site-recovery", "plan", "retention"],
    remediationSteps:
        "Undo the change. If shorter retention is enough, exempt the finding with a reason and an end date.",

    *evaluate(plan): Iterable<Verdict<Weakening>> {
        yield* weakened(plan, comparisonsOf);
        yield* movedItems(plan);
    },

    message: (parameters, circumstances): Message => {
        const { kind, name, cuts } = parameters;
        const now = tense(kind, circumstances);
        const [first, ...others] = cuts.map(inWords);
        return {
            headline: headline((quoted) => `${change(now, parameters, quoted)}: ${first ?? ""}.`, name),
            why: "Azure deletes recovery points older than the new limit at the next cleanup. Attackers who want to destroy backups start like this, too.",
            facts: others.map(capitalised),
            fix: undoOrExempt(now, undoSteps(parameters)),
            sources: [PLANS.WEAKENED.page],
        };
    },
});

function change(now: Tense, { what, moved }: Weakening, name: string): string {
    return moved === undefined
        ? says(now, `The plan shortens retention in ${what} ${name}`, `Retention in ${what} ${name} was shortened`)
        : says(
              now,
              `The plan moves ${what} ${name} to a policy that keeps less`,
              `${capitalised(what)} ${name} was moved to a policy that keeps less`,
          );
}

function undoSteps({ name, cuts, moved }: Weakening): readonly Step[] {
    return moved === undefined
        ? [setBack(name, cuts)]
        : [{ do: `Assign policy "${moved.from}" to "${name}" again.` }, keepAsMuch(moved, cuts)];
}

/** The policy that an item is moved to keeps as much as the one that it had. */
function keepAsMuch({ from, to }: NonNullable<Weakening["moved"]>, cuts: readonly Cut[]): Step {
    return {
        do: `Make policy "${to}" keep as much as "${from}": ${cuts.map(({ what, before }) => `${what} for ${before}`).join(", and ")}.`,
        where: cuts.map(({ property }) => property).join(" and "),
    };
}

function comparisonsOf(before: Entity, after: Entity): readonly Answer<Cut>[] {
    if (before.kind === "backup policy" && after.kind === "backup policy") {
        return ofBackupPolicy(before, after);
    }
    if (before.kind === "disk backup policy" && after.kind === "disk backup policy") {
        return ofDiskBackupPolicy(before, after);
    }
    if (before.kind === "replication policy" && after.kind === "replication policy") {
        return ofReplicationPolicy(before, after);
    }
    return [];
}

function ofBackupPolicy(before: BackupPolicy, after: BackupPolicy): readonly Answer<Cut>[] {
    const days = (value: number): string => durationInWords(value * DAY);
    return [
        less("daily recovery points", after, before.dailyRetentionDays, after.dailyRetentionDays, days, "none"),
        less("weekly recovery points", after, before.weeklyRetentionDays, after.weeklyRetentionDays, days, "none"),
        less("instant restore", after, before.instantRestoreDays, after.instantRestoreDays, days, undefined),
    ];
}

function ofReplicationPolicy(before: ReplicationPolicy, after: ReplicationPolicy): readonly Answer<Cut>[] {
    return [
        less("recovery point history", after, before.historyMinutes, after.historyMinutes, minutesInWords, undefined),
    ];
}

/** Backups that lose their rule are kept as the default rule says. */
function ofDiskBackupPolicy(before: DiskBackupPolicy, after: DiskBackupPolicy): readonly Answer<Cut>[] {
    const { value } = after.retentions;
    if (value.state === "unknown") {
        return valueOf(before.retentions.value) === undefined ? [] : [unknownAnswer(after, value.property)];
    }
    const now = valueOf(value) ?? [];
    return (valueOf(before.retentions.value) ?? []).map((former) => {
        const takes = valueOf(former.takes);
        const rule =
            now.find((each) => valueOf(each.takes) === takes) ??
            now.find((each) => valueOf(each.takes) === "the others");
        return rule === undefined ? NO : shorter(after, former, rule);
    });
}

function shorter(policy: DiskBackupPolicy, before: DiskRetention, after: DiskRetention): Answer<Cut> {
    const was = valueOf(before.duration.value);
    const { property, value } = after.duration;
    const [wasHours, isHours] = [was, valueOf(value)].map((duration) => duration && hoursOf(duration));
    return withEvidence(
        compare(policy, value, () => typeof wasHours === "number" && typeof isHours === "number" && isHours < wasHours),
        () => ({
            what: ruleInWords(before),
            before: isoInWords(was ?? ""),
            after: isoInWords(valueOf(value) ?? ""),
            property,
        }),
    );
}

function ruleInWords({ takes }: DiskRetention): string {
    const backups = valueOf(takes);
    return backups === undefined || backups === "the others"
        ? "backups under the default rule"
        : `backups under the rule "${backups}"`;
}

/** `12 hours (720 minutes)`: the program counts in minutes. */
function minutesInWords(minutes: number): string {
    const words = durationInWords(minutes);
    return words.includes("minute") ? words : `${words} (${minutes.toLocaleString("en-US")} minutes)`;
}

/** `30 days (P30D)` */
function isoInWords(duration: string): string {
    const hours = hoursOf(duration);
    return hours === undefined || hours % 24 !== 0 ? duration : `${durationInWords(hours * 60)} (${duration})`;
}

function durationInWords(minutes: number): string {
    const [count, unit] =
        minutes % DAY === 0
            ? [minutes / DAY, "day"]
            : minutes % 60 === 0
              ? [minutes / 60, "hour"]
              : [minutes, "minute"];
    return `${count.toLocaleString("en-US")} ${unit}${count === 1 ? "" : "s"}`;
}

const DAY = 24 * 60;

/** Items that are assigned another policy of the stack; of a policy outside of it, the plan says nothing. */
function* movedItems(plan: Plan): Iterable<Verdict<Weakening>> {
    const before = replicationPolicies(plan.before);
    const after = replicationPolicies(plan.after);
    for (const item of [
        ...plan.before.backup.items,
        ...plan.before.replication.items,
        ...plan.before.backup.diskBackups,
    ]) {
        const later = plan.afterwards(item);
        if (later === undefined) {
            continue;
        }
        const from = policyOf(plan.before, before, item);
        const to = policyOf(plan.after, after, later);
        if (from !== undefined && to !== undefined && plan.afterwards<Entity>(from) !== to) {
            const moved = { from: displayName(from), to: displayName(to) };
            yield* weakening(plan, later, comparisonsOf(from, to), moved);
        }
    }
}

function policyOf(
    estate: Estate,
    replicationPolicyIndex: ResourceIndex<ReplicationPolicy>,
    item: BackupItem | ReplicatedItem | DiskBackup,
): BackupPolicy | ReplicationPolicy | DiskBackupPolicy | undefined {
    switch (item.kind) {
        case "backup item":
            return linkedTo(estate.backupPolicies.of(item));
        case "replicated item":
            return linkedTo(replicationPolicyIndex.follow(item.policy));
        case "disk backup":
            return linkedTo(estate.backup.policyOf(item));
    }
}

function replicationPolicies(estate: Estate): ResourceIndex<ReplicationPolicy> {
    return new ResourceIndex(estate.all("replication policy"), "Microsoft.RecoveryServices/vaults/replicationPolicies");
}
