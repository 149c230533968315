import type { Attachments } from "../disks/attachments";
import type { Link } from "../link";
import type { ResourcesByKind } from "../external-resources";
import type { BackupItem, DiskBackup, ReplicatedItem, ReplicationIntent, VirtualMachine } from "../resources";
import type { VmLinks } from "./vm-links";

/** What protects VMs, with the VMs that it protects. */
export interface LinkedItems {
    readonly backupItems: ReadonlyMap<BackupItem, Link<VirtualMachine>>;
    readonly replicatedItems: ReadonlyMap<ReplicatedItem, Link<VirtualMachine>>;
    /** Of the stack alone: an inventory has the items that came of them. */
    readonly intents: ReadonlyMap<ReplicationIntent, Link<VirtualMachine>>;
    /** Several VMs where a disk is shared. */
    readonly diskBackups: ReadonlyMap<DiskBackup, readonly Link<VirtualMachine>[]>;
    /** VMs that are not in the stack but that items of it protect. */
    readonly externalVms: readonly VirtualMachine[];
}

/** Links the items of the stack, or those outside of it, and intents. */
export function linkItems(
    items: ResourcesByKind,
    intents: readonly ReplicationIntent[],
    links: VmLinks,
    attachments: Attachments,
): LinkedItems {
    return {
        backupItems: new Map(items.of("backup item").map((item) => [item, links.of(item)])),
        diskBackups: new Map(items.of("disk backup").map((item) => [item, attachments.vmsWith(item.disk)])),
        replicatedItems: new Map(items.of("replicated item").map((item) => [item, links.of(item)])),
        intents: new Map(intents.map((intent) => [intent, links.of(intent)])),
        externalVms: links.externalVms,
    };
}

export function joined(stack: LinkedItems, others: LinkedItems): LinkedItems {
    return {
        backupItems: new Map([...stack.backupItems, ...others.backupItems]),
        diskBackups: new Map([...stack.diskBackups, ...others.diskBackups]),
        replicatedItems: new Map([...stack.replicatedItems, ...others.replicatedItems]),
        intents: stack.intents,
        externalVms: stack.externalVms,
    };
}
