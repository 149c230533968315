import type { Fix, Step } from "../../src/advice/fix";
import { undeleteCommand } from "../../src/advice/backup";
import { armKey, formatArmId } from "../../src/model/ids/arm-id";
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
    importCommand,
    named,
    type ReProtection,
    reProtectionOf,
} from "../../src/advice/re-protection";
import { optionIn } from "../../src/advice/snippets";
import { NIST } from "../../src/facts/frameworks";
import type { Page } from "../../src/facts/page";
import { PLANS } from "../../src/facts/plans";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import type { Circumstances } from "../check";
import { any, type Answer, NO, not, unknownAnswer, withEvidence, YES } from "../../src/model/answers";
import { type DeletedDisk, deletedDisks, deletedFacts } from "./deleted-disks";
import { type DeletionInWords, deletionPolicy } from "./deletions";
import { changesOf } from "./disk-changes";
import { applyStep, inOrder, oneOf, saysDeleted, type Tense, tense } from "./tense";
import { isKeptByImmutability } from "./immutable-item";
import { enabledTwice } from "./plan-creates-item-before-delete";
import { keysOf, listChange, listedKeys } from "./plan-edits-replicated-disk-list";
import { WORDS } from "../../src/advice/property-names";
import { forgetStep, stoppedBy, undeleteStep } from "./items-in-use";
import { letterCaseFacts, letterCaseFix } from "./letter-case";
import { protectFacts } from "./protect";

interface Facts {
    readonly ends: "backup" | "disk backup" | "replication";
    readonly provider: Provider;
    /** The name of what is protected, a VM or a disk, and stays. */
    readonly of: string;
    /** Another active item that protects it after the plan. */
    readonly successor: string | undefined;
    /** For replication. */
    readonly reProtection: ReProtection | undefined;
    /** Names of replicated disks that the plan deletes with their data. */
    readonly deleted: readonly string[];
    /** True where empty disks replace them. */
    readonly areReplaced: boolean;
    /** Where the plan replaces it for the case of letters alone: the paths of what differs. */
    readonly differencesInCase: readonly string[];
    /** For the backup item of a VM whose ID is known. */
    readonly undelete: { readonly command: string; readonly importCommand: string } | undefined;
}

/** BCDR603: protection ends, or loses its recovery points, while what it protects stays (INT-19, INT-91, VLT-32). */
export const planEndsProtection = deletionPolicy({
    id: "BCDR603",
    name: "plan-ends-protection",
    level: "mandatory",
    severity: "critical",
    summary: "The plan ends the protection of a VM or disk that it keeps.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps: "Keep the item in the program. To end protection, stop the backup or disable replication first.",

    // A refresh deletes nothing: it drops from the state what somebody has disabled, as it should.
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
        const { kind, name: item, ends, of, isReplaced, isProtected } = parameters;
        const now = tense(kind, circumstances);
        return {
            headline: headline(
                (name, owner) =>
                    `${saysDeleted(now, isReplaced, `${ITEM[ends]} ${name}`)}, but ${ends === "disk backup" ? "disk" : "VM"} ${owner} stays.`,
                item,
                of,
            ),
            why: ends === "replication" ? whyOfReplication(parameters) : whyOfBackup(parameters),
            facts: [
                ...letterCaseFacts(parameters.differencesInCase),
                ...successorFacts(parameters),
                ...lostDataFacts(parameters, now),
                ...protectFacts(item, isProtected, now),
            ],
            fix: fix(parameters, now, circumstances),
            sources: [source(parameters)],
        };
    },
});

const ITEM: Readonly<Record<Facts["ends"], string>> = {
    replication: "replicated item",
    backup: "backup item",
    "disk backup": "backup instance",
};

type Parameters = DeletionInWords & Facts;

function whyOfBackup({ ends, isReplaced }: Parameters): string {
    const lost = `Its recovery points are deleted with it. Soft delete keeps them for ${VAULT_SETTINGS.SOFT_DELETE_DAYS.limit.least} days or more, then they are lost.`;
    return ends === "backup" && isReplaced
        ? `${lost} Until then, Azure refuses to create the item again in the same vault.`
        : lost;
}

