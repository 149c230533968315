import { asSteps, type Step } from "../../src/advice/fix";
import type { AttachedDisk } from "../../src/model/disks/attached-disks";
import { valueOf } from "../../src/model/values";
import type { BackupItem, VirtualMachine, ReplicatedItem } from "../../src/model/resources";
import type { Plan } from "../../src/model/plan";
import type { Provider } from "../../src/model/ids/type-token";
import { headline, type Message } from "../../src/findings/message";
import {
    disableSteps,
    endReplicationSteps,
    vmReplacementSteps,
    named,
    type ReProtection,
    reProtectionOf,
} from "../../src/advice/re-protection";
import { WORDS } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import { any, type Answer, NO, not, unknownAnswer, withEvidence, YES } from "../../src/model/answers";
import { isReplicatedAnew, stayingItems } from "../replication/re-enabled";
import { type Deletion, type DeletionInWords, deletionPolicy } from "./deletions";
import { type Tense, tense, occasion, saysDeleted } from "./tense";
import { protectWords } from "./protect";

interface Facts {
    /** Of the replicated item that stays, if one does. */
    readonly reProtection: ReProtection | undefined;
    /** The backup item that stays and is left without its VM, if there is one. */
    readonly backup: { readonly item: string; readonly provider: Provider } | undefined;
}

/** BCDR602: the VM goes or is made anew, and what protects it stays with the old one (INT-31). */
export const planReplacesProtectedVm = deletionPolicy({
    id: "BCDR602",
    name: "plan-replaces-protected-vm",
    level: "mandatory",
    severity: "critical",
    summary: "The plan replaces or deletes a protected VM and leaves its item.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps:
        "End protection in order before the change, or let the plan leave it alone; after a change of VM or disks enable replication anew.",

    resources: (plan) => plan.before.vms,
    check: (deletion) => {
        const { resource: vm, plan } = deletion;
        const replication = plan.before.replication.of(vm);
        const backup = plan.before.backup.ofWholeVm(vm);
        const open = [replication, backup].filter(({ answer }) => answer === "unknown");
        const replicated = isLeftReplicated(deletion, replication);
        // Until it is known which item the message is about, nothing is said of the other.
        return replicated.answer === "unknown"
            ? [...open, replicated]
            : [...open, any<ReplicatedItem | BackupItem>([replicated, isLeftBackedUp(deletion, backup)])];
    },
    facts: ({ resource: vm, plan }, left): Facts => {
        const item = left.find((each) => each.kind === "replicated item");
        const backup = left.find((each) => each.kind === "backup item");
        return {
            reProtection: item && reProtection(plan, vm, plan.afterwards(vm), item),
            backup: backup && { item: named(backup).name, provider: backup.provider },
        };
    },

    message: (parameters, circumstances): Message => {
        const { kind, name: vm, isReplaced, isProtected, reProtection: replication, backup } = parameters;
        const now = tense(kind, circumstances);
        const what = replication === undefined ? "backup item" : "replicated item";
        return {
            headline: headline(
                (name) => `${saysDeleted(now, isReplaced, `VM ${name}`)}; its ${what} stays and knows the old VM.`,
                vm,
            ),
            why: why(parameters),
            facts: [
                ...(replication && backup ? [`The backup item "${backup.item}" is left without its VM, too.`] : []),
                ...protectWords(isProtected, now),
            ],
            fix: { kind: "in order", intro: occasion(now), steps: asSteps(steps(parameters, now)) },
            sources: [replication === undefined ? PLANS.BACKUP_FOLLOWS_NAME.page : PLANS.RE_PROTECTED_BY_HAND.page],
        };
    },
});

/** Whether an item goes on with the old VM, because the plan does not enable replication anew. */
function isLeftReplicated(
    { resource: vm, plan }: Deletion<VirtualMachine>,
    replication: Answer<ReplicatedItem>,
): Answer<ReplicatedItem> {
    const [item] = replication.answer === "yes" ? stayingItems(plan, replication.items) : [];
    if (item === undefined) {
        return NO;
    }
    const now = plan.afterwards(vm);
    return withEvidence(now === undefined ? YES : not(isReplicatedAnew(plan, now)), () => item);
}

