import {
    any,
    type Answer,
    compare,
    type Evidence,
    NO,
    unknownAnswer,
    withEvidence,
    YES,
} from "../../src/model/answers";
import type { AttachedDisk } from "../../src/model/disks/attached-disks";
import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import type { VmDisk } from "../../src/model/disks/vm-disks";
import type { AzureResource, VirtualMachine, ReplicatedItem } from "../../src/model/resources";
import type { ReplicatedVm } from "../../src/model/protection/replicated-vm";
import type { Message } from "../../src/findings/message";
import type { Step } from "../../src/advice/fix";
import { listed } from "../../src/advice/names";
import { inCli, named } from "../../src/advice/re-protection";
import { inSentence, itemToChange, type ItemToChange } from "../../src/advice/replication-support";
import { WORDS, type Words, writtenAt } from "../../src/advice/property-names";
import type { Circumstances } from "../check";
import { identityOf, type PolicyIdentity, stackPolicy, type StackPolicy } from "../policy";
import { type FoundInVm, type ProtectedVm, protectedVms } from "../protected-vm";
import type { Answers, RestsOn } from "../verdicts";

/** A value that Site Recovery does not support, in words, and where the program has it. */
export interface UnsupportedValue {
    readonly value: string;
    readonly property: string;
}

/** The same for a disk of a VM. */
export interface UnsupportedDisk extends UnsupportedValue {
    readonly disk: string;
    readonly isDataDisk: boolean;
}

/** A replicated VM that has something which Site Recovery does not support. */
interface UnsupportedVm<Fact> extends FoundInVm<Fact> {
    readonly vmToStop: VmToStop;
    readonly item: ItemToChange;
}

/** A VM that has to be stopped for a change, unless it is still to be created. */
interface VmToStop {
    /** `--ids /subscriptions/…/virtualMachines/web` */
    readonly inCli: string;
    readonly isNew: boolean;
}

interface Replication {
    readonly item: ReplicatedItem;
    readonly estate: Estate;
}

interface ReplicationPolicy<Fact> extends PolicyIdentity {
    /** Whether it matters for the way in which an item replicates; left out, it always does. */
    readonly appliesTo?: (replication: Replication) => Answer;
    readonly message: (parameters: UnsupportedVm<Fact>, circumstances: Circumstances) => Message;
}

interface ReplicatedVmPolicy<Fact> extends ReplicationPolicy<Fact> {
    readonly check: (replicatedVm: ProtectedVm<ReplicatedItem>) => Answers<Fact & RestsOn>;
}

interface ReplicatedDiskPolicy extends ReplicationPolicy<UnsupportedDisk> {
    readonly check: (
        of: ProtectedVm<ReplicatedItem> & {
            readonly disk: VmDisk;
        },
    ) => Answer<UnsupportedValue>;
}

/** A policy about what a replicated VM is like. */
export function replicatedVmPolicy<Fact>({ check, ...policy }: ReplicatedVmPolicy<Fact>): StackPolicy {
    return replicationPolicy(policy, check);
}

/**
 * A policy about the disks of a replicated VM. A disk that replication leaves out on purpose is not concerned; the OS
 * disk always is.
 */
export function replicatedDiskPolicy({ check, ...policy }: ReplicatedDiskPolicy): StackPolicy {
    return replicationPolicy(policy, ({ vm, estate, items }) => {
        const found: Answer<UnsupportedDisk & RestsOn>[] = [];
        // Found once a VM, and only for a VM with such a disk: it compares as many items as there are.
        let replicated: ReplicatedVm | undefined;
        for (const disk of estate.disks.of(vm)) {
            const { attached } = disk;
            const answer = check({ vm, disk, estate, items });
            if (answer.answer === "no") {
                continue;
            }
            replicated ??= items && estate.replication.replicatedVm(vm, items);
            const counted = replicated === undefined ? answer : ofReplicated(replicated, attached, answer);
            if (counted.answer === "yes") {
                const named = {
                    disk: diskInWords(attached, vm),
                    isDataDisk: attached.role === "data",
                    restsOn: estate.disks.resourcesOf(attached),
                };
                found.push({ answer: "yes", items: counted.items.map((each) => ({ ...each, ...named })) });
            } else if (counted.answer === "unknown") {
                found.push(counted);
            }
        }
        return found;
    });
}

function replicationPolicy<Fact>(
    policy: ReplicationPolicy<Fact>,
    check: (replicatedVm: ProtectedVm<ReplicatedItem>) => Answers<Fact & RestsOn>,
): StackPolicy {
    const { appliesTo, message } = policy;
    return stackPolicy<UnsupportedVm<Fact>>({
        kinds: ["replicated item"],
        ...identityOf(policy),
        checkedByAzure: true,
        message,
        evaluate: ({ estate }) =>
            protectedVms(
                estate,
                (vm) => replicationOf(vm, estate, appliesTo),
                check,
                (vm, [item], found) => ({
                    vm: estate.names.of(vm),
                    vmToStop: { inCli: inCli(vm), isNew: vm.lifetime === "new" },
                    item: itemToChange(item, named(item).name),
                    found,
                }),
            ),
    });
}

