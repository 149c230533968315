import type { AttachedDisk } from "./attached-disks";
import { pushTo } from "../lists";
import type { Disk } from "../resources";
import type { Urn } from "../planned-resource";
import { restoredDisk, type Restored, type Sources } from "./restored-disk";
import type { RestoredAttachment } from "./restored-attachments";

/** A restored disk that a VM has, or may have. */
export interface PossibleRestore {
    /** With this very disk in the place. */
    readonly attached: AttachedDisk;
    readonly restored: Extract<Restored, { readonly state: "certain" | "possible" }>;
    /** The property that tells whether the VM has it; undefined where it surely has. */
    readonly waitsFor: string | undefined;
}

/**
 * Restored disks of which the plan does not tell where they stand, by the resources that the names of their groups come from.
 * An id that the program puts together from names refers to those alone.
 */
export class LooseRestores {
    private readonly byGroup = new Map<Urn, Disk[]>();

    constructor(disks: readonly Disk[], sources: Sources, isAttached: (disk: Disk) => boolean) {
        for (const disk of disks) {
            if (!disk.skipped && !isAttached(disk) && isRestored(restoredDisk(disk, sources))) {
                new Set(disk.groupFrom).forEach((urn) => pushTo(this.byGroup, urn, disk));
            }
        }
    }

    near({ dependencies }: AttachedDisk["place"]["disk"]): readonly Disk[] {
        return [...new Set(dependencies.flatMap((urn) => this.byGroup.get(urn) ?? []))];
    }
}

export function possibleRestores(
    attached: readonly AttachedDisk[],
    restores: readonly RestoredAttachment[],
    sources: Sources,
    loose: () => LooseRestores,
    isElsewhere: (disk: Disk) => boolean,
): readonly PossibleRestore[] {
    const sure = restores.flatMap(({ attached: each, restored }): PossibleRestore[] =>
        isRestored(restored) ? [{ attached: each, restored, waitsFor: undefined }] : [],
    );
    // The open places of a VM have the same candidates, and a disk is told once.
    const told = new Set<Disk>();
    const looked = new Set<readonly Disk[]>();
    const open = attached.flatMap(({ place, role, disk }): PossibleRestore[] => {
        if (disk.state !== "undecided" || place.origin === "implicit") {
            return [];
        }
        const candidates = disk.candidates.length > 0 ? disk.candidates : loose().near(place.disk);
        if (looked.has(candidates)) {
            return [];
        }
        looked.add(candidates);
        return candidates.flatMap((candidate): PossibleRestore[] => {
            const restored = restoredDisk(candidate, sources);
            if (!isRestored(restored) || candidate.skipped || isElsewhere(candidate) || told.has(candidate)) {
                return [];
            }
            told.add(candidate);
            const there: AttachedDisk = { place, role, disk: { state: "linked", to: candidate } };
            return [{ attached: there, restored, waitsFor: disk.property }];
        });
    });
    return [...sure, ...open];
}

function isRestored(restored: Restored): restored is PossibleRestore["restored"] {
    return restored.state === "certain" || restored.state === "possible";
}
