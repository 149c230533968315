import { Secret } from "@pulumi/policy";
import { own, type PropertyBag } from "../model/property-bag";
import type { InputChange } from "../findings/finding";

/** What a remediation gets: it may be written to, and it marks secrets. */
export type WritableBag = Record<string, unknown>;

/**
 * The same bag as a validation gets it: without the marks on secrets, which no reader knows. Unknown values stay as
 * they are, because they are never asked for (SEE-07).
 */
export function readable(bag: PropertyBag): PropertyBag {
    return unmarked(bag) as PropertyBag;
}

function unmarked(value: unknown): unknown {
    if (value instanceof Secret) {
        return unmarked(value.value);
    }
    if (Array.isArray(value)) {
        const elements = value as readonly unknown[];
        return Array.from({ length: elements.length }, (_, index) => unmarked(own(elements, String(index))));
    }
    return typeof value === "object" && value !== null
        ? Object.fromEntries(Object.keys(value).map((key) => [key, unmarked(own(value, key))]))
        : value;
}

/**
 * Writes changes into a bag, and nothing else: the SDK keeps secret what was secret. Only what is known is written to,
 * so the way to it is known, too.
 */
export function write(bag: WritableBag, changes: readonly InputChange[]): void {
    for (const { property, value } of changes) {
        const names = property.split(".");
        const last = names.pop() ?? property;
        let place = bag;
        for (const name of names) {
            place[name] ??= {};
            place = place[name] as WritableBag;
        }
        place[last] = value;
    }
}
