import { formatArmId, nameOf } from "../model/ids/arm-id";
import type { AttachedDisk } from "../model/disks/attached-disks";
import type { Estate } from "../model/estate";
import { valueOf } from "../model/values";
import type { AzureResource, Disk, VirtualMachine, ReplicatedItem } from "../model/resources";
import type { Provider } from "../model/ids/type-token";
import type { LockedScope } from "../model/protection/locks";
import { placeInCli, quoteWord } from "./azure-cli";
import { homeOf } from "./known-from";
import { listed, MOST_NAMES, more, namesOf, quoted, type Names } from "./names";
import { disableReplicationCommand } from "./replication";
import { diskListOf, WORDS, writtenAt } from "./property-names";
import type { Steps } from "./steps";

/** Everything with a name that the re-protection of one VM needs: plain data. */
export interface ReProtection {
    readonly vm: NamedResource;
    readonly vmProvider: Provider;
    /** How the Azure CLI finds the VM: `--subscription 5d3a… -g shop -n web`; undefined where the plan does not know. */
    readonly vmInCli: string | undefined;
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
                      ? "makes the VM anew"
                      : "swaps it back",
            id: idInProgram(attached, disk),
            importCommand: external && `pulumi import ${diskType} ${nameOf(external)} ${formatArmId(external)}`,
        },
    ];
}

/**
 * How to bring replication back after a restore, with INT-90 (disable, never purge), INT-91 (what
 * Pulumi's own delete would do), INT-61 (locks), INT-63 (left-over replica disks) and INT-19 (lost recovery points).
 */
export function reProtectionSteps(facts: ReProtection, dryRun: boolean): Steps {
    const { item } = facts;
    if (item.isNew && dryRun) {
        return {
            occasion: `Before you apply this plan, list the disk in the replicated item that it makes:`,
            list: [...remade(facts), ...listing(facts), ...afterwards(facts)],
        };
    }
    const planned = isPlanned(facts, dryRun);
    return {
        occasion: planned
            ? "Before you apply this plan:"
            : "This is no longer a plan, it has been applied: the VM is not replicated as it runs. Do now, with no pulumi up before the step that says so:",
        list: [
            ...inGroup(facts),
            ...end(facts),
            ...(planned ? [] : follow(facts)),
            ...listing(facts),
            ...(item.provider === "azure-classic" ? replace(facts) : []),
            ...(planned ? swap(facts) : []),
            ...reEnable(facts),
        ],
    };
}

/** The same for a restore that has yet to happen, to have at hand when it does. */
export function afterARestore(facts: ReProtection): Steps {
    const { vm, vmProvider, item, disks, follow: places } = facts;
    const id = "<id of the restored disk>";
    const restored: ReProtection = {
        ...facts,
        item: { ...item, isNew: false },
        gone: [],
        disks: disks.map((disk) => ({ ...disk, id })),
        follow: places.map((place, index) => ({
            ...place,
            id,
            importCommand: index > 0 ? undefined : `pulumi import ${WORDS[vmProvider].diskType} <name> ${id}`,
        })),
    };
    return {
        occasion: `When a disk of "${vm.name}", or the VM itself, has been restored (leave out what is about disks that were not):`,
        list: reProtectionSteps(restored, false).list,
    };
}

/** The same for a VM that is made anew as a whole: nothing of it has to be swapped by hand. */
export function vmReplacementSteps(facts: ReProtection): readonly string[] {
    return [
        ...inGroup(facts),
        ...end(facts),
        ...listing(facts),
        ...(facts.item.provider === "azure-classic" ? replace(facts) : []),
        ...reEnable(facts),
    ];
}

/** The same for an item that is made anew for the very VM and disks that it has. */
export function itemReplacementSteps(facts: ReProtection): readonly string[] {
    return [...inGroup(facts), ...end(facts), ...reEnable(facts)];
}

/** How replication of a VM ends for good, with nothing left behind. */
export function endReplicationSteps(facts: ReProtection): readonly string[] {
    return end(facts);
}

/** The same where the VM is gone already: there is nothing to back up or to unlock. */
export function disableSteps(facts: ReProtection): readonly string[] {
    return facts.item.provider === "azure-classic" ? [] : disable(facts);
}

/** How replication comes back that has ended. */
export function reEnableSteps(facts: ReProtection): readonly string[] {
    return reEnable(facts);
}

/** What to look after once replication has been enabled anew. */
export function afterEnablingSteps(facts: ReProtection): readonly string[] {
    return [LEFT_OVERS, ...afterwards(facts)];
}

