import { mapValue, valueOf } from "../../values";
import { plannedPart, type PlannedProperties } from "../../planned-resource";
import type { Property } from "../../property-bag";
import { reader } from "./resource";

/** `azure-native:network:NetworkInterface` (CMP-12) */
export const readNetworkInterface = reader(
    "network interface",
    { armType: "Microsoft.Network/networkInterfaces", names: ["networkInterfaceName"] },
    ({ properties }) => ({
        addresses: mapValue(properties.planned("ipConfigurations").list(), (configurations) =>
            configurations
                .map((answer, index) => plannedPart(answer, asked(properties, index)))
                .map((each) => ({
                    version: each.at("privateIPAddressVersion").text(),
                    isPublic: each.at("publicIPAddress").exists(),
                    inSecurityGroup: each.at("applicationSecurityGroups").isFilled(),
                })),
        ),
    }),
);

function asked(properties: PlannedProperties, index: number): Property | undefined {
    return valueOf(properties.configured("ipConfigurations").list())?.[index];
}
