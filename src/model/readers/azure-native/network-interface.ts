import { known, mapValue, valueOf } from "../../values";
import { plannedPart, reference, type PlannedProperties } from "../../planned-resource";
import type { Property } from "../../property-bag";
import { reader } from "./resource";

/** `azure-native:network:NetworkInterface` (CMP-12) */
export const readNetworkInterface = reader(
    "network interface",
    { armType: "Microsoft.Network/networkInterfaces", names: ["networkInterfaceName"] },
    ({ resource, properties }) => ({
        addresses: mapValue(properties.planned("ipConfigurations").list(), (configurations) =>
            configurations
                .map((answer, index) => plannedPart(answer, asked(properties, index)))
                .map((each) => ({
                    version: each.at("privateIPAddressVersion").text(),
                    isPublic: each.at("publicIPAddress").exists(),
                    inSecurityGroup: each.at("applicationSecurityGroups").isFilled(),
                    subnet: reference(resource, each.at("subnet", "id")),
                })),
        ),
    }),
);

/** `azure-native:network:PrivateEndpoint` */
export const readPrivateEndpoint = reader(
    "private endpoint",
    { armType: "Microsoft.Network/privateEndpoints", names: ["privateEndpointName"] },
    ({ resource, properties }) => {
        const connected = ["privateLinkServiceConnections", "manualPrivateLinkServiceConnections"].map((list) =>
            mapValue(properties.planned(list).list(), (connections) =>
                connections.map((each) => ({
                    to: reference(resource, each.at("privateLinkServiceId")),
                    parts: mapValue(each.at("groupIds").list(), (parts) => parts.map((part) => part.text())),
                })),
            ),
        );
        return {
            connections:
                connected.find(({ state }) => state === "unknown") ??
                known(connected.flatMap((connections) => valueOf(connections) ?? [])),
        };
    },
);

function asked(properties: PlannedProperties, index: number): Property | undefined {
    return valueOf(properties.configured("ipConfigurations").list())?.[index];
}
