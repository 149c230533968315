import { formatArmId, nameOf } from "../model/ids/arm-id";
import type { AttachedDisk } from "../model/disks/attached-disks";
import type { Estate } from "../model/estate";
import { valueOf } from "../model/values";
import {
    isLeftAlone,
    type AzureResource,
    type Disk,
    type VirtualMachine,
    type ReplicatedItem,
} from "../model/resources";
import type { Provider } from "../model/ids/type-token";
import type { Urn } from "../model/planned-resource";
import type { LockedScope } from "../model/protection/locks";
import { idsInCli, quoteWord } from "./azure-cli";
import type { Advice, Step } from "./fix";
import { homeOf } from "./known-from";
import { listed, MOST_NAMES, more, namesOf, quoted, type Names } from "./names";
import { disableReplicationCommand } from "./replication";
import { diskListOf, WORDS, writtenAt } from "./property-names";

/** Everything with a name that the re-protection of one VM needs. */
export interface ReProtection {
    readonly vm: NamedResource;
    readonly vmProvider: Provider;
    /** How the Azure CLI finds the VM: `--ids /subscriptions/…/virtualMachines/web`, with a gap where the plan does not know. */
    readonly vmInCli: string;
    /** Its consistency group, where it is in one, and the other VMs there. */
    readonly group: { readonly name: string; readonly others: Names } | undefined;
    /** True where the plan does not change the VM, so that it runs this way already, even at a preview. */
    readonly isUnchanged: boolean;
    /** The disks that the new list has to name. */
    readonly disks: readonly DiskToList[];
    /** Names of the disks that the list has and the VM has not; undefined where that is not known. */
    readonly gone: readonly string[] | undefined;
    /** The item that lists the old disks, or the new one that leaves a disk out. */
    readonly item: ItemToReplace;
    readonly locks: Names;
    readonly recoveryPlans: Names;
    readonly hasBackup: boolean;
    /** Where the program names the VM's disks, and what it takes for the program to have them. */
    readonly follow: readonly DiskToFollow[];
}

/** A disk that the VM has and the program has to name. */
export interface DiskToFollow {
    /** `storageProfile.osDisk.managedDisk.id` */
    readonly property: string;
    /** The resource of the program that has the property. */
    readonly of: string;
    /** `OS disk` */
    readonly place: string;
    /** What Pulumi does at the next update if the program still names the old disk. */
    readonly otherwise: string;
    readonly id: string;
    /** For a disk that is no resource of the program yet. */
    readonly importCommand: string | undefined;
}

export interface NamedResource {
    /** The name in the program, or Azure's outside of it. */
    readonly name: string;
    readonly urn: Urn | undefined;
    readonly protect: boolean;
    readonly ignoreChanges: readonly string[];
}

export interface DiskToList {
    /** `the ID of "web-os"`, or the ID itself for a disk that is no resource of the program. */
    readonly id: string;
    /** Undefined where the plan does not know it. */
    readonly armId: string | undefined;
    readonly place: string;
    readonly role: "os" | "data";
    /** The name in the program; undefined for a disk that is no resource of it. */
    readonly pulumiName: string | undefined;
}

export interface ItemToReplace extends NamedResource {
    readonly provider: Provider;
    /** Where the program has the list of disks, and the ID in each of its entries. */
    readonly diskList: string;
    readonly diskId: string;
    /** Created by a template, not declared as a resource. */
    readonly isInTemplate: boolean;
    readonly isNew: boolean;
    readonly disableCommand: string | undefined;
    readonly inStack: boolean;
    /** The stack that has it, where it is not this one: `stack "prod" of "replication"`. */
    readonly home: string | undefined;
}

