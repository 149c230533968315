import type { AttachedDisk } from "../../src/model/disks/attached-disks";
import type { Estate } from "../../src/model/estate";
import type { MachineDisk } from "../../src/model/disks/vm-disks";
import type { AzureResource, BackupItem, Machine } from "../../src/model/resources";
import { isSelected } from "../../src/model/disks/selected-disks";
import type { Spelling } from "../../src/model/ids/type-token";
import { Undecideds, type Verdict } from "../../src/findings/finding";
import type { Message } from "../../src/findings/message";
import { type Subject, subjectOf } from "../../src/findings/subject";
import { named } from "../../src/advice/re-protection";
import type { Circumstances } from "../check";
import { all, type Condition, questionsOf, SO, when } from "../condition";
import { identityOf, type PolicyIdentity, stackPolicy, type StackPolicy } from "../policy";
import { unlikeItems } from "./alike-items";

/** Something that Azure Backup does not support, if it is so. */
export interface Candidate<Fact> {
    readonly condition: Condition;
    readonly fact: Fact;
}

/** A machine that an active VM-level item backs up although Azure Backup does not support it. */
export interface Unsupported<Fact> {
    readonly machine: Machine;
    readonly item: BackupItem;
    readonly facts: readonly Fact[];
}

/** What each message about a backed-up machine names. */
export interface MachineFacts {
    readonly machine: string;
    readonly item: string;
    /** In which the item is written. */
    readonly spelling: Spelling;
}

interface MachineRule<Fact, Parameters> extends PolicyIdentity {
    tell(parameters: Parameters & MachineFacts, circumstances: Circumstances): Message;
    /** What may be unsupported on a machine under an item; without one, under any that may turn out to be its. */
    look(estate: Estate, machine: Machine, item: BackupItem | undefined): readonly Candidate<Fact>[];
    /** What else the message is made of. */
    parameters(found: Unsupported<Fact>, estate: Estate): Parameters;
}

/** A policy about the machines that are backed up as a whole, each of which it reports once. */
export function backedUpVmPolicy<Fact, Parameters>(about: MachineRule<Fact, Parameters>): StackPolicy {
    return stackPolicy<Parameters & MachineFacts>({
        ...identityOf(about),
        tell: (parameters, circumstances) => about.tell(parameters, circumstances),

        *evaluate({ estate }): Iterable<Verdict<Parameters & MachineFacts>> {
            const undecideds = new Undecideds();
            for (const machine of estate.machines) {
                const backup = estate.machineBackup(machine);
                if (machine.skipped || backup.answer === "no") {
                    continue;
                }
                if (backup.answer === "undecided") {
                    if (about.look(estate, machine, undefined).some(({ condition }) => condition.is !== "not so")) {
                        yield* undecideds.of(backup);
                    }
                    continue;
                }
                const looks = unlikeItems(estate, backup.items).map((item) => ({
                    item,
                    candidates: about.look(estate, machine, item),
                }));
                const found = looks.find(({ candidates }) => candidates.some(isSo));
                if (found !== undefined) {
                    const { item, candidates } = found;
                    const facts = candidates.filter(isSo).map(({ fact }) => fact);
                    yield {
                        verdict: "violated",
                        subject: subjectOfMachine(estate, machine, item),
                        parameters: {
                            ...about.parameters({ machine, item, facts }, estate),
                            machine: estate.nameOf(machine),
                            item: named(item).name,
                            spelling: item.spelling,
                        },
                        restsOn: [item],
                    };
                    continue;
                }
                for (const openQuestion of looks.flatMap(({ candidates }) =>
                    candidates.flatMap(({ condition }) => questionsOf(condition)),
                )) {
                    yield { verdict: "undecided", openQuestion };
                }
            }
        },
    });
}

export function isSo({ condition }: Candidate<unknown>): boolean {
    return condition.is === "so";
}

/** The disks of a machine for which all of these conditions are so, and which the item backs up. */
export function diskCandidates(
    estate: Estate,
    machine: Machine,
    item: BackupItem | undefined,
    ...conditions: readonly ((disk: MachineDisk) => Condition)[]
): readonly Candidate<MachineDisk>[] {
    const candidates: Candidate<MachineDisk>[] = [];
    for (const disk of estate.disksOf(machine)) {
        const condition = all(conditions.map((each) => each(disk)));
        if (condition.is !== "not so") {
            candidates.push({ condition: all([condition, isBackedUp(item, machine, disk.attached)]), fact: disk });
        }
    }
    return candidates;
}

/** Whether an item backs a disk up, which a list of LUNs may tell. */
export function isBackedUp(item: BackupItem | undefined, machine: Machine, attached: AttachedDisk): Condition {
    if (item === undefined) {
        return SO;
    }
    const teller: AzureResource = item.disks.state === "unknown" ? item : machine;
    return when(teller, isSelected(item, attached), (selected) => selected);
}

export function isUnderStandardPolicy(estate: Estate, item: BackupItem | undefined): Condition {
    if (item === undefined) {
        return SO;
    }
    const { toldBy, type } = estate.policyFollowedBy(item);
    return when(toldBy, type, (policyType) => policyType === "V1");
}

/** On the machine; where it is not in this stack, on its replicated item, else on its backup item. */
export function subjectOfMachine(estate: Estate, machine: Machine, item: BackupItem): Subject {
    if (machine.urn !== undefined) {
        return subjectOf(machine, machine);
    }
    const replication = estate.replication(machine);
    const [replicated] = replication.answer === "yes" ? replication.items : [];
    const subject = subjectOf(replicated ?? item, machine);
    return { ...subject, names: [...subject.names, ...subjectOf(machine).names] };
}
