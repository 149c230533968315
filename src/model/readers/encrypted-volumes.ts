import { ABSENT, known, valueOf, type Value } from "../values";
import { Property, type PropertyBag } from "../property-bag";

/** What the settings of the extension of Azure Disk Encryption ask for. */
export function encryptedVolumes(settings: Property): Value<string> {
    const operation = valueOf(settings.at("EncryptionOperation").text());
    return operation?.toLowerCase().startsWith("disable") === true ? known("None") : settings.at("VolumeType").text();
}

/** The same as a JSON text, which the classic provider has. */
export function encryptedVolumesOfText(text: Value<string>): Value<string> {
    if (text.state !== "known") {
        return text;
    }
    try {
        return encryptedVolumes(Property.of(JSON.parse(text.value) as PropertyBag));
    } catch {
        return ABSENT;
    }
}
