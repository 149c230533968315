import { displayName } from "../estate/display-name";
import type { AzureResource } from "../estate/model";
import type { Origin } from "../estate/outside";

/** A line for each resource that only an inventory tells of: who says so, and how old that is. */
export function knownFromLines(resources: readonly AzureResource[]): readonly string[] {
    return resources.flatMap((resource) =>
        resource.origin === undefined
            ? []
            : [
                  `The ${resource.kind} "${displayName(resource)}" is known from the inventory: ${resource.origin.source}, ${readInWords(resource.origin)}.${remark(resource.origin)}`,
              ],
    );
}

/** Whose program has a resource outside of this stack; undefined for one of this stack. */
export function homeOf({ origin, urn }: AzureResource): string | undefined {
    if (origin === undefined || urn !== undefined) {
        return undefined;
    }
    return origin.isStack ? origin.source : "the stack that has the item";
}

function readInWords({ readAt, ageHours }: Origin): string {
    return `read ${new Date(readAt).toISOString().slice(0, 16).replace("T", " ")} UTC, ${ageInWords(ageHours)}`;
}

function ageInWords(hours: number): string {
    const [count, unit] =
        hours < 1
            ? [Math.max(0, Math.floor(hours * 60)), "minute"]
            : hours < 48
              ? [Math.floor(hours), "hour"]
              : [Math.floor(hours / 24), "day"];
    return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
}

function remark({ ageHours, maximumAgeHours }: Origin): string {
    return ageHours > maximumAgeHours
        ? ` That is older than maximumAgeHours (${maximumAgeHours}): make the inventory anew before you rely on it.`
        : "";
}
