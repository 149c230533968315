import { ABSENT, known, mapValue, valueOf, type Value } from "../../values";
import type { Creation, DiskPlace, PlaceSettings, VmImage } from "../../resources";
import {
    nowhere,
    plannedPart,
    reference,
    type Lifetime,
    type Part,
    type PlannedProperties,
    type PlannedResource,
    type Reference,
} from "../../planned-resource";
import type { Property } from "../../property-bag";
import { either, imageOf, isAttached, isSpot, zoneOf } from "../vm";
import { locationOf, tagsOf } from "../reader";
import { reader } from "./resource";

/** `azure-native:compute:VirtualMachine` (CMP-01, CMP-02) */
export const readVirtualMachine = reader(
    "VM",
    { armType: "Microsoft.Compute/virtualMachines", names: ["vmName"] },
    ({ resource, properties, identity }) => {
        const storage = properties.below("storageProfile");
        const security = properties.below("securityProfile");
        return {
            tags: tagsOf(properties),
            location: locationOf(resource, properties),
            placesAreAll: true,
            diskPlaces: [osDiskPlace(resource, storage), ...dataDiskPlaces(resource, storage)],
            size: properties.planned("hardwareProfile", "vmSize").text(),
            isSpot: isSpot(properties.planned("priority").text()),
            diskController: storage.planned("diskControllerType").text(),
            onDedicatedHost: either(
                properties.planned("host", "id").exists(),
                properties.planned("hostGroup", "id").exists(),
            ),
            securityType: security.planned("securityType").text(),
            encryptedAtHost: security.planned("encryptionAtHost").flag(),
            image: imageIn(storage),
            networkInterfaces: networkInterfaces(resource, properties),
            zone: zone(resource, properties, identity.lifetime),
            osType: osType(properties, storage),
            inEdgeZone: properties.planned("extendedLocation").exists(),
        };
    },
    (properties) => {
        const places = valueOf(properties.planned("storageProfile", "dataDisks").list()) ?? [];
        return places.map(createOption);
    },
);

function imageIn(storage: PlannedProperties): VmImage {
    const image = storage.below("imageReference");
    return imageOf(
        image,
        "storageProfile.imageReference",
        [image.planned("id"), image.planned("sharedGalleryImageId"), image.planned("communityGalleryImageId")],
        isAttached(storage.planned("osDisk", "createOption").text()),
    );
}

function createOption(place: Part): Property {
    return place.at("createOption");
}

function osType(properties: PlannedProperties, storage: PlannedProperties): Value<string> {
    const told = storage.planned("osDisk", "osType").text();
    if (told.state !== "absent") {
        return told;
    }
    const linux = properties.planned("osProfile", "linuxConfiguration").exists();
    return valueOf(linux) === false ? ABSENT : mapValue(linux, () => "Linux");
}

function zone(resource: PlannedResource, properties: PlannedProperties, lifetime: Lifetime): Value<string> {
    const zones = properties.planned("zones");
    const list = zones.list();
    return zoneOf(
        list.state === "known" ? (list.value[0]?.text() ?? ABSENT) : list,
        either(properties.planned("placement").exists(), properties.planned("virtualMachineScaleSet", "id").exists()),
        lifetime === "existing" && resource.embeddedIn?.deployment === undefined,
        zones.path,
    );
}

function networkInterfaces(resource: PlannedResource, properties: PlannedProperties): Value<readonly Reference[]> {
    const list = properties.planned("networkProfile", "networkInterfaces").list();
    return mapValue(list, (interfaces) => interfaces.map((each) => reference(resource, each.at("id"))));
}

function osDiskPlace(resource: PlannedResource, storage: PlannedProperties): DiskPlace {
    const osDisk = plannedPart(storage.planned("osDisk"), storage.configured("osDisk"));
    return {
        role: "os",
        lun: undefined,
        origin: originOf(osDisk),
        disk: reference(resource, storage.filledIn("osDisk", "managedDisk", "id")),
        attachedBy: undefined,
        diskName: osDisk.at("name").text(),
        isWholeList: false,
        // Azure makes an OS disk from an image, or it is there already; neither is a restore.
        creation: { option: createOption(osDisk).text(), source: nowhere("storageProfile.osDisk") },
        settings: {
            ...settings(resource, osDisk),
            ephemeral: osDisk.at("diffDiskSettings", "option").exists(),
            encryptedInGuest: osDisk.at("encryptionSettings", "enabled").flag(),
        },
    };
}

function settings(resource: PlannedResource, place: Part): PlaceSettings {
    return {
        size: place.at("diskSizeGB").number(),
        sku: place.at("managedDisk", "storageAccountType").text(),
        caching: place.at("caching").text(),
        writeAccelerated: place.at("writeAcceleratorEnabled").flag(),
        unmanaged: place.at("vhd").exists(),
        // Settings of an OS disk alone.
        ephemeral: known(false),
        encryptedInGuest: ABSENT,
        encryptionSet: reference(resource, place.at("managedDisk", "diskEncryptionSet", "id")),
    };
}

/** One place for each data disk that stays: `toBeDetached` is on its way out and counts as not attached. */
function dataDiskPlaces(resource: PlannedResource, storage: PlannedProperties): DiskPlace[] {
    const planned = storage.planned("dataDisks");
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
                settings: settings(resource, planned),
            },
        ];
    }
    const configured = configuredByLun(storage);
    const withoutLun = configuredWithoutLun(storage);
    return places.value
        .filter((place) => valueOf(place.at("toBeDetached").flag()) !== true)
        .map((answer, index) => {
            const lun = valueOf(answer.at("lun").number());
            const input = lun === undefined ? withoutLun[index] : configured.get(lun);
            const place = plannedPart(answer, input);
            const id = answer.at("managedDisk", "id");
            return {
                role: "data",
                lun,
                origin: originOf(place),
                disk: reference(resource, id.state === "absent" && input ? input.at("managedDisk", "id") : id),
                attachedBy: undefined,
                diskName: (input ?? place).at("name").text(),
                isWholeList: false,
                creation: creation(resource, place),
                settings: settings(resource, place),
            };
        });
}

/** Only a place with `Attach` takes a disk that is there already; in all others Azure makes one (CMP-01, CMP-02). */
function originOf(place: Part): DiskPlace["origin"] {
    const option = createOption(place).text();
    return option.state === "known" && option.value.toLowerCase() !== "attach" ? "implicit" : "explicit";
}

function configuredByLun(storage: PlannedProperties): ReadonlyMap<number, Property> {
    const places = valueOf(storage.configured("dataDisks").list()) ?? [];
    return new Map(
        places.flatMap((place) => {
            const lun = valueOf(place.at("lun").number());
            return lun === undefined ? [] : [[lun, place] as const];
        }),
    );
}

/** By their position: elements of which the plan does not know the LUN yet, as the preview's answer does not either. */
function configuredWithoutLun(storage: PlannedProperties): readonly (Property | undefined)[] {
    const places = valueOf(storage.configured("dataDisks").list()) ?? [];
    return places.map((place) => (place.at("lun").state === "unknown" ? place : undefined));
}

function creation(resource: PlannedResource, place: Part): Creation {
    return { option: createOption(place).text(), source: reference(resource, place.at("sourceResource", "id")) };
}
