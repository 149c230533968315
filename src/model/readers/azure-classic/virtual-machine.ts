import { ABSENT, known, mapValue, valueOf, type Value } from "../../values";
import type { Creation, DiskPlace, PlaceSettings } from "../../resources";
import {
    nowhere,
    plannedPart,
    reference,
    type Part,
    type PlannedProperties,
    type PlannedResource,
    type Reference,
} from "../../planned-resource";
import type { Property } from "../../property-bag";
import { either, imageOf, isAttached, isSpot, positive, zoneOf } from "../vm";
import { locationOf, tagsOf } from "../reader";
import { reader } from "./resource";

const SHAPE = { armType: "Microsoft.Compute/virtualMachines", names: ["name"] };

/** `azure:compute/linuxVirtualMachine:LinuxVirtualMachine` and `windowsVirtualMachine` (CMP-01) */
export const readVirtualMachine = reader("VM", SHAPE, ({ resource, properties, identity }) => ({
    tags: tagsOf(properties),
    location: locationOf(resource, properties),
    diskPlaces: [osDiskPlace(resource, properties)],
    // Data disks come by attachments (CMP-04).
    placesAreAll: false,
    size: properties.planned("size").text(),
    isSpot: isSpot(properties.planned("priority").text()),
    diskController: properties.planned("diskControllerType").text(),
    onDedicatedHost: either(
        mapValue(properties.planned("dedicatedHostId").text(), () => true),
        mapValue(properties.planned("dedicatedHostGroupId").text(), () => true),
    ),
    securityType: securityType(properties),
    encryptedAtHost: properties.planned("encryptionAtHostEnabled").flag(),
    image: imageOf(
        properties.below("sourceImageReference"),
        "sourceImageReference",
        [properties.planned("sourceImageId")],
        known(!makesOsDisk(properties)),
    ),
    networkInterfaces: networkInterfaces(resource, properties),
    zone: zoneOf(
        properties.planned("zone").text(),
        mapValue(properties.planned("virtualMachineScaleSetId").text(), () => true),
        identity.lifetime === "existing",
        "zone",
    ),
    osType: known(/linux/i.test(resource.type) ? "Linux" : "Windows"),
    inEdgeZone: mapValue(properties.planned("edgeZone").text(), () => true),
}));

/** Facts A2A-21 and A2A-22: the provider has no property for the type itself. */
function securityType(properties: PlannedProperties): Value<string> {
    const confidential = properties.planned("osDisk", "securityEncryptionType").text();
    if (confidential.state !== "absent") {
        return mapValue(confidential, () => "ConfidentialVM");
    }
    const trusted = either(properties.planned("secureBootEnabled").flag(), properties.planned("vtpmEnabled").flag());
    return trusted.state === "known" ? (trusted.value ? known("TrustedLaunch") : ABSENT) : trusted;
}

function networkInterfaces(resource: PlannedResource, properties: PlannedProperties): Value<readonly Reference[]> {
    return mapValue(properties.planned("networkInterfaceIds").list(), (ids) =>
        ids.map((id) => reference(resource, id)),
    );
}

function osDiskPlace(resource: PlannedResource, properties: PlannedProperties): DiskPlace {
    const isImplicit = makesOsDisk(properties);
    const made = properties.filledIn("osDisk", "id");
    const disk = isImplicit && made.state !== "absent" ? made : properties.filledIn("osManagedDiskId");
    return {
        role: "os",
        lun: undefined,
        origin: isImplicit ? "implicit" : "explicit",
        disk: reference(resource, disk),
        attachedBy: undefined,
        diskName: properties.planned("osDisk", "name").text(),
        isWholeList: false,
        creation: { option: ABSENT, source: reference(resource, properties.readBack("osManagedDiskId")) },
        settings: {
            size: positive(properties.planned("osDisk", "diskSizeGb").number()),
            sku: properties.planned("osDisk", "storageAccountType").text(),
            caching: properties.planned("osDisk", "caching").text(),
            writeAccelerated: properties.planned("osDisk", "writeAcceleratorEnabled").flag(),
            ephemeral: properties.planned("osDisk", "diffDiskSettings", "option").exists(),
            unmanaged: known(false),
            encryptedInGuest: ABSENT,
            encryptionSet: reference(resource, properties.planned("osDisk", "diskEncryptionSetId")),
        },
    };
}

