import { equalsIgnoringCase } from "../../src/model/letter-case";
import { all, any, compare, given, isTrue, not, withEvidence } from "../../src/model/answers";
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
import {
    betweenZones,
    dataDisks,
    diskProperty,
    disksIn,
    lines,
    outsideOfCluster,
    placesOf,
    replicatedDiskPolicy,
} from "./replicated-vm";

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

    check: ({ disk: { definedBy, sku, isShared }, items = [], estate }) => {
        const isUltra = compare(definedBy, sku, (name) => equalsIgnoringCase(name, limit.sku));
        // A shared one outside of a cluster is BCDR211's, too.
        const isOneOfCluster = all([
            isTrue(definedBy, isShared),
            any(items.map((item) => not(outsideOfCluster({ item, estate })))),
        ]);
        return withEvidence(given(not(isOneOfCluster), isUltra), () => ({
            value: "Ultra disk",
            property: diskProperty(definedBy, "kind"),
        }));
    },

    message: ({ vm, item, found }, { dryRun }) => ({
        headline: headline(
            (name) => `VM ${name} has an Ultra disk, which Site Recovery does not replicate between zones.`,
            vm,
        ),
        why: `Between zones, Site Recovery replicates Ultra disks only as shared disks of a protection cluster. ${MAY_NOT_REPLICATE}`,
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
