import { lineOf } from "../../inventory/read";
import { isSpecial, isUnknown, own, UNKNOWN_VALUE, UNREADABLE_BAG, type PropertyBag } from "../../model/property-bag";

/** Deeper than any property of Azure that a policy reads; what lies below that is unknown. */
const DEEPEST = 100;

/** Shorter texts are shared by the parser itself. */
const SHORT = 10;

/** Property bags as readers take them, small: equal texts are kept once, secrets not at all. */
export class Interner {
    private readonly texts = new Map<string, string>();

    /** Takes over what a parser has just made. */
    of(parsed: unknown): PropertyBag {
        if (!isRecord(parsed)) {
            return {};
        }
        return isSpecial(parsed) ? UNREADABLE_BAG : (this.kept(parsed, 0) as PropertyBag);
    }

    /** The same text, kept once. */
    shared(text: string): string {
        if (text.length <= SHORT) {
            return text;
        }
        const shared = this.texts.get(text);
        if (shared === undefined) {
            this.texts.set(text, text);
        }
        return shared ?? text;
    }

    private kept(value: unknown, depth: number): unknown {
        if (typeof value === "string") {
            return isUnknown(value) ? UNKNOWN_VALUE : this.shared(value);
        }
        if (typeof value !== "object" || value === null) {
            return value;
        }
        if (depth > DEEPEST) {
            return UNKNOWN_VALUE;
        }
        if (Array.isArray(value)) {
            const elements = value as unknown[];
            elements.forEach((element, index) => (elements[index] = this.kept(element, depth + 1)));
            return elements;
        }
        return this.keptObject(value as Record<string, unknown>, depth);
    }

    private keptObject(object: Record<string, unknown>, depth: number): unknown {
        if (isSpecial(object)) {
            return UNKNOWN_VALUE;
        }
        // To assign to it would be to change what the object inherits from; no property of Azure is called so.
        delete object["__proto__"];
        for (const name of Object.keys(object)) {
            // Even where it is equal: it may be the same text in another place of the memory.
            object[name] = this.kept(object[name], depth + 1);
        }
        return object;
    }
}

/** The same value, made of the parts of another one wherever they are equal. */
export function sharing(value: PropertyBag, other: PropertyBag): PropertyBag {
    return shared(value, other) as PropertyBag;
}

function shared(value: unknown, other: unknown): unknown {
    if (value === other || typeof value !== "object" || value === null || typeof other !== "object" || other === null) {
        return value;
    }
    const names = Object.keys(value);
    let isSame = Array.isArray(value) === Array.isArray(other) && names.length === Object.keys(other).length;
    for (const name of names) {
        const part = own(value, name);
        const otherPart = own(other, name);
        const sharedPart = shared(part, otherPart);
        isSame &&= sharedPart === otherPart && Object.hasOwn(other, name);
        if (sharedPart !== part) {
            (value as Record<string, unknown>)[name] = sharedPart;
        }
    }
    return isSame ? other : value;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object that a JSON text holds; undefined for a text that is torn or holds something else. */
export function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
    try {
        const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
        return isRecord(value) ? value : undefined;
    } catch {
        return undefined;
    }
}

/** Where a text is torn: its parts that were taken out of it before it were whole. */
export function placeOfTear(text: string, lastWhole: string | undefined): string {
    if (lastWhole !== undefined) {
        return `after ${lastWhole}`;
    }
    try {
        JSON.parse(text);
        return "line 1";
    } catch (error) {
        return lineOf(error, text);
    }
}

/** A text that is not empty. */
export function textIn(record: Readonly<Record<string, unknown>>, name: string): string | undefined {
    const value = own(record, name);
    return typeof value === "string" && value !== "" ? value : undefined;
}

export function flagIn(record: Readonly<Record<string, unknown>>, name: string): boolean {
    return own(record, name) === true;
}

export function textsIn(record: Readonly<Record<string, unknown>>, name: string): readonly string[] {
    const value = own(record, name);
    return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
}
