import { all, compare, firstQuestion, withEvidence } from "../../src/model/answers";
import { valueOf } from "../../src/model/values";
import { headline } from "../../src/findings/message";
import { leaveOut, ways } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { gibibytes } from "./gibibytes";
import { dataDisks, lines, placeProperty, placesOf, quotedDisks, replicatedDiskPolicy } from "./replicated-vm";

const { largestWithCaching } = SITE_RECOVERY.CACHING.limit;

/** BCDR216: a replicated disk of 4,096 GiB or more has host caching (A2A-44). */
export const replicatedDiskHostCaching = replicatedDiskPolicy({
    id: "BCDR216",
    name: "replicated-disk-host-caching",
    level: "mandatory",
    severity: "high",
    summary: "A replicated disk of 4 TiB or more uses host caching.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    check: ({ vm, disk }) => {
        const { size, definedBy, settings } = disk;
        const isLarge = compare(definedBy, size, (gib) => gib > largestWithCaching);
        // Azure gives a disk of this size no caching of its own accord.
        const isCached = compare(vm, settings.caching, (caching) => caching.toLowerCase() !== "none");
        return withEvidence(firstQuestion(all([isLarge, isCached])), () => ({
            value: `${gibibytes(valueOf(size) ?? 0)}, caching ${valueOf(settings.caching) ?? ""}`,
            property: placeProperty(vm, disk, "caching"),
        }));
    },

    message: ({ vm, item, found }, { dryRun }) => ({
        headline: headline(
            (name) =>
                `The replicated VM ${name} has host caching on a disk of more than ${gibibytes(largestWithCaching)}.`,
            vm,
        ),
        why: `Host caching is not supported on replicated disks of more than ${gibibytes(largestWithCaching)}.`,
        facts: lines(found),
        fix: ways(
            [
                { do: `Set ${placesOf(found)} to None, for ${quotedDisks(found)}.` },
                ...(dataDisks(found).length === 0 ? [] : [leaveOut(item, dataDisks(found))]),
            ],
            dryRun,
        ),
        sources: [SITE_RECOVERY.CACHING.page],
    }),
});