export function reProtectionOf(
    estate: Estate,
    vm: VirtualMachine,
    item: ReplicatedItem,
    disks: readonly { readonly attached: AttachedDisk; readonly disk: Disk | undefined }[],
    gone?: readonly string[],
): ReProtection {
    return {
        vm: named(vm),
        vmProvider: vm.provider,
        vmInCli: inCli(vm),
        group: groupOf(estate, item),
        isUnchanged: isLeftAlone(vm) && disks.every(({ disk }) => disk === undefined || disk.lifetime === "existing"),
        disks: disks.map(({ attached, disk }) => ({
            id: idInProgram(attached, disk),
            armId: armIdOf(attached),
            place: placeInWords(attached),
            role: attached.role,
            pulumiName: disk?.pulumiName,
        })),
        gone,
        item: {
            ...named(item),
            provider: item.provider,
            diskList: diskListOf(item),
            diskId: writtenAt(item, `${WORDS[item.provider].diskList}[].diskId`),
            isInTemplate: item.embeddedIn?.deployment !== undefined,
            isNew: item.lifetime === "new",
            disableCommand: disableReplicationCommand(item),
            inStack: item.urn !== undefined,
            home: homeOf(item),
        },
        locks: lockNames(estate.locks.over(vm)),
        recoveryPlans: namesOf(estate.recoveryPlans.holding(item), (plan) => named(plan).name),
        hasBackup: estate.backup.ofWholeVm(vm).answer === "yes",
        follow: disks.flatMap(({ attached, disk }) => diskToFollow(vm, attached, disk)),
    };
}

function diskToFollow(vm: VirtualMachine, attached: AttachedDisk, disk: Disk | undefined): DiskToFollow[] {
    const external = attached.disk.state === "external" ? attached.disk.id : undefined;
    if (attached.place.origin === "implicit" || (disk === undefined && external === undefined)) {
        return [];
    }
    const { diskType } = WORDS[vm.provider];
    const { attachedBy, disk: reference } = attached.place;
    return [
        {
            property: attachedBy === undefined ? writtenAt(vm, reference.property) : reference.property,
            of: attachedBy ?? named(vm).name,
            place: placeInWords(attached),
            otherwise:
                attachedBy !== undefined
                    ? `replaces "${attachedBy}" and attaches the old disk again`
                    : vm.provider === "azure-classic" && attached.role === "os"
                      ? "replaces the VM"
                      : "swaps it back",
            id: idInProgram(attached, disk),
            importCommand: external && importCommand(diskType, nameOf(external), formatArmId(external)),
        },
    ];
}

/**
 * How to bring replication back after a restore, with INT-90 (disable, never purge), INT-91 (what
 * Pulumi's own delete would do), INT-61 (locks), INT-63 (left-over replica disks) and INT-19 (lost recovery points).
 */
export function reProtectionAdvice(facts: ReProtection, dryRun: boolean): Advice {
    const { item, locks, hasBackup } = facts;
    const isPlannedChange = isPlanned(facts, dryRun);
    const intro = isPlannedChange
        ? "To apply this change safely, in this order:"
        : "The VM already runs this way. To re-protect it, in this order (run pulumi up only where a step says so):";
    if (item.isNew && dryRun) {
        const steps = [...remade(facts), ...listing(facts), applyNew(facts), ...afterwards(facts)];
        return { fix: { kind: "in order", intro, steps }, notes: [] };
    }
    const isReplaced = isClassic(facts);
    const enabling = enable(facts, isReplaced);
    const disabling = isReplaced ? [] : disable(facts);
    const { steps, notes } = withCheck({
        isRestored: !isPlannedChange,
        first: [...inGroup(facts), ...locked(locks)],
        check: (step) => prepare(hasBackup, step),
        rest: [
            ...disabling,
            ...(isPlannedChange ? [] : follow(facts)),
            ...listing(facts),
            ...(isReplaced ? replace(facts) : []),
            ...(isPlannedChange ? swap(facts) : []),
            enabling,
            ...afterwards(facts),
        ],
        disabling: disabling[0] ?? enabling,
        enabling,
    });
    return { fix: { kind: "in order", intro, steps }, notes };
}

/** The steps of a re-protection around the check without which none of them must be done. */
interface CheckedSteps {
    /** True where the disks are in their places already: a restore needs the VM off, and may have left it so. */
    readonly isRestored: boolean;
    readonly first?: readonly Step[];
    /** @param disabling the number of the step that deletes the recovery points */
    readonly check: (disabling: number) => Step;
    readonly rest: readonly Step[];
    /** The first step that disables replication, and the one that enables it; both among the rest. */
    readonly disabling: Step;
    readonly enabling: Step;
}

