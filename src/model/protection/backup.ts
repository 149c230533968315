import { any, NO, type Answer, type OpenQuestion } from "../answers";
import type { AttachedDisk } from "../disks/attached-disks";
import type { Disks } from "../disks/disks";
import type { Entities } from "../entities";
import type { ExternalView } from "../external-view";
import { type Link, ResourceIndex } from "../link";
import type { ResourcesByKind } from "../external-resources";
import type { BackupItem, Disk, DiskBackup, DiskBackupPolicy, PolicyAssignment, VirtualMachine } from "../resources";
import { ABSENT, known, mapValue, unknown, valueOf, type Value } from "../values";
import type { AssignedProtection } from "./assigned-protection";
import { DiskBackups } from "./disk-backups";
import type { LinkedItems } from "./linked-items";
import { Protections } from "./protections";
import type { Vaults } from "./vaults";

const DISK_BACKUP_POLICY = "Microsoft.DataProtection/backupVaults/backupPolicies";

/** What Azure Backup keeps of each VM. */
export class Backup {
    /** The items of the stack. */
    readonly items: readonly BackupItem[];
    /** The instances of Disk Backup of the stack. */
    readonly diskBackups: readonly DiskBackup[];
    private readonly vmItems = new Protections<BackupItem>();
    private readonly fileItems = new Protections<BackupItem>();
    private readonly diskItems = new Protections<DiskBackup>();
    private readonly byDisk: DiskBackups;
    private readonly diskPolicies: ResourceIndex<DiskBackupPolicy>;

    constructor(
        stack: Entities,
        all: ResourcesByKind,
        linked: LinkedItems,
        private readonly diskIndex: ResourceIndex<Disk>,
        private readonly disks: Disks,
        private readonly assigned: AssignedProtection,
        /** True where the stack has anything of Azure Backup: a vault, an item, or an assignment that turns it on. */
        readonly isUsedHere: Value<boolean>,
    ) {
        this.items = stack.of("backup item");
        this.diskBackups = stack.of("disk backup");
        for (const [item, link] of linked.backupItems) {
            this.vmItems.add(item, link, and(isLevel(item, "VM"), item.active));
            this.fileItems.add(item, link, and(isLevel(item, "file"), item.active));
        }
        for (const [backup, links] of linked.diskBackups) {
            links.forEach((link) => this.diskItems.add(backup, link, backup.active));
        }
        this.byDisk = new DiskBackups(all.of("disk backup"), diskIndex);
        this.diskPolicies = new ResourceIndex(stack.of("disk backup policy"), DISK_BACKUP_POLICY);
    }

    /** All that backs a VM up, as a whole or by any of its disks. */
    of(vm: VirtualMachine): Answer<BackupItem | DiskBackup | PolicyAssignment> {
        return any<BackupItem | DiskBackup | PolicyAssignment>([
            this.ofWholeVm(vm),
            this.ofAnyDisk(vm),
            this.assigned.of(vm, "backup"),
            this.assigned.elsewhere(vm, "disk backup"),
            ...this.disks.attachedTo(vm).map((attached) => this.ofDisk(vm, attached)),
        ]);
    }

    /** The VM-level items that protect this VM now. */
    ofWholeVm(vm: VirtualMachine): Answer<BackupItem> {
        return this.vmItems.answer(vm);
    }

    /** Items that may back this VM up as a whole, too, beside those that surely do. */
    possiblyOfWholeVm(vm: VirtualMachine): readonly OpenQuestion[] {
        return this.vmItems.possibleFor(vm);
    }

    /** Its file-level items (files, shares, in-guest workloads); restoring from them is harmless (INT-02). */
    ofFiles(vm: VirtualMachine): Answer<BackupItem> {
        return this.fileItems.answer(vm);
    }

    /** The Disk Backup instances on disks of this VM. */
    ofAnyDisk(vm: VirtualMachine): Answer<DiskBackup> {
        return this.diskItems.answer(vm);
    }

    /** The Disk Backup instances on one disk of a VM, and the assignments of Azure Policy that make one. */
    ofDisk(vm: VirtualMachine, attached: AttachedDisk): Answer<DiskBackup | PolicyAssignment> {
        const { disk } = attached;
        const { id, urn, groupFrom, location } = vm;
        // A disk that Azure makes with a VM is in its group and region, but gets none of its tags.
        const place = disk.state === "linked" ? disk.to : { id, urn, groupFrom, location, tags: ABSENT };
        const byItem = this.ofAnyDisk(vm).answer === "no" ? NO : this.byDisk.of(vm, attached);
        return any<DiskBackup | PolicyAssignment>([byItem, this.assigned.ofDisk(place)]);
    }

    /** The disk that an instance of Disk Backup protects. */
    diskOf({ disk }: DiskBackup): Link<Disk> {
        return this.diskIndex.follow(disk);
    }

    /** The policy that an instance of Disk Backup follows. */
    policyOf({ policy }: DiskBackup): Link<DiskBackupPolicy> {
        return this.diskPolicies.follow(policy);
    }
}

/** Whether the stack has anything of Azure Backup. */
export function isBackupUsed(
    stack: Entities,
    assigned: AssignedProtection,
    external: ExternalView,
    vaults: Vaults,
): Value<boolean> {
    const kinds = ["backup vault", "backup item", "disk backup"] as const;
    if (kinds.some((kind) => stack.of(kind).length > 0) || hasVaultForBackups(vaults)) {
        return known(true);
    }
    const isAssigned = assigned.turnsOn(["backup", "disk backup"]);
    // Azure Backup that other stacks have may be meant for VMs of this one, too: their tags would say so.
    const subscriptions = stack.of("VM").map(({ subscription }) => subscription);
    return valueOf(isAssigned) === false && external.hasBackups(subscriptions) ? unknown("tags") : isAssigned;
}

/** A vault with nothing in it is meant for backups, unless the stack has vaults for Site Recovery: it may be one of those. */
function hasVaultForBackups(vaults: Vaults): boolean {
    const all = vaults.recoveryServicesVaults;
    return (
        all.some((vault) => vaults.mayServeBackup(vault)) ||
        (all.length > 0 && !all.some((vault) => vaults.servesMoreThanSiteRecovery(vault).answer === "no"))
    );
}

function isLevel(item: BackupItem, level: "VM" | "file"): Value<boolean> {
    return mapValue(item.level, (itemLevel) => itemLevel === level);
}

function and(a: Value<boolean>, b: Value<boolean>): Value<boolean> {
    if ((a.state === "known" && !a.value) || (b.state === "known" && !b.value)) {
        return known(false);
    }
    return a.state === "known" ? b : a;
}
