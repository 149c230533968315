import { asSteps } from "../../src/advice/fix";
import { headline } from "../../src/findings/message";
import { quoted } from "../../src/advice/names";
import { inOrder } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { cacheAccountPolicy, isObstacle } from "./cache-account-settings";

/** BCDR232: a cache storage account keeps what Site Recovery deletes, which only costs money (A2A-53). */
export const cacheAccountSoftDelete = cacheAccountPolicy({
    id: "BCDR232",
    name: "cache-account-soft-delete",
    level: "advisory",
    severity: "low",
    summary: "A cache storage account keeps deleted blobs.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix", "soft-delete"],
    remediationSteps: "Turn soft delete for blobs off in the cache storage account.",

    check: ({ account, estate: { storageAccounts } }) =>
        storageAccounts.softDelete(account).map((each) => isObstacle("softDelete", each)),

    message: ({ account, items, found }, { dryRun }) => ({
        headline: headline((name) => `The cache storage account ${name} keeps deleted blobs.`, account),
        why: "Site Recovery writes the changes of the disks into this account and deletes them once they are applied. Kept blobs pile up at your cost; replication works.",
        facts: [`Used by: ${quoted(items)}`],
        fix: inOrder(
            asSteps(
                found.map(
                    ({ of, property }) =>
                        `Turn soft delete for blobs off: ${property} of "${of}". What has been deleted before is gone at the end of its days.`,
                ),
            ),
            dryRun,
        ),
        sources: [SITE_RECOVERY.CACHE_SOFT_DELETE.page],
    }),
});
