import { ref, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { classic, native, OUTSIDE, REPLICATED_WEB, stateOf, unreplicated, UNKNOWN } from "./programs";

function networkInterface(...versions: readonly (Content | undefined)[]): Declaration {
    return {
        type: "azure-native:network:NetworkInterface",
        properties: {
            resourceGroupName: ref("rg.name"),
            ipConfigurations: versions.map((version, index) => ({
                name: `address-${index}`,
                ...(version === undefined ? {} : { privateIPAddressVersion: version }),
            })),
        },
    };
}

const ATTACHED: Properties = { networkProfile: { networkInterfaces: [{ id: ref("nic.id") }] } };

function withAddresses(...versions: readonly (Content | undefined)[]): Program {
    return native({ vm: ATTACHED, more: { nic: networkInterface(...versions) } });
}

function classicWith(privateIpAddressVersion: string): Program {
    const nic: Declaration = {
        type: "azure:network/networkInterface:NetworkInterface",
        properties: {
            resourceGroupName: ref("rg.name"),
            location: "westeurope",
            ipConfigurations: [
                { name: "address", privateIpAddressAllocation: "Dynamic", subnetId: OUTSIDE, privateIpAddressVersion },
            ],
        },
    };
    return classic({ vm: { networkInterfaceIds: [ref("nic.id")] }, more: { nic } });
}

export const cases = policyCases(__filename, {
    policyId: "BCDR214",
    example: withAddresses("IPv6"),
    fixed: { program: withAddresses("IPv4", "IPv6") },
    shows: [...REPLICATED_WEB, "web.networkProfile"],
    holds: [
        { name: "nobody says, which means IPv4", round: withAddresses(undefined) },
        { name: "no replication", round: unreplicated({ vm: ATTACHED, more: { nic: networkInterface("IPv6") } }) },
        {
            name: "an interface of another stack",
            round: native({
                vm: {
                    networkProfile: {
                        networkInterfaces: [{ id: `${OUTSIDE}/providers/Microsoft.Network/networkInterfaces/x` }],
                    },
                },
            }),
        },
        { name: "classic, with IPv4", round: classicWith("IPv4") },
    ],
    violated: [{ name: "classic", round: classicWith("IPv6"), on: ["web"] }],
    undecided: [
        {
            name: "a version that is not known",
            round: withAddresses("IPv6", UNKNOWN),
            waitsFor: '"nic": ipConfigurations[1].privateIPAddressVersion',
        },
    ],
    inPlace: [{ name: "in the exported state", round: stateOf(withAddresses("IPv6")), on: ["web"] }],
    limits: [
        {
            allowed: { name: "IPv6 beside IPv4", round: withAddresses("IPv6", "IPv4") },
            refused: { name: "IPv6 beside IPv6", round: withAddresses("IPv6", "IPv6"), on: ["web"] },
        },
    ],
});
