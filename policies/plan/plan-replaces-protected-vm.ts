import type { Step } from "../../src/advice/fix";
import { linkedTo } from "../../src/model/link";
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
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import { any, type Answer, NO, not, unknownAnswer, withEvidence, YES } from "../../src/model/answers";
import { isReplicatedAnew, stayingItems } from "../replication/re-enabled";
import { type Deletion, type DeletionInWords, deletionPolicy } from "./deletions";
import { stopBackup } from "./items-in-use";
import { applyStep, inOrder, saysDeleted, type Tense, tense } from "./tense";
import { protectFacts } from "./protect";

interface Facts {
    /** Of the replicated item that stays, if one does. */
    readonly reProtection: ReProtection | undefined;
    /** The backup item that stays without its VM, if there is one. */
    readonly backup: { readonly item: string; readonly provider: Provider } | undefined;
}

/** BCDR602: the VM is deleted or replaced, and what protects it stays with the old one (INT-31). */
export const planReplacesProtectedVm = deletionPolicy({
    id: "BCDR602",
    name: "plan-replaces-protected-vm",
    level: "mandatory",
    severity: "critical",
    summary: "The plan replaces or deletes a protected VM but keeps the item that protects it.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps:
        "Disable replication and stop backup before the VM is deleted or replaced. Protect a new VM with new items.",

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
        const item = replication === undefined ? "backup item" : "replicated item";
        return {
            headline: headline(
                (name, left) =>
                    `${saysDeleted(now, isReplaced, `VM ${name}`)}, but its ${item} ${left} stays${isReplaced ? " with the old VM" : ""}.`,
                vm,
                replication?.item.name ?? backup?.item ?? "",
            ),
            why: why(parameters),
            facts: [
                ...(replication && backup ? [`Backup item "${backup.item}" stays without its VM, too.`] : []),
                ...protectFacts(vm, isProtected, now),
            ],
            fix: inOrder(
                now,
                steps(parameters, now),
                isReplaced
                    ? `If you want to keep "${vm}", undo the change that replaces it. The preview names the property.`
                    : `If you want to keep "${vm}", don't apply this plan.`,
            ),
            sources: [replication === undefined ? PLANS.BACKUP_FOLLOWS_NAME.page : PLANS.RE_PROTECTED_BY_HAND.page],
        };
    },
});

/** Whether an item stays with the old VM, because the plan does not enable replication again. */
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

/** Azure Backup tracks VMs by ID: a new VM of the same name is backed up as before (INT-29). */
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

/** How the new VM is replicated, with the disks in the list that are not those of the old VM. */
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
    const disks = plan.after.disks.attachedTo(now).map((attached) => ({ attached, disk: linkedTo(attached.disk) }));
    const attached = plan.before.disks.attachedTo(vm).map((each) => ({ each, disk: linkedTo(each.disk) }));
    const staying = new Set(
        attached.flatMap(({ disk }) =>
            disk !== undefined && plan.outcomeOf(disk) === "stays" ? (plan.afterwards(disk) ?? []) : [],
        ),
    );
    return reProtectionOf(
        plan.after,
        now,
        kept,
        disks.filter(({ disk }) => disk === undefined || !staying.has(disk)),
        attached.flatMap(({ each, disk }) => {
            const after = disk && plan.afterwards(disk);
            const isKept = after !== undefined && staying.has(after) && disks.some((other) => other.disk === after);
            return isKept ? [] : [plan.before.names.ofDisk(vm, each)];
        }),
    );
}

function why({ isReplaced, reProtection: replication }: DeletionInWords & Facts): string {
    if (replication === undefined) {
        return "Backups of a VM that no longer exists fail, and the item stays in the vault without protecting anything.";
    }
    return isReplaced
        ? "The new VM has the ID of the old one, so nothing looks wrong. But a failover would bring up the old VM and its disks."
        : "Site Recovery keeps trying to replicate a VM that no longer exists, and its health turns critical. Without the VM, you can't disable replication cleanly.";
}

function steps(parameters: DeletionInWords & Facts, now: Tense): readonly Step[] {
    const { kind, isReplaced, reProtection: replication, backup } = parameters;
    const stop = backup === undefined ? [] : [stopBackup(backup.item, backup.provider)];
    if (replication === undefined) {
        return [...stop, applyStep("update"), ...(kind === "destroy" ? [applyStep("destroy")] : [])];
    }
    // Without the item in the program, an update deletes the VM, too.
    const apply = applyStep(now === "planned" && !replication.item.inStack ? kind : "update");
    if (isReplaced) {
        return [...stop, ...vmReplacementSteps(replication)];
    }
    return now === "planned"
        ? [...endReplicationSteps(replication), removeItem(parameters, replication), ...stop, apply]
        : [...disableSteps(replication), removeItem(parameters, replication), ...stop, apply];
}

/** Takes the item out of the program, once nothing is replicated that Pulumi could purge. */
function removeItem({ kind, name: vm }: DeletionInWords, { item }: ReProtection): Step {
    const note =
        item.provider === "azure-classic" ? "Pulumi disables replication when it deletes the item." : undefined;
    return { do: removal(kind, vm, item), ...(note === undefined ? {} : { note }) };
}

function removal(kind: DeletionInWords["kind"], vm: string, item: ReProtection["item"]): string {
    if (!item.inStack) {
        return `Remove "${item.name}" from the program of ${item.home ?? "the stack that has it"}.`;
    }
    return kind === "update"
        ? `Remove "${item.name}" from the ${item.isInTemplate ? "template" : "program"}, too.`
        : `Remove "${vm}" and "${item.name}" from the program, so that no later pulumi up creates them again.`;
}
