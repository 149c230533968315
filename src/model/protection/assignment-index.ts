import { formatArmId } from "../ids/arm-id";
import { valueOf, type Value } from "../values";
import { pushTo } from "../lists";
import type { Tags } from "../resources";
import type { Reference, Urn } from "../planned-resource";
import type { Located } from "../places/regions";

/** What an assignment goes by. */
export interface AssignmentTerms {
    readonly scope: Reference;
    readonly notScopes: readonly Reference[];
    /** Undefined where it works in any region. */
    readonly region: Value<readonly string[]> | undefined;
    readonly tag: {
        readonly name: Value<readonly string[]>;
        readonly values: Value<readonly string[]>;
        readonly takes: Value<"with" | "without">;
    };
}

/** Where a VM or disk is, and its tags. */
export interface Place {
    readonly id: Located["id"];
    readonly groupFrom: readonly Urn[];
    /** As Azure writes it; of the VM or its group. */
    readonly region: Value<string>;
    readonly tags: Tags;
}

/**
 * Assignments by scope and tag. An estate may have an assignment for each resource group or for each value of a tag, and
 * as many VMs: each VM is held against those alone that may take it, and VMs that no assignment tells
 * apart are held against them once.
 */
export class AssignmentIndex<T extends { readonly terms: AssignmentTerms }> {
    private readonly byScope = new Map<string, Bucket<T>>();
    /** Those of which nobody knows yet what lies below them. */
    private readonly anywhere = new Bucket<T>();
    private readonly scopes = new Set<string>();
    private readonly groups = new Set<Urn>();
    private readonly regions = new Set<string>();
    /** The values that matter, by the tag's name in lower case. */
    private readonly tags = new Map<string, Set<string>>();

    constructor(
        private readonly all: readonly T[],
        normaliseRegion: (region: string) => string,
    ) {
        for (const each of all) {
            const { scope, notScopes, region, tag } = each.terms;
            const text = scopeText(scope);
            if (text === undefined) {
                this.anywhere.put(each);
            } else {
                const bucket = this.byScope.get(text) ?? new Bucket<T>();
                this.byScope.set(text, bucket);
                bucket.put(each);
            }
            for (const reference of [scope, ...notScopes]) {
                this.learnScope(reference);
            }
            for (const name of (region && valueOf(region)) ?? []) {
                this.regions.add(normaliseRegion(name));
            }
            const [tagName] = valueOf(tag.name) ?? [];
            if (tagName !== undefined) {
                const values = this.tags.get(tagName.toLowerCase()) ?? new Set<string>();
                this.tags.set(tagName.toLowerCase(), values);
                (valueOf(tag.values) ?? []).forEach((value) => values.add(value));
            }
        }
    }

    /** The same text for places between which no assignment makes a difference. */
    signatureOf({ id, groupFrom, region, tags }: Place): string {
        return JSON.stringify([
            textOf(id) === undefined ? "" : this.scopesAbove(id),
            groupFrom.filter((urn) => this.groups.has(urn)),
            region.state === "known" ? (this.regions.has(region.value) ? region.value : "another") : [region.state],
            tags.state === "unknown" ? tags.property : this.heldTags(tags),
        ]);
    }

    /** Those that may take what is in a place. */
    *candidates({ id, tags }: Place): Iterable<T> {
        if (textOf(id) === undefined) {
            yield* this.all;
            return;
        }
        for (const scope of this.scopesAbove(id)) {
            yield* this.byScope.get(scope)?.for(tags) ?? [];
        }
        yield* this.anywhere.for(tags);
    }

    private learnScope(reference: Reference): void {
        const text = scopeText(reference);
        if (text !== undefined) {
            this.scopes.add(text);
        }
        if (reference.id.state === "unknown") {
            reference.dependencies.forEach((urn) => this.groups.add(urn));
        }
    }

    /** The scopes that some assignment names and that an id lies in. */
    private scopesAbove(id: Located["id"]): readonly string[] {
        const text = textOf(id) ?? "";
        const found: string[] = [];
        for (let end = text.indexOf("/", 1); end > 0; end = text.indexOf("/", end + 1)) {
            const above = text.slice(0, end);
            if (this.scopes.has(above)) {
                found.push(above);
            }
        }
        return this.scopes.has(text) ? [...found, text] : found;
    }

    private heldTags(tags: Tags): readonly (readonly string[])[] {
        return [...(valueOf(tags) ?? [])].flatMap(([key, value]) => {
            const values = this.tags.get(key.toLowerCase());
            return values === undefined ? [] : [[key.toLowerCase(), ...told(value, values)]];
        });
    }
}

function told(value: Value<string>, values: ReadonlySet<string>): readonly string[] {
    switch (value.state) {
        case "known":
            return values.has(value.value) ? ["", value.value] : [];
        case "unknown":
            return ["unknown", value.property];
        case "absent":
            return ["absent"];
    }
}

/** The assignments of one scope. */
class Bucket<T extends { readonly terms: AssignmentTerms }> {
    private readonly all: T[] = [];
    private readonly byTag = new Map<string, T[]>();
    private readonly others: T[] = [];

    put(each: T): void {
        this.all.push(each);
        const { name, values, takes } = each.terms.tag;
        const [tagName = ""] = valueOf(name) ?? [];
        if (valueOf(takes) === "with" && tagName !== "" && values.state === "known") {
            new Set(values.value).forEach((value) => pushTo(this.byTag, tagKey(tagName, value), each));
        } else {
            this.others.push(each);
        }
    }

    /** Those that take VMs by a tag count only where the VM has it, or may have. */
    for(tags: Tags): readonly T[] {
        const held = [...(valueOf(tags) ?? [])];
        if (tags.state === "unknown" || held.some(([, value]) => value.state === "unknown")) {
            return this.all;
        }
        const found = held.flatMap(([name, value]) =>
            value.state === "known" ? (this.byTag.get(tagKey(name, value.value)) ?? []) : [],
        );
        return found.length === 0 ? this.others : [...new Set([...found, ...this.others])];
    }
}

function tagKey(name: string, value: string): string {
    return `${name.toLowerCase()}=${value}`;
}

/** The prefix that the ids within the scope share; undefined where it is not known, or for a management group. */
export function scopeText(scope: Reference): string | undefined {
    const text = valueOf(scope.id)?.toLowerCase().replace(/\/+$/, "") ?? "";
    return scope.id.state === "known" && text.startsWith("/subscriptions/") && !text.includes("/managementgroups/")
        ? text
        : undefined;
}

function textOf(id: Located["id"]): string | undefined {
    const known = valueOf(id);
    return known?.subscription === undefined ? undefined : formatArmId(known).toLowerCase();
}
