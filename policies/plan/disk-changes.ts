import { isOneResource, keyWithoutSubscription } from "../../src/model/ids/arm-id";
import { type AttachedDisk, diskIdOf } from "../../src/model/disks/attached-disks";
import { pushTo, getOrCreate } from "../../src/model/lists";
import type { Disk, VirtualMachine, ReplicatedItem } from "../../src/model/resources";
import type { Plan, PlanContent } from "../../src/model/plan";
import type { ReplicatedVm } from "../../src/model/protection/replicated-vm";
import { type ReProtection, reProtectionOf } from "../../src/advice/re-protection";
import { type Answer, type Evidence, evidenceIn, unknownAnswer } from "../../src/model/answers";
import { displayName } from "../../src/model/ids/display-name";
import { linkedTo } from "../../src/model/link";
import { undecidedBy, type Verdict } from "../../src/findings/finding";
import { subjectOf } from "../../src/findings/subject";
import { isReplicatedAnew, stayingItems } from "../replication/re-enabled";
import { deletedDisks } from "./deleted-disks";

/** What a plan does to the disks of a VM that stays replicated as it was. */
interface DiskChanges {
    /** As it is before the plan. */
    readonly vm: VirtualMachine;
    readonly vmAfterwards: VirtualMachine;
    /** An item that replicates it before and after the plan, in its state before. */
    readonly item: ReplicatedItem;
    /** Replicated disks that another disk replaces. */
    readonly swapped: readonly Answer<LostDisk>[];
    /** Replicated data disks that the VM loses. */
    readonly removed: readonly Answer<LostDisk>[];
}

/** A replicated disk that its VM loses. */
interface LostDisk {
    readonly before: AttachedDisk;
    /** The disk that replaces it; undefined where none does. */
    readonly after: AttachedDisk | undefined;
}

/** What each message about such changes is made of. */
export interface DiskChangesInWords {
    readonly kind: PlanContent["kind"];
    readonly vm: string;
    readonly disks: Evidence<{
        readonly name: string;
        /** Of the disk that replaces it; undefined where none does. */
        readonly successor: string | undefined;
        readonly role: "os" | "data";
    }>;
    /** Names of those among them that the plan deletes with their data. */
    readonly deleted: readonly string[];
    readonly reProtection: ReProtection;
}

/** What becomes of the replicated VMs whose disks change while their items stay: each is reported once. */
export function* diskChangeVerdicts(
    plan: Plan,
    check: (changes: DiskChanges) => readonly Answer<LostDisk>[],
): Iterable<Verdict<DiskChangesInWords>> {
    for (const changes of diskChanges(plan)) {
        const { vmAfterwards, item } = changes;
        const answers = check(changes);
        yield* answers.flatMap(undecidedBy);
        const lost = evidenceIn(answers);
        if (lost !== undefined) {
            yield {
                verdict: "violated",
                subject: subjectOf(vmAfterwards, vmAfterwards),
                parameters: inWords(plan, changes, lost),
                restsOn: [item],
            };
        }
    }
}

function inWords(plan: Plan, changes: DiskChanges, lost: Evidence<LostDisk>): DiskChangesInWords {
    const { vm, vmAfterwards, item } = changes;
    const inWordsOf = ({ before, after }: LostDisk): DiskChangesInWords["disks"][0] => ({
        name: plan.before.names.ofDisk(vm, before),
        successor: after && plan.after.names.ofDisk(vmAfterwards, after),
        role: before.role,
    });
    const [first, ...others] = lost;
    const lostDisks = new Set(lost.map(({ before }) => before));
    const successors = lost.flatMap(({ after }) =>
        after === undefined ? [] : [{ attached: after, disk: linkedTo(after.disk) }],
    );
    return {
        kind: plan.kind,
        vm: plan.after.names.of(vmAfterwards),
        disks: [inWordsOf(first), ...others.map(inWordsOf)],
        deleted: deletedDisks(plan, vm, [item])
            .filter(({ attached }) => lostDisks.has(attached))
            .map(({ disk }) => displayName(disk)),
        reProtection: reProtectionOfChanged(
            plan,
            changes,
            successors,
            lost.map(({ before }) => plan.before.names.ofDisk(vm, before)),
        ),
    };
}

/** One disk that is not, or may not be, the one that it was. */
interface Change extends LostDisk {
    /** The property that would decide it; undefined for a change that is certain. */
    readonly open: string | undefined;
}

