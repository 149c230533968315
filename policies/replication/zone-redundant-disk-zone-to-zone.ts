import { compare, withEvidence } from "../../src/model/answers";
import { headline } from "../../src/findings/message";
import { ways } from "../../src/advice/fix";
import {
    COPIED,
    leaveOut,
    MAY_NOT_REPLICATE,
    toAnotherRegion,
    withNewDisks,
} from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { betweenZones, dataDisks, diskProperty, lines, placesOf, disksIn, replicatedDiskPolicy } from "./replicated-vm";

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
    remediationSteps: "Use locally redundant disks, replicate to another region, or leave the disk out of replication.",
    appliesTo: betweenZones,

    check: ({ disk: { definedBy, sku } }) =>
        withEvidence(
            compare(definedBy, sku, (name) => name.toLowerCase().endsWith(limit.skusEndWith.toLowerCase())),
            () => ({ value: "zone-redundant", property: diskProperty(definedBy, "kind") }),
        ),

    message: ({ vm, item, found }, { dryRun }) => ({
        headline: headline(
            (name) => `VM ${name} has a zone-redundant disk, which Site Recovery does not replicate between zones.`,
            vm,
        ),
        why: `Site Recovery replicates zone-redundant disks only between regions. ${MAY_NOT_REPLICATE}`,
        facts: lines(found),
        fix: ways(
            [
                withNewDisks(item, {
                    do: `Replace ${disksIn(found)} with ${found.length === 1 ? "a locally redundant (LRS) disk" : "locally redundant (LRS) disks"} of the same type.`,
                    where: placesOf(found),
                    note: COPIED,
                }),
                toAnotherRegion(item, vm),
                ...leaveOut(item, dataDisks(found)),
            ],
            dryRun,
        ),
        sources: [page],
    }),
});