/** A VM that is replicated already cannot join a group, so it is formed anew as a whole (INT-35). */
function inGroup({ group }: ReProtection): string[] {
    if (group === undefined) {
        return [];
    }
    const { name, others } = group;
    return [
        `This VM is in the consistency group "${name}" with ${quoted(others, MOST_MEMBERS)}. A VM that is replicated already cannot ` +
            "join a group: disable replication of all of them before one pulumi up enables them together (BCDR123).",
    ];
}

const MOST_MEMBERS = 5;

/** More of one kind are told in one step. */
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

function end(facts: ReProtection): string[] {
    const { item, locks, hasBackup } = facts;
    return [...locked(locks), prepare(hasBackup), ...(item.provider === "azure-classic" ? [] : disable(facts))];
}

function reEnable(facts: ReProtection): string[] {
    return [apply(facts), LEFT_OVERS, ...afterwards(facts)];
}

function apply({ item: { home } }: ReProtection): string {
    const where = home === undefined ? "Apply: pulumi up." : `Apply this stack, then ${home}: pulumi up in either.`;
    return `${where} It enables replication anew; the VM must be running for that.`;
}

/** Whether the change is still to come. */
export function isPlanned({ isUnchanged }: ReProtection, dryRun: boolean): boolean {
    return dryRun && !isUnchanged;
}

/** What to do when enabling is refused (INT-61, INT-63). */
export const LEFT_OVERS =
    "If enabling is refused: with error 150161, delete the old replica disks that Site Recovery left in the target group; " +
    "with 150226, remove locks and run Microsoft's clean-up script for stale configuration. Then apply again.";

export function locked(locks: Names): string[] {
    const why = "under a lock, disabling leaves stale links that block enabling again.";
    return locks.count > MOST_STEPS
        ? [`Remove the locks ${quoted(locks, MOST_STEPS)} for the time being: ${why}`]
        : locks.first.map((lock) => `Remove the lock "${lock}" for the time being: ${why}`);
}

export function prepare(hasBackup: boolean): string {
    return hasBackup
        ? "Check that Azure Backup has a good recovery point of the VM: disabling replication deletes those of Site Recovery."
        : "Take a backup of the VM first: disabling replication deletes Site Recovery's recovery points, and the first new one takes its time.";
}

/** How Pulumi has to learn that replication was disabled, and how it must not be disabled (INT-91). */
export const FORGET = forgetIn(undefined);

/** @param home the stack that has the item, where it is another one */
export function forgetIn(home: string | undefined): string {
    return (
        `Once that job has ended, let Pulumi forget the item: pulumi refresh${home === undefined ? "" : ` in ${home}`}. ` +
        "(Do not delete or replace it with Pulumi instead: azure-native deletes by a purge, which leaves agent and links behind.)"
    );
}

/** A deployment has no record of the item, so nothing has to be forgotten; an edit of the template is what runs it again. */
export const RUN_AGAIN =
    "Let that job end before the next pulumi up. A template runs again once it is edited, and only then enables replication anew; " +
    "over an item that is still there it re-protects nothing.";

function disable({ item }: ReProtection): string[] {
    const how = `Disable replication: ${item.disableCommand ?? `in the vault of "${item.name}", Replicated items > Disable replication`}`;
    if (!item.inStack) {
        return item.home === undefined ? [how] : [how, forgetIn(item.home)];
    }
    if (item.isInTemplate) {
        return [how, RUN_AGAIN];
    }
    const guards = [...(item.protect ? ["protect"] : []), ...(item.ignoreChanges.length > 0 ? ["ignoreChanges"] : [])];
    const guarded =
        guards.length === 0
            ? ""
            : ` ${guards.join(" and ")} on "${item.name}" ${guards.length === 1 ? "does" : "do"} not hinder this way.`;
    return [how, `${FORGET}${guarded}`];
}

