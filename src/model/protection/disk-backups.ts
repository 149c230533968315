import type { Answer } from "../answers";
import { armKey } from "../ids/arm-id";
import { implicitDiskId, type AttachedDisk } from "../disks/attached-disks";
import type { ResourceIndex } from "../link";
import { pushTo } from "../lists";
import type { Disk, DiskBackup, VirtualMachine } from "../resources";
import { Protections } from "./protections";

/** Which instances of Disk Backup are on which disk. */
export class DiskBackups {
    private readonly onDisks = new Protections<DiskBackup, Disk>();
    /** On disks that are no resources of the program. */
    private readonly byId = new Map<string, DiskBackup[]>();

    constructor(backups: readonly DiskBackup[], disks: ResourceIndex<Disk>) {
        for (const backup of backups) {
            const link = disks.follow(backup.disk);
            this.onDisks.add(backup, link, backup.active);
            if (link.state === "external" && backup.active.state === "known" && backup.active.value) {
                pushTo(this.byId, armKey(link.id), backup);
            }
        }
    }

    /** @param vm one of whose disks some instance is on */
    of(vm: VirtualMachine, attached: AttachedDisk): Answer<DiskBackup> {
        const { disk, place } = attached;
        if (disk.state === "linked") {
            return this.onDisks.answer(disk.to);
        }
        const id =
            disk.state === "external" ? ({ state: "known", value: disk.id } as const) : implicitDiskId(vm, { place });
        if (id.state !== "known") {
            return { answer: "unknown", openQuestions: [{ resource: vm, property: place.disk.property }] };
        }
        const items = this.byId.get(armKey(id.value));
        return items === undefined ? { answer: "no" } : { answer: "yes", items };
    }
}
