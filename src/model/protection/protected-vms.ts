import { NO_LINK, type Link } from "../link";
import type { BackupItem, DiskBackup, ReplicatedItem, VirtualMachine } from "../resources";
import type { LinkedItems } from "./linked-items";

/** Which VM each item protects. */
export class ProtectedVms {
    constructor(private readonly linked: LinkedItems) {}

    of(item: ReplicatedItem | BackupItem): Link<VirtualMachine> {
        const link =
            item.kind === "backup item" ? this.linked.backupItems.get(item) : this.linked.replicatedItems.get(item);
        return link ?? NO_LINK;
    }

    /** The VMs that have the disk of a Disk Backup instance: several where it is shared. */
    linksOf(backup: DiskBackup): readonly Link<VirtualMachine>[] {
        return this.linked.diskBackups.get(backup) ?? [];
    }

    /** Those of them that are known. */
    withDiskOf(backup: DiskBackup): readonly VirtualMachine[] {
        return this.linksOf(backup).flatMap((link) => (link.state === "linked" ? [link.to] : []));
    }
}
