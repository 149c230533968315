import { asSteps, type Step } from "../../src/advice/fix";
import { armKey } from "../../src/model/ids/arm-id";
import { diskIdOf } from "../../src/model/disks/attached-disks";
import { displayName } from "../../src/model/ids/display-name";
import { linkedTo } from "../../src/model/link";
import { valueOf } from "../../src/model/values";
import type { BackupItem, DiskBackup, VirtualMachine, ReplicatedItem } from "../../src/model/resources";
import type { Outcome, Plan } from "../../src/model/plan";
import { WAITING_FOR_DELETION } from "../../src/model/readers/vm-backup-state";
import type { Provider } from "../../src/model/ids/type-token";
import { headline, type Message } from "../../src/findings/message";
import { quoted } from "../../src/advice/names";
import {
    afterEnablingSteps,
    reEnableSteps,
    endReplicationSteps,
    itemReplacementSteps,
    named,
    type ReProtection,
    reProtectionOf,
} from "../../src/advice/re-protection";
import { optionIn } from "../../src/advice/snippets";
import { WORDS } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import type { Circumstances } from "../check";
import { any, type Answer, NO, not, unknownAnswer, withEvidence, YES } from "../../src/model/answers";
import { type DeletedDisk, deletedDisks } from "./deleted-disks";
import { type DeletionInWords, deletionPolicy } from "./deletions";
import { changesOf } from "./disk-changes";
import { type Tense, tense, occasion, saysDeleted } from "./tense";
import { isKeptByImmutability } from "./immutable-item";
import { enabledTwice } from "./plan-creates-item-before-delete";
import { keysOf, listChange, listedKeys } from "./plan-edits-replicated-disk-list";
import { protectWords } from "./protect";

interface Facts {
    readonly ends: "backup" | "disk backup" | "replication";
    readonly provider: Provider;
    /** What is protected, a VM or a disk, and stays. */
    readonly of: string;
    /** Another active item that protects it after the plan. */
    readonly successor: string | undefined;
    /** For replication. */
    readonly reProtection: ReProtection | undefined;
    /** Names of replicated disks that the plan deletes with their data. */
    readonly deleted: readonly string[];
    /** True where empty disks take their places. */
    readonly areReplaced: boolean;
}

/** BCDR603: protection ends, or loses its recovery points, while what it protects stays (INT-19, INT-91, VLT-32). */
export const planEndsProtection = deletionPolicy({
    id: "BCDR603",
    name: "plan-ends-protection",
    level: "mandatory",
    severity: "critical",
    summary: "The plan ends the protection of what it leaves.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps:
        "End protection in order before the change, or let the plan leave it alone; after a change of VM or disks enable replication anew.",

    // A refresh deletes nothing: it forgets what was disabled in order, as it should.
    plans: ["update", "destroy"],
    resources: ({ before }) => [...before.backup.items, ...before.replication.items, ...before.backup.diskBackups],
    check: ({ resource: item, isReplaced, plan }) => [
        withEvidence(
            item.kind === "disk backup"
                ? isDiskLeft(plan, item, isReplaced)
                : isSoftDeleted(item)
                  ? NO
                  : isVmLeft(plan, item, isReplaced),
            () => item,
        ),
    ],
    facts: ({ resource: item, plan }): Facts =>
        item.kind === "disk backup" ? ofDiskBackup(plan, item) : ofItem(plan, item),

    message: (parameters, circumstances): Message => {
        const { kind, name: item, ends, of, isReplaced, isProtected, provider, reProtection, deleted } = parameters;
        const now = tense(kind, circumstances);
        const what = ends === "replication" ? "replicated item" : ends === "backup" ? "backup item" : "backup instance";
        const isPurge = ends === "replication" && provider === "azure-native";
        return {
            headline: headline(
                (name, owner) => `${saysDeleted(now, isReplaced, `the ${what} ${name}`)}, while ${owner} stays.`,
                item,
                of,
            ),
            why:
                ends === "replication"
                    ? `Its recovery points are deleted for good${isReplaced ? ", and all disks are replicated from the start" : ", and no failover is possible any longer"}.${isPurge ? " azure-native deletes by a purge: it leaves agent and links on the VM, which can block enabling replication again." : ""}`
                    : `Its recovery points go with it: soft delete keeps them for ${VAULT_SETTINGS.SOFT_DELETE_DAYS.limit.least} days or more, then they are gone for good.`,
            facts: [
                ...(parameters.successor === undefined
                    ? []
                    : [
                          `Afterwards "${parameters.successor}" protects it, from nothing: it has no recovery points of before.`,
                      ]),
                ...(deleted.length === 0
                    ? []
                    : [
                          `${now === "planned" ? "The plan also deletes" : "Deleted with it:"} ${quoted(deleted)}, with all data on ${deleted.length === 1 ? "it" : "them"}. Neither a disk nor a recovery point of Site Recovery is left of that.`,
                      ]),
                ...protectWords(isProtected, now),
            ],
            fix: {
                kind: "in order",
                intro: occasion(now),
                steps: asSteps(steps(parameters, now, reProtection, circumstances)),
            },
            sources: [
                ends === "replication"
                    ? isPurge
                        ? PLANS.PURGE.page
                        : PLANS.RECOVERY_POINTS_LOST.page
                    : PLANS.ITEM_SOFT_DELETED.page,
            ],
        };
    },
});

