import type { OpenQuestion } from "../answers";
import type { AttachedDisk } from "./attached-disks";
import { getOrCreate } from "../lists";
import type { Disk } from "../resources";
import type { ReplicatedVm } from "../protection/replicated-vm";
import { restoredDisk, restoredPlace, type Restored, type RestoreSource, type Sources } from "./restored-disk";

/** A disk of a VM that was, or may have been, restored from a backup. */
export interface RestoredAttachment {
    readonly attached: AttachedDisk;
    /** The resource that it is; undefined where Azure makes it with the VM. */
    readonly disk: Disk | undefined;
    readonly restored: Exclude<Restored, { state: "no" }>;
}

export function restoredAttachments(
    attached: readonly AttachedDisk[],
    sources: Sources,
): readonly RestoredAttachment[] {
    // The open places of a VM have the same candidates.
    const answers = new Map<readonly Disk[], boolean>();
    const isAnyRestored = (candidates: readonly Disk[]): boolean =>
        getOrCreate(answers, candidates, () =>
            candidates.some((candidate) => restoredDisk(candidate, sources).state !== "no"),
        );
    return attached.flatMap((each): RestoredAttachment[] => {
        const { place, disk } = each;
        if (disk.state === "linked") {
            const restored = restoredDisk(disk.to, sources);
            return restored.state === "no" ? [] : [{ attached: each, disk: disk.to, restored }];
        }
        if (place.role === "data" && place.origin === "implicit") {
            const restored = restoredPlace(place, sources);
            return restored.state === "no" ? [] : [{ attached: each, disk: undefined, restored }];
        }
        // One of several disks is here; it matters only if one of them is a restored one. A list that is unknown
        // as a whole may also hold places from which Azure makes restored disks (RD-06).
        const mayBe = disk.state === "undecided" && (place.isWholeList || isAnyRestored(disk.candidates));
        return mayBe
            ? [{ attached: each, disk: undefined, restored: { state: "unknown", property: disk.property } }]
            : [];
    });
}

/** A restored disk on which a replicated VM runs without replication knowing it. */
export interface UnreplicatedRestore {
    readonly attached: AttachedDisk;
    readonly disk: Disk | undefined;
    readonly from: RestoreSource;
    /** False where it only looks like a restored disk. */
    readonly isCertain: boolean;
}

/**
 * The heart of the matter: which restored disks of a replicated VM does replication not know? A disk that an
 * authoritative list names was there when replication was enabled, so it was enabled after the restore.
 */
export function unreplicatedRestores(
    replicated: ReplicatedVm,
    restores: readonly RestoredAttachment[],
): {
    readonly found: readonly UnreplicatedRestore[];
    readonly open: readonly (OpenQuestion & { role: AttachedDisk["role"] })[];
} {
    const found: UnreplicatedRestore[] = [];
    const open: (OpenQuestion & { role: AttachedDisk["role"] })[] = [];
    const { vm } = replicated;
    for (const { attached, disk, restored } of replicated.hasLists ? restores : []) {
        const listed = replicated.isListed(attached);
        const { role } = attached;
        if (listed === "yes") {
            continue;
        }
        if (restored.state === "unknown") {
            open.push({ resource: disk ?? vm, property: restored.property, role });
        } else if (listed === "unknown") {
            open.push({ ...replicated.listQuestion, role });
        } else {
            found.push({ attached, disk, from: restored.from, isCertain: restored.state === "certain" });
        }
    }
    return { found, open };
}

/**
 * Whether a disk is, or may turn out to be, one that a policy counts.
 *
 * @param countPossible whether disks count that only look like restored ones
 */
export function counts(restored: Restored, countPossible: boolean): boolean {
    return (
        restored.state === "certain" || restored.state === "unknown" || (restored.state === "possible" && countPossible)
    );
}