/** Azure makes the OS disk from an image, unless `osManagedDiskId` names one that is there. */
function makesOsDisk(properties: PlannedProperties): boolean {
    return properties.configured("osManagedDiskId").state === "absent" || hasImage(properties);
}

/** Where no inputs were collected, the read-back names a disk either way; the image tells that Azure made it. */
function hasImage(properties: PlannedProperties): boolean {
    return (
        properties.configured("sourceImageReference").state !== "absent" ||
        properties.configured("sourceImageId").text().state !== "absent"
    );
}

/** `azure:compute/virtualMachine:VirtualMachine`, the old form with its disks in it (CMP-01) */
export const readLegacyVirtualMachine = reader("VM", SHAPE, ({ resource, properties }) => ({
    tags: tagsOf(properties),
    location: locationOf(resource, properties),
    diskPlaces: [
        legacyPlace(resource, "os", properties.planned("storageOsDisk"), properties.configured("storageOsDisk")),
        ...legacyDataDisks(resource, properties),
    ],
    placesAreAll: false,
    size: properties.planned("vmSize").text(),
    // The old form knows none of these.
    isSpot: known(false),
    diskController: ABSENT,
    onDedicatedHost: known(false),
    securityType: ABSENT,
    encryptedAtHost: known(false),
    image: imageOf(
        properties.below("storageImageReference"),
        "storageImageReference",
        [properties.planned("storageImageReference", "id")],
        isAttached(properties.planned("storageOsDisk", "createOption").text()),
    ),
    networkInterfaces: networkInterfaces(resource, properties),
    zone: properties.planned("zones").text(),
    osType: properties.planned("storageOsDisk", "osType").text(),
    inEdgeZone: known(false),
}));

function legacyDataDisks(resource: PlannedResource, properties: PlannedProperties): DiskPlace[] {
    const planned = properties.planned("storageDataDisks");
    const places = planned.list();
    if (places.state === "unknown") {
        return [
            {
                ...legacyPlace(resource, "data", planned, planned),
                disk: reference(resource, planned),
                isWholeList: true,
            },
        ];
    }
    const configured = valueOf(properties.configured("storageDataDisks").list()) ?? [];
    const byLun = new Map(configured.map((place) => [lunOf(place), place]));
    return (valueOf(places) ?? []).map((place, index) => {
        const lun = lunOf(place);
        // Where no LUN is known, the preview's answer has the order of the program.
        const asked = lun === undefined ? configured[index] : byLun.get(lun);
        return legacyPlace(resource, "data", place, asked ?? place);
    });
}

function lunOf(place: Property): number | undefined {
    return valueOf(place.at("lun").number());
}

function legacyPlace(
    resource: PlannedResource,
    role: DiskPlace["role"],
    answer: Property,
    configured: Property,
): DiskPlace {
    const place = plannedPart(answer, configured);
    const option = place.at("createOption").text();
    const id = answer.at("managedDiskId");
    return {
        role,
        lun: role === "os" ? undefined : lunOf(answer),
        origin: option.state === "known" && option.value.toLowerCase() !== "attach" ? "implicit" : "explicit",
        disk: reference(resource, id.state === "absent" ? configured.at("managedDiskId") : id),
        attachedBy: undefined,
        diskName: configured.at("name").text(),
        isWholeList: false,
        creation: NO_SOURCE,
        settings: legacySettings(place),
    };
}

function legacySettings(place: Part): PlaceSettings {
    return {
        size: positive(place.at("diskSizeGb").number()),
        sku: place.at("managedDiskType").text(),
        caching: place.at("caching").text(),
        writeAccelerated: place.at("writeAcceleratorEnabled").flag(),
        ephemeral: known(false),
        unmanaged: mapValue(place.at("vhdUri").text(), () => true),
        encryptedInGuest: ABSENT,
        encryptionSet: nowhere(place.path),
    };
}

const NO_SOURCE: Creation = { option: known("FromImage"), source: nowhere("managedDiskId") };
