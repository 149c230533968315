import { compare, NO, withEvidence } from "../../src/model/answers";
import { valueOf } from "../../src/model/values";
import { headline } from "../../src/findings/message";
import { ways } from "../../src/advice/fix";
import { leaveOut, MAY_NOT_REPLICATE, withNewDisks } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { dataDisks, diskProperty, lines, placesOf, disksIn, replicatedDiskPolicy } from "./replicated-vm";
import { sizeInWords } from "./sizes-in-words";

const { least, most } = SITE_RECOVERY.DATA_DISK_SIZE.limit;

/** BCDR208: a replicated data disk is smaller or larger than Site Recovery supports (A2A-02). */
export const replicatedDataDiskSize = replicatedDiskPolicy({
    id: "BCDR208",
    name: "replicated-data-disk-size",
    level: "mandatory",
    severity: "high",
    summary: "A replicated data disk is too small or too large.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Use data disks of a supported size, or leave the disk out of replication.",

    check: ({ disk: { attached, definedBy, size } }) =>
        attached.role === "data"
            ? withEvidence(
                  compare(definedBy, size, (gib) => gib < least || gib > most),
                  () => ({ value: sizeInWords(valueOf(size) ?? 0), property: diskProperty(definedBy, "size") }),
              )
            : NO,

    message: ({ vm, item, found }, { dryRun }) => ({
        headline: headline(
            (name) => `Replicated VM ${name} has a data disk of a size that Site Recovery does not support.`,
            vm,
        ),
        why: `Site Recovery replicates data disks from ${sizeInWords(least)} to 32 TiB (${sizeInWords(most)}). ${MAY_NOT_REPLICATE}`,
        facts: lines(found),
        fix: ways(
            [
                withNewDisks(item, {
                    do: `Move the data on ${disksIn(found)} to disks of a supported size.`,
                    where: placesOf(found),
                    note: "An existing disk can grow but cannot shrink.",
                }),
                ...leaveOut(item, dataDisks(found)),
            ],
            dryRun,
        ),
        sources: [SITE_RECOVERY.DATA_DISK_SIZE.page],
    }),
});
