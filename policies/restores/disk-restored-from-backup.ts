import { displayName } from "../../src/model/ids/display-name";
import { type Restored, restoredDisk, restoredPlace, type RestoreSource } from "../../src/model/disks/restored-disk";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { INTEROPERABILITY } from "../../src/advice/interoperability";
import { sourceInWords } from "../../src/advice/restore-source";
import { NIST } from "../../src/facts/frameworks";
import { resourcePolicy, type ResourceSubject } from "../policy";
import { type RestoreConfiguration, restoreSettings } from "./restores";

type Subject = ResourceSubject<"disk" | "VM" | "disk attachment">;

interface Parameters {
    readonly disk: string;
    readonly certain: boolean;
    readonly from: RestoreSource;
}

/** BCDR110: the early notice, on the disk alone. Whether a replicated VM has it is for the stack policies. */
export const diskRestoredFromBackup = resourcePolicy<
    "disk" | "VM" | "disk attachment",
    Parameters,
    RestoreConfiguration
>({
    id: "BCDR110",
    name: "disk-restored-from-backup",
    level: "advisory",
    severity: "medium",
    summary: "A disk comes from a backup.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "restore"],
    remediationSteps:
        "If the VM that gets the disk is replicated, disable its replication and enable it again with the restored disk in the list.",
    kinds: ["disk", "VM", "disk attachment"],
    restoredDisksOnly: true,
    settings: restoreSettings,

    *evaluate(subject, { countPossible }): Iterable<Verdict<Parameters>> {
        const { entity } = subject;
        for (const { name, restored } of disksMadeBy(subject)) {
            if (restored.state === "unknown") {
                yield undecided(entity, restored.property);
            } else if (restored.state === "certain" || (restored.state === "possible" && countPossible)) {
                yield {
                    verdict: "violated",
                    subject: subjectOf(entity, entity.kind === "VM" ? entity : undefined),
                    parameters: { disk: name, certain: restored.state === "certain", from: restored.from },
                };
            }
        }
    },

    message: ({ disk, certain, from }): Message => ({
        headline: headline(
            (name, vm) => `Disk ${name} ${certain ? "is" : "may be"} restored from ${sourceInWords(from, vm)}.`,
            disk,
            from.backup?.vm ?? "",
        ),
        why:
            "Site Recovery knows the disks of a VM by their ids, and a restored disk has a new one. A VM that runs on it " +
            "is replicated as it stands only if replication was enabled after the restore, with this disk in its list.",
        fix: {
            kind: "in order",
            intro: "If a replicated VM has this disk, or gets it (else there is nothing to do):",
            steps: [
                { do: "If its replicated item is made after the restore and lists this disk, all is well." },
                {
                    do: "If not, disable replication of the VM: Recovery Services vault > Replicated items > Disable replication.",
                },
                {
                    do: "Enable it anew with a new replicated item whose list holds the id of this disk; editing the list of an azure-native item that exists re-protects nothing.",
                },
                { do: "Wait for the first recovery point, then run a test failover." },
            ],
        },
        sources: [INTEROPERABILITY["2025-12-08"].page],
    }),
});

/** A disk resource makes itself; a VM makes the data disks that it copies or restores as it comes up (RD-06). */
function disksMadeBy({ entity, sources }: Subject): { readonly name: string; readonly restored: Restored }[] {
    switch (entity.kind) {
        case "disk":
            return [{ name: displayName(entity), restored: restoredDisk(entity, sources) }];
        case "VM":
            return entity.diskPlaces
                .filter((place) => place.role === "data" && place.origin === "implicit")
                .map((place) => ({
                    name: `${displayName(entity)}, LUN ${place.lun ?? "?"}`,
                    restored: restoredPlace(place, sources),
                }));
        case "disk attachment":
            return entity.place.origin === "implicit"
                ? [{ name: displayName(entity), restored: restoredPlace(entity.place, sources) }]
                : [];
    }
}