/** Puts the check in its place, and refers to the other steps by their numbers. */
export function withCheck({ isRestored, first = [], check, rest, disabling, enabling }: CheckedSteps): {
    readonly steps: readonly Step[];
    readonly notes: readonly string[];
} {
    const numberOf = (step: Step): number => first.length + 1 + rest.indexOf(step) + 1;
    return {
        steps: [...first, check(numberOf(disabling)), ...rest],
        notes: [
            ...(isRestored && disabling !== enabling ? [ifDisablingFails(numberOf(disabling))] : []),
            ifEnablingFails(numberOf(enabling)),
        ],
    };
}

/** The same for a restore that has yet to happen, to be ready for it. */
export function afterARestore(facts: ReProtection): Advice {
    const { vm, vmProvider, item, disks, follow: places } = facts;
    const id = "<ID of the restored disk>";
    const restored: ReProtection = {
        ...facts,
        item: { ...item, isNew: false },
        gone: undefined,
        disks: disks.map((disk) => ({ ...disk, id, armId: undefined, pulumiName: undefined })),
        follow: places.map((place, index) => ({
            ...place,
            id,
            importCommand: index > 0 ? undefined : importCommand(WORDS[vmProvider].diskType, "<name>", id),
        })),
    };
    const { fix, notes } = reProtectionAdvice(restored, false);
    return {
        fix: {
            ...fix,
            intro: `After you restore "${vm.name}" or one of its disks, in this order (skip steps about disks that you did not restore):`,
        },
        notes,
    };
}

/** The same for a VM that is replaced as a whole: no disk has to be swapped by hand. */
export function vmReplacementSteps(facts: ReProtection): readonly Step[] {
    const { item, disks, gone } = facts;
    const isListed = disks.length > 0 || gone === undefined || gone.length > 0;
    const enabling =
        isClassic(facts) && !isListed
            ? [replaceUnchanged(item), ...afterwards(facts)]
            : [...(isClassic(facts) ? replace(facts) : []), ...reEnable(facts, isClassic(facts))];
    return [...inGroup(facts), ...end(facts), ...(isListed ? listing(facts) : []), ...enabling];
}

/** Pulumi replaces no item whose properties stay, so the command has to name it. */
function replaceUnchanged(item: ItemToReplace): Step {
    return {
        do: `Replace "${item.name}" after the VM. Pulumi disables replication and enables it again (the VM must be running):`,
        commands: ["pulumi up", `pulumi up --replace ${quoteWord(item.urn ?? item.name)}`],
        note: "If the program does not set the item's name, set deleteBeforeReplace on it. Azure refuses a second item.",
    };
}

/** The same for an item that is replaced for the same VM and the same disks. */
export function itemReplacementSteps(facts: ReProtection): readonly Step[] {
    return [...inGroup(facts), ...end(facts), ...reEnable(facts, isClassic(facts))];
}

/**
 * The same for an item that is to be in another consistency group. Pulumi changes it in place, in either provider, so that
 * replication has to be disabled by hand.
 *
 * @param group the new one, where the item is to be in one
 */
export function groupChangeSteps(facts: ReProtection, group: ReProtection["group"]): readonly Step[] {
    const { locks, hasBackup } = facts;
    return [
        ...inGroup({ ...facts, group }),
        ...locked(locks),
        prepare(hasBackup),
        ...disable(facts),
        ...reEnable(facts, false),
    ];
}

/** How replication of a VM ends for good, with nothing left behind. */
export function endReplicationSteps(facts: ReProtection): readonly Step[] {
    return end(facts);
}

/** The same where the VM no longer exists: there is nothing to back up or to unlock. */
export function disableSteps(facts: ReProtection): readonly Step[] {
    return isClassic(facts) ? [] : disable(facts);
}

/** A classic item disables replication when Pulumi deletes or replaces it (INT-91). */
function isClassic({ item }: ReProtection): boolean {
    return item.provider === "azure-classic";
}

/** How to enable replication again after it has ended. */
export function reEnableSteps(facts: ReProtection): readonly Step[] {
    return reEnable(facts, false);
}

/** How the disks themselves get into their places, without what is about replication. */
export function diskSteps(facts: ReProtection, dryRun: boolean): readonly Step[] {
    return isPlanned(facts, dryRun) ? swap(facts) : follow(facts);
}