/** Of each replicated VM whose disks change, or may change, while its item stays. */
function* diskChanges(plan: Plan): Iterable<DiskChanges> {
    for (const vm of plan.before.vms) {
        const now = plan.afterwards(vm);
        if (now === undefined || vm.skipped || plan.stepOf(vm).operation === "replace") {
            continue;
        }
        const changes = changesOf(plan, vm, now);
        const replication = changes.length === 0 ? undefined : plan.before.replication.of(vm);
        if (replication === undefined || replication.answer === "no") {
            continue;
        }
        const items =
            replication.answer === "yes" ? stayingItems(plan, replication.items) : plan.before.replication.items;
        const [item] = items;
        const reEnabled = isReplicatedAnew(plan, now);
        if (item === undefined || reEnabled.answer === "yes") {
            continue;
        }
        const base = { vm, vmAfterwards: now, item };
        const open = [replication, reEnabled].flatMap((each) => (each.answer === "unknown" ? [each] : []));
        if (open.length > 0) {
            yield { ...base, swapped: open, removed: open };
        } else {
            yield { ...base, ...settled(plan, vm, now, items, changes) };
        }
    }
}

/**
 * How the VM of such changes is protected again. What Pulumi drops is in the old state alone.
 *
 * @param gone names of disks that it no longer has
 */
function reProtectionOfChanged(
    plan: Plan,
    { vm, vmAfterwards, item }: DiskChanges,
    disks: Parameters<typeof reProtectionOf>[3],
    gone: readonly string[],
): ReProtection {
    const kept = plan.afterwards(item);
    return kept === undefined
        ? reProtectionOf(plan.before, vm, item, disks, gone)
        : reProtectionOf(plan.after, vmAfterwards, kept, disks, gone);
}

/** Which of the changes replication does not follow. */
function settled(
    plan: Plan,
    vm: VirtualMachine,
    now: VirtualMachine,
    items: readonly ReplicatedItem[],
    changes: readonly Change[],
): Pick<DiskChanges, "swapped" | "removed"> {
    const kept = items.flatMap((item) => plan.afterwards(item) ?? []);
    const replicated =
        kept.length > 0
            ? plan.after.replication.replicatedVm(now, kept)
            : plan.before.replication.replicatedVm(vm, items);
    const swapped: Answer<LostDisk>[] = [];
    const removed: Answer<LostDisk>[] = [];
    for (const { before, after, open: property } of replicated.hasLists ? changes : []) {
        const was = isListedById(replicated, vm, before);
        // An OS disk is replicated whatever the list; a data disk may have been left out on purpose.
        if (before.role === "data" && was === "no") {
            continue;
        }
        const listed = after === undefined ? "no" : isListedNow(replicated, after);
        if (listed === "yes") {
            continue;
        }
        const open =
            property !== undefined
                ? unknownAnswer(now, property)
                : listed === "unknown" || (before.role === "data" && was === "unknown")
                  ? unknownAnswer(replicated.listQuestion.resource, replicated.listQuestion.property)
                  : undefined;
        if (open !== undefined) {
            swapped.push(open);
            if (before.role === "data") {
                removed.push(open);
            }
        } else {
            (after === undefined ? removed : swapped).push({ answer: "yes", items: [{ before, after }] });
        }
    }
    return { swapped, removed };
}

/** A disk that the plan creates is in no list of an existing item, even under a name that the list has. */
function isListedNow(replicated: ReplicatedVm, attached: AttachedDisk): Answer["answer"] {
    const { disk } = attached;
    return disk.state === "linked" && disk.to.lifetime !== "new"
        ? isListedById(replicated, replicated.vm, attached)
        : replicated.isListed(attached);
}

/** The lists are those after the plan, and the disk may be one of before. */
function isListedById(replicated: ReplicatedVm, vm: VirtualMachine, attached: AttachedDisk): Answer["answer"] {
    const id = diskIdOf(vm, attached);
    return id === undefined ? "unknown" : replicated.isListed({ ...attached, disk: { state: "external", id } });
}

/** The disks of a VM that are, or may be, others after the plan, whatever protects them. */
export function changesOf(plan: Plan, vm: VirtualMachine, now: VirtualMachine): readonly Change[] {
    const after = plan.after.disks.attachedTo(now);
    const declared = plan.before.disks
        .attachedTo(vm)
        .filter(({ place }) => !place.isWholeList && !plan.keptPlaces.has(place));
    const disksAfter = new DisksAfter(now, after);
    return declared.flatMap((before): readonly Change[] => {
        const isSame = (disk: AttachedDisk): Answer["answer"] => sameDisk(plan, vm, before, now, disk);
        const likely = disksAfter.likely(plan, vm, before);
        if (likely.some((disk) => isSame(disk) === "yes")) {
            return [];
        }
        const isOpen = (disk: AttachedDisk): boolean => disk.role === before.role && isSame(disk) === "unknown";
        const open = likely.find(isOpen) ?? disksAfter.uncertain(diskIdOf(vm, before) !== undefined).find(isOpen);
        const inPlace = disksAfter.inPlaceOf(before);
        return before.role === "os" && inPlace === undefined
            ? []
            : [{ before, after: inPlace, open: open?.place.disk.property }];
    });
}

