import { includesIgnoringCase } from "../../src/model/letter-case";
import { all, any, type Answer, compare, NO, unknownAnswer, withEvidence } from "../../src/model/answers";
import { nameOf } from "../../src/model/ids/arm-id";
import { targetOf } from "../../src/model/planned-resource";
import type { Estate } from "../../src/model/estate";
import { type Value, valueOf } from "../../src/model/values";
import type { VmDisk } from "../../src/model/disks/vm-disks";
import type { AzureResource, ReplicatedDisk, ReplicatedItem, VirtualMachine } from "../../src/model/resources";
import { Undecideds, type Verdict } from "../../src/findings/finding";
import { headline } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { linesOf, namesOf } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { inOrder, type Step } from "../../src/advice/fix";
import { enableAgain, itemToChange, type ItemToChange } from "../../src/advice/replication-support";
import { WORDS } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { stackPolicy } from "../policy";
import { type RestsOn, verdictsFrom } from "../verdicts";
import { isLimited } from "./replicated-item";
import { diskInWords } from "./replicated-vm";

const { limit, page } = SITE_RECOVERY.REPLICA_TYPES;

/** A type that a program asks for on the other side, and that does not go with the disk. */
interface WrongType {
    readonly what: "replica" | "redundancy" | "OS disk";
    readonly disk: string;
    /** The type of the disk itself, where that is known. */
    readonly sku: string | undefined;
    readonly target: string | undefined;
    readonly replica: string | undefined;
}

interface Parameters {
    readonly vm: string;
    readonly item: ItemToChange;
    readonly found: readonly [WrongType, ...WrongType[]];
}

/** BCDR228: a target or replica has a type of disk that does not go with the source disk (A2A-66). */
export const replicaDiskType = stackPolicy<Parameters>({
    kinds: ["replicated item"],
    id: "BCDR228",
    name: "replica-disk-type",
    level: "advisory",
    severity: "high",
    summary: "A target or replica disk has a type that does not go with the disk.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps:
        "Use replicas of the first generation (Standard or Premium SSD). Keep target and replica of a zone-redundant disk zone-redundant.",
    checkedByAzure: true,

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        const undecideds = new Undecideds();
        for (const vm of estate.vms) {
            const replication = vm.skipped ? NO : estate.replication.of(vm);
            const items = replication.answer === "yes" ? replication.items.filter(isLimited) : [];
            // Found once: each disk may be in each of the items.
            const disks = items.length === 0 ? [] : estate.disks.of(vm).filter(isConcerned);
            for (const item of items) {
                const answers = [...newReplicas(item), ...disks.map((disk) => ofDisk(estate, vm, item, disk))];
                yield* verdictsFrom(
                    answers,
                    (found) => ({
                        subject: subjectOf(item, vm),
                        parameters: { vm: estate.names.of(vm), item: itemToChange(item, named(item).name), found },
                        restsOn: [...new Set([item, vm, ...found.flatMap(({ restsOn = [] }) => restsOn)])],
                    }),
                    undecideds,
                );
            }
        }
    },

    message: ({ vm, item, found }, { dryRun }) => {
        const [first] = found;
        return {
            headline: headline(
                (name, of) => `Replicated item ${name} of VM ${of} asks for ${inWords(first)}.`,
                item.name,
                vm,
            ),
            why: "Site Recovery creates replicas as first-generation disks, and keeps zone-redundant disks zone-redundant. Azure can refuse another type when replication is enabled, and then nothing is replicated.",
            facts: linesOf(namesOf(found, line)),
            fix: inOrder(
                [...found.slice(0, MOST_STEPS).map((each) => stepFor(item, each)), ...enableAgain([item])],
                dryRun,
            ),
            notes: [
                "Microsoft's pages do not list the types that go together. This rests on a change that Microsoft made to the azurerm provider.",
            ],
            sources: [page],
        };
    },
});

const MOST_STEPS = 20;

function inWords({ what, disk, target, replica }: WrongType): string {
    switch (what) {
        case "replica":
            return `a replica of ${disk} of type ${replica ?? ""}`;
        case "redundancy":
            return `a locally redundant copy of zone-redundant disk ${disk}`;
        case "OS disk":
            return `an OS disk of type ${target ?? ""}`;
    }
}

function line({ disk, sku, target, replica }: WrongType): string {
    const types = [sku, target && `target ${target}`, replica && `replica ${replica}`];
    return `${disk.charAt(0).toUpperCase()}${disk.slice(1)}: ${types.filter((each) => each !== undefined).join(", ")}`;
}

