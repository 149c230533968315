import { getOrCreate } from "../lists";
import type { Disk, VirtualMachine } from "../resources";
import type { Disks } from "./disks";
import { LooseRestores, possibleRestores, type PossibleRestore } from "./possible-restores";
import type { RestoreSources } from "./restore-sources";
import { restoredAttachments, type RestoredAttachment } from "./restored-attachments";

/** The disks that were restored from backups. */
export class Restores {
    private readonly ofVms = new Map<VirtualMachine, readonly RestoredAttachment[]>();
    /** Made where a VM has a place of which nothing is known. */
    private loose: LooseRestores | undefined;

    constructor(
        /** What disks are made from. */
        readonly sources: RestoreSources,
        private readonly disks: Disks,
        private readonly all: readonly Disk[],
    ) {}

    /** The disks of a VM that were, or may have been, restored from a backup. */
    of(vm: VirtualMachine): readonly RestoredAttachment[] {
        return getOrCreate(this.ofVms, vm, () => restoredAttachments(this.disks.attachedTo(vm), this.sources));
    }

    /** The restored disks that a VM has, and those that it may have. */
    possiblyOf(vm: VirtualMachine): readonly PossibleRestore[] {
        const { sources, disks } = this;
        const loose = (): LooseRestores =>
            (this.loose ??= new LooseRestores(this.all, sources, (disk) => disks.isAttached(disk)));
        return possibleRestores(disks.attachedTo(vm), this.of(vm), sources, loose, (disk) =>
            disks.isElsewhere(disk, vm),
        );
    }
}
