import { mapKnown } from "../../known";
import { reader } from "./resource";

/** `azure-native:network:NetworkInterface` (CMP-12) */
export const readNetworkInterface = reader(
    "network interface",
    { armType: "Microsoft.Network/networkInterfaces", names: ["networkInterfaceName"] },
    ({ properties, identity }) => ({
        ...identity,
        addresses: mapKnown(properties.planned("ipConfigurations").list(), (configurations) =>
            configurations.map((each) => ({
                version: each.at("privateIPAddressVersion").text(),
                isPublic: each.at("publicIPAddress").exists(),
                inSecurityGroup: each.at("applicationSecurityGroups").isFilled(),
            })),
        ),
    }),
);
