import { displayName } from "../../src/model/ids/display-name";
import { hoursOf } from "../../src/model/duration";
import { type Value, valueOf, withDefault } from "../../src/model/values";
import { ResourceIndex, linkedTo } from "../../src/model/link";
import type {
    AzureResource,
    BackupPolicy,
    BackupVault,
    DiskBackupPolicy,
    DiskRetention,
    Entity,
    ReplicationPolicy,
    Setting,
    Vault,
} from "../../src/model/resources";
import type { Plan, PlanContent } from "../../src/model/plan";
import type { Reference } from "../../src/model/planned-resource";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { named } from "../../src/advice/re-protection";
import { writtenAt } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { planPolicy } from "../policy";
import { tense, occasion, says } from "./tense";

interface Parameters {
    readonly kind: PlanContent["kind"];
    /** `backup policy` */
    readonly what: string;
    readonly name: string;
    readonly cuts: readonly Cut[];
    /** For an item that comes to follow another policy: both policies. */
    readonly moved: { readonly from: string; readonly to: string } | undefined;
}

/** One thing that there is less of. */
interface Cut {
    /** `daily recovery points` */
    readonly what: string;
    readonly before: string;
    readonly after: string;
    readonly property: string;
}

type Outcome = { readonly cut: Cut } | { readonly open: string } | undefined;

/** BCDR607: recovery points, or deleted backups, will be kept for less time, or can be got rid of more easily (VLT-26). */
export const planShortensRetention = planPolicy<Parameters>({
    id: "BCDR607",
    name: "plan-shortens-retention",
    level: "advisory",
    severity: "medium",
    summary: "The plan shortens retention.",
    framework: NIST.PROTECTED_BACKUP,
    tags: ["azure-backup", "site-recovery", "plan", "retention"],
    remediationSteps: "Take the change back, or decide that less protection is enough and exempt it.",

    *evaluate(plan): Iterable<Verdict<Parameters>> {
        for (const before of plan.before.entities) {
            const after = plan.afterwards(before);
            if (after !== undefined) {
                yield* verdict(plan, after, outcomesOf(before, after), undefined);
            }
        }
        yield* movedItems(plan);
    },

    message: ({ kind, what, name, cuts, moved }, circumstances): Message => {
        const now = tense(kind, circumstances);
        const [first] = cuts;
        const change = first === undefined ? "" : inWords(first);
        return {
            headline: headline(
                (quoted) =>
                    moved === undefined
                        ? `${says(now, `The plan loosens the ${what} ${quoted}`, `The ${what} ${quoted} has been loosened`)}: ${change}.`
                        : `${says(now, `The plan moves the ${what} ${quoted} to a looser policy`, `The ${what} ${quoted} has been moved to a looser policy`)}: ${change}.`,
                name,
            ),
            why: "What is kept for less time is gone when it is needed: recovery points that are older than the new limit are deleted at the next clean-up. Somebody who wants to destroy backups begins like this, too.",
            details: cuts.slice(1).map(inWords),
            steps: {
                occasion: occasion(now),
                list: [
                    moved === undefined
                        ? `Bring ${cuts.map(({ property, before }) => `${property} of "${name}" back to ${before}`).join("; ")}.`
                        : `Let "${name}" follow "${moved.from}" again, or give "${moved.to}" what "${moved.from}" has: ${cuts.map(({ property, before }) => `${property} ${before}`).join("; ")}.`,
                    ...(now === "planned"
                        ? []
                        : ["Run pulumi up. What has been deleted meanwhile does not come back."]),
                    "If less is enough: exempt this finding, with the reason and a day.",
                ],
            },
            source: PLANS.WEAKENED.page,
        };
    },
});

function inWords({ what, before, after }: Cut): string {
    return `${what} from ${before} to ${after}`;
}