/** The items that replicate a VM, of those that a policy applies to. */
function replicationOf(
    vm: VirtualMachine,
    estate: Estate,
    appliesTo: ReplicationPolicy<never>["appliesTo"],
): Answer<ReplicatedItem> {
    const replication = estate.replication.of(vm);
    if (replication.answer !== "yes") {
        return replication;
    }
    const items = replication.items.filter(isAzureToAzure);
    if (appliesTo !== undefined) {
        return any(items.map((item) => withEvidence(appliesTo({ item, estate }), () => item)));
    }
    return items.length === 0 ? NO : { answer: "yes", items };
}

/** Where nobody knows whether the disk is replicated, that is asked only of a disk that is surely not supported. */
function ofReplicated<T>(replicated: ReplicatedVm, disk: AttachedDisk, answer: Answer<T>): Answer<T> {
    const isReplicated = disk.role === "os" ? "yes" : replicated.isListed(disk);
    switch (isReplicated) {
        case "yes":
            return answer;
        case "no":
            return NO;
        case "unknown":
            return answer.answer === "yes" ? { answer: "unknown", openQuestions: [replicated.listQuestion] } : answer;
    }
}

/** The limits are those of replication from Azure to Azure. */
export function isAzureToAzure({ isAzureToAzure: isOfThatKind }: ReplicatedItem): boolean {
    return isOfThatKind.state === "known" && isOfThatKind.value;
}

/** For what is supported between regions only. */
export function betweenZones({ item, estate }: Replication): Answer {
    return compare(item, estate.replication.kindOf(item), (kind) => kind === "between zones");
}

/** Shared disks are replicated with those of all nodes in a protection cluster. */
export function outsideOfCluster({ item, estate }: Replication): Answer {
    const cluster = estate.replication.clusterOf(item);
    if (cluster.state === "undecided") {
        return unknownAnswer(item, cluster.property);
    }
    return cluster.state === "none" ? YES : NO;
}

/** A change for which a VM has to be deallocated. */
export function whileStopped({ inCli: ids, isNew }: VmToStop, step: Step): Step {
    return isNew
        ? step
        : {
              ...step,
              do: `${step.do} Apply the change while the VM is stopped:`,
              commands: [`az vm deallocate ${ids}`, "pulumi up", `az vm start ${ids}`],
          };
}

/** A disk by the name by which a person finds it: `"data"`, or `the OS disk of "web"` where it has none. */
export function diskInWords({ place, disk, role }: AttachedDisk, vm: VirtualMachine): string {
    if (disk.state === "linked") {
        return `"${displayName(disk.to)}"`;
    }
    if (disk.state === "external") {
        return `"${disk.id.names.join("/")}"`;
    }
    const name = place.diskName.state === "known" ? place.diskName.value : undefined;
    const lun = place.lun === undefined ? "" : ` (LUN ${place.lun})`;
    return name === undefined
        ? `the ${role === "os" ? "OS disk" : "data disk"} of "${displayName(vm)}"${lun}`
        : `"${name}"`;
}

/** Where the program has a property of a VM, in its own words. */
export function vmProperty(vm: VirtualMachine, property: keyof Words["vm"]): string {
    return writtenAt(vm, WORDS[vm.provider].vm[property]);
}

/** The same for a property of a disk, which a VM has for the disks that Azure makes with it. */
export function diskProperty(of: AzureResource, property: "size" | "kind" | "shares"): string {
    const words = WORDS[of.provider].disk;
    const own = of.kind === "VM" && property === "kind" ? "storageAccountType" : words[property];
    return `${of.kind === "disk" ? writtenAt(of, own) : own} of "${named(of).name}"`;
}

const DISK_ID = "managedDisk.id";

/** The same for a property of the place in which a VM has a disk. */
export function placeProperty(
    vm: VirtualMachine,
    { attached }: VmDisk,
    property: "caching" | "writeAccelerator",
): string {
    const { attachedBy, disk } = attached.place;
    const own = WORDS[vm.provider].disk[property];
    // Azure-native has it beside the disk's id; the classic provider has no one way.
    const beside = disk.property.endsWith(DISK_ID) ? disk.property.slice(0, -DISK_ID.length) : "";
    return attachedBy === undefined
        ? `${writtenAt(vm, `${beside}${own}`)} of "${named(vm).name}"`
        : `${own} of "${attachedBy}"`;
}

/** `"data" and "logs"` */
export function disksIn(found: Evidence<UnsupportedDisk>): string {
    return inSentence(found.map(({ disk }) => disk));
}

/** Where the program has what was found, each place once. */
export function placesOf(found: Evidence<UnsupportedDisk>): string {
    return listed([...new Set(found.map(({ property }) => property))]);
}

/** Data disks can be left out of replication. */
export function dataDisks(found: Evidence<UnsupportedDisk>): readonly string[] {
    return found.flatMap(({ disk, isDataDisk }) => (isDataDisk ? [disk] : []));
}

export function lines(found: Evidence<UnsupportedDisk>): readonly string[] {
    return found.map(({ disk, value }) => `${disk.charAt(0).toUpperCase()}${disk.slice(1)}: ${value}`);
}
