import { isTrue, withEvidence } from "../../src/model/answers";
import { headline } from "../../src/findings/message";
import { ways } from "../../src/advice/fix";
import { leaveOut, MAY_NOT_REPLICATE } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { dataDisks, lines, placeProperty, placesOf, disksIn, replicatedDiskPolicy } from "./replicated-vm";

/** BCDR203: a replicated disk has Write Accelerator (A2A-13). */
export const replicatedDiskWriteAccelerator = replicatedDiskPolicy({
    id: "BCDR203",
    name: "replicated-disk-write-accelerator",
    level: "mandatory",
    severity: "high",
    summary: "A replicated disk uses Write Accelerator.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Turn off Write Accelerator, or leave the disk out of replication.",

    check: ({ vm, disk }) =>
        withEvidence(isTrue(vm, disk.settings.writeAccelerated), () => ({
            value: "Write Accelerator is on",
            property: placeProperty(vm, disk, "writeAccelerator"),
        })),

    message: ({ vm, item, found }, { dryRun }) => ({
        headline: headline(
            (name) => `Replicated VM ${name} uses Write Accelerator, which Site Recovery does not support.`,
            vm,
        ),
        why: MAY_NOT_REPLICATE,
        facts: lines(found),
        fix: ways(
            [
                {
                    do: `Turn off Write Accelerator on ${disksIn(found)}.`,
                    where: placesOf(found),
                    note: "Writes become slower. Check the performance of the database that uses the disk.",
                },
                ...leaveOut(item, dataDisks(found)),
            ],
            dryRun,
        ),
        sources: [SITE_RECOVERY.WRITE_ACCELERATOR.page],
    }),
});
