import type { Step } from "../../src/advice/fix";
import { displayName } from "../../src/model/ids/display-name";
import { type Restored, restoredDisk, restoredPlace, type RestoreSource } from "../../src/model/disks/restored-disk";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { INTEROPERABILITY } from "../../src/advice/interoperability";
import { dropFromState, prepare, withCheck } from "../../src/advice/re-protection";
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

/** BCDR110: the early notice, on the disk alone. The stack policies find out whether a replicated VM has it. */
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
        "If a replicated VM uses the disk, disable its replication and enable it again with the restored disk in the list.",
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

    message: ({ disk, certain, from }): Message => {
        const disabling: Step = {
            do: "Disable replication of the VM, and wait for the job to finish.",
            note: "In the Azure portal: Recovery Services vault > Replicated items > the VM > Disable replication.",
        };
        const enabling: Step = { do: "Enable replication again (the VM must be running):", commands: ["pulumi up"] };
        const { steps, notes } = withCheck({
            isRestored: true,
            first: [
                {
                    do: "Check whether a replicated item lists this disk and was created after the restore. If so, you are done.",
                },
            ],
            check: (step) => prepare(true, step),
            rest: [
                disabling,
                dropFromState(),
                {
                    do: `Add the ID of "${disk}" to the list of disks of the replicated item.`,
                    note: "Disable replication before you edit the list. While the item exists, an edit replicates no other disk.",
                },
                enabling,
                { do: "After the first recovery point, run a test failover." },
            ],
            disabling,
            enabling,
        });
        return {
            headline: headline(
                (name, vm) =>
                    certain
                        ? `Disk ${name} is restored from ${sourceInWords(from, vm)}.`
                        : `Disk ${name} may be a restored disk: it comes from ${sourceInWords(from, vm)}.`,
                disk,
                from.backup?.vm ?? "",
            ),
            why:
                "Site Recovery tracks disks by ID, and a restored disk has a new ID. " +
                "Until replication is enabled with this disk in the list, a failover brings up the VM without it.",
            fix: {
                kind: "in order",
                intro: "If a replicated VM uses this disk (otherwise there is nothing to do), in this order:",
                steps,
            },
            notes: [
                ...notes,
                "If this stack also has the VM and its replicated item, BCDR111 or BCDR121 checks the list and prints the commands.",
            ],
            sources: [INTEROPERABILITY["2025-12-08"].page],
        };
    },
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
