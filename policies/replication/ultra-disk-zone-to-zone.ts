import { equalsIgnoringCase } from "../../src/model/letter-case";
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

const { limit, page } = SITE_RECOVERY.ULTRA;

/** BCDR210: an Ultra disk is replicated between zones (A2A-06). */
export const ultraDiskZoneToZone = replicatedDiskPolicy({
    id: "BCDR210",
    name: "ultra-disk-zone-to-zone",
    level: "mandatory",
    severity: "high",
    summary: "An Ultra disk is replicated between zones.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Replicate to another region, use another disk type, or leave the disk out of replication.",
    appliesTo: betweenZones,

    check: ({ disk: { definedBy, sku } }) =>
        withEvidence(
            compare(definedBy, sku, (name) => equalsIgnoringCase(name, limit.sku)),
            () => ({ value: "Ultra disk", property: diskProperty(definedBy, "kind") }),
        ),

    message: ({ vm, item, found }, { dryRun }) => ({
        headline: headline(
            (name) => `VM ${name} has an Ultra disk, which Site Recovery does not replicate between zones.`,
            vm,
        ),
        why: `Site Recovery replicates Ultra disks only between regions. ${MAY_NOT_REPLICATE}`,
        facts: lines(found),
        fix: ways(
            [
                toAnotherRegion(item, vm),
                withNewDisks(item, {
                    do: `Replace ${disksIn(found)} with ${found.length === 1 ? "a Premium SSD v2 disk" : "Premium SSD v2 disks"}.`,
                    where: placesOf(found),
                    note: COPIED,
                }),
                ...leaveOut(item, dataDisks(found)),
            ],
            dryRun,
        ),
        sources: [page],
    }),
});
