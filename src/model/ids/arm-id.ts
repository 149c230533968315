import { equalsIgnoringCase } from "../letter-case";
import { RESOURCE_GROUP } from "./resource-types";

/** An Azure Resource Manager id, taken apart. Names keep the case in which they were written. */
export interface ArmId {
    /** Undefined where an id was computed for a resource, or by a template, whose subscription the plan does not know. */
    readonly subscription: string | undefined;
    /**
     * Where the subscription is not known, the URN of the provider of the program's own that knows it: two such
     * providers may well be of two subscriptions. Undefined for Pulumi's default providers, which share one.
     */
    readonly subscriptionOf?: string;
    readonly resourceGroup: string | undefined;
    /** Full type without the names: `Microsoft.RecoveryServices/vaults/replicationFabrics`. */
    readonly type: string;
    /** One name for each part of the type after the namespace. */
    readonly names: readonly string[];
}

/** In which subscription something is, or what is known of that. */
export type Subscription = Pick<ArmId, "subscription" | "subscriptionOf">;

/**
 * Reads an ARM id in any spelling in which Azure and people write it: any case (ARM-17), with or without slashes at
 * either end, with the `?id=<guid>` that Azure Backup leaves behind on disk restore points (ARM-14).
 * Undefined where the text is no resource id.
 */
export function parseArmId(text: string): ArmId | undefined {
    const query = text.indexOf("?");
    const path = query < 0 ? text : text.slice(0, query);
    const segments = segmentsOf(path);
    if (segments.length > MOST_SEGMENTS || segments.length < 4 || !equalsIgnoringCase(segments[0], "subscriptions")) {
        return undefined;
    }
    const subscription = segments[1] === UNKNOWN_SUBSCRIPTION ? undefined : segments[1];
    let resourceGroup: string | undefined;
    let at = 2;
    if (equalsIgnoringCase(segments[at], "resourceGroups")) {
        resourceGroup = segments[at + 1];
        at += 2;
    }
    if (at === segments.length) {
        return { subscription, resourceGroup: undefined, type: RESOURCE_GROUP, names: [resourceGroup ?? ""] };
    }
    let type = "";
    let names: string[] = [];
    for (let i = at; i < segments.length; i += 2) {
        const [word, name] = [segments[i], segments[i + 1]];
        if (word === undefined || name === undefined) {
            return undefined;
        }
        if (equalsIgnoringCase(word, "providers")) {
            // An extension resource (a lock on a VM, say) has a second provider part: its own type comes last.
            [type, names] = [name, []];
        } else if (type === "") {
            return undefined;
        } else {
            type += `/${word}`;
            names.push(name);
        }
    }
    return names.length === 0 ? undefined : { subscription, resourceGroup, type, names };
}

// The deepest id that either service knows has 13 segments; a hostile one is not worth taking apart.
const MOST_SEGMENTS = 64;

/** True where both ids are of this type, whatever the case. */
export function isOfType(id: ArmId, type: string): boolean {
    return equalsIgnoringCase(id.type, type);
}

/** The key of what a text names; what is no id is its own key. */
export function armKeyOf(text: string): string {
    const id = parseArmId(text);
    return id === undefined ? text : armKey(id);
}

/** The last name of an id: the resource's own. */
export function nameOf(id: ArmId): string {
    return id.names[id.names.length - 1] ?? "";
}

/**
 * One text for one resource whatever the spelling. Of ids without a subscription, only those have one key that are
 * surely of one.
 */
export function armKey(id: ArmId): string {
    return `${subscriptionKey(id)}${keyWithoutSubscription(id)}`;
}

/** One text for all ids that are surely of one subscription. */
export function subscriptionKey({ subscription, subscriptionOf }: Subscription): string {
    return (subscription ?? subscriptionOf ?? "").toLowerCase();
}

/** As `Answer` has it, which is about resources. */
type Sameness = "yes" | "no" | "unknown";

/** Whether two are one subscription. What is not known may be any: it is never taken for another one. */
export function isOneSubscription(one: Subscription, other: Subscription): Sameness {
    if (subscriptionKey(one) === subscriptionKey(other)) {
        return "yes";
    }
    return one.subscription !== undefined && other.subscription !== undefined ? "no" : "unknown";
}

/** Whether two ids are of one resource. */
export function isOneResource(one: ArmId, other: ArmId): Sameness {
    return keyWithoutSubscription(one) === keyWithoutSubscription(other) ? isOneSubscription(one, other) : "no";
}

/** The resource group that a resource is in. */
export function groupIn(id: ArmId): ArmId {
    return { ...id, resourceGroup: undefined, type: RESOURCE_GROUP, names: [id.resourceGroup ?? ""] };
}

/** The same without the subscription, for ids of which that part is not known. */
export function keyWithoutSubscription(id: ArmId): string {
    // Slashes, because they alone cannot stand in a name.
    const names = id.names.length === 1 ? id.names[0] : id.names.join("/");
    return `//${id.resourceGroup ?? ""}//${id.type}//${names}`.toLowerCase();
}

/** Replaces a subscription that is not known, in an id that is printed. */
export const UNKNOWN_SUBSCRIPTION = "…";

/** The id as Azure would write it. */
export function formatArmId(id: ArmId): string {
    if (isOfType(id, RESOURCE_GROUP)) {
        return `/subscriptions/${id.subscription ?? UNKNOWN_SUBSCRIPTION}/resourceGroups/${nameOf(id)}`;
    }
    const [namespace, ...types] = id.type.split("/");
    const group = id.resourceGroup === undefined ? "" : `/resourceGroups/${id.resourceGroup}`;
    const path = types.map((type, index) => `/${type}/${id.names[index] ?? ""}`).join("");
    return `/subscriptions/${id.subscription ?? UNKNOWN_SUBSCRIPTION}${group}/providers/${namespace}${path}`;
}

/** Nearly every id begins with its one slash too many, and has no other. */
function segmentsOf(path: string): readonly string[] {
    const segments = path.split("/");
    const [first] = segments;
    const rest = first === "" ? segments.slice(1) : segments;
    return rest.includes("") ? rest.filter((segment) => segment !== "") : rest;
}