/** What is deleted already has nothing more to lose. */
function isSoftDeleted(item: BackupItem | ReplicatedItem): boolean {
    return item.kind === "backup item" && valueOf(item.state) === WAITING_FOR_DELETION;
}

/** Whether a VM stays that the item protects, and nothing makes up for the item. */
function isVmLeft(plan: Plan, item: BackupItem | ReplicatedItem, isReplaced: boolean): Answer {
    const link = plan.before.protectedVms.of(item);
    if (link.state === "undecided") {
        return unknownAnswer(item, link.property);
    }
    if (link.state !== "linked" || !outlives(plan.outcomeOf(link.to), isReplaced)) {
        return NO;
    }
    return not(
        item.kind === "replicated item"
            ? isRemediation(plan, item, isReplaced, deletedDisks(plan, link.to, [item]))
            : isKeptByImmutability(plan, item),
    );
}

function ofItem(plan: Plan, item: BackupItem | ReplicatedItem): Facts {
    const vm = linkedTo(plan.before.protectedVms.of(item));
    const isReplication = item.kind === "replicated item";
    const deleted = isReplication && vm !== undefined ? deletedDisks(plan, vm, [item]) : [];
    return {
        ends: isReplication ? "replication" : "backup",
        provider: item.provider,
        of: vm === undefined ? "its VM" : plan.before.names.of(vm),
        successor: vm && successorOf(plan, item, vm),
        reProtection: isReplication && vm !== undefined ? reProtectionOf(plan.before, vm, item, []) : undefined,
        deleted: deleted.map(({ disk }) => displayName(disk)),
        areReplaced: deleted.some((each) => each.isReplaced),
    };
}

/** Whether a disk stays that Disk Backup protects. */
function isDiskLeft(plan: Plan, backup: DiskBackup, isReplaced: boolean): Answer {
    const link = plan.before.backup.diskOf(backup);
    switch (link.state) {
        case "linked":
            return outlives(plan.outcomeOf(link.to), isReplaced) ? YES : NO;
        case "external": {
            // A disk that Azure made with a VM may go with it.
            const vms = plan.before.protectedVms.withDiskOf(backup);
            return vms.length > 0 && vms.every((each) => plan.outcomeOf(each) !== "stays") ? NO : YES;
        }
        case "undecided":
            return unknownAnswer(backup, link.property);
        case "none":
            return NO;
    }
}

function ofDiskBackup(plan: Plan, backup: DiskBackup): Facts {
    const disk = linkedTo(plan.before.backup.diskOf(backup));
    return {
        ends: "disk backup",
        provider: backup.provider,
        of: disk === undefined ? (valueOf(backup.disk.id)?.split("/").at(-1) ?? "its disk") : displayName(disk),
        successor: undefined,
        reProtection: undefined,
        deleted: [],
        areReplaced: false,
    };
}

/** What is made anew together with its item is protected anew, and nothing of the old one is missed. */
function outlives(owner: Outcome, isItemReplaced: boolean): boolean {
    return owner === "stays" || (owner === "made anew" && !isItemReplaced);
}

/**
 * Where BCDR604 speaks, the item is not deleted at all. Where the classic item is made anew to list a restored or added disk,
 * that is what brings replication back; of a consistency group, all members are made anew for one. But where an empty disk
 * takes the place of a replicated one, the old item's recovery points are the last copy of its data.
 */
function isRemediation(
    plan: Plan,
    item: ReplicatedItem,
    isItemReplaced: boolean,
    deleted: readonly DeletedDisk[],
): Answer {
    if (enabledTwice(plan, item).answer !== "no") {
        // BCDR604 asks what is open itself.
        return YES;
    }
    if (!isItemReplaced || item.provider !== "azure-classic" || deleted.some(({ isReplaced }) => isReplaced)) {
        return NO;
    }
    const group = plan.before.consistencyGroups.of(item) ?? [item];
    return any(group.map((member) => followsDisks(plan, member)));
}

