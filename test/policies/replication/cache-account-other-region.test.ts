import type { Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { CACHE_OF_WEB, classicWithCache, group, native, OUTSIDE, stateOf, UNKNOWN, withCache, cache } from "./programs";

const FAR: Program = withCache({ cache: cache({ location: "northeurope" }) });

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