/** Where Azure writes a name of its own, or another one. */
const WORDS: Readonly<Record<string, string>> = {
    vault: "Recovery Services vault",
    "backup vault": "Backup vault",
    "disk backup policy": "Disk Backup policy",
    "disk backup": "backup instance",
};

function* verdict(
    plan: Plan,
    about: AzureResource,
    outcomes: readonly Outcome[],
    moved: Parameters["moved"],
): Iterable<Verdict<Parameters>> {
    const cuts = outcomes.flatMap((outcome) => (outcome !== undefined && "cut" in outcome ? [outcome.cut] : []));
    for (const outcome of outcomes) {
        if (outcome !== undefined && "open" in outcome) {
            yield undecided(about, outcome.open);
        }
    }
    if (cuts.length > 0) {
        yield {
            verdict: "violated",
            subject: subjectOf(about),
            parameters: {
                kind: plan.kind,
                what: WORDS[about.kind] ?? about.kind,
                name: moved === undefined ? displayName(about) : named(about).name,
                cuts: cuts.map((cut) => ({ ...cut, property: writtenAt(about, cut.property) })),
                moved,
            },
        };
    }
}

function outcomesOf(before: Entity, after: Entity): readonly Outcome[] {
    if (before.kind === "backup policy" && after.kind === "backup policy") {
        return ofBackupPolicy(before, after);
    }
    if (before.kind === "disk backup policy" && after.kind === "disk backup policy") {
        return ofDiskBackupPolicy(before, after);
    }
    if (before.kind === "replication policy" && after.kind === "replication policy") {
        return ofReplicationPolicy(before, after);
    }
    if ((before.kind === "vault" || before.kind === "backup vault") && before.kind === after.kind) {
        return ofVault(before, after);
    }
    return [];
}

function ofBackupPolicy(before: BackupPolicy, after: BackupPolicy): readonly Outcome[] {
    const days = (value: number): string => `${value} days`;
    return [
        less("daily recovery points", before.dailyRetentionDays, after.dailyRetentionDays, days, "none"),
        less("weekly recovery points", before.weeklyRetentionDays, after.weeklyRetentionDays, days, "none"),
        less("instant restore", before.instantRestoreDays, after.instantRestoreDays, days, undefined),
    ];
}

function ofReplicationPolicy(before: ReplicationPolicy, after: ReplicationPolicy): readonly Outcome[] {
    return [
        less(
            "recovery point history",
            before.historyMinutes,
            after.historyMinutes,
            (value) => `${value} minutes`,
            undefined,
        ),
    ];
}

/** Backups that lose a rule of their own are kept as the default rule has it. */
function ofDiskBackupPolicy(before: DiskBackupPolicy, after: DiskBackupPolicy): readonly Outcome[] {
    const { value } = after.retentions;
    if (value.state === "unknown") {
        return valueOf(before.retentions.value) === undefined ? [] : [{ open: value.property }];
    }
    const now = valueOf(value) ?? [];
    return (valueOf(before.retentions.value) ?? []).map((former) => {
        const takes = valueOf(former.takes);
        const policyId =
            now.find((each) => valueOf(each.takes) === takes) ??
            now.find((each) => valueOf(each.takes) === "the others");
        return policyId === undefined ? undefined : shorter(former, policyId);
    });
}

function shorter({ duration: before, takes }: DiskRetention, { duration: after }: DiskRetention): Outcome {
    if (after.value.state === "unknown") {
        return { open: after.value.property };
    }
    const [was, is] = [valueOf(before.value), valueOf(after.value)];
    const [wasHours, isHours] = [was && hoursOf(was), is && hoursOf(is)];
    return typeof wasHours === "number" && typeof isHours === "number" && isHours < wasHours
        ? {
              cut: {
                  what: `backups of the policy for ${valueOf(takes) ?? "its tag"}`,
                  before: was ?? "",
                  after: is ?? "",
                  property: after.property,
              },
          }
        : undefined;
}

