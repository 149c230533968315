import type { AttachedDisk } from "../../src/model/disks/attached-disks";
import type { Estate } from "../../src/model/estate";
import { addAll } from "../../src/model/lists";
import type { VmDisk } from "../../src/model/disks/vm-disks";
import type { AzureResource, BackupItem, VirtualMachine } from "../../src/model/resources";
import { isSelected } from "../../src/model/disks/selected-disks";
import type { Provider } from "../../src/model/ids/type-token";
import { undecidedBy, Undecideds, type Verdict } from "../../src/findings/finding";
import type { Message } from "../../src/findings/message";
import { type Subject, subjectOf } from "../../src/findings/subject";
import { named } from "../../src/advice/re-protection";
import { vmSize } from "../../src/facts/vm-sizes";
import type { Circumstances } from "../check";
import {
    any,
    type Answer,
    type Evidence,
    given,
    isTrue,
    NO,
    unknownAnswer,
    withEvidence,
    YES,
    compare,
} from "../../src/model/answers";
import { identityOf, type PolicyIdentity, stackPolicy, type StackPolicy } from "../policy";
import { type RestsOn, verdictsFrom } from "../verdicts";
import { unlikeItems } from "./alike-items";

/** What a check of a backed-up VM looks at. */
export interface BackedUpVm {
    readonly vm: VirtualMachine;
    /** What backs it up; undefined where that is not known, and the check answers for any that may. */
    readonly item: BackupItem | undefined;
    readonly estate: Estate;
}

/** What each message about a backed-up VM is made of. */
interface UnsupportedVm<Fact> {
    readonly vm: string;
    readonly item: string;
    /** In which the item is written. */
    readonly provider: Provider;
    /** The backup policy that the item follows; undefined where its name is not known. */
    readonly policy: string | undefined;
    readonly found: Evidence<Fact>;
}

interface BackedUpVmPolicy<Fact> extends PolicyIdentity {
    /** What Azure Backup does not support on the VM. */
    readonly check: (backedUpVm: BackedUpVm) => Answer<Fact & RestsOn>;
    readonly message: (parameters: UnsupportedVm<Fact>, circumstances: Circumstances) => Message;
}

/** A policy about the VMs that are backed up as a whole, each of which it reports once, for the first item concerned. */
export function backedUpVmPolicy<Fact>(policy: BackedUpVmPolicy<Fact>): StackPolicy {
    const { check, message } = policy;
    return stackPolicy<UnsupportedVm<Fact>>({
        kinds: ["backup item"],
        ...identityOf(policy),
        checkedByAzure: true,
        message,

        evaluate: ({ estate }) =>
            backedUpVms(estate, check, (vm, items): readonly Verdict<UnsupportedVm<Fact>>[] => {
                const answers = unlikeItems(estate, items).map((item) => ({
                    item,
                    answer: check({ vm, item, estate }),
                }));
                const unsupported = answers.find(({ answer }) => answer.answer === "yes");
                if (unsupported === undefined) {
                    return answers.flatMap(({ answer }) => undecidedBy(answer));
                }
                const { item, answer } = unsupported;
                return verdictsFrom(answer, (found) => ({
                    subject: subjectOfVm(estate, vm, item),
                    parameters: parametersOf(estate, vm, item, found),
                    restsOn: resourcesOf(estate, vm, item, found),
                }));
            }),
    });
}

interface BackupItemPolicy<Fact> extends BackedUpVmPolicy<Fact> {
    /** For a check whose facts do not name it. */
    readonly alsoRestsOn?: (of: Pick<BackedUpVm, "vm" | "estate">) => readonly AzureResource[];
}

/** A policy about the items that back VMs up as a whole; it reports on each item. */
export function backupItemPolicy<Fact>(policy: BackupItemPolicy<Fact>): StackPolicy {
    const { check, alsoRestsOn, message } = policy;
    return stackPolicy<UnsupportedVm<Fact>>({
        kinds: ["backup item"],
        ...identityOf(policy),
        checkedByAzure: true,
        message,

        evaluate: ({ estate }) =>
            backedUpVms(estate, check, (vm, items) =>
                items.flatMap((item) =>
                    verdictsFrom(check({ vm, item, estate }), (found) => ({
                        subject: subjectOf(item, vm),
                        parameters: parametersOf(estate, vm, item, found),
                        restsOn: [...resourcesOf(estate, vm, item, found), ...(alsoRestsOn?.({ vm, estate }) ?? [])],
                    })),
                ),
            ),
    });
}

function parametersOf<Fact>(
    estate: Estate,
    vm: VirtualMachine,
    item: BackupItem,
    found: Evidence<Fact>,
): UnsupportedVm<Fact> {
    return {
        vm: estate.names.of(vm),
        item: named(item).name,
        provider: item.provider,
        policy: estate.backupPolicies.followedBy(item).name,
        found,
    };
}

