import type { AttachedDisk } from "./attached-disks";
import { ABSENT, known, unknown, type Value } from "../values";
import type { AzureResource, Disk, VirtualMachine, PlaceSettings } from "../resources";
import type { Reference } from "../planned-resource";

/** A disk of a VM with all that the plan says about it, in the VM or in the disk itself. */
export interface VmDisk {
    readonly attached: AttachedDisk;
    /** Who tells size, kind and encryption: the disk where it is a resource of the stack, else the VM. */
    readonly definedBy: AzureResource;
    /** GiB; absent where it is as large as what it is made from. */
    readonly size: Value<number>;
    readonly sku: Value<string>;
    readonly isShared: Value<boolean>;
    readonly encryptionSet: Reference;
    readonly encryptedInGuest: Value<boolean>;
    /** `AzureActiveDirectory` where only Entra ID lets anyone read the disk. */
    readonly accessMode: Value<string>;
    /** False where it can be exported over any network; absent means that. */
    readonly isPrivate: Value<boolean>;
    readonly settings: PlaceSettings;
}

export function vmDisk(vm: VirtualMachine, attached: AttachedDisk): VmDisk {
    const { place, disk: link } = attached;
    const { settings } = place;
    if (link.state === "linked") {
        return ofDisk(link.to, attached, settings);
    }
    // Which disk of the program is here is open; a disk that Azure makes is what the VM asks for.
    const isOpen = link.state === "undecided" && place.origin === "explicit";
    // Another stack has it, and of that nothing is known but what the VM says.
    const isElsewhere = link.state === "external" && link.isOpen === true && place.origin === "explicit";
    const told = <T>(value: Value<T>): Value<T> =>
        isOpen || (isElsewhere && value.state === "absent") ? unknown(place.disk.property) : value;
    return {
        attached,
        definedBy: vm,
        size: told(settings.size),
        sku: told(settings.sku),
        isShared: told(isElsewhere ? ABSENT : known(false)),
        encryptionSet: { ...settings.encryptionSet, id: told(settings.encryptionSet.id) },
        encryptedInGuest: told(settings.encryptedInGuest),
        accessMode: told(ABSENT),
        // Azure makes a disk that can be exported over any network, and a VM cannot ask for another.
        isPrivate: told(ABSENT),
        settings,
    };
}

function ofDisk(disk: Disk, attached: AttachedDisk, settings: PlaceSettings): VmDisk {
    const first = <T>(own: Value<T>, other: Value<T>): Value<T> => (own.state === "absent" ? other : own);
    const { maxShares } = disk;
    return {
        attached,
        definedBy: disk,
        size: first(disk.size, settings.size),
        sku: first(disk.sku, settings.sku),
        isShared: maxShares.state === "unknown" ? maxShares : known(maxShares.state === "known" && maxShares.value > 1),
        encryptionSet: disk.encryptionSet.id.state === "absent" ? settings.encryptionSet : disk.encryptionSet,
        encryptedInGuest: first(disk.encryptedInGuest, settings.encryptedInGuest),
        accessMode: disk.accessMode,
        isPrivate: disk.isPrivate,
        settings,
    };
}
