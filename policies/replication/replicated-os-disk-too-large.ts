import { compare, NO, withEvidence } from "../../src/model/answers";
import { valueOf } from "../../src/model/values";
import { headline } from "../../src/findings/message";
import { backUpInstead, ways } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { gibibytes } from "./gibibytes";
import { diskProperty, replicatedDiskPolicy } from "./replicated-vm";

const { most } = SITE_RECOVERY.OS_DISK_SIZE.limit;

/** BCDR207: the OS disk of a replicated VM is larger than Site Recovery takes (A2A-01). */
export const replicatedOsDiskTooLarge = replicatedDiskPolicy({
    id: "BCDR207",
    name: "replicated-os-disk-too-large",
    level: "mandatory",
    severity: "high",
    summary: "The OS disk of a replicated VM is too large.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    check: ({ disk: { attached, definedBy, size } }) =>
        attached.role === "os"
            ? withEvidence(
                  compare(definedBy, size, (gib) => gib > most),
                  () => ({ value: gibibytes(valueOf(size) ?? 0), property: diskProperty(definedBy, "size") }),
              )
            : NO,

    message: ({ vm, item, found: [{ value, property }] }, { dryRun }) => ({
        headline: headline(
            (name) => `The OS disk of the replicated VM ${name} has ${value}, more than ${gibibytes(most)}.`,
            vm,
        ),
        why: `Site Recovery replicates OS disks of up to ${gibibytes(most)}.`,
        fix: ways(
            [
                {
                    do: `Make the OS disk smaller: ${property}. A disk that exists cannot shrink: move its data to data disks and boot from a new OS disk.`,
                },
                backUpInstead(item, vm),
            ],
            dryRun,
        ),
        sources: [SITE_RECOVERY.OS_DISK_SIZE.page],
    }),
});
