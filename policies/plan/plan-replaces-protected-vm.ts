import type { AttachedDisk } from "../../src/model/disks/attached-disks";
import { valueOf } from "../../src/model/values";
import type { BackupItem, Machine, ReplicatedItem } from "../../src/model/resources";
import type { Plan, PlanContent } from "../../src/model/plan";
import type { Spelling } from "../../src/model/ids/type-token";
import { Undecideds, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { BACKUP_WORDS } from "../../src/advice/backup";
import {
    disableSteps,
    endReplicationSteps,
    machineReplacementSteps,
    named,
    type ReProtection,
    reProtectionOf,
} from "../../src/advice/re-protection";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import { type Condition, undecidedBy } from "../condition";
import { planPolicy } from "../policy";
import { isReplicatedAnew, stayingItems } from "../replication/re-enabled";
import { type Happening, happening, occasion, says } from "./happening";
import { protectWords } from "./protect";

interface Parameters {
    readonly kind: PlanContent["kind"];
    readonly machine: string;
    readonly isReplaced: boolean;
    readonly isProtected: boolean;
    /** Of the replicated item that stays, if one does. */
    readonly reProtection: ReProtection | undefined;
    /** The backup item that stays and is left without its machine, if there is one. */
    readonly backup: { readonly item: string; readonly spelling: Spelling } | undefined;
}

/** BCDR602: the machine goes or is made anew, and what protects it stays with the old one (INT-31). */
export const planReplacesProtectedVm = planPolicy<Parameters>({
    id: "BCDR602",
    name: "plan-replaces-protected-vm",
    level: "mandatory",
    severity: "critical",
    summary: "The plan replaces or deletes a protected VM and leaves its item.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps:
        "End protection in order before the change, or let the plan leave it alone; after a change of machine or disks enable replication anew.",

    *evaluate(plan): Iterable<Verdict<Parameters>> {
        const undecideds = new Undecideds();
        for (const machine of plan.before.machines) {
            const fate = plan.fateOf(machine);
            if (fate === "stays") {
                continue;
            }
            const now = plan.afterwards(machine);
            const replication = plan.before.replication(machine);
            const backup = plan.before.machineBackup(machine);
            yield* undecideds.of(replication, backup);
            const anew = now === undefined ? undefined : isReplicatedAnew(plan, now);
            const replicated = replication.answer === "yes" ? stayingItems(plan, replication.items) : [];
            if (replicated.length > 0 && anew?.is === "open") {
                yield* undecidedBy(anew);
                continue;
            }
            const [item] = anew?.is === "so" ? [] : replicated;
            const items =
                backup.answer === "yes"
                    ? backup.items.filter((each) => plan.fateOf(each) === "stays" && !isStopped(plan, each))
                    : [];
            const left = items.map((each) => ({ backupItem: each, follows: follows(plan, each, now) }));
            const backupItem = left.find(({ follows: does }) => does.is === "not so")?.backupItem;
            if (item !== undefined || backupItem !== undefined) {
                yield {
                    verdict: "violated",
                    subject: subjectOf(machine, machine),
                    parameters: {
                        kind: plan.kind,
                        machine: plan.before.nameOf(machine),
                        isReplaced: fate === "made anew",
                        isProtected: machine.protect,
                        reProtection: item && reProtection(plan, machine, now, item),
                        backup: backupItem && {
                            item: named(backupItem).name,
                            spelling: backupItem.spelling,
                        },
                    },
                    restsOn: [item, backupItem].filter((each) => each !== undefined),
                };
            } else {
                for (const { follows: does } of left) {
                    yield* undecidedBy(does);
                }
            }
        }
    },

    tell: (parameters, circumstances): Message => {
        const { kind, machine, isReplaced, isProtected, reProtection: replication, backup } = parameters;
        const now = happening(kind, circumstances);
        const what = replication === undefined ? "backup item" : "replicated item";
        const verb = isReplaced ? "replace" : "delete";
        return {
            headline: headline(
                (name) =>
                    `${says(now, `The plan ${verb}s machine ${name}`, `Machine ${name} has been ${verb}d`)}; its ${what} stays and knows the old machine.`,
                machine,
            ),
            why: why(parameters),
            details: [
                ...(replication && backup
                    ? [`The backup item "${backup.item}" is left without its machine, too.`]
                    : []),
                ...protectWords(isProtected, now),
            ],
            steps: { occasion: occasion(now), list: steps(parameters, now) },
            source: replication === undefined ? PLANS.BACKUP_FOLLOWS_NAME.page : PLANS.RE_PROTECTED_BY_HAND.page,
        };
    },
});

/** Whether the same plan stops the backup and keeps its data, which comes before the machine is deleted. */
function isStopped(plan: Plan, item: BackupItem): boolean {
    const after = plan.afterwards(item);
    return after !== undefined && valueOf(after.active) === false;
}

/** Backup goes by the machine's id: one that is made anew under its name is backed up as before (INT-29). */
function follows(plan: Plan, item: BackupItem, now: Machine | undefined): Condition {
    const after = plan.afterwards(item);
    if (now === undefined || after === undefined) {
        return { is: "not so" };
    }
    const link = plan.after.machineOf(after);
    switch (link.state) {
        case "linked":
            return { is: link.to === now ? "so" : "not so" };
        case "undecided":
            return link.candidates.includes(now)
                ? { is: "so" }
                : { is: "open", questions: [{ resource: after, property: link.property }] };
        case "external":
        case "none":
            return { is: "not so" };
    }
}

/** A machine that is made anew has new disks, all of which the list has to hold in place of the old ones. */
function reProtection(plan: Plan, machine: Machine, now: Machine | undefined, item: ReplicatedItem): ReProtection {
    const kept = plan.afterwards(item);
    if (now === undefined || kept === undefined) {
        return reProtectionOf(plan.before, machine, item, []);
    }
    const disks = plan.after.attachedDisks(now).map((attached) => ({
        attached,
        disk: attached.disk.state === "linked" ? attached.disk.to : undefined,
    }));
    const gone = plan.before.attachedDisks(machine).map((disk: AttachedDisk) => plan.before.nameOfDisk(machine, disk));
    return reProtectionOf(plan.after, now, kept, disks, gone);
}

function why({ isReplaced, reProtection: replication }: Parameters): string {
    if (replication === undefined) {
        return "Backup of a machine that is gone fails from then on, and its item stays in the vault with nothing to protect.";
    }
    return isReplaced
        ? "The new machine has the id of the old one, so everything looks as before; but Site Recovery replicates the old machine and its disks. A failover would bring up what was there before the change."
        : "Site Recovery goes on with a machine that is gone: health turns critical, and without the machine replication cannot be ended in order.";
}

function steps({ isReplaced, machine, reProtection: replication, backup }: Parameters, now: Happening): string[] {
    const stop = backup && stopBackup(backup);
    if (isReplaced) {
        return [...(replication === undefined ? [] : machineReplacementSteps(replication)), ...(stop ? [stop] : [])];
    }
    const out =
        replication &&
        `Take "${replication.item.name}" out of the program${now === "planned" ? ` together with "${machine}"` : ""}${replication.item.spelling === "azure" ? ": Pulumi disables replication when it deletes it" : ""}.`;
    return [
        ...(now === "planned" ? [`If "${machine}" is not meant to go: do not apply this plan.`] : []),
        ...(replication === undefined
            ? []
            : now === "planned"
              ? endReplicationSteps(replication)
              : disableSteps(replication)),
        ...(out === undefined ? [] : [out]),
        ...(stop === undefined ? [] : [stop]),
    ];
}

function stopBackup({ item, spelling }: { readonly item: string; readonly spelling: Spelling }): string {
    return (
        `To keep the recovery points of Azure Backup: set ${BACKUP_WORDS[spelling].stopsBackup} on "${item}", apply that, and leave the item in the program. ` +
        "Taken out of it, the item is deleted with all its recovery points."
    );
}