/** Whether an item that backs up the VM stays behind, and has not been stopped by then. */
function isLeftBackedUp(
    { resource: vm, plan }: Deletion<VirtualMachine>,
    backup: Answer<BackupItem>,
): Answer<BackupItem> {
    const items = backup.answer === "yes" ? backup.items : [];
    const now = plan.afterwards(vm);
    return any(
        items
            .filter((item) => plan.outcomeOf(item) === "stays" && !isStopped(plan, item))
            .map((item) => withEvidence(not(follows(plan, item, now)), () => item)),
    );
}

/** Whether the same plan stops the backup and keeps its data, which comes before the VM is deleted. */
function isStopped(plan: Plan, item: BackupItem): boolean {
    const after = plan.afterwards(item);
    return after !== undefined && valueOf(after.active) === false;
}

/** Backup goes by the VM's id: one that is made anew under its name is backed up as before (INT-29). */
function follows(plan: Plan, item: BackupItem, now: VirtualMachine | undefined): Answer {
    const after = plan.afterwards(item);
    if (now === undefined || after === undefined) {
        return NO;
    }
    const link = plan.after.protectedVms.of(after);
    switch (link.state) {
        case "linked":
            return link.to === now ? YES : NO;
        case "undecided":
            return link.candidates.includes(now) ? YES : unknownAnswer(after, link.property);
        case "external":
        case "none":
            return NO;
    }
}

/** A VM that is made anew has new disks, all of which the list has to hold in place of the old ones. */
function reProtection(
    plan: Plan,
    vm: VirtualMachine,
    now: VirtualMachine | undefined,
    item: ReplicatedItem,
): ReProtection {
    const kept = plan.afterwards(item);
    if (now === undefined || kept === undefined) {
        return reProtectionOf(plan.before, vm, item, []);
    }
    const disks = plan.after.disks.attachedTo(now).map((attached) => ({
        attached,
        disk: attached.disk.state === "linked" ? attached.disk.to : undefined,
    }));
    const gone = plan.before.disks.attachedTo(vm).map((disk: AttachedDisk) => plan.before.names.ofDisk(vm, disk));
    return reProtectionOf(plan.after, now, kept, disks, gone);
}

function why({ isReplaced, reProtection: replication }: DeletionInWords & Facts): string {
    if (replication === undefined) {
        return "Backup of a VM that is gone fails from then on, and its item stays in the vault with nothing to protect.";
    }
    return isReplaced
        ? "The new VM has the id of the old one, so everything looks as before; but Site Recovery replicates the old VM and its disks. A failover would bring up what was there before the change."
        : "Site Recovery goes on with a VM that is gone: health turns critical, and without the VM replication cannot be ended in order.";
}

function steps(
    { isReplaced, name: vm, reProtection: replication, backup }: DeletionInWords & Facts,
    now: Tense,
): (string | Step)[] {
    const stop = backup && stopBackup(backup);
    if (isReplaced) {
        return [...(replication === undefined ? [] : vmReplacementSteps(replication)), ...(stop ? [stop] : [])];
    }
    const out =
        replication &&
        `Take "${replication.item.name}" out of the program${now === "planned" ? ` together with "${vm}"` : ""}${replication.item.provider === "azure-classic" ? ": Pulumi disables replication when it deletes it" : ""}.`;
    return [
        ...(now === "planned" ? [`If "${vm}" is not meant to go: do not apply this plan.`] : []),
        ...(replication === undefined
            ? []
            : now === "planned"
              ? endReplicationSteps(replication)
              : disableSteps(replication)),
        ...(out === undefined ? [] : [out]),
        ...(stop === undefined ? [] : [stop]),
    ];
}

function stopBackup({ item, provider }: { readonly item: string; readonly provider: Provider }): string {
    return (
        `To keep the recovery points of Azure Backup: set ${WORDS[provider].backup.stopsBackup} on "${item}", apply that, and leave the item in the program. ` +
        "Taken out of it, the item is deleted with all its recovery points."
    );
}
