import type { Verdict } from "../../src/findings/finding";
import { headline } from "../../src/findings/message";
import { quoted } from "../../src/advice/names";
import { inOrder } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { stackPolicy } from "../policy";
import { type UnfitAccount, unfitAccounts } from "./cache-account-settings";

/** BCDR232: a cache storage account keeps what Site Recovery deletes, which only costs money (A2A-53). */
export const cacheAccountSoftDelete = stackPolicy<UnfitAccount<"softDelete">>({
    id: "BCDR232",
    name: "cache-account-soft-delete",
    level: "advisory",
    severity: "low",
    summary: "A cache storage account keeps deleted blobs.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix", "soft-delete"],
    remediationSteps: "Turn soft delete for blobs off in the cache storage account.",

    *evaluate({ estate }): Iterable<Verdict<UnfitAccount<"softDelete">>> {
        yield* unfitAccounts(estate, (account) =>
            estate.storageAccounts
                .softDelete(account)
                .map(({ of, value }) => ({ setting: "softDelete", of, isObstacle: value })),
        );
    },

    message: ({ account, items, obstacles }, { dryRun }) => ({
        headline: headline((name) => `The cache storage account ${name} keeps deleted blobs.`, account),
        why: "Site Recovery writes the changes of the disks into this account and deletes them once they are applied. Kept blobs pile up at your cost; replication works.",
        details: [`Used by: ${quoted(items)}`],
        steps: inOrder(
            obstacles.map(
                ({ of, property }) =>
                    `Turn soft delete for blobs off: ${property} of "${of}". What has been deleted before is gone at the end of its days.`,
            ),
            dryRun,
        ),
        source: SITE_RECOVERY.CACHE_SOFT_DELETE.page,
    }),
});
