import { known, mapKnown, type Known } from "../../known";
import { reference, type PlannedProperties } from "../../planned-resource";
import { reader } from "./resource";

/** `azure-native:recoveryservices:ReplicationProtectedItem` (facts 5.4); the vault's name is in `resourceName` (TOK-09). */
export const readReplicationProtectedItem = reader(
    {
        armType:
            "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems",
        names: ["resourceName", "fabricName", "protectionContainerName", "replicatedProtectedItemName"],
    },
    ({ resource, properties, identity }) => ({
        ...identity,
        kind: "replicated item",
        machine: reference(resource, properties.planned("properties", "providerSpecificDetails", "fabricObjectId")),
        failedOver: failedOver(properties),
    }),
);

/** Only the read-back tells (RD-17); while it is unknown the item is, or will be, on the side it was set up for. */
function failedOver(properties: PlannedProperties): Known<boolean> {
    const location = properties.readBack("properties", "activeLocation").text();
    return location.state === "known" ? mapKnown(location, (side) => side.toLowerCase() === "recovery") : known(false);
}
