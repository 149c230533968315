import { ABSENT } from "../../values";
import { reference, type PlannedProperties } from "../../planned-resource";
import type { Property } from "../../property-bag";
import { positive } from "../vm";
import { isPrivate } from "../disk-access";
import { locationOf, tagsOf } from "../reader";
import { reader } from "./resource";

/** `azure:compute/managedDisk:ManagedDisk` (CMP-03) */
export const readManagedDisk = reader(
    "disk",
    { armType: "Microsoft.Compute/disks", names: ["name"] },
    ({ resource, properties }) => ({
        tags: tagsOf(properties),
        ...(resource.isKnownRestored === true ? { isKnownRestored: true } : {}),
        osType: properties.configured("osType").text(),
        location: locationOf(resource, properties),
        size: positive(properties.planned("diskSizeGb").number()),
        sku: properties.planned("storageAccountType").text(),
        maxShares: properties.planned("maxShares").number(),
        encryptionSet: reference(resource, properties.planned("diskEncryptionSetId")),
        encryptedInGuest: properties.planned("encryptionSettings").exists(),
        isPrivate: isPrivate(
            properties.planned("networkAccessPolicy").text(),
            properties.planned("publicNetworkAccessEnabled").flag(),
        ),
        // The provider has no property for it.
        accessMode: ABSENT,
        creation: {
            option: createOption(properties).text(),
            source: reference(resource, properties.planned("sourceResourceId")),
        },
    }),
    (properties) => [createOption(properties)],
);

function createOption(properties: PlannedProperties): Property {
    return properties.planned("createOption");
}
