import type { ArmId } from "../ids/arm-id";
import { known, valueOf, type Value } from "../values";
import type { ResourceIndex, Link } from "../link";
import { pushTo, getOrCreate } from "../lists";
import type { Disk, DiskPlace, VirtualMachine } from "../resources";
import { isSet, targetOf, type Urn } from "../planned-resource";

/** A disk in a place of a VM. */
export interface AttachedDisk {
    readonly place: DiskPlace;
    /** What the disk serves as. Told by the place, or, where the places cannot be told apart, by the disk. */
    readonly role: "os" | "data";
    readonly disk: Link<Disk>;
}

/**
 * Which disk is in which place. Ids that are known say it themselves. Where ids are unknown, the disks that the
 * storage profile was made from must fill the unknown places: as many disks as places, and every disk is attached,
 * even where nobody can say which goes where. A list that is unknown as a whole has no places to count: it may hold what
 * it was made from, or not.
 */
export function attachedDisks(places: readonly DiskPlace[], disks: ResourceIndex<Disk>): readonly AttachedDisk[] {
    const isOpen = ({ disk, origin }: DiskPlace): boolean => disk.id.state === "unknown" && origin === "explicit";
    const settled = places
        .filter((place) => !isOpen(place))
        .map((place): AttachedDisk => ({ place, role: place.role, disk: settledDisk(place, disks) }));
    const taken = new Set(settled.flatMap(({ disk }) => (disk.state === "linked" ? [disk.to] : [])));
    return [
        ...settled,
        ...madeTogether(places.filter(isOpen)).flatMap((open) => {
            const dependencies = new Set(open.map(({ disk }) => disk.dependencies));
            const made = new Set([...dependencies].flatMap((urns) => disks.among(urns)));
            return fill(
                open,
                [...made].filter((disk) => !taken.has(disk)),
            );
        }),
    ];
}

/**
 * The same, once it is known which disks stand elsewhere. Of an output of an array (`ids[0]`), Pulumi only tells all that the
 * array was made from; the disks of other VMs among these are none of this one's.
 */
export function withoutThoseElsewhere(
    attached: readonly AttachedDisk[],
    isElsewhere: (disk: Disk) => boolean,
): readonly AttachedDisk[] {
    const open = new Map<readonly Disk[], DiskPlace[]>();
    for (const { place, disk } of attached) {
        // An id that is known, and open all the same, may be a disk of another subscription.
        if (disk.state === "undecided" && disk.candidates.length > 0 && place.disk.id.state === "unknown") {
            pushTo(open, disk.candidates, place);
        }
    }
    const settled = new Map<DiskPlace, AttachedDisk>();
    for (const [candidates, places] of open) {
        const own = candidates.filter((disk) => !isElsewhere(disk));
        const isReported =
            own.length === places.length &&
            own.length < candidates.length &&
            places.every(({ isWholeList }) => !isWholeList);
        (isReported ? fill(places, own) : []).forEach((each) => settled.set(each.place, each));
    }
    return settled.size === 0 ? attached : attached.map((each) => settled.get(each.place) ?? each);
}

/** Places whose ids were made from the same resources can only be filled together; an attachment is a group by itself. */
function madeTogether(places: readonly DiskPlace[]): readonly (readonly DiskPlace[])[] {
    const groups = new Map<string, DiskPlace[]>();
    // The places of one VM share their dependencies, and there may be thousands of either.
    const keys = new Map<readonly Urn[], string>();
    for (const place of places) {
        const { dependencies } = place.disk;
        const key = getOrCreate(keys, dependencies, () => [...dependencies].sort().join(" "));
        pushTo(groups, key, place);
    }
    return [...groups.values()];
}

/** An implicit disk is Azure's own: whatever the VM depends on, no resource of the program is it. */
function settledDisk({ disk, origin }: DiskPlace, disks: ResourceIndex<Disk>): Link<Disk> {
    return origin === "implicit" && disk.id.state === "unknown"
        ? { state: "undecided", property: disk.property, candidates: [] }
        : disks.follow(disk);
}

function fill(places: readonly DiskPlace[], disks: readonly Disk[]): AttachedDisk[] {
    const osPlace = places.find((place) => place.role === "os");
    if (places.some((place) => place.isWholeList)) {
        // A place that is unknown together with the list is no more sure to take a disk than the list is.
        const boots = osPlace !== undefined && valueOf(isSet(osPlace.disk)) === true ? osPlace : undefined;
        const bootDisk = boots && onlyOsDisk(disks);
        const rest = disks.filter((disk) => disk !== bootDisk);
        return [
            ...(boots && bootDisk ? [linked(boots, bootDisk, "os")] : []),
            ...places
                .filter((place) => bootDisk === undefined || place !== boots)
                .map((place) => undecided(place, rest)),
        ];
    }
    if (disks.length > places.length) {
        return places.map((place) => undecided(place, disks));
    }
    if (osPlace !== undefined && places.length > 1 && disks.some(({ osType }) => osType.state === "unknown")) {
        return places.map((place) => undecided(place, disks));
    }
    const osDisk = osPlace && (places.length === 1 ? disks[0] : onlyOsDisk(disks));
    const rest = disks.filter((disk) => disk !== osDisk);
    const free = osDisk === undefined ? dataFirst(places) : places.filter((place) => place !== osPlace);
    return [
        ...(osPlace && osDisk ? [linked(osPlace, osDisk, "os")] : []),
        ...free.map((place, index) => {
            const disk = rest[index];
            return disk === undefined ? undecided(place, []) : linked(place, disk, "data");
        }),
    ];
}

/** Without an `osType` to tell the OS disk, each disk counts as a data disk; the OS place is filled last. */
function dataFirst(places: readonly DiskPlace[]): readonly DiskPlace[] {
    return [...places.filter((place) => place.role === "data"), ...places.filter((place) => place.role === "os")];
}

function linked(place: DiskPlace, disk: Disk, role: "os" | "data"): AttachedDisk {
    return { place, role, disk: { state: "linked", to: disk } };
}

function undecided(place: DiskPlace, candidates: readonly Disk[]): AttachedDisk {
    return { place, role: place.role, disk: { state: "undecided", property: place.disk.property, candidates } };
}

/** Of several, the one with an `osType`. */
function onlyOsDisk(disks: readonly Disk[]): Disk | undefined {
    return disks.some(({ osType }) => osType.state === "unknown")
        ? undefined
        : onlyOne(disks.filter(({ osType }) => osType.state === "known"));
}

function onlyOne<T>(all: readonly T[]): T | undefined {
    return all.length === 1 ? all[0] : undefined;
}

/** Azure makes an implicit disk in the VM's own group; with a name of its own its id can be computed. */
export function implicitDiskId(vm: VirtualMachine, { place }: Pick<AttachedDisk, "place">): Value<ArmId> {
    const readBack = targetOf(place.disk).id;
    const id = valueOf(vm.id);
    if (readBack.state !== "unknown" || place.diskName.state !== "known" || id === undefined) {
        return readBack;
    }
    return known({ ...id, type: "Microsoft.Compute/disks", names: [place.diskName.value] });
}

/** The id of the disk in a place, as far as it is known or can be computed. */
export function diskIdOf(vm: VirtualMachine, attached: AttachedDisk): ArmId | undefined {
    switch (attached.disk.state) {
        case "linked":
            return valueOf(attached.disk.to.id);
        case "external":
            return attached.disk.id;
        case "undecided":
        case "none":
            return attached.place.origin === "implicit" ? valueOf(implicitDiskId(vm, attached)) : undefined;
    }
}
