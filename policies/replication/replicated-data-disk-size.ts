import { compare, NO, withEvidence } from "../../src/model/answers";
import { valueOf } from "../../src/model/values";
import { headline } from "../../src/findings/message";
import { listed } from "../../src/advice/names";
import { leaveOut, ways } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { gibibytes } from "./gibibytes";
import { dataDisks, diskProperty, lines, replicatedDiskPolicy } from "./replicated-vm";

const { least, most } = SITE_RECOVERY.DATA_DISK_SIZE.limit;

/** BCDR208: a replicated data disk is smaller or larger than Site Recovery takes (A2A-02). */
export const replicatedDataDiskSize = replicatedDiskPolicy({
    id: "BCDR208",
    name: "replicated-data-disk-size",
    level: "mandatory",
    severity: "high",
    summary: "A replicated data disk is too small or too large.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    check: ({ disk: { attached, definedBy, size } }) =>
        attached.role === "data"
            ? withEvidence(
                  compare(definedBy, size, (gib) => gib < least || gib > most),
                  () => ({ value: gibibytes(valueOf(size) ?? 0), property: diskProperty(definedBy, "size") }),
              )
            : NO,

    message: ({ vm, item, found }, { dryRun }) => ({
        headline: headline(
            (name) => `The replicated VM ${name} has a data disk of a size that Site Recovery does not replicate.`,
            vm,
        ),
        why: `Site Recovery replicates data disks of ${gibibytes(least)} to ${gibibytes(most)}.`,
        facts: lines(found),
        fix: ways(
            [
                {
                    do: `Spread the data over disks of ${gibibytes(least)} to ${gibibytes(most)}: ${listed(found.map(({ property }) => property))}. A disk that exists can grow, but not shrink.`,
                },
                leaveOut(item, dataDisks(found)),
            ],
            dryRun,
        ),
        sources: [SITE_RECOVERY.DATA_DISK_SIZE.page],
    }),
});