function ofVault(before: Vault | BackupVault, after: Vault | BackupVault): readonly Outcome[] {
    const { SOFT_DELETE, SOFT_DELETE_DAYS, IMMUTABILITY } = VAULT_SETTINGS;
    const onOff = (isOn: number): string => JSON.stringify(after.softDelete.words[isOn === 1 ? "on" : "off"]);
    const asNumber = ({ value, property }: Setting<boolean>): Setting<number> => {
        const isOn = withDefault(value, SOFT_DELETE.limit.whenUnset);
        return { property, value: isOn.state === "known" ? { state: "known", value: isOn.value ? 1 : 0 } : isOn };
    };
    const days = ({ value, property }: Setting<number>): Setting<number> => ({
        property,
        value: withDefault(value, SOFT_DELETE_DAYS.limit.whenUnset),
    });
    const rank = ({ value, property }: Setting<string>): Setting<number> => {
        const state = withDefault(value, IMMUTABILITY.limit.whenUnset);
        return {
            property,
            value:
                state.state === "known" ? { state: "known", value: RANKS.indexOf(state.value.toLowerCase()) } : state,
        };
    };
    return [
        less("soft delete", asNumber(before.softDelete), asNumber(after.softDelete), onOff, undefined),
        before.softDeleteDays === undefined || after.softDeleteDays === undefined
            ? undefined
            : less(
                  "deleted backups",
                  days(before.softDeleteDays),
                  days(after.softDeleteDays),
                  (value) => `${value} days`,
                  undefined,
              ),
        less(
            "immutability",
            rank(before.immutability),
            rank(after.immutability),
            (value) => IMMUTABLE[value] ?? "unset",
            undefined,
        ),
    ];
}

/** What a vault's immutability may be, the strictest last. */
const IMMUTABLE = ["Disabled", "Unlocked", "Locked"];
const RANKS = IMMUTABLE.map((state) => state.toLowerCase());

/** @param none what it means that the setting is gone; undefined where Azure then has one of its own */
function less(
    what: string,
    before: Setting<number>,
    after: Setting<number>,
    message: (value: number) => string,
    none: string | undefined,
): Outcome {
    const was = valueOf(before.value);
    const is: Value<number> = after.value;
    if (was === undefined || was < 0) {
        return undefined;
    }
    if (is.state === "unknown") {
        return { open: is.property };
    }
    const now = valueOf(is);
    const isLess = now === undefined ? none !== undefined : now < was;
    return isLess
        ? {
              cut: {
                  what,
                  before: message(was),
                  after: now === undefined ? (none ?? "") : message(now),
                  property: after.property,
              },
          }
        : undefined;
}

/** Items that come to follow another policy of the stack; one outside of it says nothing of itself. */
function* movedItems(plan: Plan): Iterable<Verdict<Parameters>> {
    const replication = policiesOf(plan, "replication policy", "Microsoft.RecoveryServices/vaults/replicationPolicies");
    const ofDisks = policiesOf(plan, "disk backup policy", "Microsoft.DataProtection/backupVaults/backupPolicies");
    for (const item of [
        ...plan.before.backupItems,
        ...plan.before.replicatedItems,
        ...plan.before.diskBackupInstances,
    ]) {
        const after = plan.afterwards(item);
        if (after === undefined) {
            continue;
        }
        const [from, to] =
            item.kind === "backup item" && after.kind === "backup item"
                ? [linkedTo(plan.before.backupPolicyOf(item)), linkedTo(plan.after.backupPolicyOf(after))]
                : item.kind === "replicated item"
                  ? both(replication, item.policy, after.policy)
                  : both(ofDisks, item.policy, after.policy);
        if (from !== undefined && to !== undefined && plan.afterwards<Entity>(from) !== to) {
            const moved = { from: displayName(from), to: displayName(to) };
            yield* verdict(plan, after, outcomesOf(from, to), moved);
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