/** A restore outside of Pulumi is undone by the next `pulumi up`, unless the program learns of it. */
function follow({ vm, follow: disks }: ReProtection): string[] {
    const steps = disks
        .slice(0, MOST_STEPS)
        .flatMap(({ property, of, otherwise, id, importCommand }) => [
            ...(importCommand === undefined
                ? []
                : [
                      `Bring the disk under Pulumi: ${importCommand}; and paste the code that it prints into the program, or the next pulumi up wants to delete the disk.`,
                  ]),
            `In the program, ${property} of "${of}" must be ${id}; a program that still names the old disk ${otherwise} at the next pulumi up.`,
            ...ignored(vm, property.split(/[.[]/, 1)[0] ?? property),
        ]);
    return disks.length > MOST_STEPS
        ? [
              ...steps,
              `Do the same for the other disks of "${vm.name}", ${more(disks.length - MOST_STEPS)}: bring each under Pulumi, and let the program name it.`,
          ]
        : steps;
}

/**
 * A classic VM is made anew for another OS disk (CMP-01), and its old disk may go with it. The plan does not tell
 * that from a first deployment; only the person at the preview sees it.
 */
function remade({ vm, vmProvider, vmInCli, disks }: ReProtection): string[] {
    if (vmProvider !== "azure-classic" || !disks.some(({ role }) => role === "os")) {
        return [];
    }
    const which = vmInCli ?? "-g <its group> -n <its name>";
    return [
        `If the preview replaces "${vm.name}": the VM is deleted and made anew, and its old OS disk may go with it. To keep it, ` +
            `deploy the restored disk alone (pulumi up --target), then az vm deallocate ${which}, az vm update ${which} --os-disk <id of the disk>, ` +
            `az vm start ${which}, pulumi refresh; and only then let the program name the disk.`,
    ];
}

/** An OS disk is swapped while the VM is off, and replication is enabled while it is on (INT-22, INT-67). */
function swap(facts: ReProtection): string[] {
    const { vm, vmProvider, vmInCli, disks } = facts;
    const os = disks.find(({ role }) => role === "os");
    if (os === undefined || vmProvider === "azure-classic") {
        return remade(facts);
    }
    const targets = [os.pulumiName, vm.name].flatMap((name) => (name === undefined ? [] : [`--target '**::${name}'`]));
    const which = vmInCli ?? "-g <its group> -n <its name>";
    return [
        `Swap the OS disk while the VM is off: az vm deallocate ${which}; then pulumi up ${targets.join(" ")}; then az vm start ${which}.`,
    ];
}

/** The classic item is made anew when its list changes, and disables replication in order (INT-69, INT-91). */
function replace({ item }: ReProtection): string[] {
    return [
        `Pulumi then replaces "${item.name}": it disables replication and enables it with the new list. Without a name of its own ` +
            "it needs deleteBeforeReplace for that, because enabling fails while the old item is there.",
        ...(item.protect
            ? [`Take protect off "${item.name}" for this change: pulumi state unprotect; it blocks the replacement.`]
            : []),
        ...ignored(item, "managedDisks"),
    ];
}

function listing({ item, disks, gone }: ReProtection): string[] {
    const list = `${item.diskList} of "${item.name}"`;
    const ids = listed(disks.map(({ id, place }) => `${id} (${place})`));
    const old = quoted(gone);
    const program = item.home === undefined ? "In the program" : `In the program of ${item.home}`;
    return [
        ids === ""
            ? `${program}, take ${old} out of ${list}; leave the others.`
            : `${program}, let ${list} hold ${ids} in place of ${old === "" ? "the disk that it replaces, if any" : old}; leave the others.`,
    ];
}

function afterwards({ recoveryPlans, hasBackup, item }: ReProtection): string[] {
    return [
        ...(item.isNew ? [] : inRecoveryPlans(recoveryPlans, "item")),
        "Wait for the first recovery point, then run a test failover.",
        ...(hasBackup && !item.isNew
            ? ["Check that the next backup of the VM succeeds: its item follows the VM, not its disks."]
            : []),
    ];
}

/** @param what whether one item is new, or several */
export function inRecoveryPlans(plans: Names, what: "item" | "items"): string[] {
    const ifNot = `the new ${what}; if not, add ${what === "item" ? "it" : "them"} again.`;
    return plans.count > MOST_STEPS
        ? [`Check that the recovery plans ${quoted(plans, MOST_STEPS)} hold ${ifNot}`]
        : plans.first.map((plan) => `Check that the recovery plan "${plan}" holds ${ifNot}`);
}

/** `ignoreChanges` keeps a program from following what happened in Azure. */
function ignored({ name, ignoreChanges }: NamedResource, property: string): string[] {
    const blocking = ignoreChanges.filter(
        (each) => each === property || each.startsWith(`${property}.`) || each.startsWith(`${property}[`),
    );
    return blocking.length === 0
        ? []
        : [`Take ${quoted(blocking)} out of ignoreChanges of "${name}" for this change; Pulumi would pass over it.`];
}

/** `--subscription 5d3a… -g shop -n web` */
function inCli({ id }: VirtualMachine): string | undefined {
    const known = valueOf(id);
    const place = known && placeInCli(known);
    return known && place && `${place} -n ${quoteWord(nameOf(known))}`;
}

export function named({ urn, pulumiName, azureName, id, protect, ignoreChanges }: AzureResource): NamedResource {
    const known = valueOf(id);
    const name = pulumiName ?? valueOf(azureName) ?? (known && nameOf(known)) ?? urn ?? "unnamed";
    return { name, protect, ignoreChanges };
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
