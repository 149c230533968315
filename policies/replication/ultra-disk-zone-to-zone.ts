import { equalsIgnoringCase } from "../../src/model/letter-case";
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
    remediationSteps: "Each finding says what to change.",
    appliesTo: betweenZones,

    check: ({ disk: { definedBy, sku } }) =>
        withEvidence(
            compare(definedBy, sku, (name) => equalsIgnoringCase(name, limit.sku)),
            () => ({ value: "Ultra disk", property: diskProperty(definedBy, "kind") }),
        ),

    message: ({ vm, item, found }, { dryRun }) => ({
        headline: headline((name) => `The VM ${name} is replicated between zones and has Ultra disks.`, vm),
        why: "Site Recovery replicates Ultra disks between regions, but not between the zones of one.",
        facts: lines(found),
        fix: ways(
            [
                toAnotherRegion(item, vm),
                { do: `Make ${quotedDisks(found)} a Premium SSD v2 disk: ${placesOf(found)}. ${COPIED}` },
                ...(dataDisks(found).length === 0 ? [] : [leaveOut(item, dataDisks(found))]),
            ],
            dryRun,
        ),
        sources: [page],
    }),
});
