import { vm, SURROUNDINGS } from "../../harness/azure";
import { PHASES, roundOf } from "../../harness/phases";
import { ref, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { estateOf } from "../../harness/estate-of";

const OUTSIDE = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/n";
const SUBNET = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/n/subnets/s";
const SECURITY_GROUP = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/applicationSecurityGroups/front";

function networkInterface(over: Properties = {}): Declaration {
    return {
        type: "azure-native:network:NetworkInterface",
        properties: {
            resourceGroupName: ref("rg.name"),
            ipConfigurations: [{ name: "first", subnet: { id: SUBNET }, ...over }],
        },
    };
}

function vmWith(...ids: readonly Content[]): Declaration {
    return vm({ over: { networkProfile: { networkInterfaces: ids.map((id) => ({ id })) } } });
}

/** The names of the VM's interfaces, `…` behind them where there are more, and where it belongs to no group. */
function told(program: Program, phase: (typeof PHASES)[number]): readonly string[] {
    const estate = estateOf(roundOf({ ...SURROUNDINGS, ...program }, phase));
    const [web] = estate.vms;
    const { interfaces, isComplete, openQuestions } = estate.network.of(web!);
    return [
        ...interfaces.map((each) => {
            const inGroup =
                each.addresses.state === "known" && each.addresses.value.length > 0
                    ? estate.network.inSecurityGroup(each, each.addresses.value[0]!)
                    : { state: "absent" };
            return `${each.pulumiName}${"value" in inGroup && inGroup.value ? " in a group" : ""}`;
        }),
        ...(isComplete ? [] : ["…"]),
        ...openQuestions.map(({ property }) => `open: ${property}`),
    ];
}

describe.each(PHASES)("%s", (phase) => {
    test("both interfaces of a VM", () => {
        const program = {
            one: networkInterface(),
            two: networkInterface(),
            web: vmWith(ref("one.id"), ref("two.id")),
        };
        expect([...told(program, phase)].sort()).toEqual(["one", "two"]);
    });

    test("one of them outside of the stack", () => {
        const program = { one: networkInterface(), web: vmWith(ref("one.id"), OUTSIDE) };
        expect(told(program, phase)).toEqual(["one", "…"]);
    });

    test("an interface in an application security group", () => {
        const program = {
            one: networkInterface({ applicationSecurityGroups: [{ id: SECURITY_GROUP }] }),
            web: vmWith(ref("one.id")),
        };
        expect(told(program, phase)).toEqual(["one in a group"]);
    });

    test("the same in the classic provider's words", () => {
        const program: Program = {
            one: {
                type: "azure:network/networkInterface:NetworkInterface",
                properties: {
                    resourceGroupName: ref("rg.name"),
                    location: "westeurope",
                    ipConfigurations: [{ name: "first", subnetId: SUBNET, privateIpAddressAllocation: "Dynamic" }],
                },
            },
            association: {
                type: "azure:network/networkInterfaceApplicationSecurityGroupAssociation:NetworkInterfaceApplicationSecurityGroupAssociation",
                properties: { networkInterfaceId: ref("one.id"), applicationSecurityGroupId: SECURITY_GROUP },
            },
            web: vmWith(ref("one.id")),
        };
        expect(told(program, phase)).toEqual(["one in a group"]);
    });
});

test("an id that the plan does not know stays open", () => {
    const program = { one: networkInterface(), web: vmWith(ref("rg.id"), ref("one.id")) };
    expect(told(program, "first preview")).toEqual([
        "…",
        "open: networkProfile.networkInterfaces[0].id",
        "open: networkProfile.networkInterfaces[1].id",
    ]);
});
