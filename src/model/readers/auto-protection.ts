import { known, mapValue, type Value } from "../values";
import type { PlannedProperties } from "../planned-resource";

/** Whether Site Recovery picks up data disks that are added. Left out it is off. */
export function autoProtection(details: PlannedProperties): Value<boolean> {
    const setting = details.planned("autoProtectionOfDataDisk").text();
    return setting.state === "absent" ? known(false) : mapValue(setting, (text) => text.toLowerCase() === "enabled");
}