/** What to check once replication has been enabled again. */
export function afterEnablingSteps(facts: ReProtection): readonly Step[] {
    return afterwards(facts);
}

/** A replicated VM cannot join a group, so that all members are enabled together (INT-35). */
function inGroup({ group }: ReProtection): readonly Step[] {
    if (group === undefined || group.others.count === 0) {
        return [];
    }
    const { name, others } = group;
    return [
        {
            do: `Disable and enable replication of ${quoted(others, MOST_MEMBERS)} together with this VM. They share consistency group "${name}".`,
            note: "A replicated VM cannot join a group. Disable replication of all members, then enable it for all with one pulumi up.",
        },
    ];
}

const MOST_MEMBERS = 5;

/** More of one kind share one step. */
const MOST_STEPS = 5;

function groupOf(estate: Estate, item: ReplicatedItem): ReProtection["group"] {
    const members = estate.consistencyGroups.of(item);
    const name = valueOf(item.group);
    return members === undefined || name === undefined
        ? undefined
        : groupWith(estate, item, members, name, members.length - 1);
}

/** A group as seen from one item that is in it, or is to be. */
export function groupWith(
    estate: Estate,
    item: ReplicatedItem,
    members: readonly ReplicatedItem[],
    name: string,
    count = members.filter((member) => member !== item).length,
): NonNullable<ReProtection["group"]> {
    // Not all of a large group for each of its members.
    const few = members.slice(0, MOST_MEMBERS + 1).filter((member) => member !== item);
    const first = few.slice(0, MOST_MEMBERS);
    const nameOfMember = (member: ReplicatedItem): string => {
        const link = estate.protectedVms.of(member);
        return link.state === "linked" ? estate.names.of(link.to) : named(member).name;
    };
    return { name, others: { first: first.map(nameOfMember), count } };
}

/** The names of the locks over VMs, each once. */
export function lockNames(scopes: Iterable<LockedScope>): Names {
    const all = [...new Set(scopes)];
    const names = new Set<string>();
    let count = 0;
    for (const { locks } of all) {
        const looked = locks.slice(0, MOST_NAMES);
        looked.forEach((lock) => names.add(named(lock).name));
        count += locks.length - looked.length;
    }
    return { first: [...names], count: names.size + count };
}

function end(facts: ReProtection): readonly Step[] {
    return [...locked(facts.locks), prepare(facts.hasBackup), ...disableSteps(facts)];
}

/** @param isReplaced whether Pulumi disables replication in the same step */
function reEnable(facts: ReProtection, isReplaced: boolean): readonly Step[] {
    return [enable(facts, isReplaced), ...afterwards(facts)];
}

const PULUMI_UP = ["pulumi up"];

function enable({ item: { home, name } }: ReProtection, isReplaced: boolean): Step {
    if (home !== undefined) {
        return { do: `Apply this stack, then ${home} (the VM must be running):`, commands: PULUMI_UP };
    }
    return isReplaced
        ? {
              do: `Apply the change (the VM must be running). Pulumi replaces "${name}":`,
              commands: PULUMI_UP,
              note: "Pulumi disables replication, then enables it with the new list.",
          }
        : { do: "Enable replication again (the VM must be running):", commands: PULUMI_UP };
}

/** A new item enables replication by itself. */
function applyNew(facts: ReProtection): Step {
    const { home } = facts.item;
    return {
        do: home === undefined ? "Apply the plan, which enables replication:" : `Apply this stack, then ${home}:`,
        commands: PULUMI_UP,
        ...(isClassic(facts)
            ? {
                  note: "If the preview replaces the item, Pulumi disables replication first. That deletes Site Recovery's recovery points.",
              }
            : {}),
    };
}

/** Whether the change is still to come. */
export function isPlanned({ isUnchanged }: ReProtection, dryRun: boolean): boolean {
    return dryRun && !isUnchanged;
}

/** INT-92 is a field report, so this is a note and not a step. */
function ifDisablingFails(step: number): string {
    return `If step ${step} fails for a VM that is off, start the VM and repeat the step.`;
}

/**
 * INT-61, INT-63.
 *
 * @param step the number of the step that enables replication
 */
