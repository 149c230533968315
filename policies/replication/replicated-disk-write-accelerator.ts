import { isTrue, withEvidence } from "../../src/model/answers";
import { headline } from "../../src/findings/message";
import { leaveOut, ways } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { dataDisks, lines, placeProperty, placesOf, quotedDisks, replicatedDiskPolicy } from "./replicated-vm";

/** BCDR203: a replicated disk has Write Accelerator (A2A-13). */
export const replicatedDiskWriteAccelerator = replicatedDiskPolicy({
    id: "BCDR203",
    name: "replicated-disk-write-accelerator",
    level: "mandatory",
    severity: "high",
    summary: "A replicated disk uses Write Accelerator.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    check: ({ vm, disk }) =>
        withEvidence(isTrue(vm, disk.settings.writeAccelerated), () => ({
            value: "Write Accelerator",
            property: placeProperty(vm, disk, "writeAccelerator"),
        })),

    message: ({ vm, item, found }, { dryRun }) => ({
        headline: headline(
            (name) => `The replicated VM ${name} has Write Accelerator on ${found.length === 1 ? "a disk" : "disks"}.`,
            vm,
        ),
        why: "Site Recovery cannot replicate a disk with Write Accelerator.",
        facts: lines(found),
        fix: ways(
            [
                {
                    do: `Turn it off on ${quotedDisks(found)}: ${placesOf(found)}, to false. Writes get slower: measure the database that uses the disk.`,
                },
                ...(dataDisks(found).length === 0 ? [] : [leaveOut(item, dataDisks(found))]),
            ],
            dryRun,
        ),
        sources: [SITE_RECOVERY.WRITE_ACCELERATOR.page],
    }),
});
