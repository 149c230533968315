import { asSteps } from "../../src/advice/fix";
import { type Answer, compare, NO, unknownAnswer, withEvidence } from "../../src/model/answers";
import { displayName } from "../../src/model/ids/display-name";
import { hoursOf } from "../../src/model/duration";
import { valueOf } from "../../src/model/values";
import { ResourceIndex, linkedTo } from "../../src/model/link";
import type {
    AzureResource,
    BackupPolicy,
    DiskBackupPolicy,
    DiskRetention,
    Entity,
    ReplicationPolicy,
} from "../../src/model/resources";
import type { Plan } from "../../src/model/plan";
import type { Reference } from "../../src/model/planned-resource";
import type { Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import { planPolicy } from "../policy";
import { tense, occasion, says } from "./tense";
import { backStep, type Cut, inWords, lastSteps, less, type Weakening, weakened, weakening } from "./weakening";

/** BCDR607: recovery points will be kept for less time (VLT-26). */
export const planShortensRetention = planPolicy<Weakening>({
    id: "BCDR607",
    name: "plan-shortens-retention",
    level: "advisory",
    severity: "medium",
    summary: "The plan shortens retention.",
    framework: NIST.PROTECTED_BACKUP,
    tags: ["azure-backup", "site-recovery", "plan", "retention"],
    remediationSteps: "Take the change back, or decide that less protection is enough and exempt it.",

    *evaluate(plan): Iterable<Verdict<Weakening>> {
        yield* weakened(plan, comparisonsOf);
        yield* movedItems(plan);
    },

    message: (parameters, circumstances): Message => {
        const { kind, what, name, cuts, moved } = parameters;
        const now = tense(kind, circumstances);
        const change = cuts.slice(0, 1).map(inWords).join("");
        return {
            headline: headline(
                (quoted) =>
                    moved === undefined
                        ? `${says(now, `The plan loosens the ${what} ${quoted}`, `The ${what} ${quoted} has been loosened`)}: ${change}.`
                        : `${says(now, `The plan moves the ${what} ${quoted} to a looser policy`, `The ${what} ${quoted} has been moved to a looser policy`)}: ${change}.`,
                name,
            ),
            why: "What is kept for less time is gone when it is needed: recovery points that are older than the new limit are deleted at the next clean-up. Somebody who wants to destroy backups begins like this, too.",
            facts: cuts.slice(1).map(inWords),
            fix: {
                kind: "in order",
                intro: occasion(now),
                steps: asSteps([
                    {
                        do:
                            moved === undefined
                                ? backStep(parameters)
                                : `Let "${name}" follow "${moved.from}" again, or give "${moved.to}" what "${moved.from}" has: ${cuts.map(({ property, before }) => `${property} ${before}`).join("; ")}.`,
                    },
                    ...lastSteps(now),
                ]),
            },
            sources: [PLANS.WEAKENED.page],
        };
    },
});

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
    const days = (value: number): string => `${value} days`;
    return [
        less("daily recovery points", after, before.dailyRetentionDays, after.dailyRetentionDays, days, "none"),
        less("weekly recovery points", after, before.weeklyRetentionDays, after.weeklyRetentionDays, days, "none"),
        less("instant restore", after, before.instantRestoreDays, after.instantRestoreDays, days, undefined),
    ];
}

function ofReplicationPolicy(before: ReplicationPolicy, after: ReplicationPolicy): readonly Answer<Cut>[] {
    return [
        less(
            "recovery point history",
            after,
            before.historyMinutes,
            after.historyMinutes,
            (value) => `${value} minutes`,
            undefined,
        ),
    ];
}

/** Backups that lose a rule of their own are kept as the default rule has it. */
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
            what: `backups of the policy for ${valueOf(before.takes) ?? "its tag"}`,
            before: was ?? "",
            after: valueOf(value) ?? "",
            property,
        }),
    );
}

/** Items that come to follow another policy of the stack; one outside of it says nothing of itself. */
function* movedItems(plan: Plan): Iterable<Verdict<Weakening>> {
    const replication = policiesOf(plan, "replication policy", "Microsoft.RecoveryServices/vaults/replicationPolicies");
    const ofDisks = policiesOf(plan, "disk backup policy", "Microsoft.DataProtection/backupVaults/backupPolicies");
    for (const item of [
        ...plan.before.backup.items,
        ...plan.before.replication.items,
        ...plan.before.backup.diskBackups,
    ]) {
        const after = plan.afterwards(item);
        if (after === undefined) {
            continue;
        }
        const [from, to] =
            item.kind === "backup item" && after.kind === "backup item"
                ? [linkedTo(plan.before.backupPolicies.of(item)), linkedTo(plan.after.backupPolicies.of(after))]
                : item.kind === "replicated item"
                  ? both(replication, item.policy, after.policy)
                  : both(ofDisks, item.policy, after.policy);
        if (from !== undefined && to !== undefined && plan.afterwards<Entity>(from) !== to) {
            const moved = { from: displayName(from), to: displayName(to) };
            yield* weakening(plan, after, comparisonsOf(from, to), moved);
        }
    }
}

interface Policies<T extends AzureResource> {
    readonly before: ResourceIndex<T>;
    readonly after: ResourceIndex<T>;
}

function policiesOf<K extends "replication policy" | "disk backup policy">(
    plan: Plan,
    kind: K,
    armType: string,
): Policies<Extract<Entity, { kind: K }>> {
    const of = (entities: readonly Entity[]): ResourceIndex<Extract<Entity, { kind: K }>> =>
        new ResourceIndex(
            entities.filter((entity): entity is Extract<Entity, { kind: K }> => entity.kind === kind),
            armType,
        );
    return { before: of(plan.before.entities), after: of(plan.after.entities) };
}

function both<T extends AzureResource>(
    policies: Policies<T>,
    before: Reference,
    after: Reference,
): readonly [T | undefined, T | undefined] {
    return [linkedTo(policies.before.follow(before)), linkedTo(policies.after.follow(after))];
}
