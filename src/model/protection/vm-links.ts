import { armKey, type ArmId, type Subscription } from "../ids/arm-id";
import { attachedDisks, implicitDiskId, withoutThoseElsewhere, type AttachedDisk } from "../disks/attached-disks";
import { ABSENT, valueOf } from "../values";
import { NO_LINK, oneOf, type Directory, type Link } from "../link";
import { outsideResource, type Outside } from "../external-resources";
import { parsedId, targetOf, unknownReference } from "../planned-resource";
import type { BackupItem, Disk, DiskAttachment, DiskBackup, DiskPlace, Machine, ReplicatedItem } from "../resources";

const MACHINE = "Microsoft.Compute/virtualMachines";

/** Finds the machine that an item, or a disk, belongs to. */
export class MachineLinks {
    private readonly attached = new Map<Machine, readonly AttachedDisk[]>();
    /** Machines by the id of each disk that they are known to have, implicit ones included. */
    private readonly machineOfDiskId = new Map<string, Machine>();
    private readonly machinesOfDisk = new Map<Disk, Set<Machine>>();
    private readonly machinesThatMayHave = new Map<Disk, Set<Machine>>();
    /** A place of which not even the candidates are known: the disk in it may be any. */
    private openPlace: DiskPlace | undefined;
    private readonly outside = new Map<string, Machine>();
    private externals = 0;

    constructor(
        private readonly machines: Directory<Machine>,
        private readonly disks: Directory<Disk>,
        attachments: readonly DiskAttachment[],
        private readonly knownOutside: Outside | undefined,
    ) {
        const places = new Map<Machine, DiskPlace[]>(machines.all.map((machine) => [machine, [...machine.diskPlaces]]));
        for (const attachment of attachments.filter(({ skipped }) => !skipped)) {
            const link = machines.follow(attachment.machine);
            if (link.state === "linked") {
                places.get(link.to)?.push(attachment.place);
            } else if (link.state === "undecided") {
                // Whichever machine it is, the plan does not say; each of them may have one disk more.
                const place = { ...attachment.place, disk: unknownReference(link.property) };
                link.candidates.forEach((machine) => places.get(machine)?.push(place));
            } else if (link.state === "external") {
                this.externals++;
            }
        }
        places.forEach((ofMachine, machine) => this.attach(machine, ofMachine));
    }

    /** Machines that are not in this stack but that items of this stack protect. */
    get machinesOutside(): readonly Machine[] {
        return [...this.outside.values()];
    }

    /** How many references lead out of this stack. */
    get externalReferences(): number {
        return this.externals;
    }

    attachedDisks(machine: Machine): readonly AttachedDisk[] {
        return this.attached.get(machine) ?? [];
    }

    /** Whether any machine has a place of which the plan does not tell which disk stands in it. */
    get hasOpenPlaces(): boolean {
        return this.machinesThatMayHave.size > 0;
    }

    /** Whether a disk may be in any place of a machine. */
    mayHave(machine: Machine, disk: Disk): boolean {
        return this.hasSurely(machine, disk) || this.machinesThatMayHave.get(disk)?.has(machine) === true;
    }

    /** Whether any machine surely has a disk. */
    isAttached(disk: Disk): boolean {
        return this.machinesOfDisk.has(disk);
    }

    /** Whether another machine surely has a disk that only one can have. */
    isElsewhere(disk: Disk, machine: Machine): boolean {
        const machines = isShareable(disk) ? undefined : this.machinesOfDisk.get(disk);
        return machines !== undefined && (machines.size > 1 || !machines.has(machine));
    }

    /**
     * Fills open places by what stands elsewhere: disks that another machine surely has, and those that it may have and that
     * the list of its replicated item names.
     */
    settle(ownerByList: ReadonlyMap<Disk, Machine>): void {
        const open = new Set([...this.machinesThatMayHave.values()].flatMap((machines) => [...machines]));
        const isElsewhere = (disk: Disk, machine: Machine): boolean => {
            const owner = isShareable(disk) ? undefined : ownerByList.get(disk);
            const isOwners = owner !== undefined && owner !== machine && this.mayHave(owner, disk);
            return isOwners || this.isElsewhere(disk, machine);
        };
        let isNew = true;
        for (let round = 0; isNew && round < MOST_ROUNDS; round++) {
            isNew = false;
            for (const machine of open) {
                const before = this.attachedDisks(machine);
                const attached = withoutThoseElsewhere(before, (disk) => isElsewhere(disk, machine));
                if (attached !== before) {
                    isNew = true;
                    this.attached.set(machine, attached);
                    attached.forEach(({ disk }) => {
                        if (disk.state === "linked") {
                            add(this.machinesOfDisk, disk.to, machine);
                        }
                    });
                }
            }
        }
    }

    private hasSurely(machine: Machine, disk: Disk): boolean {
        return this.machinesOfDisk.get(disk)?.has(machine) === true;
    }

    ofReplicatedItem({ machine }: ReplicatedItem): Link<Machine> {
        return this.orOutside(this.machines.follow(machine));
    }

    /**
     * The machine of an item outside of the stack. Only a machine of the stack, or one that its items name: an inventory
     * gives no other one a place here.
     */
    ofItemOutside(item: ReplicatedItem | BackupItem): Link<Machine> {
        const link = this.machines.follow(item.machine);
        if (link.state !== "external") {
            return link;
        }
        const named = this.outside.get(armKey(link.id));
        // Of two subscriptions that are not known, nobody knows that they are one.
        return named === undefined
            ? NO_LINK
            : oneOf([named], item.machine.property, link.id.subscription !== undefined);
    }

