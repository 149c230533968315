import { asSteps } from "../../src/advice/fix";
import { type Answer, evidenceIn } from "../../src/model/answers";
import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import { valueOf } from "../../src/model/values";
import type { AzureResource, BackupItem, DiskBackup, VirtualMachine, ReplicatedItem } from "../../src/model/resources";
import { type Finding, Undecideds, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { singleLine } from "../../src/findings/text";
import { stackSubject, subjectOf } from "../../src/findings/subject";
import {
    type BackupKind,
    type Edition,
    EDITIONS,
    INTEROPERABILITY,
    interoperabilityLines,
} from "../../src/advice/interoperability";
import { homeOf } from "../../src/advice/known-from";
import { linesOf, listed, MOST_NAMES, namesOf } from "../../src/advice/names";
import { dropFromState } from "../../src/advice/re-protection";
import { disableReplicationCommand } from "../../src/advice/replication";
import { WORDS } from "../../src/advice/property-names";
import {
    identityOf,
    type PolicyIdentity,
    type Settings,
    stackPolicy,
    type StackPolicy,
    type StackSubject,
} from "../policy";

interface Configuration {
    readonly edition: Edition;
    /** With more VMs than this, one finding for the stack lists them all. */
    readonly summariseAbove: number;
}

const DEFAULT_SUMMARISE_ABOVE = 20;

/** The list ends somewhere; "summariseAbove" gives each VM a finding of its own. */
const MOST_VMS = 100;

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

/** The facts about one VM under both services. */
interface Combination {
    readonly vm: string;
    readonly edition: Edition;
    readonly kinds: readonly BackupKind[];
    /** Each backup in words: `item "web" in vault "backup-vault"`. */
    readonly backups: readonly string[];
    readonly replicatedItem: string;
    readonly disableCommand: string | undefined;
    /** The stack that has the replicated item, where it is not this one. */
    readonly home: string | undefined;
    /** A classic item is made anew by changing its list; an azure-native one is not. */
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
    return stackPolicy<Combination, Configuration>({
        ...identityOf(policy),
        settings: combinationSettings,
        message: combinationMessage,
        summarise: summariseCombinations,

        *evaluate({ estate }, { edition }): Iterable<Verdict<Combination>> {
            const undecideds = new Undecideds();
            for (const vm of estate.vms) {
                const backup = backupOf(vm, estate);
                const replication = estate.replication.of(vm);
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

/** The finding for one VM; on the VM, or on its item where the VM is not in this stack. */
function combined(
    estate: Estate,
    vm: VirtualMachine,
    replicatedItems: readonly ReplicatedItem[],
    edition: Edition,
): Verdict<Combination> {
    const vmBackups = evidenceIn([estate.backup.ofWholeVm(vm)]) ?? [];
    const diskBackups = evidenceIn([estate.backup.ofAnyDisk(vm)]) ?? [];
    const [replicatedItem] = replicatedItems;
    const items = [...replicatedItems, ...vmBackups, ...diskBackups];
    const inStack = items.find(({ urn }) => urn !== undefined);
    const about: AzureResource = vm.urn === undefined ? (inStack ?? vm) : vm;
    const subject = subjectOf(about, vm);
    const kinds: BackupKind[] = [
        ...(estate.backup.ofFiles(vm).answer === "yes" ? (["file"] as const) : []),
        ...(diskBackups.length > 0 ? (["disk"] as const) : []),
        ...(vmBackups.length > 0 ? (["vm"] as const) : []),
    ];
    return {
        verdict: "violated",
        subject: {
            ...subject,
            name: about === vm ? estate.names.of(vm) : subject.name,
            names: [...subject.names, ...subjectOf(vm).names],
        },
        parameters: {
            vm: estate.names.of(vm),
            edition,
            kinds,
            backups: [...vmBackups, ...diskBackups].map(describe),
            replicatedItem: listed(replicatedItems.map(describe)),
            disableCommand: replicatedItem && disableReplicationCommand(replicatedItem),
            home: replicatedItem && homeOf(replicatedItem),
            itemIsClassic: replicatedItem?.provider === "azure-classic",
            takesDisks: WORDS[vm.provider].takesDisks,
        },
        restsOn: [vm, ...items],
    };
}

export function combinationMessage({ vm, edition, kinds, ...facts }: Combination): Message {
    const { page, includesBackup } = INTEROPERABILITY[edition];
    const whole = kinds.includes("vm");
    const disks = kinds.includes("disk");
    const what = whole ? (disks ? "as a whole and by its disks" : "as a whole") : "by its disks";
    const backup = includesBackup
        ? "This edition of the page counts taking such a backup, too, as not supported while replicated."
        : "Both may run side by side; a file restore is harmless.";
    const restored = whole ? "the VM or a disk of it" : "one of those disks";
    return {
        headline: headline(
            (name) => `VM ${name} is backed up ${what} and replicated: a restore breaks replication.`,
            vm,
        ),
        why: `${backup} A restored disk is a new disk that replication does not know.`,
        facts: [
            `Azure Backup: ${listed(facts.backups, MOST_NAMES, " and ")}. Site Recovery: ${facts.replicatedItem}.`,
            ...interoperabilityLines(edition, kinds),
            ...(whole && disks
                ? ["Disk-level backup beside replication is BCDR102, told here along with BCDR101."]
                : []),
        ],
        fix: {
            kind: "in order",
            intro: `Before anyone restores ${restored}:`,
            steps: asSteps([
                {
                    do: "Make sure that a good recovery point of Azure Backup exists: disabling replication deletes those of Site Recovery.",
                },
                ...(facts.itemIsClassic
                    ? [
                          {
                              do: `Restore, and let the program follow: the id of the restored disk belongs into ${facts.takesDisks}.`,
                          },
                          {
                              do: "Let managedDisks of the replicated item list the restored disks, then pulumi up: the item is made anew, which disables replication and enables it with them.",
                          },
                      ]
                    : [
                          {
                              do:
                                  facts.disableCommand === undefined
                                      ? `Disable replication of ${facts.replicatedItem} (Recovery Services vault > Replicated items > Disable replication).`
                                      : `Disable replication: ${facts.disableCommand}`,
                          },
                          dropFromState(facts.home),
                          {
                              do: `Restore, and let the program follow: the id of the restored disk belongs into ${facts.takesDisks}.`,
                          },
                          {
                              do: "Let the replicated item list the restored disks, then pulumi up: made anew, it enables replication with them. Editing the list of an item that is still there re-protects nothing.",
                          },
                      ]),
                { do: "Wait for the first recovery point, then run a test failover." },
            ]),
        },
        sources: [page],
    };
}

/** `replicated item "web" in vault "dr-vault"`, by the name that the item has in the program. */
function describe(item: BackupItem | DiskBackup | ReplicatedItem): string {
    const [vault] = valueOf(item.id)?.names ?? [];
    const inVault = vault === undefined ? "" : ` in vault "${vault}"`;
    return `${item.kind} "${item.pulumiName ?? displayName(item)}"${inVault}`;
}

function summariseCombinations(
    findings: readonly Finding[],
    { estate }: StackSubject,
    configuration: Configuration,
): readonly Finding[] {
    const { edition, summariseAbove } = configuration;
    const [first] = findings;
    if (first === undefined || findings.length <= summariseAbove) {
        return findings;
    }
    const names = findings.map(({ subject }) => singleLine(subject.name));
    return [
        {
            policyId: first.policyId,
            subject: stackSubject(estate.stackUrn),
            message: {
                headline: headline(
                    () =>
                        `${findings.length} VMs are both backed up and replicated: a restore breaks their replication.`,
                ),
                why: "Both services may run side by side; a file restore is harmless. A restored disk is a new disk that replication does not know.",
                facts: linesOf(namesOf(names, (name) => name, MOST_VMS)),
                fix: {
                    kind: "in order",
                    intro: "Before anyone restores one of them or a disk of it:",
                    steps: asSteps([
                        {
                            do: "Disable replication of that VM, restore, and enable replication anew with a new replicated item that lists the restored disks.",
                        },
                        {
                            do: `To read the steps with the names of each VM, set "summariseAbove" of this policy to ${findings.length}.`,
                        },
                    ]),
                },
                sources: [INTEROPERABILITY[edition].page],
            },
        },
    ];
}
