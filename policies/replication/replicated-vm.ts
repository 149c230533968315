import type { OpenQuestion } from "../../src/model/answers";
import type { AttachedDisk } from "../../src/model/disks/attached-disks";
import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import type { Value } from "../../src/model/values";
import type { VmDisk } from "../../src/model/disks/vm-disks";
import type { AzureResource, VirtualMachine, ReplicatedItem } from "../../src/model/resources";
import type { ReplicatedVm } from "../../src/model/protection/replicated-vm";
import { Undecideds, type Verdict } from "../../src/findings/finding";
import type { Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { listed, quoted } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { itemToChange, type ItemToChange } from "../../src/advice/replication-support";
import { WORDS, type Words, writtenAt } from "../../src/advice/property-names";
import type { Circumstances } from "../check";
import { type PolicyIdentity, stackPolicy, type StackPolicy } from "../policy";

/** What a policy sees in a VM, before anybody asks whether that VM is replicated. */
export type Sight =
    | {
          readonly sees: "violation";
          /** The disk that it is about; undefined where it is the VM. */
          readonly disk: VmDisk | undefined;
          /** The value that is not supported, in words. */
          readonly value: string;
          /** Where the program has it. */
          readonly property: string;
      }
    | { readonly sees: "question"; readonly disk: VmDisk | undefined; readonly question: OpenQuestion };

/** A replicated VM that has something which Site Recovery does not support. */
export interface UnsupportedVm {
    readonly vm: string;
    readonly item: ItemToChange;
    readonly found: readonly FoundInVm[];
}

export interface FoundInVm {
    readonly disk: string | undefined;
    readonly isDataDisk: boolean;
    readonly value: string;
    readonly property: string;
}

interface ReplicatedVmPolicy extends PolicyIdentity {
    /** Whether it matters for the way in which an item replicates; left out, it always does. */
    readonly concerns?: (estate: Estate, item: ReplicatedItem) => "yes" | "no" | OpenQuestion;
    readonly look: (vm: VirtualMachine, estate: Estate) => Iterable<Sight>;
    readonly message: (parameters: UnsupportedVm, circumstances: Circumstances) => Message;
}

/**
 * A policy about what a VM is like, or its disks. A disk that replication leaves out on purpose is not concerned;
 * the OS disk always is.
 */
export function replicatedVmPolicy({ concerns = () => "yes", look, ...policy }: ReplicatedVmPolicy): StackPolicy {
    return stackPolicy<UnsupportedVm>({
        ...policy,
        *evaluate({ estate }): Iterable<Verdict<UnsupportedVm>> {
            const undecideds = new Undecideds();
            for (const vm of estate.vms) {
                const sights = vm.urn === undefined || vm.skipped ? [] : [...look(vm, estate)];
                if (sights.length === 0) {
                    continue;
                }
                const replication = estate.replication(vm);
                if (replication.answer !== "yes") {
                    yield* undecideds.of(replication);
                    continue;
                }
                const answers = replication.items
                    .filter(isAzureToAzure)
                    .map((item) => ({ item, concerned: concerns(estate, item) }));
                const items = answers.filter(({ concerned }) => concerned === "yes").map(({ item }) => item);
                const open = answers.flatMap(({ concerned }) => (typeof concerned === "object" ? [concerned] : []));
                if (items.length > 0) {
                    yield* judge(estate.replicated(vm, items), sights);
                } else {
                    yield* open.map((openQuestion) => ({ verdict: "undecided" as const, openQuestion }));
                }
            }
        },
    });
}

function* judge(replicated: ReplicatedVm, sights: readonly Sight[]): Iterable<Verdict<UnsupportedVm>> {
    const { vm, items } = replicated;
    const [item] = items;
    const found: FoundInVm[] = [];
    const told = new Set<string>();
    for (const sight of sights) {
        const isReplicated = sight.disk === undefined ? "yes" : isDiskReplicated(replicated, sight.disk.attached);
        if (isReplicated === "no") {
            continue;
        }
        if (sight.sees === "violation" && isReplicated === "yes") {
            const { disk, value, property } = sight;
            found.push({
                disk: disk && diskName(disk.attached, vm),
                isDataDisk: disk?.attached.role === "data",
                value,
                property,
            });
            continue;
        }
        const openQuestion = sight.sees === "question" ? sight.question : replicated.listQuestion;
        const key = `${openQuestion.resource.urn ?? ""} ${openQuestion.property}`;
        if (!told.has(key)) {
            told.add(key);
            yield { verdict: "undecided", openQuestion };
        }
    }
    if (found.length > 0 && item !== undefined) {
        yield {
            verdict: "violated",
            subject: subjectOf(vm, vm),
            parameters: { vm: displayName(vm), item: itemToChange(item, named(item).name), found },
            restsOn: items,
        };
    }
}

export function isDiskReplicated(replicated: ReplicatedVm, disk: AttachedDisk): "yes" | "no" | "unknown" {
    return disk.role === "os" ? "yes" : replicated.isListed(disk);
}

/** The limits are those of replication from Azure to Azure. */
export function isAzureToAzure({ isAzureToAzure: isOfThatKind }: ReplicatedItem): boolean {
    return isOfThatKind.state === "known" && isOfThatKind.value;
}

/** For what is supported between regions only. */
export function betweenZones(estate: Estate, item: ReplicatedItem): "yes" | "no" | OpenQuestion {
    const kind = estate.replicationKind(item);
    switch (kind.state) {
        case "known":
            return kind.value === "between zones" ? "yes" : "no";
        case "unknown":
            return { resource: item, property: kind.property };
        case "absent":
            return "no";
    }
}

/** The name by which a person finds a disk. */
export function diskName({ place, disk, role }: AttachedDisk, vm: VirtualMachine): string {
    if (disk.state === "linked") {
        return displayName(disk.to);
    }
    if (disk.state === "external") {
        return disk.id.names.join("/");
    }
    const name = place.diskName.state === "known" ? place.diskName.value : undefined;
    const lun = place.lun === undefined ? "" : `, LUN ${place.lun}`;
    return name ?? (role === "os" ? `OS disk of ${displayName(vm)}` : `data disk of ${displayName(vm)}${lun}`);
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

/** What a policy sees in a VM by a setting that is on, off or not known. */
export function* seen(
    of: AzureResource,
    isSo: Value<boolean>,
    value: string,
    property: string,
    disk?: VmDisk,
): Iterable<Sight> {
    if (isSo.state === "unknown") {
        yield { sees: "question", disk, question: { resource: of, property: isSo.property } };
    } else if (isSo.state === "known" && isSo.value) {
        yield { sees: "violation", disk, value, property };
    }
}

/** `"data", "logs"` */
export function quotedDisks(found: readonly FoundInVm[]): string {
    return quoted(found.flatMap(({ disk }) => disk ?? []));
}

/** Where the program has what was found, each place once. */
export function placesOf(found: readonly FoundInVm[]): string {
    return listed([...new Set(found.map(({ property }) => property))]);
}

/** Data disks can be left out of replication. */
export function dataDisks(found: readonly FoundInVm[]): readonly string[] {
    return found.flatMap(({ disk, isDataDisk }) => (disk !== undefined && isDataDisk ? [disk] : []));
}

export function lines(found: readonly FoundInVm[]): readonly string[] {
    return found.map(({ disk, value, property }) => `"${disk ?? ""}": ${value} (${property})`);
}
