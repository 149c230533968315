import { all, compare, firstQuestion, withEvidence } from "../../src/model/answers";
import { valueOf } from "../../src/model/values";
import { headline } from "../../src/findings/message";
import { ways } from "../../src/advice/fix";
import { leaveOut, MAY_NOT_REPLICATE } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { dataDisks, lines, placeProperty, placesOf, disksIn, replicatedDiskPolicy } from "./replicated-vm";
import { sizeInWords } from "./sizes-in-words";

const { largestWithCaching } = SITE_RECOVERY.CACHING.limit;
/** `4 TiB` */
const smallestWithout = `${(largestWithCaching + 1) / 1_024} TiB`;

/** BCDR216: a replicated disk of 4,096 GiB or more has host caching (A2A-44). */
export const replicatedDiskHostCaching = replicatedDiskPolicy({
    id: "BCDR216",
    name: "replicated-disk-host-caching",
    level: "mandatory",
    severity: "high",
    summary: "A replicated disk of 4 TiB or more uses host caching.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Turn off host caching, or leave the disk out of replication.",

    check: ({ vm, disk }) => {
        const { size, definedBy, settings } = disk;
        const isLarge = compare(definedBy, size, (gib) => gib > largestWithCaching);
        // Azure turns caching on for a disk of this size only where the program asks for it.
        const isCached = compare(vm, settings.caching, (caching) => caching.toLowerCase() !== "none");
        return withEvidence(firstQuestion(all([isLarge, isCached])), () => ({
            value: `${sizeInWords(valueOf(size) ?? 0)}, caching ${valueOf(settings.caching) ?? ""}`,
            property: placeProperty(vm, disk, "caching"),
        }));
    },

    message: ({ vm, item, found }, { dryRun }) => ({
        headline: headline(
            (name) => `Replicated VM ${name} uses host caching on a disk of ${smallestWithout} or more.`,
            vm,
        ),
        why: `Site Recovery does not support host caching on disks of ${smallestWithout} or more. ${MAY_NOT_REPLICATE}`,
        facts: lines(found),
        fix: ways(
            [
                { do: `Set host caching of ${disksIn(found)} to None.`, where: placesOf(found) },
                ...leaveOut(item, dataDisks(found)),
            ],
            dryRun,
        ),
        sources: [SITE_RECOVERY.CACHING.page],
    }),
});