/** The VM, its item, the policy that the item follows, and what the check names beside these. */
function resourcesOf(
    estate: Estate,
    vm: VirtualMachine,
    item: BackupItem,
    found: Evidence<RestsOn>,
): readonly AzureResource[] {
    const { definedBy } = estate.backupPolicies.followedBy(item);
    return [vm, item, definedBy, ...found.flatMap(({ restsOn = [] }) => restsOn)];
}

/**
 * The loop over the VMs that are backed up as a whole.
 *
 * @param check where it is not known what backs a VM up, that matters only if this may say something
 * @param verdicts on a VM with what backs it up
 */
function backedUpVms<Parameters>(
    estate: Estate,
    check: (backedUpVm: BackedUpVm) => Answer<unknown>,
    verdicts: (vm: VirtualMachine, items: readonly BackupItem[]) => readonly Verdict<Parameters>[],
): readonly Verdict<Parameters>[] {
    const all: Verdict<Parameters>[] = [];
    const undecideds = new Undecideds();
    for (const vm of estate.vms) {
        const backup = estate.backup.ofWholeVm(vm);
        if (vm.skipped || backup.answer === "no") {
            continue;
        }
        if (backup.answer === "yes") {
            addAll(all, verdicts(vm, backup.items));
        } else if (check({ vm, item: undefined, estate }).answer !== "no") {
            addAll(all, undecideds.of(backup));
        }
    }
    return all;
}

/** Whether the item backs up disks of the VM of which this is so. */
export function anyBackedUpDisk<Fact>(
    { vm, item, estate }: BackedUpVm,
    isSo: (disk: VmDisk) => Answer,
    evidence: (disk: VmDisk) => Fact,
): Answer<Fact> {
    return any(
        estate.disks.of(vm).map((disk) => {
            const answer = withEvidence(isSo(disk), () => evidence(disk));
            return answer.answer === "no" ? NO : given(isBackedUp(item, vm, disk.attached), answer);
        }),
    );
}

/** Whether an item backs a disk up, which a list of LUNs may tell. */
export function isBackedUp(item: BackupItem | undefined, vm: VirtualMachine, attached: AttachedDisk): Answer {
    if (item === undefined) {
        return YES;
    }
    const definer: AzureResource = item.disks.state === "unknown" ? item : vm;
    return isTrue(definer, isSelected(item, attached));
}

/** The data disks of a VM that an item backs up. */
interface DataDisks {
    /** How many those are that surely are among them. */
    readonly certain: number;
    readonly doubts: readonly Answer[];
    /** A list that is not known stands for any number of them. */
    readonly hasAnyNumber: boolean;
}

/** @param mayMatter up to how many data disks a list that is not known yet does not matter */
export function dataDisksOf({ vm, item, estate }: BackedUpVm, mayMatter: number): DataDisks {
    const disks = estate.disks.of(vm).filter(({ attached }) => attached.role === "data");
    const counted = disks.map(({ attached }) => {
        const { place, disk } = attached;
        return place.isWholeList && disk.state === "undecided"
            ? wholeList(vm, place.disk.property, mayMatter)
            : isBackedUp(item, vm, attached);
    });
    const doubts = counted.filter(({ answer }) => answer === "unknown");
    return {
        certain: counted.filter(({ answer }) => answer === "yes").length,
        doubts,
        hasAnyNumber: doubts.length > 0 && disks.some(({ attached: { place } }) => place.isWholeList),
    };
}

/** Whether there are more data disks than that. */
export function areMoreThan(most: number, { certain, doubts, hasAnyNumber }: DataDisks): Answer {
    if (certain > most) {
        return YES;
    }
    return hasAnyNumber || certain + doubts.length > most ? any(doubts) : NO;
}

/** A list that is not known yet may hold any number of disks, as far as the VM's size goes. */
function wholeList(vm: VirtualMachine, property: string, mayMatter: number): Answer {
    const mayHave = compare(vm, vm.size, (size) => {
        const most = vmSize(size)?.maximumDataDisks;
        return most === undefined || most > mayMatter;
    });
    return mayHave.answer === "yes" ? unknownAnswer(vm, property) : mayHave;
}

export function isUnderStandardPolicy(estate: Estate, item: BackupItem | undefined): Answer {
    if (item === undefined) {
        return YES;
    }
    const { definedBy, type } = estate.backupPolicies.followedBy(item);
    return compare(definedBy, type, (policyType) => policyType === "V1");
}

/** On the VM; where it is not in this stack, on its replicated item, else on its backup item. */
export function subjectOfVm(estate: Estate, vm: VirtualMachine, item: BackupItem): Subject {
    if (vm.urn !== undefined) {
        return subjectOf(vm, vm);
    }
    const replication = estate.replication.of(vm);
    const [replicated] = replication.answer === "yes" ? replication.items : [];
    const subject = subjectOf(replicated ?? item, vm);
    return { ...subject, names: [...subject.names, ...subjectOf(vm).names] };
}
