import { formatArmId, nameOf } from "../model/ids/arm-id";
import type { AttachedDisk } from "../model/disks/attached-disks";
import type { Estate } from "../model/estate";
import { valueOf } from "../model/values";
import type { AzureResource, Disk, VirtualMachine, ReplicatedItem } from "../model/resources";
import type { Provider } from "../model/ids/type-token";
import type { Urn } from "../model/planned-resource";
import type { LockedScope } from "../model/protection/locks";
import { idsInCli, quoteWord } from "./azure-cli";
import type { Advice, Fix, Step } from "./fix";
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
    /** True where the plan leaves the VM as it is: then this is how things stand already, even at a preview. */
    readonly isUnchanged: boolean;
    /** The disks that the new list has to hold. */
    readonly disks: readonly DiskToList[];
    /** Names of the disks that the list has and the VM has not. */
    readonly gone: readonly string[];
    /** The item that knows the old disks, or the new one that leaves a disk out. */
    readonly item: ItemToReplace;
    readonly locks: Names;
    readonly recoveryPlans: Names;
    readonly hasBackup: boolean;
    /** Where the VM's disks stand in the program, and what it takes for the program to have them. */
    readonly follow: readonly DiskToFollow[];
}

/** A disk that the VM has and the program has to name. */
export interface DiskToFollow {
    /** `storageProfile.osDisk.managedDisk.id` */
    readonly property: string;
    /** The resource of the program that has the property. */
    readonly of: string;
    /** What Pulumi does at the next update where the program still names the old disk. */
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
    /** The ID in words (`the ID of "web-os"`), or as it is. */
    readonly id: string;
    readonly place: string;
    readonly role: "os" | "data";
    /** The name in the program; undefined for a disk that is no resource of it. */
    readonly pulumiName: string | undefined;
}

