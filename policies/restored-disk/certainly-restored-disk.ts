import type { Creation, Entity, Tags } from "../../estate/model";
import { restored, type RestoreSource } from "../../estate/restored-disk";
import { ABSENT } from "../../estate/known";
import type { Verdict } from "../../findings/finding";
import { headline, type Message } from "../../findings/message";
import { displayName, subjectOf } from "../../findings/subject";
import { INTEROPERABILITY } from "../../guidance/interoperability";
import type { Rule } from "../rule";
import type { Configuration } from "./policy";

interface Parameters {
    readonly disk: string;
    readonly certain: boolean;
    readonly from: RestoreSource;
}

/** BCDR110: the early notice, on the disk alone. Whether a replicated machine has it is for the stack policies. */
export const certainlyRestoredDisk: Rule<Entity, Configuration, Parameters> = {
    id: "BCDR110",
    finds: "a disk that is restored from a backup",

    *evaluate(entity, { countPossible }): Iterable<Verdict<Parameters>> {
        for (const { name, tags, creation } of disksMadeBy(entity)) {
            const verdict = restored({ azureName: entity.azureName, tags, creation });
            if (verdict.state === "unknown") {
                yield { verdict: "undecided", openQuestion: { resource: entity, property: verdict.property } };
            } else if (verdict.state === "certain" || (verdict.state === "possible" && countPossible)) {
                yield {
                    verdict: "violated",
                    subject: subjectOf(entity, entity.kind === "machine" ? entity : undefined),
                    parameters: { disk: name, certain: verdict.state === "certain", from: verdict.from },
                };
            }
        }
    },

    tell: ({ disk, certain, from }, { dryRun }): Message => ({
        headline: headline(
            (name) => `Disk ${name} ${certain ? "is" : "may be"} restored from ${sourceInWords(from)}.`,
            disk,
        ),
        why:
            "Site Recovery knows the disks of a machine by their ids, and a restored disk has a new one: a machine that runs on it " +
            "is no longer replicated as it stands, until replication has been disabled and enabled again.",
        steps: {
            occasion: dryRun
                ? "If the machine that gets this disk is replicated by Site Recovery (if not, there is nothing to do):"
                : "This has been applied. If the machine that has this disk is replicated by Site Recovery:",
            list: [
                dryRun
                    ? "Before the disk is attached, disable replication of the machine: Recovery Services vault > Replicated items > Disable replication."
                    : "Disable replication of the machine now: Recovery Services vault > Replicated items > Disable replication.",
                "Enable it anew with a new replicated item whose vmManagedDisks hold the id of this disk; editing the list of the old item re-protects nothing.",
                "Wait for the first recovery point, then run a test failover.",
            ],
        },
        source: INTEROPERABILITY["2025-12-08"].page,
    }),
};

interface MadeDisk {
    readonly name: string;
    readonly tags: Tags;
    readonly creation: Creation;
}

/** A disk resource makes itself; a machine makes the data disks that it copies or restores as it comes up (RD-06). */
function disksMadeBy(entity: Entity): MadeDisk[] {
    switch (entity.kind) {
        case "disk":
            return [{ name: displayName(entity), tags: entity.tags, creation: entity.creation }];
        case "machine":
            return entity.diskPlaces
                .filter((place) => place.role === "data" && place.origin === "implicit")
                .map(({ creation, lun }) => ({
                    name: `${displayName(entity)}, LUN ${lun ?? "?"}`,
                    tags: ABSENT,
                    creation,
                }));
        default:
            return [];
    }
}

function sourceInWords({ kind, machine, moment, byAzureBackup }: RestoreSource): string {
    const made = moment === undefined ? "" : ` of ${moment} UTC`;
    switch (kind) {
        case "restore point":
            return byAzureBackup
                ? `an Azure Backup recovery point${machine === undefined ? "" : ` of machine "${machine}"`}${made}`
                : "a restore point";
        case "snapshot":
            return byAzureBackup ? "a snapshot of Azure Backup" : "a snapshot";
        case "imported VHD":
            return byAzureBackup ? "an Azure Backup recovery point (imported VHD)" : "an imported VHD";
        case "restore":
            return byAzureBackup ? "an Azure Backup recovery point" : "a source that the plan does not name";
    }
}
