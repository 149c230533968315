import { type Answer, evidenceIn } from "../../src/model/answers";
import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import { valueOf } from "../../src/model/values";
import type { AzureResource, BackupItem, DiskBackup, VirtualMachine, VmReplication } from "../../src/model/resources";
import { Undecideds, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { singleLine } from "../../src/findings/plain-text";
import { stackSubject, type Subject, subjectOf } from "../../src/findings/subject";
import {
    type BackupKind,
    type Edition,
    EDITIONS,
    INTEROPERABILITY,
    interoperabilityLines,
} from "../../src/advice/interoperability";
import { COVERAGE } from "../../src/facts/coverage";
import { homeOf } from "../../src/advice/known-from";
import { linesOf, listed, namesOf, type Names } from "../../src/advice/names";
import {
    disableStep,
    dropFromState,
    named,
    prepare,
    RUN_TEMPLATE_AGAIN,
    withCheck,
} from "../../src/advice/re-protection";
import { disableReplicationCommand } from "../../src/advice/replication";
import { WORDS, writtenAt } from "../../src/advice/property-names";
import type { Step } from "../../src/advice/fix";
import {
    identityOf,
    type PolicyIdentity,
    type Settings,
    type SettingValues,
    stackPolicy,
    type StackPolicy,
    type StackSubject,
    type Summary,
} from "../policy";

interface Configuration {
    readonly edition: Edition;
    /** With more VMs than this, one finding for the stack lists them all. */
    readonly summariseAbove: number;
}

const DEFAULT_SUMMARISE_ABOVE = 20;

/** The list must end somewhere; a higher "summariseAbove" gives each VM its own finding. */
export const MOST_VMS = 100;

const combinationSettings: Settings<Configuration> = {
    areShared: true,
    properties: {
        edition: {
            type: "string",
            enum: EDITIONS,
            default: EDITIONS[0],
            description: "Which edition of Microsoft's interoperability table the messages carry, by the page's date.",
        },
        summariseAbove: {
            type: "integer",
            minimum: 0,
            default: DEFAULT_SUMMARISE_ABOVE,
            description: "With more VMs than this, one finding for the stack lists them.",
        },
    },
    read: ({ edition = EDITIONS[0], summariseAbove = DEFAULT_SUMMARISE_ABOVE }) => ({
        edition: edition as Edition,
        summariseAbove: summariseAbove as number,
    }),
};

/** How many VMs get a finding each. */
export function summarisedAbove(values: SettingValues): number {
    return combinationSettings.read(values).summariseAbove;
}

/** The facts about one VM under both services. */
interface Combination {
    readonly vm: string;
    readonly edition: Edition;
    readonly kinds: readonly BackupKind[];
    /** Each backup in words: `backup item "web" in vault "backup-vault"`. */
    readonly backups: readonly string[];
    readonly replicatedItems: readonly string[];
    /** What replicates it: Site Recovery has made an item of an intent that is not in the program (INT-95). */
    readonly kind: VmReplication["kind"];
    readonly item: string;
    /** False for an intent that leaves the disks to Site Recovery. */
    readonly listsDisks: boolean;
    readonly diskId: string;
    readonly isInTemplate: boolean;
    readonly disableCommand: string | undefined;
    /** The stack that has the replicated item, where it is not this one. */
    readonly home: string | undefined;
    /** Pulumi replaces a classic item when its list changes; an azure-native one it updates without effect. */
    readonly itemIsClassic: boolean;
    /** Where the program gives the VM its disks. */
    readonly takesDisks: string;
}

interface CombinationPolicy extends PolicyIdentity {
    /** The backups that it is about. */
    readonly backup: (vm: VirtualMachine, estate: Estate) => Answer<BackupItem | DiskBackup>;
}

/** A policy about VMs that are backed up, in some way, and replicated. */
export function combinationPolicy(policy: CombinationPolicy): StackPolicy {
    const { backup: backupOf } = policy;
    return stackPolicy<() => Combination, Configuration>({
        kinds: ["replicated item", "replication intent"],
        ...identityOf(policy),
        settings: combinationSettings,
        message: (facts) => combinationMessage(facts()),
        summarise: summariseCombinations,

        *evaluate({ estate }, { edition }): Iterable<Verdict<() => Combination>> {
            const undecideds = new Undecideds();
            for (const vm of estate.vms) {
                const backup = backupOf(vm, estate);
                const replication = estate.replication.ofAny(vm);
                if (backup.answer === "no" || replication.answer === "no") {
                    continue;
                }
                if (backup.answer === "yes" && replication.answer === "yes") {
                    yield combined(estate, vm, replication.items, edition);
                } else {
                    yield* undecideds.of(backup, replication);
                }
            }
        },
    });
}

/**
 * The finding for one VM; on the VM, or on its item where the VM is not in this stack. Its facts are worked out only for
 * a message: where every VM of a large stack has both services, one summary is reported.
 */
function combined(
    estate: Estate,
    vm: VirtualMachine,
    replicatedItems: readonly VmReplication[],
    edition: Edition,
): Verdict<() => Combination> {
    const vmBackups = evidenceIn([estate.backup.ofWholeVm(vm)]) ?? [];
    const diskBackups = evidenceIn([estate.backup.ofAnyDisk(vm)]) ?? [];
    const [replicatedItem] = replicatedItems;
    if (replicatedItem === undefined) {
        throw new Error("a finding about a replicated VM needs a replicated item");
    }
    const items = [...replicatedItems, ...vmBackups, ...diskBackups];
    const inStack = items.find(({ urn }) => urn !== undefined);
    const about: AzureResource = vm.urn === undefined ? (inStack ?? vm) : vm;
    const subject = subjectOf(about, vm);
    return {
        verdict: "violated",
        subject: {
            ...subject,
            name: about === vm ? estate.names.of(vm) : subject.name,
            names: [...subject.names, ...subjectOf(vm).names],
        },
        parameters: () => ({
            vm: estate.names.of(vm),
            edition,
            kinds: [
                ...(estate.backup.ofFiles(vm).answer === "yes" ? (["file"] as const) : []),
                ...(diskBackups.length > 0 ? (["disk"] as const) : []),
                ...(vmBackups.length > 0 ? (["vm"] as const) : []),
            ],
            backups: [...vmBackups, ...diskBackups].map(describe),
            replicatedItems: replicatedItems.map(describe),
            kind: replicatedItem.kind,
            item: named(replicatedItem).name,
            listsDisks: replicatedItem.kind === "replicated item" || replicatedItem.disks.state !== "none",
            diskId: writtenAt(replicatedItem, `${WORDS[replicatedItem.provider].diskList}[].diskId`),
            isInTemplate: replicatedItem.embeddedIn?.deployment !== undefined,
            disableCommand:
                replicatedItem.kind === "replicated item" ? disableReplicationCommand(replicatedItem) : undefined,
            home: homeOf(replicatedItem),
            itemIsClassic: replicatedItem.provider === "azure-classic",
            takesDisks: WORDS[vm.provider].takesDisks,
        }),
        restsOn: [vm, ...items],
    };
}

export function combinationMessage(facts: Combination): Message {
    const { vm, edition, kinds } = facts;
    const { page, includesBackup } = INTEROPERABILITY[edition];
    const isWhole = kinds.includes("vm");
    const hasDisks = kinds.includes("disk");
    const { steps, notes } = restoreSteps(facts);
    return {
        headline: headline(
            (name) =>
                isWhole
                    ? `VM ${name} is backed up and replicated, so a restore breaks its replication.`
                    : `VM ${name} is replicated and has disk backups, so a disk restore breaks its replication.`,
            vm,
        ),
        why:
            "Site Recovery tracks disks by ID: after a restore, a failover would bring up the VM with its old disks. " +
            (includesBackup
                ? "This edition of Microsoft's page lists the backup itself as not supported, too."
                : "Using both services together is supported, and so is restoring files."),
        facts: [
            `Azure Backup: ${listed(facts.backups)}`,
            `Site Recovery: ${listed(facts.replicatedItems)}`,
            ...(facts.kind === "replication intent"
                ? ["Site Recovery creates the replicated item of this intent by itself. The program does not have it."]
                : []),
            ...interoperabilityLines(edition, kinds),
            ...(isWhole && hasDisks ? ["BCDR101 also covers the disk backups of this VM (BCDR102)."] : []),
        ],
        fix: {
            kind: "in order",
            intro: `Nothing to change now. To restore ${isWhole ? "the VM or one of its disks" : "one of these disks"}, in this order:`,
            steps,
        },
        notes,
        sources: [page, ...(facts.kind === "replication intent" ? [COVERAGE.INTENT.page] : [])],
    };
}

function restoreSteps({ vm, item, ...facts }: Combination): ReturnType<typeof withCheck> {
    const restore: Step = {
        do: `Restore the VM or the disk, and set the ID of the restored disk in "${vm}".`,
        where: facts.takesDisks,
    };
    const list: Step = {
        do: `In "${item}", replace the ID of the old disk with that of the restored disk.`,
        where: facts.diskId,
    };
    const test: Step = { do: "After the first recovery point, run a test failover." };
    const check = (step: number): Step => prepare(true, step);
    if (facts.itemIsClassic) {
        const replacing: Step = {
            do: `Apply the change (the VM must be running). Pulumi replaces "${item}":`,
            commands: ["pulumi up"],
            note: "Pulumi disables replication, then enables it with the new list.",
        };
        return withCheck({
            isRestored: false,
            check,
            rest: [restore, list, replacing, test],
            disabling: replacing,
            enabling: replacing,
        });
    }
    if (facts.kind === "replication intent") {
        const disabling: Step = {
            ...disableStep(vm, undefined),
            note: `In the Azure portal: Recovery Services vault > Replicated items > "${vm}" > Disable replication. Don't remove "${item}" from the program instead: Azure has no operation that deletes an intent.`,
        };
        const enabling: Step = {
            do: "Apply the change (the VM must be running):",
            commands: ["pulumi up"],
            note: "If this starts no job in the vault, enable replication in the portal: Recovery Services vault > Replicate.",
        };
        return withCheck({
            isRestored: false,
            check,
            rest: [disabling, restore, ...(facts.listsDisks ? [list] : []), enabling, test],
            disabling,
            enabling,
        });
    }
    const disabling = disableStep(item, facts.disableCommand);
    const enabling: Step = { do: "Enable replication again (the VM must be running):", commands: ["pulumi up"] };
    const listAfter: Step = {
        ...list,
        note: "Disable replication before you edit the list. While the item exists, an edit replicates no other disk.",
    };
    return withCheck({
        isRestored: false,
        check,
        rest: [
            disabling,
            facts.isInTemplate ? RUN_TEMPLATE_AGAIN : dropFromState(facts.home),
            restore,
            listAfter,
            enabling,
            test,
        ],
        disabling,
        enabling,
    });
}

/** `replicated item "web" in vault "dr-vault"`, by the name that the item has in the program. */
function describe(item: BackupItem | DiskBackup | VmReplication): string {
    const [vault] = valueOf(item.id)?.names ?? [];
    const inVault = vault === undefined ? "" : ` in vault "${vault}"`;
    return `${item.kind} "${item.pulumiName ?? displayName(item)}"${inVault}`;
}

function summariseCombinations(
    found: readonly Subject[],
    { estate }: StackSubject,
    { edition, summariseAbove }: Configuration,
): Summary | undefined {
    if (found.length <= summariseAbove) {
        return undefined;
    }
    const vms = namesOf(found, ({ name }) => name, MOST_VMS);
    return { subject: stackSubject(estate.stackUrn), message: inOne(vms, edition) };
}

/** The message about more VMs than get a finding each. */
export function combinationsInOne(vms: Names, values: SettingValues): Message {
    return inOne(vms, combinationSettings.read(values).edition);
}

function inOne({ first, count }: Names, edition: Edition): Message {
    return {
        headline: `${count} VMs are backed up and replicated, so a restore breaks the replication of its VM.`,
        why: "Site Recovery tracks disks by ID: after a restore, a failover would bring up the VM with its old disks. Using both services together is supported, and so is restoring files.",
        facts: linesOf({ first: first.map(singleLine), count }),
        fix: {
            kind: "in order",
            intro: "Nothing to change now. To restore one of these VMs or a disk of it, in this order:",
            steps: [
                prepare(true),
                { do: "Disable replication of that VM, and wait for the job to finish." },
                {
                    do: "Restore, and enable replication with a new replicated item that lists the restored disks.",
                },
                { do: "After the first recovery point, run a test failover." },
            ],
        },
        notes: [`To get these steps with the names of each VM, set "summariseAbove" of this policy to ${count}.`],
        sources: [INTEROPERABILITY[edition].page],
    };
}