function ifEnablingFails(step: number): string {
    return (
        `If step ${step} fails with error 150161, delete the old replica disks in the target resource group. ` +
        "With error 150226, remove locks and run Microsoft's script for stale configuration. Then repeat the step."
    );
}

export function locked(locks: Names): readonly Step[] {
    const note =
        "Under a lock, disabling leaves stale replication links, and then you cannot enable replication again.";
    return locks.count > MOST_STEPS
        ? [{ do: `Remove the locks ${quoted(locks, MOST_STEPS)} until replication is enabled again.`, note }]
        : locks.first.map((lock) => ({ do: `Remove the lock "${lock}" until replication is enabled again.`, note }));
}

/** @param disabling the number of the step that disables replication, where the steps are numbered already */
export function prepare(hasBackup: boolean, disabling?: number): Step {
    const deletes = disabling === undefined ? "Disabling replication deletes" : `Step ${disabling} deletes`;
    return {
        do: hasBackup
            ? `Check that Azure Backup has a usable recovery point. ${deletes} those of Site Recovery.`
            : `Back up the VM. ${deletes} Site Recovery's recovery points, and the first new one takes time.`,
    };
}

/**
 * How Pulumi learns that replication was disabled, and how it must not be disabled (INT-91).
 *
 * @param home the stack that has the item, where it is another one
 */
export function dropFromState(home?: string, what: "item" | "items" = "item"): Step {
    const it = what === "item" ? "it" : "them";
    const on = what === "item" ? "the VM" : "the VMs";
    return {
        do: `${home === undefined ? "Drop" : `In ${home}, drop`} the ${what} from Pulumi's state:`,
        commands: ["pulumi refresh"],
        note: `Don't run pulumi up yet, and don't let Pulumi delete the ${what}: azure-native purges ${it} and leaves stale links on ${on}.`,
    };
}

/** A deployment has no record of the item; an edit of the template is what runs it again. */
export const RUN_TEMPLATE_AGAIN: Step = {
    do: "Edit the template before the next pulumi up. Azure runs a template again, and enables replication, only after an edit.",
    note: "Wait until replication is disabled. While the item exists, running the template changes nothing.",
};

/** Disables replication of one item. */
export function disableStep(item: string, command: string | undefined): Step {
    return command === undefined
        ? {
              do: "Disable replication of the VM, and wait for the job to finish.",
              note: `In the Azure portal: Recovery Services vault > Replicated items > "${item}" > Disable replication.`,
          }
        : { do: "Disable replication, and wait for the job to finish:", commands: [command] };
}

function disable({ item }: ReProtection): readonly Step[] {
    const step = disableStep(item.name, item.disableCommand);
    if (!item.inStack) {
        return item.home === undefined ? [step] : [step, dropFromState(item.home)];
    }
    if (item.isInTemplate) {
        return [step, RUN_TEMPLATE_AGAIN];
    }
    const guards = [...(item.protect ? ["protect"] : []), ...(item.ignoreChanges.length > 0 ? ["ignoreChanges"] : [])];
    const drop = dropFromState();
    return [
        step,
        guards.length === 0
            ? drop
            : {
                  ...drop,
                  note: `${drop.note ?? ""} ${guards.join(" and ")} on "${item.name}" ${guards.length === 1 ? "does" : "do"} not block this.`,
              },
    ];
}

