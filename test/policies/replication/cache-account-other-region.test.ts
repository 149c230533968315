import { attached, disk, osDiskOf, replicatedItem } from "../../harness/azure";
import { ref, type Content, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { CACHE_OF_WEB, classicWithCache, group, native, OUTSIDE, stateOf, UNKNOWN, withCache, cache } from "./programs";

const FAR: Program = withCache({ cache: cache({ location: "northeurope" }) });

/** The VM has a data disk of this kind, which the item lists as well. */
function withDataDisk(name: Content): Program {
    const account = {
        primaryStagingAzureStorageAccountId: ref("cache.id"),
        recoveryResourceGroupId: `${OUTSIDE}-recovery`,
    };
    const disks = [osDiskOf("web"), ref("data.id")].map((diskId) => ({ diskId, ...account }));
    return {
        ...native({
            dataDisks: [attached(0, ref("data.id"))],
            more: { cache: cache({ location: "northeurope" }), data: disk({ name: "data", over: { sku: { name } } }) },
        }),
        item: replicatedItem(ref("web.id"), undefined, { vmManagedDisks: disks }),
    };
}

function classicWithUltraDisk(): Program {
    const program = classicWithCache({ location: "North Europe" });
    const { data, item } = program;
    if (data === undefined || item === undefined) {
        return program;
    }
    const [first] = item.properties?.["managedDisks"] as readonly Properties[];
    return {
        ...program,
        data: { ...data, properties: { ...data.properties, storageAccountType: "UltraSSD_LRS" } },
        item: {
            ...item,
            properties: { ...item.properties, managedDisks: [first ?? {}, { ...first, diskId: ref("data.id") }] },
        },
    };
}

export const cases = policyCases(__filename, {
    policyId: "BCDR218",
    example: FAR,
    fixed: { program: withCache({ cache: cache({ location: "westeurope" }) }) },
    shows: [...CACHE_OF_WEB, "rg.location", "web.resourceGroupName"],
    holds: [
        { name: "an account of another stack", round: native() },
        { name: "an account that is no cache", round: native({ more: { cache: cache({ location: "northeurope" }) } }) },
        { name: "where its group is", round: withCache({ cache: cache() }) },
        {
            name: "a VM of another stack, without its fabric",
            round: withCache(
                { cache: cache({ location: "northeurope" }) },
                `${OUTSIDE}/providers/Microsoft.Compute/virtualMachines/x`,
            ),
        },
        { name: "classic", round: classicWithCache({ location: "westeurope" }) },
    ],
    violated: [
        {
            name: "where its group is",
            round: withCache({ far: group("northeurope"), cache: cache({}, "far") }),
            on: ["cache"],
        },
        { name: "classic", round: classicWithCache({ location: "North Europe" }), on: ["cache"] },
        { name: "a VM with a Premium SSD v2 disk", round: withDataDisk("PremiumV2_LRS"), on: ["cache"] },
        { name: "a VM with a disk of a kind that is not known", round: withDataDisk(UNKNOWN), on: ["cache"] },
        {
            name: "a classic VM with an Ultra disk",
            round: classicWithUltraDisk(),
            on: ["cache"],
        },
    ],
    undecided: [
        {
            name: "a region that is not known",
            round: withCache({ cache: cache({ location: UNKNOWN }) }),
            waitsFor: '"cache": location',
        },
    ],
    inPlace: [{ name: "in the exported state", round: stateOf(FAR), on: ["cache"] }],
    limits: [
        {
            allowed: {
                name: "the same region in other words",
                round: withCache({ cache: cache({ location: "West Europe" }) }),
            },
            refused: {
                name: "another",
                round: withCache({ cache: cache({ location: "westeurope2" }) }),
                on: ["cache"],
            },
        },
    ],
});