export interface ItemToReplace extends NamedResource {
    readonly provider: Provider;
    /** Where the program has the list of disks. */
    readonly diskList: string;
    /** Made by a template, not by a resource of its own. */
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
    gone: readonly string[] = [],
): ReProtection {
    return {
        vm: named(vm),
        vmProvider: vm.provider,
        vmInCli: inCli(vm),
        group: groupOf(estate, item),
        isUnchanged:
            vm.lifetime === "existing" &&
            !vm.isUpdated &&
            disks.every(({ disk }) => disk === undefined || disk.lifetime === "existing"),
        disks: disks.map(({ attached, disk }) => ({
            id: idInProgram(attached, disk),
            place: placeInWords(attached),
            role: attached.role,
            pulumiName: disk?.pulumiName,
        })),
        gone,
        item: {
            ...named(item),
            provider: item.provider,
            diskList: diskListOf(item),
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
    const { item } = facts;
    if (item.isNew && dryRun) {
        return {
            fix: {
                kind: "in order",
                intro: "Before you apply this plan, add the disk to the item that it creates:",
                steps: [...remade(facts), ...listing(facts), ...afterwards(facts)],
            },
            notes: [],
        };
    }
    const planned = isPlanned(facts, dryRun);
    return {
        fix: {
            kind: "in order",
            intro: planned
                ? "To apply this change safely, in this order:"
                : "The VM already runs this way. To re-protect it, in this order (run pulumi up only where a step says so):",
            steps: [
                ...inGroup(facts),
                ...end(facts),
                ...(planned ? [] : follow(facts)),
                ...listing(facts),
                ...(item.provider === "azure-classic" ? replace(facts) : []),
                ...(planned ? swap(facts) : []),
                ...reEnable(facts),
            ],
        },
        notes: [IF_ENABLING_FAILS],
    };
}

/** The same for a restore that has yet to happen, to be ready for it. */
export function afterARestore(facts: ReProtection): Fix {
    const { vm, vmProvider, item, disks, follow: places } = facts;
    const id = "<ID of the restored disk>";
    const restored: ReProtection = {
        ...facts,
        item: { ...item, isNew: false },
        gone: [],
        disks: disks.map((disk) => ({ ...disk, id })),
        follow: places.map((place, index) => ({
            ...place,
            id,
            importCommand: index > 0 ? undefined : importCommand(WORDS[vmProvider].diskType, "<name>", id),
        })),
    };
    return {
        ...reProtectionAdvice(restored, false).fix,
        intro: `After a restore of "${vm.name}" or one of its disks, in this order (skip what is about disks that were not restored):`,
    };
}

/** The same for a VM that is replaced as a whole: no disk has to be swapped by hand. */
export function vmReplacementSteps(facts: ReProtection): readonly Step[] {
    return [
        ...inGroup(facts),
        ...end(facts),
        ...listing(facts),
        ...(facts.item.provider === "azure-classic" ? replace(facts) : []),
        ...reEnable(facts),
    ];
}

/** The same for an item that is replaced for the very VM and disks that it has. */
export function itemReplacementSteps(facts: ReProtection): readonly Step[] {
    return [...inGroup(facts), ...end(facts), ...reEnable(facts)];
}

/** How replication of a VM ends for good, with nothing left behind. */
export function endReplicationSteps(facts: ReProtection): readonly Step[] {
    return end(facts);
}

/** The same where the VM no longer exists: there is nothing to back up or to unlock. */
export function disableSteps(facts: ReProtection): readonly Step[] {
    return facts.item.provider === "azure-classic" ? [] : disable(facts);
}

/** How replication comes back that has ended. */
export function reEnableSteps(facts: ReProtection): readonly Step[] {
    return reEnable(facts);
}

/** What to check once replication has been enabled again. */
export function afterEnablingSteps(facts: ReProtection): readonly Step[] {
    return afterwards(facts);
}

/** A replicated VM cannot join a group, so all members are enabled together (INT-35). */
function inGroup({ group }: ReProtection): readonly Step[] {
    if (group === undefined) {
        return [];
    }
    const { name, others } = group;
    return [
        {
            do: `Include the whole consistency group "${name}" in these steps. This VM shares it with ${quoted(others, MOST_MEMBERS)}.`,
            note: "A replicated VM cannot join a group. Disable replication of all members, then enable it for all with one pulumi up (BCDR123).",
        },
    ];
}

const MOST_MEMBERS = 5;

/** More of one kind share one step. */
const MOST_STEPS = 5;

function groupOf(estate: Estate, item: ReplicatedItem): ReProtection["group"] {
    const members = estate.consistencyGroups.of(item);
    const name = valueOf(item.group);
    if (members === undefined || name === undefined) {
        return undefined;
    }
    const first = members.slice(0, MOST_MEMBERS + 1).filter((member) => member !== item);
    const nameOfMember = (member: ReplicatedItem): string => {
        const link = estate.protectedVms.of(member);
        return link.state === "linked" ? estate.names.of(link.to) : named(member).name;
    };
    return { name, others: { first: first.map(nameOfMember), count: members.length - 1 } };
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
    const { item, locks, hasBackup } = facts;
    return [...locked(locks), prepare(hasBackup), ...(item.provider === "azure-classic" ? [] : disable(facts))];
}

function reEnable(facts: ReProtection): readonly Step[] {
    return [enable(facts), ...afterwards(facts)];
}

function enable({ item: { home } }: ReProtection): Step {
    const where = home === undefined ? "Enable replication again." : `Apply this stack, then ${home}.`;
    return { do: `${where} The VM must be running:`, commands: ["pulumi up"] };
}

/** Whether the change is still to come. */
export function isPlanned({ isUnchanged }: ReProtection, dryRun: boolean): boolean {
    return dryRun && !isUnchanged;
}

/** INT-61, INT-63. */
export const IF_ENABLING_FAILS =
    "If enabling replication fails with error 150161, delete the old replica disks in the target resource group. " +
    "With error 150226, remove locks and run Microsoft's cleanup script for stale configuration. Then run pulumi up again.";

export function locked(locks: Names): readonly Step[] {
    const note = "Under a lock, disabling leaves stale replication links that block enabling again.";
    return locks.count > MOST_STEPS
        ? [{ do: `Remove the locks ${quoted(locks, MOST_STEPS)} until replication is enabled again.`, note }]
        : locks.first.map((lock) => ({ do: `Remove the lock "${lock}" until replication is enabled again.`, note }));
}

export function prepare(hasBackup: boolean): Step {
    return {
        do: hasBackup
            ? "Check that Azure Backup has a usable recovery point of the VM. Disabling replication deletes those of Site Recovery."
            : "Back up the VM first. Disabling replication deletes Site Recovery's recovery points, and the first new one takes time.",
    };
}

/**
 * How Pulumi learns that replication was disabled, and how it must not be disabled (INT-91).
 *
 * @param home the stack that has the item, where it is another one
 */
export function dropFromState(home?: string): Step {
    return {
        do: home === undefined ? "Drop the item from Pulumi's state:" : `Drop the item from Pulumi's state in ${home}:`,
        commands: ["pulumi refresh"],
        note: "Don't run pulumi up yet, and don't let Pulumi delete the item: azure-native purges it and leaves stale links on the VM.",
    };
}

/** A deployment has no record of the item; an edit of the template is what runs it again. */
export const RUN_TEMPLATE_AGAIN: Step = {
    do: "Edit the template before the next pulumi up. Azure runs a template again, and enables replication, only after an edit.",
    note: "Wait until replication is disabled. A template re-protects nothing while the item still exists.",
};

/** Disables replication of one item. */
export function disableStep(item: string, command: string | undefined): Step {
    return command === undefined
        ? {
              do: `Disable replication in the vault of "${item}": Replicated items > Disable replication. Wait for the job to finish.`,
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
        .flatMap(({ property, of, otherwise, id, importCommand: command }): readonly Step[] => [
            ...(command === undefined
                ? []
                : [
                      {
                          do: "Import the restored disk, and add the code that Pulumi prints to the program:",
                          commands: [command],
                          note: "Without that code, the next pulumi up deletes the disk.",
                      },
                  ]),
            {
                do: `In "${of}", set the disk to ${id}.`,
                where: property,
                note: `While the program names the old disk, pulumi up ${otherwise}.`,
            },
            ...ignored(vm, property.split(/[.[]/, 1)[0] ?? property),
        ]);
    return disks.length > MOST_STEPS
        ? [...steps, { do: `Do the same for the other disks of "${vm.name}": ${more(disks.length - MOST_STEPS)}.` }]
        : steps;
}

/**
 * A classic VM is replaced for another OS disk (CMP-01), and its old disk may go with it. The plan does not tell
 * that from a first deployment; only the person at the preview sees it.
 */
function remade({ vm, vmProvider, vmInCli, disks }: ReProtection): readonly Step[] {
    const os = disks.find(({ role }) => role === "os");
    if (vmProvider !== "azure-classic" || os === undefined) {
        return [];
    }
    return [
        {
            do: `If the preview replaces "${vm.name}", swap its OS disk yourself, and only then name the disk in the program:`,
            commands: [
                `pulumi up ${target(os.pulumiName ?? "<restored disk>")}`,
                `az vm deallocate ${vmInCli}`,
                `az vm update ${vmInCli} --os-disk '<ID of the restored disk>'`,
                `az vm start ${vmInCli}`,
                "pulumi refresh",
            ],
            note: "Otherwise Pulumi deletes the VM and creates it again, and its old OS disk may be deleted with it.",
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
    const targets = [os.pulumiName, vm.name].filter((name) => name !== undefined).map(target);
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

/** The classic item is replaced when its list changes, and disables replication in order (INT-69, INT-91). */
function replace({ item }: ReProtection): readonly Step[] {
    return [
        {
            do: `Expect Pulumi to replace "${item.name}": it disables replication and enables it with the new list.`,
            note: "If the program does not set the item's name, set deleteBeforeReplace on it. Enabling fails while the old item exists.",
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

function listing({ item, disks, gone }: ReProtection): readonly Step[] {
    const ids = listed(disks.map(({ id, place }) => `${id} (${place})`));
    const old = quoted(gone);
    const where = item.home === undefined ? `In "${item.name}"` : `In the program of ${item.home}, in "${item.name}"`;
    const change =
        ids === ""
            ? `remove ${old} from the list of disks. Keep the other entries.`
            : old === ""
              ? `add ${ids} to the list of disks in place of the disk that it replaces, if any. Keep the other entries.`
              : `replace ${old} in the list of disks with ${ids}. Keep the other entries.`;
    return [{ do: `${where}, ${change}`, where: item.diskList }];
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
                  do: `Remove ${quoted(blocking)} from ignoreChanges of "${name}" for this change. Otherwise Pulumi skips it.`,
              },
          ];
}

/** `--ids /subscriptions/…/virtualMachines/web` */
function inCli({ id }: VirtualMachine): string {
    const known = valueOf(id);
    return (known && idsInCli(known)) ?? "--ids '<ID of the VM>'";
}

function importCommand(type: string, name: string, id: string): string {
    return `pulumi import ${type} ${quoteWord(name)} ${quoteWord(id)}`;
}

export function named({ urn, pulumiName, azureName, id, protect, ignoreChanges }: AzureResource): NamedResource {
    const known = valueOf(id);
    const name = pulumiName ?? valueOf(azureName) ?? (known && nameOf(known)) ?? urn ?? "unnamed";
    return { name, urn, protect, ignoreChanges };
}

/** In words, as each language refers to a resource in its own way; the id itself for what is no resource of the program. */
function idInProgram({ place, disk: link }: AttachedDisk, disk: Disk | undefined): string {
    if (disk?.pulumiName !== undefined) {
        return `the ID of "${disk.pulumiName}"`;
    }
    if (link.state === "external") {
        return formatArmId(link.id);
    }
    return valueOf(place.disk.id) ?? "the id of the disk";
}

function placeInWords({ role, place }: AttachedDisk): string {
    return role === "os" ? "OS disk" : `data disk${place.lun === undefined ? "" : `, LUN ${place.lun}`}`;
}
