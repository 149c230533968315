import { mapValue, valueOf } from "../../src/model/values";
import { headline } from "../../src/findings/message";
import { leaveOut, ways } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { gibibytes } from "./gibibytes";
import { dataDisks, lines, placeProperty, placesOf, quotedDisks, replicatedVmPolicy, seen } from "./replicated-vm";

const { largestWithCaching } = SITE_RECOVERY.CACHING.limit;

/** BCDR216: a replicated disk of 4,096 GiB or more has host caching (A2A-44). */
export const replicatedDiskHostCaching = replicatedVmPolicy({
    id: "BCDR216",
    name: "replicated-disk-host-caching",
    level: "mandatory",
    severity: "high",
    summary: "A replicated disk of 4 TiB or more uses host caching.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    *look(vm, estate) {
        for (const disk of estate.disksOf(vm)) {
            const { size, definedBy, settings } = disk;
            const caching = valueOf(settings.caching);
            // Azure gives a disk of this size no caching of its own accord.
            const isOff = settings.caching.state === "absent" || caching?.toLowerCase() === "none";
            const isLarge = mapValue(size, (gib) => gib > largestWithCaching);
            const property = placeProperty(vm, disk, "caching");
            if (isOff || size.state === "absent" || valueOf(isLarge) === false) {
                continue;
            }
            const value = `${gibibytes(valueOf(size) ?? 0)}, caching ${caching ?? ""}`;
            yield* isLarge.state === "unknown"
                ? seen(definedBy, isLarge, value, property, disk)
                : seen(
                      vm,
                      mapValue(settings.caching, () => true),
                      value,
                      property,
                      disk,
                  );
        }
    },

    message: ({ vm, item, found }, { dryRun }) => ({
        headline: headline(
            (name) =>
                `The replicated VM ${name} has host caching on a disk of more than ${gibibytes(largestWithCaching)}.`,
            vm,
        ),
        why: `Host caching is not supported on replicated disks of more than ${gibibytes(largestWithCaching)}.`,
        details: lines(found),
        steps: ways(
            [
                `Set ${placesOf(found)} to None, for ${quotedDisks(found)}.`,
                ...(dataDisks(found).length === 0 ? [] : [leaveOut(item, dataDisks(found))]),
            ],
            dryRun,
        ),
        source: SITE_RECOVERY.CACHING.page,
    }),
});
