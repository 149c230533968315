import { getOrCreate } from "../lists";
import type { AzureResource, Disk, DiskAttachment, DiskPlace, VirtualMachine } from "../resources";
import type { AttachedDisk } from "./attached-disks";
import { vmDisk, type VmDisk } from "./vm-disks";

/** The disks of each VM, once all that decides their places has been looked at. */
export class Disks {
    private readonly vmDisks = new Map<VirtualMachine, readonly VmDisk[]>();

    constructor(
        private readonly attached: ReadonlyMap<VirtualMachine, readonly AttachedDisk[]>,
        private readonly vmsOfDisk: ReadonlyMap<Disk, ReadonlySet<VirtualMachine>>,
        private readonly attachments: ReadonlyMap<DiskPlace, DiskAttachment>,
    ) {}

    /** The disks of a VM with what is known of them, the OS disk among them. */
    of(vm: VirtualMachine): readonly VmDisk[] {
        return getOrCreate(this.vmDisks, vm, () => this.attachedTo(vm).map((attached) => vmDisk(vm, attached)));
    }

    attachedTo(vm: VirtualMachine): readonly AttachedDisk[] {
        return this.attached.get(vm) ?? [];
    }

    /** The resources beside the VM that make a disk what it is there: the disk itself, and what attaches it. */
    resourcesOf({ place, disk }: AttachedDisk): readonly AzureResource[] {
        const attachment = this.attachments.get(place);
        return [...(disk.state === "linked" ? [disk.to] : []), ...(attachment === undefined ? [] : [attachment])];
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
}

/** A disk that several VMs can have, or may be able to. */
export function isShareable({ maxShares }: Disk): boolean {
    return maxShares.state === "unknown" || (maxShares.state === "known" && maxShares.value > 1);
}
