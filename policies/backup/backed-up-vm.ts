import type { AttachedDisk } from "../../src/model/disks/attached-disks";
import type { Estate } from "../../src/model/estate";
import type { VmDisk } from "../../src/model/disks/vm-disks";
import type { AzureResource, BackupItem, VirtualMachine } from "../../src/model/resources";
import { isSelected } from "../../src/model/disks/selected-disks";
import type { Provider } from "../../src/model/ids/type-token";
import { Undecideds, type Verdict } from "../../src/findings/finding";
import type { Message } from "../../src/findings/message";
import { type Subject, subjectOf } from "../../src/findings/subject";
import { named } from "../../src/advice/re-protection";
import type { Circumstances } from "../check";
import { all, type Answer, openQuestionsOf, YES, compare } from "../../src/model/answers";
import { identityOf, type PolicyIdentity, stackPolicy, type StackPolicy } from "../policy";
import { unlikeItems } from "./alike-items";

/** Something that Azure Backup does not support, if it is so. */
export interface Candidate<Fact> {
    readonly condition: Answer;
    readonly fact: Fact;
}

/** A VM that an active VM-level item backs up although Azure Backup does not support it. */
export interface Unsupported<Fact> {
    readonly vm: VirtualMachine;
    readonly item: BackupItem;
    readonly facts: readonly Fact[];
}

/** What each message about a backed-up VM names. */
export interface VmFacts {
    readonly vm: string;
    readonly item: string;
    /** In which the item is written. */
    readonly provider: Provider;
}

interface BackedUpVmPolicy<Fact, Parameters> extends PolicyIdentity {
    message(parameters: Parameters & VmFacts, circumstances: Circumstances): Message;
    /** What may be unsupported on a VM under an item; without one, under any that may turn out to be its. */
    look(estate: Estate, vm: VirtualMachine, item: BackupItem | undefined): readonly Candidate<Fact>[];
    /** What else the message is made of. */
    parameters(found: Unsupported<Fact>, estate: Estate): Parameters;
}

/** A policy about the VMs that are backed up as a whole, each of which it reports once. */
export function backedUpVmPolicy<Fact, Parameters>(about: BackedUpVmPolicy<Fact, Parameters>): StackPolicy {
    return stackPolicy<Parameters & VmFacts>({
        ...identityOf(about),
        message: (parameters, circumstances) => about.message(parameters, circumstances),

        *evaluate({ estate }): Iterable<Verdict<Parameters & VmFacts>> {
            const undecideds = new Undecideds();
            for (const vm of estate.vms) {
                const backup = estate.vmBackup(vm);
                if (vm.skipped || backup.answer === "no") {
                    continue;
                }
                if (backup.answer === "unknown") {
                    if (about.look(estate, vm, undefined).some(({ condition }) => condition.answer !== "no")) {
                        yield* undecideds.of(backup);
                    }
                    continue;
                }
                const inspections = unlikeItems(estate, backup.items).map((item) => ({
                    item,
                    candidates: about.look(estate, vm, item),
                }));
                const found = inspections.find(({ candidates }) => candidates.some(isSo));
                if (found !== undefined) {
                    const { item, candidates } = found;
                    const facts = candidates.filter(isSo).map(({ fact }) => fact);
                    yield {
                        verdict: "violated",
                        subject: subjectOfVm(estate, vm, item),
                        parameters: {
                            ...about.parameters({ vm, item, facts }, estate),
                            vm: estate.nameOf(vm),
                            item: named(item).name,
                            provider: item.provider,
                        },
                        restsOn: [item],
                    };
                    continue;
                }
                for (const openQuestion of inspections.flatMap(({ candidates }) =>
                    candidates.flatMap(({ condition }) => openQuestionsOf(condition)),
                )) {
                    yield { verdict: "undecided", openQuestion };
                }
            }
        },
    });
}

export function isSo({ condition }: Candidate<unknown>): boolean {
    return condition.answer === "yes";
}

/** The disks of a VM for which all of these conditions are so, and which the item backs up. */
export function diskCandidates(
    estate: Estate,
    vm: VirtualMachine,
    item: BackupItem | undefined,
    ...conditions: readonly ((disk: VmDisk) => Answer)[]
): readonly Candidate<VmDisk>[] {
    const candidates: Candidate<VmDisk>[] = [];
    for (const disk of estate.disksOf(vm)) {
        const condition = all(conditions.map((each) => each(disk)));
        if (condition.answer !== "no") {
            candidates.push({ condition: all([condition, isBackedUp(item, vm, disk.attached)]), fact: disk });
        }
    }
    return candidates;
}

/** Whether an item backs a disk up, which a list of LUNs may tell. */
export function isBackedUp(item: BackupItem | undefined, vm: VirtualMachine, attached: AttachedDisk): Answer {
    if (item === undefined) {
        return YES;
    }
    const definer: AzureResource = item.disks.state === "unknown" ? item : vm;
    return compare(definer, isSelected(item, attached), (selected) => selected);
}

export function isUnderStandardPolicy(estate: Estate, item: BackupItem | undefined): Answer {
    if (item === undefined) {
        return YES;
    }
    const { definedBy, type } = estate.policyFollowedBy(item);
    return compare(definedBy, type, (policyType) => policyType === "V1");
}

/** On the VM; where it is not in this stack, on its replicated item, else on its backup item. */
export function subjectOfVm(estate: Estate, vm: VirtualMachine, item: BackupItem): Subject {
    if (vm.urn !== undefined) {
        return subjectOf(vm, vm);
    }
    const replication = estate.replication(vm);
    const [replicated] = replication.answer === "yes" ? replication.items : [];
    const subject = subjectOf(replicated ?? item, vm);
    return { ...subject, names: [...subject.names, ...subjectOf(vm).names] };
}
