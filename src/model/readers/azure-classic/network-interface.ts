import { known, mapValue } from "../../values";
import { reference } from "../../planned-resource";
import { reader } from "./resource";

/** `azure:network/networkInterface:NetworkInterface` (CMP-12) */
export const readNetworkInterface = reader(
    "network interface",
    { armType: "Microsoft.Network/networkInterfaces", names: ["name"] },
    ({ resource, properties }) => ({
        addresses: mapValue(properties.planned("ipConfigurations").list(), (configurations) =>
            configurations.map((each) => ({
                version: each.at("privateIpAddressVersion").text(),
                isPublic: mapValue(each.at("publicIpAddressId").text(), () => true),
                // Security groups come by associations.
                inSecurityGroup: known(false),
                subnet: reference(resource, each.at("subnetId")),
            })),
        ),
    }),
);

/** `azure:privatelink/endpoint:Endpoint` */
export const readPrivateEndpoint = reader(
    "private endpoint",
    { armType: "Microsoft.Network/privateEndpoints", names: ["name"] },
    ({ resource, properties }) => {
        const connection = properties.planned("privateServiceConnection");
        return {
            connections: known([
                {
                    to: reference(resource, connection.at("privateConnectionResourceId")),
                    parts: mapValue(connection.at("subresourceNames").list(), (parts) =>
                        parts.map((part) => part.text()),
                    ),
                },
            ]),
        };
    },
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
