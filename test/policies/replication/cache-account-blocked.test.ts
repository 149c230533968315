import { vault } from "../../harness/azure";
import { ref, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack, type SentRound } from "../../harness/stack";
import { cache, changed, classicWithCache, native, stateOf, UNKNOWN, withCache } from "./programs";

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

const NO_KEYS = { cache: cache({ allowSharedKeyAccess: false }) };

/** The vault of the item, with an identity of this type. */
function identity(type: Content): Declaration {
    return vault(undefined, { location: "northeurope", identity: { type } });
}

function classicVault(over: Properties = {}): Declaration {
    return {
        type: "azure:recoveryservices/vault:Vault",
        properties: {
            name: "recovery",
            resourceGroupName: ref("rg.name"),
            location: "northeurope",
            sku: "Standard",
            ...over,
        },
    };
}

/** An account without keys, and the classic provider's vault. */
function classicWithoutKeys(over: Properties = {}): Program {
    return { ...classicWithCache({ sharedAccessKeyEnabled: false }), recovery: classicVault(over) };
}

/** The item is in a vault of another stack. */
function inVaultElsewhere(): Program {
    const program = withCache(NO_KEYS);
    const { item } = program;
    return item === undefined
        ? program
        : { ...program, item: { ...item, properties: { ...item.properties, resourceName: "hub-recovery" } } };
}

const GRANTED = {
    says: "Also assign the roles Contributor and Storage Blob Data Contributor on the account to the vault's identity, and let the replicated item depend on them.",
};

export const cases = policyCases(__filename, {
    policyId: "BCDR219",
    example: withCache(NO_KEYS),
    fixed: { program: withCache({ ...NO_KEYS, recovery: identity("SystemAssigned") }), ...GRANTED },
    shows: ["recovery.identity", "cache.allowSharedKeyAccess"],
    holds: [
        {
            name: "no keys, and a vault with an identity of either kind",
            round: withCache({ ...NO_KEYS, recovery: identity("UserAssigned") }),
        },
        {
            name: "no keys, and a vault with an identity of both kinds, in the state",
            round: stateOf(withCache({ ...NO_KEYS, recovery: identity("systemassigned, userassigned") })),
        },
        {
            name: "a classic account without keys, and a classic vault with an identity",
            round: classicWithoutKeys({ identity: { type: "SystemAssigned" } }),
        },
        {
            name: "an identity that is not known, and keys",
            round: withCache({ cache: cache(), recovery: identity(UNKNOWN) }),
        },
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
            name: "a classic account without keys",
            round: classicWithCache({ sharedAccessKeyEnabled: false }),
            on: ["cache"],
        },
        { name: "a classic vault without an identity", round: classicWithoutKeys(), on: ["cache"] },
        {
            name: "keys that this plan turns off",
            round: changed(withCache({ cache: cache() }), withCache(NO_KEYS)),
            on: ["cache"],
        },
        {
            name: "a vault that this plan takes the identity from",
            round: changed(
                withCache({ ...NO_KEYS, recovery: identity("SystemAssigned") }),
                withCache({ ...NO_KEYS, recovery: vault(undefined, { location: "northeurope" }) }),
            ),
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
            name: "an identity that is not known",
            round: withCache({ ...NO_KEYS, recovery: identity(UNKNOWN) }),
            waitsFor: '"recovery": identity.type',
        },
        {
            name: "the identity of a classic vault that is not known",
            round: classicWithoutKeys({ identity: { type: UNKNOWN } }),
            waitsFor: '"recovery": identity.type',
        },
        {
            name: "a vault of another stack",
            round: inVaultElsewhere(),
            waitsFor: '"item": resourceName',
        },
        {
            name: "a firewall that is not known",
            round: withCache({ cache: cache({ networkRuleSet: { defaultAction: UNKNOWN, bypass: "None" } }) }),
            waitsFor: '"cache": networkRuleSet.defaultAction',
        },
    ],
    inPlace: [
        {
            name: "in the exported state",
            round: stateOf(withCache({ cache: cache({ allowSharedKeyAccess: false }) })),
            on: ["cache"],
        },
    ],
    limits: [
        {
            allowed: { name: "keys", round: withCache({ cache: cache({ allowSharedKeyAccess: true }) }) },
            refused: {
                name: "no keys",
                round: withCache(NO_KEYS),
                on: ["cache"],
            },
        },
        {
            allowed: {
                name: "a vault with an identity",
                round: withCache({ ...NO_KEYS, recovery: identity("SystemAssigned") }),
            },
            refused: {
                name: "a vault without an identity",
                round: withCache({ ...NO_KEYS, recovery: identity("None") }),
                on: ["cache"],
            },
        },
        {
            allowed: { name: "trusted services", round: closed("Logging, AzureServices") },
            refused: { name: "no trusted services", round: closed("Logging, Metrics"), on: ["cache"] },
        },
    ],
});
