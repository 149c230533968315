import { armKey, type ArmId, type Subscription } from "../ids/arm-id";
import { attachedDisks, implicitDiskId, withoutThoseElsewhere, type AttachedDisk } from "../disks/attached-disks";
import { ABSENT, valueOf } from "../values";
import { NO_LINK, oneOf, type ResourceIndex, type Link } from "../link";
import { externalResource, type ExternalResources } from "../external-resources";
import { parsedId, targetOf, unknownReference } from "../planned-resource";
import type {
    BackupItem,
    Disk,
    DiskAttachment,
    DiskBackup,
    DiskPlace,
    VirtualMachine,
    ReplicatedItem,
} from "../resources";

const MACHINE = "Microsoft.Compute/virtualMachines";

/** Finds the VM that an item, or a disk, belongs to. */
export class VmLinks {
    private readonly attached = new Map<VirtualMachine, readonly AttachedDisk[]>();
    /** VMs by the id of each disk that they are known to have, implicit ones included. */
    private readonly vmOfDiskId = new Map<string, VirtualMachine>();
    private readonly vmsOfDisk = new Map<Disk, Set<VirtualMachine>>();
    private readonly vmsThatMayHave = new Map<Disk, Set<VirtualMachine>>();
    /** A place of which not even the candidates are known: the disk in it may be any. */
    private openPlace: DiskPlace | undefined;
    private readonly external = new Map<string, VirtualMachine>();
    private externals = 0;

    constructor(
        private readonly vms: ResourceIndex<VirtualMachine>,
        private readonly disks: ResourceIndex<Disk>,
        attachments: readonly DiskAttachment[],
        private readonly knownExternal: ExternalResources | undefined,
    ) {
        const places = new Map<VirtualMachine, DiskPlace[]>(vms.all.map((vm) => [vm, [...vm.diskPlaces]]));
        for (const attachment of attachments.filter(({ skipped }) => !skipped)) {
            const link = vms.follow(attachment.vm);
            if (link.state === "linked") {
                places.get(link.to)?.push(attachment.place);
            } else if (link.state === "undecided") {
                // Whichever VM it is, the plan does not say; each of them may have one disk more.
                const place = { ...attachment.place, disk: unknownReference(link.property) };
                link.candidates.forEach((vm) => places.get(vm)?.push(place));
            } else if (link.state === "external") {
                this.externals++;
            }
        }
        places.forEach((ofVm, vm) => this.attach(vm, ofVm));
    }

    /** VMs that are not in this stack but that items of this stack protect. */
    get externalVms(): readonly VirtualMachine[] {
        return [...this.external.values()];
    }

    /** How many references lead out of this stack. */
    get externalReferences(): number {
        return this.externals;
    }

    attachedDisks(vm: VirtualMachine): readonly AttachedDisk[] {
        return this.attached.get(vm) ?? [];
    }

    /** Whether any VM has a place of which the plan does not tell which disk stands in it. */
    get hasOpenPlaces(): boolean {
        return this.vmsThatMayHave.size > 0;
    }

    /** Whether a disk may be in any place of a VM. */
    mayHave(vm: VirtualMachine, disk: Disk): boolean {
        return this.hasSurely(vm, disk) || this.vmsThatMayHave.get(disk)?.has(vm) === true;
    }

    /** Whether any VM surely has a disk. */
    isAttached(disk: Disk): boolean {
        return this.vmsOfDisk.has(disk);
    }

    /** Whether another VM surely has a disk that only one can have. */
    isElsewhere(disk: Disk, vm: VirtualMachine): boolean {
        const vms = isShareable(disk) ? undefined : this.vmsOfDisk.get(disk);
        return vms !== undefined && (vms.size > 1 || !vms.has(vm));
    }

    /**
     * Fills open places by what stands elsewhere: disks that another VM surely has, and those that it may have and that
     * the list of its replicated item names.
     */
    settle(ownerByList: ReadonlyMap<Disk, VirtualMachine>): void {
        const open = new Set([...this.vmsThatMayHave.values()].flatMap((vms) => [...vms]));
        const isElsewhere = (disk: Disk, vm: VirtualMachine): boolean => {
            const owner = isShareable(disk) ? undefined : ownerByList.get(disk);
            const isOwners = owner !== undefined && owner !== vm && this.mayHave(owner, disk);
            return isOwners || this.isElsewhere(disk, vm);
        };
        let isNew = true;
        for (let round = 0; isNew && round < MOST_ROUNDS; round++) {
            isNew = false;
            for (const vm of open) {
                const before = this.attachedDisks(vm);
                const attached = withoutThoseElsewhere(before, (disk) => isElsewhere(disk, vm));
                if (attached !== before) {
                    isNew = true;
                    this.attached.set(vm, attached);
                    attached.forEach(({ disk }) => {
                        if (disk.state === "linked") {
                            add(this.vmsOfDisk, disk.to, vm);
                        }
                    });
                }
            }
        }
    }

    private hasSurely(vm: VirtualMachine, disk: Disk): boolean {
        return this.vmsOfDisk.get(disk)?.has(vm) === true;
    }

    ofReplicatedItem({ vm }: ReplicatedItem): Link<VirtualMachine> {
        return this.orExternal(this.vms.follow(vm));
    }

