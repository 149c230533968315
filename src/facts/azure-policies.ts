/** A built-in definition of Azure Policy that turns protection on by itself (read 2026-04-29). */
export interface ProtectingPolicy {
    readonly fact: string;
    /** Last part of the definition's id. */
    readonly guid: string;
    readonly turnsOn: "backup" | "replication" | "disk backup";
    /** The parameter that holds the region for which it works; undefined where it works in any. */
    readonly region: string | undefined;
    readonly tag: TagRule;
    /** Which VMs it takes by their image: all, or those made from `LISTED_IMAGES` alone (VMB-32). */
    readonly images: "any" | "listed";
}

/** Which VMs it takes by their tags, and the parameters that hold name and values. */
export interface TagRule {
    readonly name: string;
    readonly values: string;
    /** `parameter`: a parameter of this name says Inclusion or Exclusion. */
    readonly takes: "with" | "without" | { readonly parameter: string };
    /** Without a name, without values or without a type, it takes every VM. */
    readonly takesAllWhenEmpty?: true;
}

const WITH: TagRule = { name: "inclusionTagName", values: "inclusionTagValue", takes: "with" };
const WITHOUT: TagRule = { name: "exclusionTagName", values: "exclusionTagValue", takes: "without" };
/** The policies for disks spell the parameter with an s. */
const DISKS_WITH: TagRule = { ...WITH, values: "inclusionTagValues" };
const DISKS_WITHOUT: TagRule = { ...WITHOUT, values: "exclusionTagValues" };
const BY_TYPE: TagRule = {
    name: "tagName",
    values: "tagValue",
    takes: { parameter: "tagType" },
    takesAllWhenEmpty: true,
};

export const PROTECTING_POLICIES: readonly ProtectingPolicy[] = [
    row("POL-01", "ac34a73f-9fa5-4067-9247-a3ecae514468", "replication", "sourceRegion", BY_TYPE),
    row("POL-03", "09ce66bc-1220-4153-8104-e3f51c936913", "backup", "vaultLocation", WITHOUT),
    row("POL-04", "345fa903-145c-4fe1-8bcd-93ec2adccde8", "backup", "vaultLocation", WITH),
    row("POL-05", "98d0b9f8-fd90-49c9-88e2-d3baf3b0dd86", "backup", undefined, WITHOUT),
    row("POL-06", "83644c87-93dd-49fe-bf9f-6aff8fd0834e", "backup", undefined, {
        ...WITH,
        takesAllWhenEmpty: true,
    }),
    row("POL-08", "7b5a3b1d-d2e1-4c0b-9f3b-ad0b9a2283f4", "disk backup", "vaultLocation", DISKS_WITH),
    row("POL-09", "6e68865f-f3cd-48ec-9bba-54795672eaa4", "disk backup", "vaultLocation", DISKS_WITHOUT),
];

function row(
    fact: string,
    guid: string,
    turnsOn: ProtectingPolicy["turnsOn"],
    region: string | undefined,
    tag: TagRule,
): ProtectingPolicy {
    // Each definition that backs up whole VMs has the list; those for disks and for replication have none.
    return { fact, guid, turnsOn, region, tag, images: turnsOn === "backup" ? "listed" : "any" };
}
