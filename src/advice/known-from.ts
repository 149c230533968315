import { displayName } from "../model/ids/display-name";
import { pushTo, getOrCreate } from "../model/lists";
import type { Estate } from "../model/estate";
import type { AzureResource, VirtualMachine, Origin, ReplicatedItem } from "../model/resources";
import { linesOf, namesOf, quoted } from "./names";

/** What a VM's re-protection is about: the item that replicates it, and the backup that it may be restored from. */
export function protectionOf(estate: Estate, vm: VirtualMachine, item: ReplicatedItem): readonly AzureResource[] {
    const backup = estate.backup.ofWholeVm(vm);
    return [item, ...(backup.answer === "yes" ? backup.items : [])];
}

/** Where an inventory is the only source: which one, and how old it is; a line for each source and kind of resource. */
export function knownFromLines(resources: readonly AzureResource[]): readonly string[] {
    return getOrCreate(lines, resources, () => {
        const all = linesAbout(resources);
        return all.length === 0 ? all : linesOf(namesOf(all, (line) => line));
    });
}

/** Thousands of findings may rest on one list, such as all items in a locked group. */
const lines = new WeakMap<readonly AzureResource[], readonly string[]>();

function linesAbout(resources: readonly AzureResource[]): readonly string[] {
    const alike = new Map<string, AzureResource[]>();
    for (const resource of new Set(resources)) {
        pushTo(alike, `${resource.kind} ${resource.origin?.source ?? ""}`, resource);
    }
    return [...alike.values()].flatMap(([first, ...others]) =>
        first?.origin === undefined
            ? []
            : [
                  `The ${inWords([first, ...others])} known from the inventory: ${first.origin.source}, ${readInWords(first.origin)}.${remark(first.origin)}`,
              ],
    );
}

const MOST_RESOURCES = 5;

function inWords([first, ...others]: readonly [AzureResource, ...AzureResource[]]): string {
    const names = quoted(namesOf([first, ...others], displayName), MOST_RESOURCES);
    return others.length === 0 ? `${first.kind} ${names} is` : `${first.kind}s ${names} are`;
}

/** The stack that has a resource outside this one; undefined for a resource of this stack. */
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
        ? ` That is older than maximumAgeHours (${maximumAgeHours}): create the inventory again before you rely on it.`
        : "";
}
