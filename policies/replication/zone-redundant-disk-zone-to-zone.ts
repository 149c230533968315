import { mapValue } from "../../src/model/values";
import { headline } from "../../src/findings/message";
import { COPIED, leaveOut, toAnotherRegion, ways } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import {
    betweenZones,
    dataDisks,
    diskProperty,
    lines,
    placesOf,
    quotedDisks,
    replicatedVmPolicy,
    seen,
} from "./replicated-vm";

const { limit, page } = SITE_RECOVERY.ZONE_REDUNDANT;

/** BCDR212: a zone-redundant disk is replicated between zones (A2A-08, A2A-09). */
export const zoneRedundantDiskZoneToZone = replicatedVmPolicy({
    id: "BCDR212",
    name: "zone-redundant-disk-zone-to-zone",
    level: "mandatory",
    severity: "high",
    summary: "A zone-redundant disk is replicated between zones.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",
    concerns: betweenZones,

    *look(vm, estate) {
        for (const disk of estate.disksOf(vm)) {
            const isZoneRedundant = mapValue(disk.sku, (sku) =>
                sku.toLowerCase().endsWith(limit.skusEndWith.toLowerCase()),
            );
            yield* seen(disk.definedBy, isZoneRedundant, "zone-redundant", diskProperty(disk.definedBy, "kind"), disk);
        }
    },

    message: ({ vm, item, found }, { dryRun }) => ({
        headline: headline((name) => `The VM ${name} is replicated between zones and has zone-redundant disks.`, vm),
        why: "Site Recovery replicates zone-redundant disks between regions only; between zones, Azure keeps their copies itself.",
        details: lines(found),
        steps: ways(
            [
                `Make ${quotedDisks(found)} locally redundant (the same kind with _LRS): ${placesOf(found)}. ${COPIED}`,
                toAnotherRegion(item, vm),
                ...(dataDisks(found).length === 0 ? [] : [leaveOut(item, dataDisks(found))]),
            ],
            dryRun,
        ),
        source: page,
    }),
});
