import { vault } from "../../harness/azure";
import { ref, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack, type SentRound } from "../../harness/stack";
import { cache, changed, classicWithCache, native, OUTSIDE, stateOf, UNKNOWN, withCache } from "./programs";

function closed(bypass?: string): Program {
    const rules = { defaultAction: "Deny", ...(bypass === undefined ? {} : { bypass }) };
    return withCache({ cache: cache({ networkRuleSet: rules }) });
}

function rules(over: Properties): Declaration {
    return {
        type: "azure:storage/accountNetworkRules:AccountNetworkRules",
        properties: { storageAccountId: ref("cache.id"), ...over },
    };
}

/** The account reads the rules of its firewall back as they were at the last refresh. */
function rulesChangedTo(over: Properties): () => SentRound {
    return () => {
        const stack = new Stack();
        stack.up(classicWithCache({}));
        const round = stack.preview({ ...classicWithCache({}), rules: rules(over) });
        const networkRules = { defaultAction: "Deny", bypasses: ["Metrics"] };
        const resources = round.resources.map((each) =>
            each.name === "cache" ? { ...each, outputs: { ...each.outputs, networkRules } } : each,
        );
        return { ...round, resources };
    };
}

const NO_KEYS = { cache: cache({ allowSharedKeyAccess: false }) };

const NETWORK = `${OUTSIDE}/providers/Microsoft.Network`;
const HUB_SUBNET = `${NETWORK}/virtualNetworks/hub/subnets`;

function subnet(name: string): Declaration {
    return {
        type: "azure-native:network:Subnet",
        properties: {
            resourceGroupName: ref("rg.name"),
            virtualNetworkName: "spoke",
            subnetName: name,
            addressPrefix: "10.1.0.0/24",
        },
    };
}

/** The VM is in subnet "app", and the firewall of its cache lets in other subnets, or no one. */
function inSubnet(
    letIn: readonly Content[],
    {
        more = {},
        account = {},
        of = ref("app.id"),
        nic = ref("nic.id"),
    }: {
        readonly more?: Program;
        readonly account?: Properties;
        readonly of?: Content;
        readonly nic?: Content;
    } = {},
): Program {
    const virtualNetworkRules = letIn.map((id) => ({ virtualNetworkResourceId: id }));
    const networkRuleSet = { defaultAction: "Deny", bypass: "AzureServices", virtualNetworkRules };
    const program = withCache({
        app: subnet("app"),
        db: subnet("db"),
        nic: {
            type: "azure-native:network:NetworkInterface",
            properties: {
                resourceGroupName: ref("rg.name"),
                ipConfigurations: [{ name: "primary", subnet: { id: of } }],
            },
        },
        cache: cache({ networkRuleSet, ...account }),
        ...more,
    });
    const { web } = program;
    return web === undefined
        ? program
        : {
              ...program,
              web: { ...web, properties: { ...web.properties, networkProfile: { networkInterfaces: [{ id: nic }] } } },
          };
}

function endpoint(to: Content, part: string): Program {
    return {
        endpoint: {
            type: "azure-native:network:PrivateEndpoint",
            properties: {
                resourceGroupName: ref("rg.name"),
                subnet: { id: ref("app.id") },
                privateLinkServiceConnections: [{ name: "link", privateLinkServiceId: to, groupIds: [part] }],
            },
        },
    };
}

/** In the state, with the private endpoints of the account as Azure returns them. */
function withEndpoints(): SentRound {
    const stack = new Stack();
    stack.up(inSubnet([]));
    const round = stack.state();
    const privateEndpointConnections = [{ name: "hub" }];
    const resources = round.resources.map((each) =>
        each.name === "cache" ? { ...each, outputs: { ...each.outputs, privateEndpointConnections } } : each,
    );
    return { ...round, resources };
}

/** The same in the classic provider, whose rules are in the account or a separate resource. */
function classicInSubnet(letIn: readonly Content[], isSeparate: boolean): Program {
    const networkRules = { defaultAction: "Deny", bypasses: ["AzureServices"], virtualNetworkSubnetIds: letIn };
    const program = classicWithCache(isSeparate ? {} : { networkRules });
    const { web } = program;
    const subnetOf = (name: string): Declaration => ({
        type: "azure:network/subnet:Subnet",
        properties: {
            name,
            resourceGroupName: ref("rg.name"),
            virtualNetworkName: "spoke",
            addressPrefixes: ["10.1.0.0/24"],
        },
    });
    return web === undefined
        ? program
        : {
              ...program,
              ...(isSeparate ? { rules: rules(networkRules) } : {}),
              app: subnetOf("app"),
              db: subnetOf("db"),
              nic: {
                  type: "azure:network/networkInterface:NetworkInterface",
                  properties: {
                      name: "web",
                      resourceGroupName: ref("rg.name"),
                      location: "westeurope",
                      ipConfigurations: [
                          { name: "primary", privateIpAddressAllocation: "Dynamic", subnetId: ref("app.id") },
                      ],
                  },
              },
              web: { ...web, properties: { ...web.properties, networkInterfaceIds: [ref("nic.id")] } },
          };
}

