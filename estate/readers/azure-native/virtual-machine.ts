import { ABSENT, valueOf } from "../../known";
import type { Creation, DiskPlace } from "../../model";
import { nowhere, reference, type PlannedProperties, type PlannedResource } from "../../planned-resource";
import type { Property } from "../../property-bag";
import { tagsOf } from "../reader";
import { reader } from "./resource";

/** `azure-native:compute:VirtualMachine` (CMP-01, CMP-02) */
export const readVirtualMachine = reader(
    "machine",
    { armType: "Microsoft.Compute/virtualMachines", names: ["vmName"] },
    ({ resource, properties, identity }) => ({
        ...identity,
        tags: tagsOf(properties),
        location: properties.planned("location").text(),
        groupFrom: resource.dependenciesOf("resourceGroupName"),
        placesAreAll: true,
        diskPlaces: [osDiskPlace(resource, properties), ...dataDiskPlaces(resource, properties)],
    }),
);

function osDiskPlace(resource: PlannedResource, properties: PlannedProperties): DiskPlace {
    const osDisk = properties.planned("storageProfile", "osDisk");
    return {
        role: "os",
        lun: undefined,
        origin: originOf(osDisk),
        disk: reference(resource, properties.filledIn("storageProfile", "osDisk", "managedDisk", "id")),
        attachedBy: undefined,
        diskName: osDisk.at("name").text(),
        isWholeList: false,
        // Azure makes an OS disk from an image, or it is there already; neither is a restore.
        creation: { option: osDisk.at("createOption").text(), source: nowhere("storageProfile.osDisk") },
    };
}

/** One place for each data disk that stays: `toBeDetached` is on its way out and counts as not attached. */
function dataDiskPlaces(resource: PlannedResource, properties: PlannedProperties): DiskPlace[] {
    const planned = properties.planned("storageProfile", "dataDisks");
    const places = planned.list();
    if (places.state === "absent") {
        return [];
    }
    if (places.state === "unknown") {
        const disk = reference(resource, planned);
        return [
            {
                role: "data",
                lun: undefined,
                origin: "explicit",
                disk,
                attachedBy: undefined,
                diskName: ABSENT,
                isWholeList: true,
                creation: creation(resource, planned),
            },
        ];
    }
    const configured = configuredByLun(properties);
    return places.value
        .filter((place) => valueOf(place.at("toBeDetached").flag()) !== true)
        .map((place) => {
            const lun = valueOf(place.at("lun").number());
            const input = lun === undefined ? undefined : configured.get(lun);
            const id = place.at("managedDisk", "id");
            return {
                role: "data",
                lun,
                origin: originOf(place),
                disk: reference(resource, id.state === "absent" && input ? input.at("managedDisk", "id") : id),
                attachedBy: undefined,
                diskName: (input ?? place).at("name").text(),
                isWholeList: false,
                creation: creation(resource, place),
            };
        });
}

/** Only a place with `Attach` takes a disk that is there already; in all others Azure makes one (CMP-01, CMP-02). */
function originOf(place: Property): DiskPlace["origin"] {
    const option = place.at("createOption").text();
    return option.state === "known" && option.value.toLowerCase() !== "attach" ? "implicit" : "explicit";
}

function configuredByLun(properties: PlannedProperties): ReadonlyMap<number, Property> {
    const places = valueOf(properties.configured("storageProfile", "dataDisks").list()) ?? [];
    return new Map(
        places.flatMap((place) => {
            const lun = valueOf(place.at("lun").number());
            return lun === undefined ? [] : [[lun, place] as const];
        }),
    );
}

function creation(resource: PlannedResource, place: Property): Creation {
    return { option: place.at("createOption").text(), source: reference(resource, place.at("sourceResource", "id")) };
}
