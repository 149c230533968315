import { vm, osDiskOf, replicatedItem, SURROUNDINGS } from "../../harness/azure";
import { classicDisk, classicVm, replicatedVm } from "../../harness/classic";
import { ref, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";
import { OUTSIDE, REPLICATED_WEB } from "./programs";

const NETWORK = `${OUTSIDE}/providers/Microsoft.Network`;
const GROUP = { id: `${NETWORK}/applicationSecurityGroups/front` };

function networkInterface(over: Properties = {}): Declaration {
    return {
        type: "azure-native:network:NetworkInterface",
        properties: {
            resourceGroupName: ref("rg.name"),
            ipConfigurations: [
                { name: "primary", subnet: { id: `${NETWORK}/virtualNetworks/hub/subnets/front` }, ...over },
            ],
        },
    };
}

function withInterface(id: Content, over: Properties = {}): Program {
    return {
        ...SURROUNDINGS,
        nic: networkInterface(over),
        web: vm({ name: "web", over: { networkProfile: { networkInterfaces: [{ id }] } } }),
    };
}

function replicated(over: Properties, id: Content = ref("nic.id")): Program {
    return { ...withInterface(id, over), item: replicatedItem(ref("web.id"), [osDiskOf("web")]) };
}

function classic(associated: boolean): Program {
    const web = classicVm("linux", ref("os.id"));
    return {
        ...SURROUNDINGS,
        os: classicDisk(),
        nic: {
            type: "azure:network/networkInterface:NetworkInterface",
            properties: {
                resourceGroupName: ref("rg.name"),
                ipConfigurations: [{ name: "primary", privateIpAddressAllocation: "Dynamic" }],
            },
        },
        web: { ...web, properties: { ...web.properties, networkInterfaceIds: [ref("nic.id")] } },
        item: replicatedVm(ref("web.id"), [ref("os.id")]),
        ...(associated
            ? {
                  inGroup: {
                      type: "azure:network/networkInterfaceApplicationSecurityGroupAssociation:NetworkInterfaceApplicationSecurityGroupAssociation",
                      properties: { networkInterfaceId: ref("nic.id"), applicationSecurityGroupId: GROUP.id },
                  },
              }
            : {}),
    };
}

export const cases = policyCases(__filename, {
    policyId: "BCDR215",
    example: replicated({ applicationSecurityGroups: [GROUP] }),
    fixed: {
        program: replicated({}),
        says: "Once the network security rules name addresses or subnets, the network interface needs no group:",
    },
    shows: [...REPLICATED_WEB, "web.networkProfile"],
    holds: [
        { name: "in no group", round: replicated({}) },
        {
            name: "in a group and not replicated",
            round: withInterface(ref("nic.id"), { applicationSecurityGroups: [GROUP] }),
        },
        {
            name: "an interface of another stack, at which nobody looks",
            round: replicated({ applicationSecurityGroups: [GROUP] }, `${NETWORK}/networkInterfaces/elsewhere`),
        },
        { name: "a classic interface in no group", round: classic(false) },
    ],
    violated: [
        {
            name: "in the state",
            round: () => new Stack().up(replicated({ applicationSecurityGroups: [GROUP] })),
            on: ["web"],
        },
        { name: "a classic association", round: classic(true), on: ["web"] },
    ],
    undecided: [
        {
            name: "groups that are not known",
            round: replicated({ applicationSecurityGroups: ref("rg.id") }),
            waitsFor: '"nic": ipConfigurations[0].applicationSecurityGroups',
        },
    ],
    limits: [
        {
            allowed: { name: "an empty list of groups", round: replicated({ applicationSecurityGroups: [] }) },
            refused: { name: "a list of one", round: replicated({ applicationSecurityGroups: [GROUP] }), on: ["web"] },
        },
    ],
});
