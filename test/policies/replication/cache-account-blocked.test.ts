import { ref, type Declaration, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack, type SentRound } from "../../harness/stack";
import { cache, CACHE_OF_WEB, classicWithCache, native, stateOf, UNKNOWN, withCache } from "./programs";

function closed(bypass?: string): Program {
    const rules = { defaultAction: "Deny", ...(bypass === undefined ? {} : { bypass }) };
    return withCache({ cache: cache({ networkRuleSet: rules }) });
}

function rules(bypass: string): Declaration {
    return {
        type: "azure:storage/accountNetworkRules:AccountNetworkRules",
        properties: { storageAccountId: ref("cache.id"), defaultAction: "Deny", bypasses: [bypass] },
    };
}

/** The account reads the rules of its firewall back as they were at the last refresh. */
function rulesChangedTo(bypass: string): () => SentRound {
    return () => {
        const stack = new Stack();
        stack.up(classicWithCache({}));
        const round = stack.preview({ ...classicWithCache({}), rules: rules(bypass) });
        const networkRules = { defaultAction: "Deny", bypasses: ["Metrics"] };
        const resources = round.resources.map((each) =>
            each.name === "cache" ? { ...each, outputs: { ...each.outputs, networkRules } } : each,
        );
        return { ...round, resources };
    };
}

const WITH_KEYS = withCache({ cache: cache({ allowSharedKeyAccess: true }) });

export const cases = policyCases(__filename, {
    policyId: "BCDR219",
    example: withCache({ cache: cache({ allowSharedKeyAccess: false }) }),
    fixed: { program: WITH_KEYS, says: "In an account that only Site Recovery uses:" },
    shows: CACHE_OF_WEB,
    holds: [
        { name: "a new account", round: withCache({ cache: cache() }) },
        { name: "an existing account", round: stateOf(withCache({ cache: cache() })) },
        {
            name: "an account that is no cache",
            round: native({ more: { cache: cache({ allowSharedKeyAccess: false }) } }),
        },
        { name: "a firewall that lets Azure's services through by itself", round: closed() },
        { name: "a new classic account", round: classicWithCache({}) },
        { name: "a firewall that this plan opens", round: rulesChangedTo("AzureServices") },
        {
            name: "an account that keeps deleted blobs, which BCDR232 reports",
            round: classicWithCache({ blobProperties: { deleteRetentionPolicy: { days: 7 } } }),
        },
        { name: "an existing classic account", round: stateOf(classicWithCache({})) },
    ],
    violated: [
        {
            name: "in the exported state",
            round: stateOf(withCache({ cache: cache({ allowSharedKeyAccess: false }) })),
            on: ["cache"],
        },
        {
            name: "a classic account without keys",
            round: classicWithCache({ sharedAccessKeyEnabled: false }),
            on: ["cache"],
        },
        {
            name: "a classic account with a firewall",
            round: classicWithCache({ networkRules: { defaultAction: "Deny", bypasses: ["None"] } }),
            on: ["cache"],
        },
        {
            name: "a firewall as a separate resource",
            round: { ...classicWithCache({}), rules: rules("Metrics") },
            on: ["cache"],
        },
        {
            name: "neither keys nor trusted services",
            round: withCache({
                cache: cache({
                    allowSharedKeyAccess: false,
                    networkRuleSet: { defaultAction: "Deny", bypass: "None" },
                }),
            }),
            on: ["cache"],
        },
    ],
    undecided: [
        {
            name: "a setting that is not known",
            round: withCache({ cache: cache({ allowSharedKeyAccess: UNKNOWN }) }),
            waitsFor: '"cache": allowSharedKeyAccess',
        },
        {
            name: "a firewall that is not known",
            round: withCache({ cache: cache({ networkRuleSet: { defaultAction: UNKNOWN, bypass: "None" } }) }),
            waitsFor: '"cache": networkRuleSet.defaultAction',
        },
    ],
    limits: [
        {
            allowed: { name: "keys", round: WITH_KEYS },
            refused: {
                name: "no keys",
                round: withCache({ cache: cache({ allowSharedKeyAccess: false }) }),
                on: ["cache"],
            },
        },
        {
            allowed: { name: "trusted services", round: closed("Logging, AzureServices") },
            refused: { name: "no trusted services", round: closed("Logging, Metrics"), on: ["cache"] },
        },
    ],
});