function whyOfReplication(parameters: Parameters): string {
    const lost = parameters.isReplaced
        ? "Its recovery points are deleted for good, and Site Recovery copies all disks again from the start."
        : "Its recovery points are deleted for good, and the VM can no longer fail over.";
    return isPurge(parameters)
        ? `${lost} azure-native purges the item: that leaves the agent and stale links on the VM, which can block enabling replication again.`
        : lost;
}

/** What azure-native does in place of disabling replication (INT-91). */
function isPurge({ ends, provider }: Facts): boolean {
    return ends === "replication" && provider === "azure-native";
}

function successorFacts({ successor }: Facts): readonly string[] {
    return successor === undefined ? [] : [`"${successor}" takes over, but has none of the old recovery points.`];
}

function lostDataFacts({ deleted }: Facts, now: Tense): readonly string[] {
    return deletedFacts(deleted, now).map(
        (fact) => `${fact} No recovery point of Site Recovery is left to restore it from.`,
    );
}

function source(parameters: Parameters): Page {
    return parameters.ends !== "replication"
        ? PLANS.ITEM_SOFT_DELETED.page
        : isPurge(parameters)
          ? PLANS.PURGE.page
          : PLANS.RECOVERY_POINTS_LOST.page;
}

/** What is deleted already has nothing more to lose. */
function isSoftDeleted(item: BackupItem | ReplicatedItem): boolean {
    return item.kind === "backup item" && valueOf(item.state) === WAITING_FOR_DELETION;
}

/** Whether a VM stays that the item protects, and nothing compensates for the item. */
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
        differencesInCase: plan.differencesInCase(item),
        undelete: isReplication ? undefined : undeletion(item),
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
        differencesInCase: plan.differencesInCase(backup),
        undelete: undefined,
    };
}

/** A VM or disk that is replaced together with its item is protected again, and nobody misses the old item. */
function outlives(owner: Outcome, isItemReplaced: boolean): boolean {
    return owner === "stays" || (owner === "replaced" && !isItemReplaced);
}

/**
 * Where BCDR604 reports the item, Azure does not delete it at all. Where the classic item is replaced to list a restored or
 * added disk, that is what brings replication back; in a consistency group, all members are replaced for one. But where an
 * empty disk replaces a replicated one, the old item's recovery points are the last copy of its data.
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

/** Whether a classic item is replaced because its VM has, or gets, other disks than it replicates. */
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

/** Whether the list only loses disks, all of which the VM keeps. */
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

function fix(parameters: Parameters, now: Tense, circumstances: Circumstances): Fix {
    const { name: item, differencesInCase, reProtection } = parameters;
    if (now === "planned" && differencesInCase.length > 0) {
        return letterCaseFix(item, differencesInCase, now);
    }
    return reProtection === undefined
        ? backupFix(parameters, now, circumstances)
        : replicationFix(parameters, reProtection, now, circumstances);
}

function undeletion(item: BackupItem): Facts["undelete"] {
    const id = valueOf(item.id);
    const command = undeleteCommand(item);
    return id && command
        ? {
              command,
              importCommand: importCommand(WORDS[item.provider].backupItemType, named(item).name, formatArmId(id)),
          }
        : undefined;
}

const RECOVERS = "features.recoveryServicesVaults.recoverSoftDeletedBackupProtectedVm";