    /** By the machine's id; where that is missing or open, by the names that the item's own path holds (ARM-04). */
    ofBackupItem(item: BackupItem): Link<Machine> {
        const link = this.machines.follow(item.machine);
        if (link.state === "linked" || link.state === "external") {
            return this.orOutside(link);
        }
        const { named, namedFrom } = item.machine;
        const candidates = new Set(link.state === "undecided" ? link.candidates : []);
        const fits = (machine: Machine): boolean => candidates.size === 0 || candidates.has(machine);
        if (named.state === "known") {
            const { resourceGroup, name } = named.value;
            const id: ArmId = { ...subscriptionOfItem(item), resourceGroup, type: MACHINE, names: [name] };
            const matching = this.machines.matching(id).filter(fits);
            if (matching.length > 0) {
                // The names do not tell the subscription: what only may be of the item's own is not taken for it.
                const meant = [...candidates, ...this.machines.among(namedFrom), ...this.machines.inSubscriptionOf(id)];
                const sure = matching.filter((machine) => meant.includes(machine));
                return oneOf(sure.length > 0 ? sure : matching, item.machine.property, sure.length > 0);
            }
            const inOpenGroups = this.machines.inOpenGroups(id).filter(fits);
            if (inOpenGroups.length > 0) {
                return oneOf(inOpenGroups, item.machine.property, false);
            }
            return link.state === "undecided" ? link : this.orOutside({ state: "external", id });
        }
        const referredTo = this.machines.among(namedFrom).filter(fits);
        if (referredTo.length > 0) {
            return oneOf([...new Set(referredTo)], item.machine.property);
        }
        return named.state === "unknown" && link.state === "none"
            ? { state: "undecided", property: named.property, candidates: [] }
            : link;
    }

    /** A shared disk may be attached to several machines, so this is a list. */
    ofDiskBackup({ disk }: DiskBackup): readonly Link<Machine>[] {
        const link = this.disks.follow(disk);
        switch (link.state) {
            case "linked":
                return this.machinesWith(link.to);
            case "external":
                return this.machineWithDiskId(link.id);
            case "undecided": {
                // The disk of a machine may be one that Azure makes with it: then the machine is what it was made from.
                const machines =
                    link.candidates.length > 0
                        ? link.candidates.flatMap((candidate) => [...(this.machinesOfDisk.get(candidate) ?? [])])
                        : this.machines.among(disk.dependencies);
                const isUnattached = link.candidates.length > 0 && machines.length === 0;
                return isUnattached ? [] : [oneOf([...new Set(machines)], disk.property)];
            }
            case "none":
                return [];
        }
    }

    private machinesWith(disk: Disk): readonly Link<Machine>[] {
        const machines = this.machinesOfDisk.get(disk);
        if (machines !== undefined) {
            return [...machines].map((machine) => ({ state: "linked", to: machine }));
        }
        const candidates = [...(this.machinesThatMayHave.get(disk) ?? [])];
        const [candidate] = candidates;
        if (candidate !== undefined) {
            return [{ state: "undecided", property: "storageProfile", candidates }];
        }
        return this.openPlace === undefined
            ? []
            : [{ state: "undecided", property: this.openPlace.disk.property, candidates: [] }];
    }

    private machineWithDiskId(id: ArmId): readonly Link<Machine>[] {
        const machine = this.machineOfDiskId.get(armKey(id));
        if (machine === undefined) {
            this.externals++;
            return [];
        }
        return [{ state: "linked", to: machine }];
    }

    /** Gives a machine that lies outside of this stack a place in the estate, one for all items that name it. */
    private orOutside(link: Link<Machine>): Link<Machine> {
        if (link.state !== "external") {
            return link;
        }
        this.externals++;
        const key = armKey(link.id);
        const machine = this.outside.get(key) ?? machineOutside(link.id, this.knownOutside);
        this.outside.set(key, machine);
        return { state: "linked", to: machine };
    }

    private attach(machine: Machine, places: readonly DiskPlace[]): void {
        const attached = attachedDisks(places, this.disks);
        this.attached.set(machine, attached);
        // All places of a machine that are open have the same candidates.
        const undecided = new Set<readonly Disk[]>();
        for (const { place, disk } of attached) {
            const id = place.origin === "implicit" ? valueOf(implicitDiskId(machine, { place })) : idIn(place);
            if (id !== undefined) {
                this.machineOfDiskId.set(armKey(id), machine);
            }
            if (disk.state === "linked") {
                add(this.machinesOfDisk, disk.to, machine);
            } else if (place.origin === "explicit" && disk.state === "external") {
                this.externals++;
            } else if (place.origin === "explicit" && disk.state === "undecided") {
                undecided.add(disk.candidates);
                this.openPlace = disk.candidates.length === 0 ? place : this.openPlace;
            }
        }
        for (const candidates of undecided) {
            candidates.forEach((candidate) => add(this.machinesThatMayHave, candidate, machine));
        }
    }
}

/** What one machine is found to have tells of others; in programs as people write them, of all others at once. */
const MOST_ROUNDS = 3;

/** A disk that several machines can have, or may be able to. */
function isShareable({ maxShares }: Disk): boolean {
    return maxShares.state === "unknown" || (maxShares.state === "known" && maxShares.value > 1);
}

function idIn({ disk }: DiskPlace): ArmId | undefined {
    return valueOf(targetOf(disk).id);
}

function machineOutside(id: ArmId, outside: Outside | undefined): Machine {
    return {
        ...outsideResource("machine", id),
        location: ABSENT,
        ...outside?.machine(id),
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

function add(sets: Map<Disk, Set<Machine>>, disk: Disk, machine: Machine): void {
    const set = sets.get(disk);
    if (set === undefined) {
        sets.set(disk, new Set([machine]));
    } else {
        set.add(machine);
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
