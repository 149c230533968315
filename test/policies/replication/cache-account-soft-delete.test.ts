import { ref, type Declaration, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { cache, CACHE_OF_WEB, classicWithCache, native, stateOf, UNKNOWN, withCache } from "./programs";

export const cases = policyCases(__filename, {
    policyId: "BCDR232",
    example: softDelete({ enabled: true, days: 7 }),
    fixed: { program: softDelete({ enabled: false }) },
    shows: [...CACHE_OF_WEB, "blobs.accountName", "cache.accountName"],
    holds: [
        { name: "a new account", round: withCache({ cache: cache() }) },
        { name: "an existing account", round: stateOf(withCache({ cache: cache() })) },
        { name: "an account that is no cache", round: native({ more: { cache: cache() } }) },
        {
            name: "an account that refuses keys, which BCDR219 reports",
            round: withCache({ cache: cache({ allowSharedKeyAccess: false }) }),
        },
        { name: "a new classic account", round: classicWithCache({}) },
        { name: "an existing classic account", round: stateOf(classicWithCache({})) },
    ],
    violated: [
        { name: "in the exported state", round: stateOf(softDelete({ enabled: true, days: 7 })), on: ["cache"] },
        {
            name: "a classic account with soft delete",
            round: classicWithCache({ blobProperties: { deleteRetentionPolicy: { days: 7 } } }),
            on: ["cache"],
        },
    ],
    undecided: [
        {
            name: "soft delete that is not known",
            round: softDelete({ enabled: UNKNOWN }),
            waitsFor: '"blobs": deleteRetentionPolicy.enabled',
        },
    ],
    limits: [
        {
            allowed: { name: "no soft delete", round: softDelete({ enabled: false }) },
            refused: { name: "soft delete", round: softDelete({ enabled: true, days: 7 }), on: ["cache"] },
        },
    ],
});

function softDelete(deleteRetentionPolicy: Properties): Program {
    const blobs: Declaration = {
        type: "azure-native:storage:BlobServiceProperties",
        properties: {
            resourceGroupName: ref("rg.name"),
            accountName: ref("cache.name"),
            blobServicesName: "default",
            deleteRetentionPolicy,
        },
    };
    return withCache({ cache: cache(), blobs });
}