/** Whether a classic item is made anew because its VM has, or gets, other disks than it replicates. */
function followsDisks(plan: Plan, item: ReplicatedItem): Answer {
    const after = plan.afterwards(item);
    const link = plan.before.protectedVms.of(item);
    const vm = link.state === "linked" ? link.to : undefined;
    const now = vm && plan.afterwards(vm);
    if (after === undefined || item.provider !== "azure-classic" || plan.stepOf(item).operation !== "replace") {
        return NO;
    }
    const changes = vm === undefined || now === undefined ? [] : changesOf(plan, vm, now);
    if (changes.some((change) => change.open === undefined)) {
        return YES;
    }
    const list = listChange(plan, item, after);
    if (list.answer === "yes") {
        return now !== undefined && leavesOutWhatStays(plan, item, after, now) ? NO : YES;
    }
    return list.answer === "no" && changes.length > 0 && now !== undefined
        ? unknownAnswer(now, changes[0]?.open ?? "")
        : list;
}

/** Whether all that changes in the list is that disks go out of it which the VM keeps. */
function leavesOutWhatStays(plan: Plan, before: ReplicatedItem, after: ReplicatedItem, vm: VirtualMachine): boolean {
    const isOpen = valueOf(after.listedDisks)?.some(({ id }) => id.state !== "known") ?? true;
    const former =
        before.disks.state === "listed" ? keysOf(before.disks.disks.map(({ disk }) => disk.id)) : listedKeys(before);
    const now = listedKeys(after);
    if (isOpen || [...now].some((key) => !former.has(key))) {
        return false;
    }
    const kept = new Set(
        plan.after.disks.attachedTo(vm).flatMap((attached) => {
            const id = diskIdOf(vm, attached);
            return id === undefined ? [] : [armKey(id)];
        }),
    );
    return [...former].every((key) => now.has(key) || kept.has(key));
}

function successorOf(plan: Plan, item: BackupItem | ReplicatedItem, vm: VirtualMachine): string | undefined {
    const now = plan.afterwards(vm);
    const answer =
        now && (item.kind === "backup item" ? plan.after.backup.ofWholeVm(now) : plan.after.replication.of(now));
    const [other] = answer?.answer === "yes" ? answer.items : [];
    return other === undefined || plan.stepOf(item).operation === "replace" ? undefined : named(other).name;
}

function steps(
    { name: item, ends, of, provider, isReplaced, successor, deleted, areReplaced }: DeletionInWords & Facts,
    now: Tense,
    reProtection: ReProtection | undefined,
    { language }: Circumstances,
): readonly (string | Step)[] {
    const keep =
        now === "planned" && deleted.length > 0
            ? [
                  areReplaced
                      ? `To keep the data: do not apply this plan. Let the program say of ${quoted(deleted)} what Azure says (the preview names the property), or set ignoreChanges for that property.`
                      : `To keep the data: set ${optionIn(language, "retainOnDelete")} on ${quoted(deleted)} and apply that first, or make a snapshot.`,
              ]
            : [];
    const undo =
        now === "planned"
            ? [
                  `If this is not meant, do not apply this plan: ${isReplaced ? "undo the change that makes it anew; the preview names the property" : `leave "${item}" where it is`}.`,
              ]
            : [];
    if (reProtection !== undefined) {
        return now === "planned"
            ? [...keep, ...(areReplaced ? [] : undo), ...replicationSteps(reProtection, isReplaced)]
            : isReplaced
              ? afterEnablingSteps(reProtection)
              : [
                    `If "${of}" is to stay replicated: put "${item}" back into the program.`,
                    ...reEnableSteps(reProtection),
                ];
    }
    if (now !== "planned") {
        return [
            `Undelete "${item}" in its vault while soft delete keeps it, and put it back into the program.`,
            `Resume its backup, and check that the next one succeeds.`,
        ];
    }
    const forget = `To let Pulumi forget "${item}" and leave it in Azure: set ${optionIn(language, "retainOnDelete")} on it, apply, and only then take it out of the program.`;
    return [
        ...undo,
        ends === "backup"
            ? `To end the backup of "${of}" and keep its recovery points: leave "${item}" in the program and set ${WORDS[provider].backup.stopsBackup}.`
            : `To end the backup of "${of}" and keep its recovery points: stop it in the Backup vault and retain its data.`,
        ...(successor === undefined
            ? []
            : [
                  `"${successor}" can protect "${of}" only once the old backup is stopped: a VM is backed up into one vault at a time. So apply in two runs.`,
              ]),
        forget,
    ];
}

function replicationSteps(facts: ReProtection, isReplaced: boolean): readonly (string | Step)[] {
    const { item, vm } = facts;
    if (isReplaced) {
        return item.provider === "azure-classic"
            ? [
                  `If it is meant: let it happen when "${vm.name}" can be without replication. Pulumi disables replication and enables it again; the first recovery point takes its time.`,
                  ...itemReplacementSteps(facts),
              ]
            : itemReplacementSteps(facts);
    }
    return [
        ...endReplicationSteps(facts),
        item.provider === "azure-classic"
            ? `Then apply: Pulumi disables replication of "${vm.name}" in order.`
            : `Then take "${item.name}" out of the program: nothing is left for Pulumi to purge.`,
    ];
}