    /**
     * The VM of an item outside of the stack. Only a VM of the stack, or one that its items name: an inventory
     * gives no other one a place here.
     */
    ofExternalItem(item: ReplicatedItem | BackupItem): Link<VirtualMachine> {
        const link = this.vms.follow(item.vm);
        if (link.state !== "external") {
            return link;
        }
        const named = this.external.get(armKey(link.id));
        // Of two subscriptions that are not known, nobody knows that they are one.
        return named === undefined ? NO_LINK : oneOf([named], item.vm.property, link.id.subscription !== undefined);
    }

    /** By the VM's id; where that is missing or open, by the names that the item's own path holds (ARM-04). */
    ofBackupItem(item: BackupItem): Link<VirtualMachine> {
        const link = this.vms.follow(item.vm);
        if (link.state === "linked" || link.state === "external") {
            return this.orExternal(link);
        }
        const { named, namedFrom } = item.vm;
        const candidates = new Set(link.state === "undecided" ? link.candidates : []);
        const fits = (vm: VirtualMachine): boolean => candidates.size === 0 || candidates.has(vm);
        if (named.state === "known") {
            const { resourceGroup, name } = named.value;
            const id: ArmId = { ...subscriptionOfItem(item), resourceGroup, type: MACHINE, names: [name] };
            const matching = this.vms.matching(id).filter(fits);
            if (matching.length > 0) {
                // The names do not tell the subscription: what only may be of the item's own is not taken for it.
                const meant = [...candidates, ...this.vms.among(namedFrom), ...this.vms.inSubscriptionOf(id)];
                const sure = matching.filter((vm) => meant.includes(vm));
                return oneOf(sure.length > 0 ? sure : matching, item.vm.property, sure.length > 0);
            }
            const inOpenGroups = this.vms.inOpenGroups(id).filter(fits);
            if (inOpenGroups.length > 0) {
                return oneOf(inOpenGroups, item.vm.property, false);
            }
            return link.state === "undecided" ? link : this.orExternal({ state: "external", id });
        }
        const referredTo = this.vms.among(namedFrom).filter(fits);
        if (referredTo.length > 0) {
            return oneOf([...new Set(referredTo)], item.vm.property);
        }
        return named.state === "unknown" && link.state === "none"
            ? { state: "undecided", property: named.property, candidates: [] }
            : link;
    }

    /** A shared disk may be attached to several VMs, so this is a list. */
    ofDiskBackup({ disk }: DiskBackup): readonly Link<VirtualMachine>[] {
        const link = this.disks.follow(disk);
        switch (link.state) {
            case "linked":
                return this.vmsWith(link.to);
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

    private vmsWith(disk: Disk): readonly Link<VirtualMachine>[] {
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
            this.externals++;
            return [];
        }
        return [{ state: "linked", to: vm }];
    }

    /** Gives a VM that lies outside of this stack a place in the estate, one for all items that name it. */
    private orExternal(link: Link<VirtualMachine>): Link<VirtualMachine> {
        if (link.state !== "external") {
            return link;
        }
        this.externals++;
        const key = armKey(link.id);
        const vm = this.external.get(key) ?? externalVm(link.id, this.knownExternal);
        this.external.set(key, vm);
        return { state: "linked", to: vm };
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
                this.externals++;
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

/** What one VM is found to have tells of others; in programs as people write them, of all others at once. */
const MOST_ROUNDS = 3;

/** A disk that several VMs can have, or may be able to. */
function isShareable({ maxShares }: Disk): boolean {
    return maxShares.state === "unknown" || (maxShares.state === "known" && maxShares.value > 1);
}

function idIn({ disk }: DiskPlace): ArmId | undefined {
    return valueOf(targetOf(disk).id);
}

function externalVm(id: ArmId, external: ExternalResources | undefined): VirtualMachine {
    return {
        ...externalResource("VM", id),
        location: ABSENT,
        ...external?.vm(id),
        tags: ABSENT,
        diskPlaces: [],
        placesAreAll: true,
        size: ABSENT,
        isSpot: ABSENT,
        diskController: ABSENT,
        onDedicatedHost: ABSENT,
        securityType: ABSENT,
        encryptedAtHost: ABSENT,
        imagePublisher: ABSENT,
        networkInterfaces: ABSENT,
    };
}

function add(sets: Map<Disk, Set<VirtualMachine>>, disk: Disk, vm: VirtualMachine): void {
    const set = sets.get(disk);
    if (set === undefined) {
        sets.set(disk, new Set([vm]));
    } else {
        set.add(vm);
    }
}

/** An item and its policy are in one vault, so that the id of any of the three tells the subscription. */
export function subscriptionOfItem({ id, vault, policy, subscription: ofProvider }: BackupItem): Subscription {
    const told = [valueOf(id), valueOf(vault.id), valueOf(parsedId(policy.id)), ofProvider].flatMap(
        (each) => each ?? [],
    );
    const { subscription, subscriptionOf } =
        told.find((each) => each.subscription !== undefined) ?? told[0] ?? ofProvider;
    return subscriptionOf === undefined ? { subscription } : { subscription, subscriptionOf };
}