/** No keys, a vault with a user-assigned identity, and a firewall or none. */
function userAssigned(defaultAction: Content): Program {
    return withCache({
        recovery: identity("UserAssigned"),
        cache: cache({ allowSharedKeyAccess: false, networkRuleSet: { defaultAction } }),
    });
}

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
        { name: "a firewall that this plan opens", round: rulesChangedTo({ defaultAction: "Allow" }) },
        { name: "a rule for each of two subnets that are new", round: inSubnet([ref("app.id"), ref("db.id")]) },
        {
            name: "a subnet of another stack that is let in",
            round: inSubnet([`${HUB_SUBNET}/front`], { of: `${HUB_SUBNET}/Front` }),
        },
        { name: "the subnet in the state", round: stateOf(inSubnet([ref("app.id")])) },
        { name: "a private endpoint", round: inSubnet([], { more: endpoint(ref("cache.id"), "blob") }) },
        { name: "a private endpoint of another stack, in the state", round: withEndpoints },
        {
            name: "an account without public traffic",
            round: inSubnet([], { account: { publicNetworkAccess: "Disabled" } }),
        },
        {
            name: "a classic private endpoint",
            round: {
                ...classicInSubnet([], false),
                endpoint: {
                    type: "azure:privatelink/endpoint:Endpoint",
                    properties: {
                        name: "cache",
                        resourceGroupName: ref("rg.name"),
                        location: "westeurope",
                        subnetId: ref("app.id"),
                        privateServiceConnection: {
                            name: "cache",
                            isManualConnection: false,
                            privateConnectionResourceId: ref("cache.id"),
                            subresourceNames: ["blob"],
                        },
                    },
                },
            },
        },
        { name: "a classic subnet that is let in", round: classicInSubnet([ref("app.id")], false) },
        { name: "a classic subnet that a separate resource lets in", round: classicInSubnet([ref("app.id")], true) },
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
            round: { ...classicWithCache({}), rules: rules({ defaultAction: "Deny", bypasses: ["Metrics"] }) },
            on: ["cache"],
        },
        { name: "a firewall that lets no subnet in", round: inSubnet([]), on: ["cache"] },
        {
            name: "the subnet of a new item that an existing account does not let in",
            round: () => {
                const { item: _, ...before } = inSubnet([ref("db.id")]);
                const stack = new Stack();
                stack.up(before);
                return stack.preview(inSubnet([ref("db.id")]));
            },
            on: ["cache"],
        },
        {
            name: "a subnet of another stack that is not let in",
            round: inSubnet([`${HUB_SUBNET}/front`], { of: `${HUB_SUBNET}/back` }),
            on: ["cache"],
        },
        {
            name: "a private endpoint to files only",
            round: inSubnet([], { more: endpoint(ref("cache.id"), "file") }),
            on: ["cache"],
        },
        {
            name: "neither trusted services nor the subnet",
            round: inSubnet([], { account: { networkRuleSet: { defaultAction: "Deny", bypass: "None" } } }),
            on: ["cache"],
        },
        { name: "a classic subnet that is not let in", round: classicInSubnet([ref("db.id")], false), on: ["cache"] },
        {
            name: "a classic subnet that a separate resource does not let in",
            round: classicInSubnet([], true),
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
        {
            name: "a rule that is not known",
            round: inSubnet([UNKNOWN]),
            waitsFor: '"cache": networkRuleSet.virtualNetworkRules[0].virtualNetworkResourceId',
        },
        {
            name: "rules that are not known, of a classic account",
            round: classicInSubnet([UNKNOWN], true),
            waitsFor: '"rules": virtualNetworkSubnetIds[0]',
        },
        {
            name: "the subnet of the interface is not known",
            round: inSubnet([ref("db.id")], { of: UNKNOWN }),
            waitsFor: '"nic": ipConfigurations[0].subnet.id',
        },
        {
            name: "an interface of another stack",
            round: inSubnet([ref("db.id")], { nic: `${NETWORK}/networkInterfaces/web` }),
            waitsFor: '"web": networkProfile.networkInterfaces[0].id',
        },
        {
            name: "traffic may come through an Azure Firewall",
            round: inSubnet([`${HUB_SUBNET}/AzureFirewallSubnet`]),
            waitsFor: '"cache": networkRuleSet.virtualNetworkRules[].virtualNetworkResourceId',
        },
        {
            name: "a private endpoint to what is not known",
            round: inSubnet([], { more: endpoint(UNKNOWN, "blob") }),
            waitsFor: '"endpoint": privateLinkServiceConnections[0].privateLinkServiceId',
        },
        {
            name: "a private endpoint to a vault",
            round: inSubnet([], { more: endpoint(ref("recovery.id"), "AzureSiteRecovery") }),
            waitsFor: '"endpoint": privateLinkServiceConnections[0].privateLinkServiceId',
        },
        {
            name: "an existing classic account, which may have private endpoints",
            round: stateOf(classicInSubnet([], false)),
            waitsFor: '"cache": networkRules',
        },
    ],
    inPlace: [
        {
            name: "in the exported state",
            round: stateOf(withCache({ cache: cache({ allowSharedKeyAccess: false }) })),
            on: ["cache"],
        },
        { name: "the subnet in the exported state", round: stateOf(inSubnet([ref("db.id")])), on: ["cache"] },
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
            allowed: { name: "the subnet of the VM is let in", round: inSubnet([ref("app.id")]) },
            refused: { name: "another subnet is let in", round: inSubnet([ref("db.id")]), on: ["cache"] },
        },
        {
            allowed: { name: "a user-assigned identity, and no firewall", round: userAssigned("Allow") },
            refused: {
                name: "a user-assigned identity, and a firewall",
                round: userAssigned("Deny"),
                on: ["cache"],
            },
        },
        {
            allowed: { name: "trusted services", round: closed("Logging, AzureServices") },
            refused: { name: "no trusted services", round: closed("Logging, Metrics"), on: ["cache"] },
        },
    ],
});
