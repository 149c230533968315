import { armKey, type ArmId } from "../ids/arm-id";
import { oneOf, type Link, type ResourceIndex } from "../link";
import { getOrCreate } from "../lists";
import { targetOf, unknownReference, type Reference } from "../planned-resource";
import type { Disk, DiskAttachment, DiskPlace, VirtualMachine } from "../resources";
import { valueOf } from "../values";
import { attachedDisks, implicitDiskId, withoutThoseElsewhere, type AttachedDisk } from "./attached-disks";
import { Disks, isShareable } from "./disks";

/** What each VM has in its places, by the VM and the attachments alone; `settled` makes the final answer of it. */
export class Attachments {
    private readonly attached = new Map<VirtualMachine, readonly AttachedDisk[]>();
    /** VMs by the id of each disk that they are known to have, implicit ones included. */
    private readonly vmOfDiskId = new Map<string, VirtualMachine>();
    private readonly vmsOfDisk = new Map<Disk, Set<VirtualMachine>>();
    private readonly vmsThatMayHave = new Map<Disk, Set<VirtualMachine>>();
    /** A place of which not even the candidates are known: the disk in it may be any. */
    private openPlace: DiskPlace | undefined;
    private readonly attachmentAt = new Map<DiskPlace, DiskAttachment>();
    private external = 0;

    constructor(
        private readonly vms: ResourceIndex<VirtualMachine>,
        private readonly disks: ResourceIndex<Disk>,
        attachments: readonly DiskAttachment[],
    ) {
        const places = new Map<VirtualMachine, DiskPlace[]>(vms.all.map((vm) => [vm, [...vm.diskPlaces]]));
        for (const attachment of attachments.filter(({ skipped }) => !skipped)) {
            const link = vms.follow(attachment.vm);
            if (link.state === "linked") {
                places.get(link.to)?.push(attachment.place);
                this.attachmentAt.set(attachment.place, attachment);
            } else if (link.state === "undecided") {
                // Whichever VM it is, the plan does not say; each of them may have one disk more.
                const place = { ...attachment.place, disk: unknownReference(link.property) };
                this.attachmentAt.set(place, attachment);
                link.candidates.forEach((vm) => places.get(vm)?.push(place));
            } else if (link.state === "external") {
                this.external++;
            }
        }
        places.forEach((ofVm, vm) => this.attach(vm, ofVm));
    }

    /** How many references lead out of this stack. */
    get externalReferences(): number {
        return this.external;
    }

    of(vm: VirtualMachine): readonly AttachedDisk[] {
        return this.attached.get(vm) ?? [];
    }

    /** The VMs that have the disk that is referred to: a shared one may be attached to several. */
    vmsWith(disk: Reference): readonly Link<VirtualMachine>[] {
        const link = this.disks.follow(disk);
        switch (link.state) {
            case "linked":
                return this.vmsHaving(link.to);
            case "external":
                return this.vmWithDiskId(link.id);
            case "undecided": {
                // The disk of a VM may be one that Azure makes with it: then the VM is what it was made from.
                const vms =
                    link.candidates.length > 0
                        ? link.candidates.flatMap((candidate) => [...(this.vmsOfDisk.get(candidate) ?? [])])
                        : this.vms.among(disk.dependencies);
                const isUnattached = link.candidates.length > 0 && vms.length === 0;
                return isUnattached ? [] : [oneOf([...new Set(vms)], disk.property)];
            }
            case "none":
                return [];
        }
    }

    private vmsHaving(disk: Disk): readonly Link<VirtualMachine>[] {
        const vms = this.vmsOfDisk.get(disk);
        if (vms !== undefined) {
            return [...vms].map((vm) => ({ state: "linked", to: vm }));
        }
        const candidates = [...(this.vmsThatMayHave.get(disk) ?? [])];
        const [candidate] = candidates;
        if (candidate !== undefined) {
            return [{ state: "undecided", property: "storageProfile", candidates }];
        }
        return this.openPlace === undefined
            ? []
            : [{ state: "undecided", property: this.openPlace.disk.property, candidates: [] }];
    }

