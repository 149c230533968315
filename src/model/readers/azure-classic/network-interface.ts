import { known, mapValue } from "../../values";
import { reference } from "../../planned-resource";
import { reader } from "./resource";

/** `azure:network/networkInterface:NetworkInterface` (CMP-12) */
export const readNetworkInterface = reader(
    "network interface",
    { armType: "Microsoft.Network/networkInterfaces", names: ["name"] },
    ({ properties }) => ({
        addresses: mapValue(properties.planned("ipConfigurations").list(), (configurations) =>
            configurations.map((each) => ({
                version: each.at("privateIpAddressVersion").text(),
                isPublic: mapValue(each.at("publicIpAddressId").text(), () => true),
                // Security groups come by associations.
                inSecurityGroup: known(false),
            })),
        ),
    }),
);

/** `azure:network/networkInterfaceApplicationSecurityGroupAssociation:NetworkInterfaceApplicationSecurityGroupAssociation` */
export const readSecurityGroupAssociation = reader(
    "security group association",
    // The provider makes up an id of both; nothing refers to it.
    {
        armType: "Microsoft.Network/networkInterfaces",
        parent: "networkInterfaceId",
        names: ["applicationSecurityGroupId"],
    },
    ({ resource, properties }) => ({
        networkInterface: reference(resource, properties.planned("networkInterfaceId")),
    }),
);
