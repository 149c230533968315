import { ABSENT, known, valueOf } from "../../values";
import type { DiskPlace, PlaceSettings } from "../../resources";
import { nowhere, reference, unknownReference, type PlannedProperties } from "../../planned-resource";
import type { Property } from "../../property-bag";
import { reader } from "./resource";

/** `azure:compute/dataDiskAttachment:DataDiskAttachment` (CMP-04) */
export const readDataDiskAttachment = reader(
    "disk attachment",
    { armType: "Microsoft.Compute/virtualMachines/dataDisks", parent: "virtualMachineId", names: ["managedDiskId"] },
    ({ resource, properties }) => ({
        vm: reference(resource, properties.planned("virtualMachineId")),
        place: {
            role: "data",
            lun: valueOf(properties.planned("lun").number()),
            origin: "explicit",
            disk: reference(resource, properties.planned("managedDiskId")),
            attachedBy: resource.name,
            diskName: ABSENT,
            isWholeList: false,
            creation: { option: ABSENT, source: nowhere("managedDiskId") },
            settings: settings(properties),
        } satisfies DiskPlace,
    }),
);

/** `azure:compute/implicitDataDiskFromSource:ImplicitDataDiskFromSource` (CMP-02, RD-06) */
export const readImplicitDataDisk = reader(
    "disk attachment",
    { armType: "Microsoft.Compute/virtualMachines/dataDisks", parent: "virtualMachineId", names: ["name"] },
    ({ resource, properties }) => ({
        vm: reference(resource, properties.planned("virtualMachineId")),
        place: {
            role: "data",
            lun: valueOf(properties.planned("lun").number()),
            origin: "implicit",
            // It has no separate id; its name has the id of the disk (`{VM}/dataDisks/{disk}`).
            disk: unknownReference("name"),
            attachedBy: resource.name,
            diskName: properties.planned("name").text(),
            isWholeList: false,
            creation: {
                option: createOption(properties).text(),
                source: reference(resource, properties.planned("sourceResourceId")),
            },
            settings: settings(properties),
        } satisfies DiskPlace,
    }),
    (properties) => [createOption(properties)],
);

function createOption(properties: PlannedProperties): Property {
    return properties.planned("createOption");
}

function settings(properties: PlannedProperties): PlaceSettings {
    return {
        size: ABSENT,
        sku: ABSENT,
        caching: properties.planned("caching").text(),
        writeAccelerated: properties.planned("writeAcceleratorEnabled").flag(),
        ephemeral: known(false),
        unmanaged: known(false),
        encryptedInGuest: ABSENT,
        encryptionSet: nowhere("managedDiskId"),
    };
}