    private vmWithDiskId(id: ArmId): readonly Link<VirtualMachine>[] {
        const vm = this.vmOfDiskId.get(armKey(id));
        if (vm === undefined) {
            this.external++;
            return [];
        }
        return [{ state: "linked", to: vm }];
    }

    /**
     * Fills open places by excluding the disks of other VMs: those that another VM surely has, and those that it may
     * have and that the list of its replicated item names.
     *
     * @param ownersByList called only where a place is open
     */
    settled(ownersByList: () => ReadonlyMap<Disk, VirtualMachine>): Disks {
        if (this.vmsThatMayHave.size === 0) {
            return new Disks(this.attached, this.vmsOfDisk, this.attachmentAt);
        }
        const owners = ownersByList();
        const attached = new Map(this.attached);
        const vmsOfDisk = new Map([...this.vmsOfDisk].map(([disk, vms]) => [disk, new Set(vms)]));
        const disks = new Disks(attached, vmsOfDisk, this.attachmentAt);
        const mayHave = (vm: VirtualMachine, disk: Disk): boolean =>
            vmsOfDisk.get(disk)?.has(vm) === true || this.vmsThatMayHave.get(disk)?.has(vm) === true;
        const isElsewhere = (disk: Disk, vm: VirtualMachine): boolean => {
            const owner = isShareable(disk) ? undefined : owners.get(disk);
            const isOwners = owner !== undefined && owner !== vm && mayHave(owner, disk);
            return isOwners || disks.isElsewhere(disk, vm);
        };
        const open = new Set([...this.vmsThatMayHave.values()].flatMap((vms) => [...vms]));
        let isNew = true;
        for (let round = 0; isNew && round < MOST_ROUNDS; round++) {
            isNew = false;
            for (const vm of open) {
                const before = disks.attachedTo(vm);
                const after = withoutThoseElsewhere(before, (disk) => isElsewhere(disk, vm));
                if (after !== before) {
                    isNew = true;
                    attached.set(vm, after);
                    after.forEach(({ disk }) => {
                        if (disk.state === "linked") {
                            add(vmsOfDisk, disk.to, vm);
                        }
                    });
                }
            }
        }
        return disks;
    }

    private attach(vm: VirtualMachine, places: readonly DiskPlace[]): void {
        const attached = attachedDisks(places, this.disks);
        this.attached.set(vm, attached);
        // All places of a VM that are open have the same candidates.
        const undecided = new Set<readonly Disk[]>();
        for (const { place, disk } of attached) {
            const id = place.origin === "implicit" ? valueOf(implicitDiskId(vm, { place })) : idIn(place);
            if (id !== undefined) {
                this.vmOfDiskId.set(armKey(id), vm);
            }
            if (disk.state === "linked") {
                add(this.vmsOfDisk, disk.to, vm);
            } else if (place.origin === "explicit" && disk.state === "external") {
                this.external++;
            } else if (place.origin === "explicit" && disk.state === "undecided") {
                undecided.add(disk.candidates);
                this.openPlace = disk.candidates.length === 0 ? place : this.openPlace;
            }
        }
        for (const candidates of undecided) {
            candidates.forEach((candidate) => add(this.vmsThatMayHave, candidate, vm));
        }
    }
}

/** What one VM is found to have settles places of others. In programs as people write them, one round settles all. */
const MOST_ROUNDS = 3;

function idIn({ disk }: DiskPlace): ArmId | undefined {
    return valueOf(targetOf(disk).id);
}

function add(sets: Map<Disk, Set<VirtualMachine>>, disk: Disk, vm: VirtualMachine): void {
    getOrCreate(sets, disk, () => new Set<VirtualMachine>()).add(vm);
}
