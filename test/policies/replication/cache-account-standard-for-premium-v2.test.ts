import { osDiskOf } from "../../harness/azure";
import { ref, type Content, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";
import {
    cache,
    classicWithCache,
    nativeWithDisk,
    OUTSIDE,
    REPLICATED_DATA,
    stateOf,
    unreplicated,
    UNKNOWN,
} from "./programs";

const ELSEWHERE = `${OUTSIDE}/providers/Microsoft.Storage/storageAccounts/elsewhere`;
const BLOCK_BLOB = { kind: "BlockBlobStorage", sku: { name: "Premium_LRS" } };

interface Options {
    readonly sku?: Content;
    readonly account?: Properties;
    /** The cache of the data disk. */
    readonly of?: Content;
    readonly details?: Properties;
}

/** A separate disk whose changes go through the account `cache`. */
function through({ sku = "PremiumV2_LRS", account = {}, of = ref("cache.id"), details = {} }: Options = {}): Program {
    const listed = (diskId: Content, primaryStagingAzureStorageAccountId: Content): Properties => ({
        diskId,
        primaryStagingAzureStorageAccountId,
        recoveryResourceGroupId: `${OUTSIDE}-recovery`,
    });
    return nativeWithDisk(
        { sku: { name: sku } },
        {
            more: { cache: cache(account) },
            details: { vmManagedDisks: [listed(osDiskOf("web"), ELSEWHERE), listed(ref("data.id"), of)], ...details },
        },
    );
}

function classicThrough(storageAccountType: string, account: Properties): Program {
    const program = classicWithCache(account);
    const { data, item } = program;
    const element = {
        stagingStorageAccountId: ref("cache.id"),
        targetResourceGroupId: `${OUTSIDE}-recovery`,
        targetDiskType: "Premium_LRS",
        targetReplicaDiskType: "Premium_LRS",
    };
    return {
        ...program,
        ...(data === undefined ? {} : { data: { ...data, properties: { ...data.properties, storageAccountType } } }),
        ...(item === undefined
            ? {}
            : {
                  item: {
                      ...item,
                      properties: {
                          ...item.properties,
                          managedDisks: [
                              { ...element, diskId: ref("os.id"), stagingStorageAccountId: ELSEWHERE },
                              { ...element, diskId: ref("data.id") },
                          ],
                      },
                  },
              }),
    };
}

const CLASSIC_BLOCK_BLOB = { accountKind: "BlockBlobStorage", accountTier: "Premium" };

export const cases = policyCases(__filename, {
    policyId: "BCDR233",
    example: through(),
    fixed: { program: through({ account: BLOCK_BLOB }) },
    shows: [
        ...REPLICATED_DATA,
        "data.sku",
        "cache.kind",
        "cache.sku",
        "item.properties.providerSpecificDetails.vmManagedDisks.1.primaryStagingAzureStorageAccountId",
    ],
    holds: [
        { name: "an account of another stack", round: through({ of: ELSEWHERE }) },
        { name: "no replication", round: unreplicated({ more: { cache: cache() } }) },
        {
            name: "a disk that is left out",
            round: nativeWithDisk({ sku: { name: "PremiumV2_LRS" } }, { listed: false, more: { cache: cache() } }),
        },
        { name: "in the exported state", round: stateOf(through({ account: BLOCK_BLOB })) },
        { name: "classic", round: classicThrough("PremiumV2_LRS", CLASSIC_BLOCK_BLOB) },
    ],
    violated: [
        { name: "an Ultra disk", round: through({ sku: "UltraSSD_LRS" }), on: ["cache"] },
        { name: "in the exported state", round: stateOf(through()), on: ["cache"] },
        { name: "classic", round: classicThrough("PremiumV2_LRS", {}), on: ["cache"] },
        {
            name: "classic, in the exported state",
            round: stateOf(classicThrough("UltraSSD_LRS", {})),
            on: ["cache"],
        },
    ],
    undecided: [
        { name: "a type of disk that is not known", round: through({ sku: UNKNOWN }), waitsFor: '"data": sku.name' },
        {
            name: "a kind of account that is not known",
            round: through({ account: { ...BLOCK_BLOB, kind: UNKNOWN } }),
            waitsFor: '"cache": kind',
        },
        {
            name: "a performance that is not known",
            round: through({ account: { ...BLOCK_BLOB, sku: { name: UNKNOWN } } }),
            waitsFor: '"cache": sku.name',
        },
        {
            name: "a list that an update leaves unknown",
            round: () => {
                const stack = new Stack();
                stack.up(through());
                return stack.preview(through({ details: { autoProtectionOfDataDisk: "Enabled" } }));
            },
            waitsFor: '"item": properties.providerSpecificDetails.protectedManagedDisks',
        },
    ],
    limits: [
        {
            allowed: { name: "premium block blobs", round: through({ account: BLOCK_BLOB }) },
            refused: {
                name: "premium page blobs",
                round: through({ account: { kind: "StorageV2", sku: { name: "Premium_LRS" } } }),
                on: ["cache"],
            },
        },
        {
            allowed: { name: "a Premium SSD", round: through({ sku: "Premium_LRS" }) },
            refused: { name: "a Premium SSD v2", round: through(), on: ["cache"] },
        },
        {
            allowed: { name: "a Premium SSD, classic", round: classicThrough("Premium_LRS", {}) },
            refused: {
                name: "premium page blobs, classic",
                round: classicThrough("PremiumV2_LRS", { accountTier: "Premium" }),
                on: ["cache"],
            },
        },
    ],
});