/** The disks of a VM after a plan, so that each of before is held against those alone that it may be. */
class DisksAfter {
    private readonly byDisk = new Map<Disk, AttachedDisk[]>();
    private readonly byId = new Map<string, AttachedDisk[]>();
    private readonly byPlace = new Map<string, AttachedDisk>();
    /** Disks that Azure makes with the VM, by their place, and those among them of which the id is not known. */
    private readonly implicit = new Map<string, AttachedDisk>();
    private readonly implicitWithoutId = new Map<string, AttachedDisk>();
    /** Those that the plan does not make: what it makes is none of before. */
    private readonly notNew: readonly AttachedDisk[];
    private readonly withoutId: readonly AttachedDisk[];

    constructor(now: VirtualMachine, after: readonly AttachedDisk[]) {
        for (const attached of after) {
            const id = diskIdOf(now, attached);
            if (attached.disk.state === "linked") {
                pushTo(this.byDisk, attached.disk.to, attached);
            }
            if (id !== undefined) {
                pushTo(this.byId, keyWithoutSubscription(id), attached);
            }
            const key = placeKey(attached);
            getOrCreate(this.byPlace, key, () => attached);
            if (attached.place.origin === "implicit") {
                getOrCreate(this.implicit, key, () => attached);
            }
            if (attached.place.origin === "implicit" && id === undefined) {
                getOrCreate(this.implicitWithoutId, key, () => attached);
            }
        }
        const isMade = ({ disk }: AttachedDisk): boolean =>
            disk.state === "linked" && disk.to.lifetime === "new" && !disk.to.skipped;
        this.notNew = after.filter((attached) => !isMade(attached));
        this.withoutId = this.notNew.filter(
            (attached) =>
                diskIdOf(now, attached) === undefined ||
                (attached.disk.state === "linked" && attached.disk.to.lifetime === "new"),
        );
    }

    /** All that may turn out to be the very disk. */
    likely(plan: Plan, vm: VirtualMachine, before: AttachedDisk): readonly AttachedDisk[] {
        const disk = before.disk.state === "linked" ? plan.afterwards(before.disk.to) : undefined;
        const id = diskIdOf(vm, before);
        const inPlace = (id === undefined ? this.implicit : this.implicitWithoutId).get(placeKey(before));
        return [
            ...((disk && this.byDisk.get(disk)) ?? []),
            ...((id && this.byId.get(keyWithoutSubscription(id))) ?? []),
            ...(inPlace === undefined ? [] : [inPlace]),
        ];
    }

    /** All that may or may not be a disk of before, whose id is known or not. */
    uncertain(isIdKnown: boolean): readonly AttachedDisk[] {
        return isIdKnown ? this.withoutId : this.notNew;
    }

    inPlaceOf(before: AttachedDisk): AttachedDisk | undefined {
        return this.byPlace.get(placeKey(before));
    }
}

function placeKey({ role, place }: AttachedDisk): string {
    return `${role} ${place.lun ?? ""}`;
}

/** Whether a disk afterwards is the very disk of before. */
export function sameDisk(
    plan: Plan,
    vm: VirtualMachine,
    before: AttachedDisk,
    now: VirtualMachine,
    after: AttachedDisk,
): Answer["answer"] {
    const from = before.disk.state === "linked" ? before.disk.to : undefined;
    const to = after.disk.state === "linked" ? after.disk.to : undefined;
    if (from !== undefined && to !== undefined && plan.afterwards(from) === to) {
        return plan.stepOf(from).operation === "replace" ? "no" : "yes";
    }
    if (to?.lifetime === "new") {
        return to.skipped ? "unknown" : "no";
    }
    const [fromId, toId] = [diskIdOf(vm, before), diskIdOf(now, after)];
    if (fromId !== undefined && toId !== undefined) {
        return isOneResource(fromId, toId);
    }
    // A disk that Azure made with the VM goes when its place does, and no update makes another.
    const isImplicit = before.place.origin === "implicit" && after.place.origin === "implicit";
    return isImplicit && before.place.lun === after.place.lun && before.role === after.role ? "yes" : "unknown";
}
