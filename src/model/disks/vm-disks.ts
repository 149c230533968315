import type { AttachedDisk } from "./attached-disks";
import { ABSENT, known, unknown, type Known } from "../values";
import type { AzureResource, Disk, Machine, PlaceSettings } from "../resources";
import type { Reference } from "../planned-resource";

/** A disk of a machine with all that the plan tells of it, by the machine or by the disk itself. */
export interface MachineDisk {
    readonly attached: AttachedDisk;
    /** Who tells size, kind and encryption: the disk where it is a resource of the stack, else the machine. */
    readonly toldBy: AzureResource;
    /** GiB; absent where it is as large as what it is made from. */
    readonly size: Known<number>;
    readonly sku: Known<string>;
    readonly isShared: Known<boolean>;
    readonly encryptionSet: Reference;
    readonly encryptedInGuest: Known<boolean>;
    /** `AzureActiveDirectory` where only Entra ID lets anyone read the disk. */
    readonly accessMode: Known<string>;
    readonly settings: PlaceSettings;
}

export function machineDisk(machine: Machine, attached: AttachedDisk): MachineDisk {
    const { place, disk: link } = attached;
    const { settings } = place;
    if (link.state === "linked") {
        return ofDisk(link.to, attached, settings);
    }
    // Which disk of the program stands here is open; a disk that Azure makes is as the machine asks for it.
    const isOpen = link.state === "undecided" && place.origin === "explicit";
    // Another stack has it, and of that nothing is known but what the machine says.
    const isElsewhere = link.state === "external" && link.isOpen === true && place.origin === "explicit";
    const told = <T>(value: Known<T>): Known<T> =>
        isOpen || (isElsewhere && value.state === "absent") ? unknown(place.disk.property) : value;
    return {
        attached,
        toldBy: machine,
        size: told(settings.size),
        sku: told(settings.sku),
        isShared: told(isElsewhere ? ABSENT : known(false)),
        encryptionSet: { ...settings.encryptionSet, id: told(settings.encryptionSet.id) },
        encryptedInGuest: told(settings.encryptedInGuest),
        accessMode: told(ABSENT),
        settings,
    };
}

function ofDisk(disk: Disk, attached: AttachedDisk, settings: PlaceSettings): MachineDisk {
    const first = <T>(own: Known<T>, other: Known<T>): Known<T> => (own.state === "absent" ? other : own);
    const { maxShares } = disk;
    return {
        attached,
        toldBy: disk,
        size: first(disk.size, settings.size),
        sku: first(disk.sku, settings.sku),
        isShared: maxShares.state === "unknown" ? maxShares : known(maxShares.state === "known" && maxShares.value > 1),
        encryptionSet: disk.encryptionSet.id.state === "absent" ? settings.encryptionSet : disk.encryptionSet,
        encryptedInGuest: first(disk.encryptedInGuest, settings.encryptedInGuest),
        accessMode: disk.accessMode,
        settings,
    };
}