/** The next `pulumi up` undoes a restore outside of Pulumi, unless the program follows it. */
function follow({ vm, follow: disks }: ReProtection): readonly Step[] {
    const steps = disks
        .slice(0, MOST_STEPS)
        .flatMap(({ property, of, place, otherwise, id, importCommand: command }): readonly Step[] => [
            ...(command === undefined
                ? []
                : [
                      {
                          do: "Import the restored disk, and add the code that Pulumi prints to the program:",
                          commands: [command],
                          note: "Without that code, the next pulumi up tries to delete the disk.",
                      },
                  ]),
            {
                do: `In the program, make sure that "${of}" uses ${id} (${place}).`,
                where: property,
                note: `If the program still names the old disk, pulumi up ${otherwise}.`,
            },
            ...ignored(vm, property.split(/[.[]/, 1)[0] ?? property),
        ]);
    return disks.length > MOST_STEPS
        ? [...steps, { do: `Do the same for the other disks of "${vm.name}": ${more(disks.length - MOST_STEPS)}.` }]
        : steps;
}

/**
 * A classic VM is replaced for another OS disk (CMP-01), and its old disk may be deleted with it. A first deployment
 * looks the same to the pack; only the person at the preview sees the difference.
 */
function remade({ vm, vmProvider, vmInCli, disks }: ReProtection): readonly Step[] {
    const os = disks.find(({ role }) => role === "os");
    if (vmProvider !== "azure-classic" || os === undefined) {
        return [];
    }
    return [
        {
            do: `If the preview replaces "${vm.name}", swap its OS disk outside Pulumi before you run pulumi up for the whole stack:`,
            commands: [
                ...(os.pulumiName === undefined ? [] : [`pulumi up ${target(os.pulumiName)}`]),
                `az vm deallocate ${vmInCli}`,
                `az vm update ${vmInCli} --os-disk ${quoteWord(os.armId ?? `<ID of ${os.pulumiName ?? "the new OS disk"}>`)}`,
                `az vm start ${vmInCli}`,
                "pulumi refresh",
            ],
            note: "Otherwise Pulumi deletes the VM and creates it again. Its old OS disk may be deleted with it.",
        },
    ];
}

/** An OS disk is swapped while the VM is off, and replication is enabled while it is on (INT-22, INT-67). */
function swap(facts: ReProtection): readonly Step[] {
    const { vm, vmProvider, vmInCli, disks } = facts;
    const os = disks.find(({ role }) => role === "os");
    if (os === undefined || vmProvider === "azure-classic") {
        return remade(facts);
    }
    const targets = [...disks.map(({ pulumiName }) => pulumiName), vm.name]
        .filter((name) => name !== undefined)
        .map(target);
    return [
        {
            do: "Swap the OS disk while the VM is stopped:",
            commands: [`az vm deallocate ${vmInCli}`, `pulumi up ${targets.join(" ")}`, `az vm start ${vmInCli}`],
        },
    ];
}

function target(name: string): string {
    return `--target ${quoteWord(`**::${name}`)}`;
}

/** The classic item is replaced when its list changes, and then disables replication cleanly (INT-69, INT-91). */
function replace({ item }: ReProtection): readonly Step[] {
    return [
        {
            do: `If the program does not set the name of "${item.name}", set deleteBeforeReplace on it.`,
            note: "Otherwise Pulumi creates the new item first, and Azure refuses it while the old one exists.",
        },
        ...(item.protect ? [unprotect(item)] : []),
        ...ignored(item, "managedDisks"),
    ];
}

/** Pulumi refuses to delete or replace what is protected. */
export function unprotect({ name, urn }: NamedResource): Step {
    return {
        do: `Remove protect from "${name}" for this change. It blocks the replacement:`,
        commands: [`pulumi state unprotect ${quoteWord(urn ?? name)} --yes`],
    };
}

function listing(facts: ReProtection): readonly Step[] {
    const { item } = facts;
    const where = item.home === undefined ? `In "${item.name}"` : `In the program of ${item.home}, in "${item.name}"`;
    const { change, property, note } = listChange(facts);
    return [
        {
            do: `${where}, ${change}. Keep the other entries.`,
            where: property,
            ...(note === undefined ? {} : { note }),
        },
    ];
}

interface ListChange {
    readonly change: string;
    readonly property: string;
    readonly note?: string;
}

function listChange({ item: { diskList, diskId }, disks, gone }: ReProtection): ListChange {
    const names = listed(disks.map(diskInWords));
    const [first, ...others] = disks;
    if (first === undefined) {
        return { change: `remove ${quoted(gone ?? [])} from the list of disks`, property: diskList };
    }
    if (gone === undefined) {
        return newEntries(first, others.length === 0 ? undefined : names, { diskList, diskId });
    }
    if (gone.length === 0) {
        return { change: `add ${names} to the list of disks`, property: diskList };
    }
    // Pulumi creates such a disk again under its name in the program.
    if (disks.every(({ pulumiName = "" }) => gone.includes(pulumiName))) {
        return { change: `make sure that the list names the VM's current disks: ${names}`, property: diskId };
    }
    return gone.length === 1 && others.length === 0
        ? { change: `replace the ID of ${quoted(gone)} with ${thatOf(first)}`, property: diskId }
        : { change: `replace ${quoted(gone)} in the list of disks with ${names}`, property: diskList };
}

/** Where it is not known which entries of the list are the old ones. */
function newEntries(
    first: DiskToList,
    all: string | undefined,
    { diskList, diskId }: Pick<ItemToReplace, "diskList" | "diskId">,
): ListChange {
    if (all !== undefined) {
        return {
            change: `list these disks: ${all}`,
            property: diskId,
            note: "Remove the entries of the disks that they replace.",
        };
    }
    return first.role === "os"
        ? { change: `replace the old OS disk's ID with ${thatOf(first)}`, property: diskId }
        : {
              change: `add ${diskInWords(first)} to the list of disks`,
              property: diskList,
              note: "If this disk replaces another one, remove the entry of the old disk.",
          };
}

function thatOf({ id, pulumiName }: DiskToList): string {
    return pulumiName === undefined ? id : `that of "${pulumiName}"`;
}

/** `"data" (data disk, LUN 1)`, or the ID of a disk outside the program */
function diskInWords({ id, pulumiName, place }: DiskToList): string {
    return `${pulumiName === undefined ? id : `"${pulumiName}"`} (${place})`;
}

function afterwards({ recoveryPlans, hasBackup, item }: ReProtection): readonly Step[] {
    return [
        ...(item.isNew ? [] : inRecoveryPlans(recoveryPlans, "item")),
        {
            do:
                hasBackup && !item.isNew
                    ? "After the first recovery point, run a test failover. Then check that the next backup of the VM succeeds."
                    : "After the first recovery point, run a test failover.",
        },
    ];
}

/** @param what whether one item is new, or several */
export function inRecoveryPlans(plans: Names, what: "item" | "items"): readonly Step[] {
    const ifNot = what === "item" ? "the new item. If not, add it." : "the new items. If not, add them.";
    return plans.count > MOST_STEPS
        ? [{ do: `Check that the recovery plans ${quoted(plans, MOST_STEPS)} contain ${ifNot}` }]
        : plans.first.map((plan) => ({ do: `Check that the recovery plan "${plan}" contains ${ifNot}` }));
}

/** `ignoreChanges` keeps a program from following what happened in Azure. */
function ignored({ name, ignoreChanges }: NamedResource, property: string): readonly Step[] {
    const blocking = ignoreChanges.filter(
        (each) => each === property || each.startsWith(`${property}.`) || each.startsWith(`${property}[`),
    );
    return blocking.length === 0
        ? []
        : [
              {
                  do: `Remove ${quoted(blocking)} from ignoreChanges of "${name}" for this change. Otherwise Pulumi ignores it.`,
              },
          ];
}

/** `--ids /subscriptions/…/virtualMachines/web` */
export function inCli({ id }: VirtualMachine): string {
    const known = valueOf(id);
    return (known && idsInCli(known)) ?? "--ids '<ID of the VM>'";
}

export function importCommand(type: string, name: string, id: string): string {
    return `pulumi import ${type} ${quoteWord(name)} ${quoteWord(id)}`;
}

export function named({ urn, pulumiName, azureName, id, protect, ignoreChanges }: AzureResource): NamedResource {
    const known = valueOf(id);
    const name = pulumiName ?? valueOf(azureName) ?? (known && nameOf(known)) ?? urn ?? "unnamed";
    return { name, urn, protect, ignoreChanges };
}

/** In words, because each language refers to a resource differently; the ID itself for a disk outside the program. */
function idInProgram({ place, disk: link }: AttachedDisk, disk: Disk | undefined): string {
    if (disk?.pulumiName !== undefined) {
        return `the ID of "${disk.pulumiName}"`;
    }
    return armIdOf({ place, disk: link }) ?? "the ID that Azure gives the new disk";
}

function armIdOf({ place, disk: link }: Pick<AttachedDisk, "place" | "disk">): string | undefined {
    return link.state === "external" ? formatArmId(link.id) : valueOf(place.disk.id);
}

function placeInWords({ role, place }: AttachedDisk): string {
    return role === "os" ? "OS disk" : `data disk${place.lun === undefined ? "" : `, LUN ${place.lun}`}`;
}
