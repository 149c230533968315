import { compare, withEvidence } from "../../src/model/answers";
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
    replicatedDiskPolicy,
} from "./replicated-vm";

const { limit, page } = SITE_RECOVERY.ZONE_REDUNDANT;

/** BCDR212: a zone-redundant disk is replicated between zones (A2A-08, A2A-09). */
export const zoneRedundantDiskZoneToZone = replicatedDiskPolicy({
    id: "BCDR212",
    name: "zone-redundant-disk-zone-to-zone",
    level: "mandatory",
    severity: "high",
    summary: "A zone-redundant disk is replicated between zones.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",
    appliesTo: betweenZones,

    check: ({ disk: { definedBy, sku } }) =>
        withEvidence(
            compare(definedBy, sku, (name) => name.toLowerCase().endsWith(limit.skusEndWith.toLowerCase())),
            () => ({ value: "zone-redundant", property: diskProperty(definedBy, "kind") }),
        ),

    message: ({ vm, item, found }, { dryRun }) => ({
        headline: headline((name) => `The VM ${name} is replicated between zones and has zone-redundant disks.`, vm),
        why: "Site Recovery replicates zone-redundant disks between regions only; between zones, Azure keeps their copies itself.",
        facts: lines(found),
        fix: ways(
            [
                {
                    do: `Make ${quotedDisks(found)} locally redundant (the same kind with _LRS): ${placesOf(found)}. ${COPIED}`,
                },
                toAnotherRegion(item, vm),
                ...(dataDisks(found).length === 0 ? [] : [leaveOut(item, dataDisks(found))]),
            ],
            dryRun,
        ),
        sources: [page],
    }),
});
