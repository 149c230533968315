import { mapValue, valueOf } from "../../src/model/values";
import { headline } from "../../src/findings/message";
import { backUpInstead, ways } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { gibibytes } from "./gibibytes";
import { diskProperty, replicatedVmPolicy, seen } from "./replicated-vm";

const { most } = SITE_RECOVERY.OS_DISK_SIZE.limit;

/** BCDR207: the OS disk of a replicated VM is larger than Site Recovery takes (A2A-01). */
export const replicatedOsDiskTooLarge = replicatedVmPolicy({
    id: "BCDR207",
    name: "replicated-os-disk-too-large",
    level: "mandatory",
    severity: "high",
    summary: "The OS disk of a replicated VM is too large.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    *look(vm, estate) {
        for (const disk of estate.disksOf(vm).filter(({ attached }) => attached.role === "os")) {
            const isTooLarge = mapValue(disk.size, (size) => size > most);
            const property = diskProperty(disk.definedBy, "size");
            yield* seen(disk.definedBy, isTooLarge, gibibytes(valueOf(disk.size) ?? 0), property, disk);
        }
    },

    message: ({ vm, item, found }, { dryRun }) => ({
        headline: headline(
            (name) => `The OS disk of the replicated VM ${name} has ${found[0]?.value}, more than ${gibibytes(most)}.`,
            vm,
        ),
        why: `Site Recovery replicates OS disks of up to ${gibibytes(most)}.`,
        steps: ways(
            [
                `Make the OS disk smaller: ${found[0]?.property}. A disk that exists cannot shrink: move its data to data disks and boot from a new OS disk.`,
                backUpInstead(item, vm),
            ],
            dryRun,
        ),
        source: SITE_RECOVERY.OS_DISK_SIZE.page,
    }),
});
