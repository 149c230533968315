import { mapValue } from "../../values";
import { isPrivate } from "../disk-access";
import { reference, type PlannedProperties } from "../../planned-resource";
import type { Property } from "../../property-bag";
import { locationOf, tagsOf } from "../reader";
import { reader } from "./resource";

/** `azure-native:compute:Disk` (CMP-03) */
export const readDisk = reader(
    "disk",
    { armType: "Microsoft.Compute/disks", names: ["diskName"] },
    ({ resource, properties }) => ({
        tags: tagsOf(properties),
        ...(resource.isKnownRestored === true ? { isKnownRestored: true } : {}),
        osType: properties.configured("osType").text(),
        location: locationOf(resource, properties),
        size: properties.planned("diskSizeGB").number(),
        sku: properties.planned("sku", "name").text(),
        maxShares: properties.planned("maxShares").number(),
        encryptionSet: reference(resource, properties.planned("encryption", "diskEncryptionSetId")),
        encryptedInGuest: properties.planned("encryptionSettingsCollection", "enabled").flag(),
        isPrivate: isPrivate(
            properties.planned("networkAccessPolicy").text(),
            mapValue(properties.planned("publicNetworkAccess").text(), (access) => access.toLowerCase() !== "disabled"),
        ),
        accessMode: properties.planned("dataAccessAuthMode").text(),
        creation: {
            option: createOption(properties).text(),
            source: reference(resource, properties.planned("creationData", "sourceResourceId")),
        },
    }),
    (properties) => [createOption(properties)],
);

function createOption(properties: PlannedProperties): Property {
    return properties.planned("creationData", "createOption");
}
