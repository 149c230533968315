import { mapValue, valueOf } from "../../src/model/values";
import { headline } from "../../src/findings/message";
import { listed } from "../../src/advice/names";
import { leaveOut, ways } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { gibibytes } from "./gibibytes";
import { dataDisks, diskProperty, lines, replicatedVmPolicy, seen } from "./replicated-vm";

const { least, most } = SITE_RECOVERY.DATA_DISK_SIZE.limit;

/** BCDR208: a replicated data disk is smaller or larger than Site Recovery takes (A2A-02). */
export const replicatedDataDiskSize = replicatedVmPolicy({
    id: "BCDR208",
    name: "replicated-data-disk-size",
    level: "mandatory",
    severity: "high",
    summary: "A replicated data disk is too small or too large.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    *look(vm, estate) {
        for (const disk of estate.disksOf(vm).filter(({ attached }) => attached.role === "data")) {
            const isExternal = mapValue(disk.size, (size) => size < least || size > most);
            const property = diskProperty(disk.definedBy, "size");
            yield* seen(disk.definedBy, isExternal, gibibytes(valueOf(disk.size) ?? 0), property, disk);
        }
    },

    message: ({ vm, item, found }, { dryRun }) => ({
        headline: headline(
            (name) => `The replicated VM ${name} has a data disk of a size that Site Recovery does not replicate.`,
            vm,
        ),
        why: `Site Recovery replicates data disks of ${gibibytes(least)} to ${gibibytes(most)}.`,
        details: lines(found),
        steps: ways(
            [
                `Spread the data over disks of ${gibibytes(least)} to ${gibibytes(most)}: ${listed(found.map(({ property }) => property))}. A disk that exists can grow, but not shrink.`,
                leaveOut(item, dataDisks(found)),
            ],
            dryRun,
        ),
        source: SITE_RECOVERY.DATA_DISK_SIZE.page,
    }),
});