/** What to do about the deletion of a backup item, or of a backup instance of a disk. */
function backupFix(parameters: Parameters, now: Tense, circumstances: Circumstances): Fix {
    const { name: item, isReplaced, undelete, provider } = parameters;
    if (now === "planned") {
        return oneOf(now, [
            { do: isReplaced ? UNDO_REPLACEMENT : keepInProgram(parameters) },
            stopInstead(parameters),
            forgetStep(parameters, `"${item}"`, "it", circumstances),
        ]);
    }
    const resumed = "Then resume its backup, and check that the next one succeeds.";
    return undelete === undefined
        ? oneOf(now, [{ ...undeleteStep(`"${item}" in its vault`, "it"), note: resumed }])
        : inOrder(now, [
              {
                  do: `Undelete "${item}" while soft delete still keeps it:`,
                  commands: [undelete.command],
                  note: `Azure does not create an item again in a vault in which a deleted one waits.${provider === "azure-classic" ? ` Instead of the first two steps, you can set ${RECOVERS} in the provider: it then recovers the item when it creates it.` : ""}`,
              },
              {
                  do: `Put "${item}" into the program, and import it:`,
                  commands: [undelete.importCommand],
              },
              { do: "Resume its backup, and check that the next one succeeds." },
          ]);
}

const UNDO_REPLACEMENT =
    "If you don't want to replace the item, undo the change that causes it. The preview names the property.";

function keepInProgram({ kind, name: item }: Parameters): string {
    return kind === "destroy"
        ? `If you want to keep "${item}", don't apply this plan.`
        : `If you want to keep "${item}", don't apply this plan, and put the item back into the program.`;
}

function stopInstead({ name: item, ends, of, provider, successor }: Parameters): Step {
    const lead = `To end the backup of "${of}" and keep its recovery points, keep "${item}" in the program`;
    return {
        ...(ends === "backup"
            ? { do: `${lead}, and stop the backup in it.`, where: stoppedBy(provider) }
            : { do: `${lead}. Stop it in the Backup vault, and retain its data.` }),
        ...(successor === undefined
            ? {}
            : {
                  note: `A VM can be backed up to one vault at a time. Apply in two runs: first stop this backup, then add "${successor}".`,
              }),
    };
}

function replicationFix(
    parameters: Parameters,
    reProtection: ReProtection,
    now: Tense,
    circumstances: Circumstances,
): Fix {
    const { name: item, of, isReplaced } = parameters;
    if (now === "planned") {
        const steps = isReplaced ? replacementSteps(reProtection) : removalSteps(parameters, reProtection);
        const keep = keepDataSteps(parameters, circumstances);
        return inOrder(now, [...keep, ...steps], instead(parameters));
    }
    return inOrder(
        now,
        isReplaced
            ? afterEnablingSteps(reProtection)
            : [
                  { do: `To keep "${of}" replicated, put "${item}" back into the program.` },
                  ...reEnableSteps(reProtection),
              ],
    );
}

/** What to do in place of ending replication. */
function instead(parameters: Parameters): string {
    const { isReplaced, areReplaced, deleted } = parameters;
    return areReplaced
        ? `If you need the data on ${quoted(deleted)}, don't apply this plan. Set the disk property that the preview names to Azure's value, or add it to ignoreChanges.`
        : isReplaced
          ? UNDO_REPLACEMENT
          : keepInProgram(parameters);
}

/** The data of disks that the plan deletes; an empty disk of the same resource leaves no way to keep it. */
function keepDataSteps({ deleted, areReplaced }: Facts, { language }: Circumstances): readonly Step[] {
    return deleted.length === 0 || areReplaced
        ? []
        : [
              {
                  do: `To keep the data on ${quoted(deleted)}, set ${optionIn(language, "retainOnDelete")} on ${deleted.length === 1 ? "it" : "them"} and apply that, or take a snapshot.`,
              },
          ];
}

function replacementSteps(facts: ReProtection): readonly Step[] {
    const { item, vm } = facts;
    return item.provider === "azure-classic"
        ? [
              {
                  do: `Choose a time when "${vm.name}" can be without replication.`,
                  note: "Pulumi disables replication and enables it again.",
              },
              ...itemReplacementSteps(facts),
          ]
        : itemReplacementSteps(facts);
}

function removalSteps({ kind }: Parameters, facts: ReProtection): readonly Step[] {
    const note =
        facts.item.provider === "azure-classic"
            ? "Pulumi disables replication when it deletes the item."
            : "Pulumi then has nothing left to purge.";
    return [...endReplicationSteps(facts), { ...applyStep(kind), note }];
}