function stepFor({ name, provider, diskList }: ItemToChange, { what, disk, sku }: WrongType): Step {
    const { targetType, replicaType } = WORDS[provider].item;
    const at = (...properties: readonly string[]): string =>
        properties.map((each) => `${diskList}[].${each}`).join(", ");
    switch (what) {
        case "replica":
            return { do: `In "${name}", set the replica type of ${disk} to ${limit.replica}.`, where: at(replicaType) };
        case "redundancy":
            return {
                do: `In "${name}", set the target and replica types of ${disk} to ${sku ?? limit.redundantReplica}.`,
                where: at(targetType, replicaType),
            };
        case "OS disk":
            return { do: `In "${name}", set the target type of ${disk} to ${limit.replica}.`, where: at(targetType) };
    }
}

/** No replica is of these types, whichever disk an entry is of. */
function newReplicas(item: ReplicatedItem): readonly Answer<WrongType & RestsOn>[] {
    const { disks } = item;
    return (disks.state === "listed" ? disks.disks : []).map(({ disk, targetType, replicaType }, index) => {
        const id = valueOf(targetOf(disk).id);
        return withEvidence(compare(item, replicaType, isFast), () => ({
            what: "replica",
            disk: id === undefined ? `disk ${index + 1} of the list` : `"${nameOf(id)}"`,
            sku: undefined,
            target: valueOf(targetType),
            replica: valueOf(replicaType),
        }));
    });
}

/** Only the OS disk and zone-redundant disks depend on what the list says of them. */
function isConcerned({ attached, definedBy, sku }: VmDisk): boolean {
    return attached.role === "os" || isZoneRedundant(definedBy, sku).answer !== "no";
}

function ofDisk(estate: Estate, vm: VirtualMachine, item: ReplicatedItem, disk: VmDisk): Answer<WrongType & RestsOn> {
    const { attached, definedBy, sku, isShared } = disk;
    const isRedundant = isZoneRedundant(definedBy, sku);
    // BCDR229 speaks of the shared disks of a cluster.
    const isOfCluster = valueOf(isShared) === true && estate.replication.clusterOf(item).state !== "none";
    if (isOfCluster) {
        return NO;
    }
    const replicated = estate.replication.replicatedVm(vm, [item]);
    const listed = replicated.hasLists ? replicated.isListed(attached) : "no";
    const answers =
        listed === "no"
            ? []
            : replicated.elementsOf(attached).map((element) => wrongFor(estate, vm, item, disk, element));
    const [first = NO, ...others] = answers;
    if (others.every(({ answer }) => answer === first.answer) && (listed === "yes" || first.answer === "no")) {
        return first;
    }
    const { resource, property } = replicated.listQuestion;
    // An entry that may be the OS disk's is more likely that of a data disk.
    return isRedundant.answer === "no" ? NO : unknownAnswer(resource, property);
}

function wrongFor(
    estate: Estate,
    vm: VirtualMachine,
    item: ReplicatedItem,
    { attached, definedBy, sku }: VmDisk,
    { targetType, replicaType }: ReplicatedDisk,
): Answer<WrongType & RestsOn> {
    const evidence = (what: WrongType["what"], restsOn: readonly AzureResource[]) => (): WrongType & RestsOn => ({
        what,
        disk: diskInWords(attached, vm),
        sku: valueOf(sku),
        target: valueOf(targetType),
        replica: valueOf(replicaType),
        restsOn: [definedBy, ...restsOn],
    });
    const isLocal = (type: Value<string>): Answer => compare(item, type, (text) => !isRedundantType(text));
    const isBetweenRegions = compare(item, estate.replication.kindOf(item), (kind) => kind === "between regions");
    return any([
        withEvidence(
            all([isZoneRedundant(definedBy, sku), any([targetType, replicaType].map(isLocal)), isBetweenRegions]),
            evidence("redundancy", estate.replication.fabricsOf(item)),
        ),
        withEvidence(attached.role === "os" ? compare(item, targetType, isFast) : NO, evidence("OS disk", [])),
    ]);
}

function isZoneRedundant(definedBy: AzureResource, sku: Value<string>): Answer {
    return compare(definedBy, sku, isRedundantType);
}

function isRedundantType(sku: string): boolean {
    return sku.toLowerCase().endsWith("_zrs");
}

function isFast(sku: string | undefined): boolean {
    return sku !== undefined && includesIgnoringCase(limit.targetsOnly, sku);
}
