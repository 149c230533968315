import { DISK_ENCRYPTION } from "../../facts/disk-encryption";
import { known, mapValue, valueOf, type Value } from "../values";
import type { VmExtension } from "../resources";

const PUBLISHER = DISK_ENCRYPTION.publisher.toLowerCase();
const TYPES = new Set<string>(DISK_ENCRYPTION.types.map((type) => type.toLowerCase()));

/** Whether an extension of a VM is Azure Disk Encryption, whatever it encrypts. */
export function isDiskEncryption({ publisher, type }: VmExtension): Value<boolean> {
    return both(
        mapValue(publisher, (name) => name.toLowerCase() === PUBLISHER),
        mapValue(type, (name) => TYPES.has(name.toLowerCase())),
    );
}

/** Whether an extension of a VM has Azure Disk Encryption encrypt its OS disk, or its data disks. */
export function encrypts(extension: VmExtension, role: "os" | "data"): Value<boolean> {
    const { encryptedVolumes } = extension;
    // What is left out means all volumes.
    const takesIt =
        encryptedVolumes.state === "absent"
            ? known(true)
            : mapValue(encryptedVolumes, (volumes) => ["all", role].includes(volumes.toLowerCase()));
    return both(isDiskEncryption(extension), takesIt);
}

/** False where one of them surely is not so, or has no value. */
function both(...parts: readonly Value<boolean>[]): Value<boolean> {
    const no = parts.some((part) => part.state !== "unknown" && valueOf(part) !== true);
    return no ? known(false) : (parts.find(({ state }) => state === "unknown") ?? known(true));
}
