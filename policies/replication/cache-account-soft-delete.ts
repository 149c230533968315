import { headline } from "../../src/findings/message";
import { quoted } from "../../src/advice/names";
import { inOrder } from "../../src/advice/fix";
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
    remediationSteps: "Turn off soft delete for blobs in the cache storage account.",

    check:
        (_items, { storageAccounts }) =>
        (account) =>
            storageAccounts.softDelete(account).map((each) => isObstacle("softDelete", each)),

    message: ({ account, items, found }, { dryRun }) => ({
        headline: headline((name) => `Cache storage account ${name} keeps deleted blobs, which adds cost.`, account),
        why: "Site Recovery deletes disk changes from this account once it has applied them. Blob soft delete keeps them at your cost. Replication still works.",
        facts: [`Used by: ${quoted(items)}`],
        fix: inOrder(
            found.map(({ of, property }) => ({
                do: `Turn off soft delete for blobs in "${of}".`,
                where: property,
                note: "Azure removes blobs that were deleted before when their retention ends.",
            })),
            dryRun,
        ),
        sources: [SITE_RECOVERY.CACHE_SOFT_DELETE.page],
    }),
});
