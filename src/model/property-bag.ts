import { ABSENT, known, unknown, untraced, type Value } from "./values";

/** What Pulumi hands over as a resource's inputs or outputs. Nothing outside of this file looks into one. */
export type PropertyBag = Readonly<Record<string, unknown>>;

/** A bag whose properties are made when somebody asks for them. No value in it is special. */
export abstract class LazyBag {
    readonly [name: string]: unknown;
    /** Undefined where it has no property of that name. */
    abstract get(name: string): unknown;
    abstract names(): readonly string[];
    /** All of it, made. */
    abstract whole(): PropertyBag;
}

function namesIn(bag: object): readonly string[] {
    return bag instanceof LazyBag ? bag.names() : Object.keys(bag);
}

function made(value: unknown): unknown {
    return value instanceof LazyBag ? value.whole() : Array.isArray(value) ? value.map(made) : value;
}

/** To get all keys through the SDK's wrapper takes as long as to read ten properties. */
export function isEmpty(bag: PropertyBag): boolean {
    return bag instanceof LazyBag ? bag.names().length === 0 : Reflect.ownKeys(bag).length === 0;
}

/**
 * The texts that stand for "not known yet" in Pulumi's wire format, one for each kind of value. The engine's protocol
 * fixes them; a test holds them against the SDK in use.
 */
const UNKNOWN_VALUES: ReadonlySet<unknown> = new Set([
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Stands for what is not known in a bag that is put together here. */
export const UNKNOWN_VALUE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * Stands for what cannot be worked out, and not because the program does not know it yet: so nothing that the program
 * refers to is evidence of what it is. A symbol, because no value that Pulumi hands over is one.
 */
export const UNTRACED_VALUE: unique symbol = Symbol("what cannot be worked out");

/** What the engine writes for a secret that it may not show, or cannot decrypt, whatever its kind (ENG-09, ENG-15). */
const MASKED = "[secret]";

export function isUnknown(value: unknown): boolean {
    if (typeof value === "symbol") {
        return true;
    }
    // By length first: to look a text up in a set, all of it has to be gone through.
    return (
        typeof value === "string" &&
        (value.length === UNKNOWN_VALUE.length ? UNKNOWN_VALUES.has(value) : value === MASKED)
    );
}

// Prototypes, because no own property can be taken for them and nothing has to be looked up for all other bags.
const NOT_KNOWN_BESIDE = Object.freeze(Object.create(null) as object);
const UNTRACED_BESIDE = Object.freeze(Object.create(null) as object);

/** A bag that holds these, and of whose other properties nothing is known; `beside` is what stands for them. */
export function openBag(bag: PropertyBag, beside: unknown): PropertyBag {
    const prototype = typeof beside === "symbol" ? UNTRACED_BESIDE : NOT_KNOWN_BESIDE;
    return Object.assign(Object.create(prototype) as Record<string, unknown>, bag);
}

function beside(bag: object): unknown {
    switch (Object.getPrototypeOf(bag)) {
        case NOT_KNOWN_BESIDE:
            return UNKNOWN_VALUE;
        case UNTRACED_BESIDE:
            return UNTRACED_VALUE;
        default:
            return undefined;
    }
}

/**
 * How Pulumi writes values that JSON has no kind for: secrets, assets, archives, references to resources and values with
 * their origin.
 */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** True for such a value. No reader looks into one. */
export function isSpecial(value: unknown): boolean {
    return typeof value === "object" && value !== null && Object.hasOwn(value, SIGNATURE);
}

/** True for a bag that is such a value as a whole, a secret for instance. Nothing of it is known. */
export function isUnreadable(bag: PropertyBag | undefined): boolean {
    return isSpecial(bag);
}

/** Stands for a bag that is such a value as a whole: nothing in it can be read, and nothing of it is kept. */
export const UNREADABLE_BAG: PropertyBag = Object.freeze({ [SIGNATURE]: "" });

/**
 * Reads one property without ever throwing.
 *
 * The SDK wraps a bag so that touching an unknown value throws, and one throw that escapes costs a policy all that it
 * would have found after it (SEE-07). So this asks for the property's descriptor, which the wrapper leaves alone,
 * instead of for the property: no exception is made and caught for each unknown value, of which a first preview has
 * many. Only own properties count: `constructor` and `__proto__` are names like any other.
 */
export function own(bag: object, key: string): unknown {
    return bag instanceof LazyBag ? bag.get(key) : (Object.getOwnPropertyDescriptor(bag, key)?.value as unknown);
}

function isObject(value: unknown): value is object {
    return typeof value === "object" && value !== null;
}

/**
 * One place in a bag, known or not, from which to read on: `at("storageProfile").at("osDisk").text("name")`.
 * Below an unknown place everything is unknown, below an absent one everything is absent.
 */
export class Property {
    private constructor(
        private readonly content: Value<unknown>,
        /** As a person writes it in a program: `storageProfile.dataDisks[0].managedDisk.id`. */
        readonly path: string,
        /** The first name of the path: Pulumi tells by that one what a value was made from. */
        readonly topLevel: string,
    ) {}

    /** Nothing is known of a bag that is a secret as a whole. */
    static of(bag: PropertyBag): Property {
        return isUnreadable(bag) ? Property.unknown() : new Property(known(bag), "", "");
    }

    /** Instead of a bag where there is none. */
    static absent(): Property {
        return new Property(ABSENT, "", "");
    }

    /** A bag of which nothing is known, or a property in it. */
    static unknown(path = ""): Property {
        return new Property(unknown(path), path, path.split(".", 1)[0] ?? "");
    }

    /** The property with this name, or the one at the end of several names. */
    at(...names: readonly string[]): Property {
        let { content, path, topLevel } = this;
        for (const name of names) {
            if (path === "") {
                path = name;
                topLevel = name;
            } else {
                path = `${path}.${name}`;
            }
            content = step(content, name, path);
        }
        return new Property(content, path, topLevel);
    }

    /** The same, marked as a property that the program does not set. */
    leftToAzure(): Property {
        const { content, path, topLevel } = this;
        return content.state === "unknown" ? new Property({ ...content, decidedBy: "azure" }, path, topLevel) : this;
    }

    get state(): Value<unknown>["state"] {
        return this.content.state;
    }

    /** A text that is not empty. A value of another kind is as good as none: the provider would have refused it. */
    text(): Value<string> {
        return this.as((value): value is string => typeof value === "string" && value !== "");
    }

    /** Whether the property has any value. */
    exists(): Value<boolean> {
        const { content } = this;
        return content.state === "unknown" ? content : known(content.state === "known");
    }

    /** Whether it is a list with anything in it. */
    isFilled(): Value<boolean> {
        const list = this.list();
        return list.state === "unknown" ? list : known(list.state === "known" && list.value.length > 0);
    }

    flag(): Value<boolean> {
        return this.as((value): value is boolean => typeof value === "boolean");
    }

    number(): Value<number> {
        return this.as((value): value is number => typeof value === "number");
    }

    /** The elements of a list; an element may itself be unknown. */
    list(): Value<readonly Property[]> {
        const { content, path, topLevel } = this;
        if (content.state !== "known") {
            return content;
        }
        if (!Array.isArray(content.value)) {
            return ABSENT;
        }
        const elements = content.value as readonly unknown[];
        const properties: Property[] = [];
        for (let index = 0; index < elements.length; index += 1) {
            const element = `${path}[${index}]`;
            properties.push(new Property(child(elements, String(index), element), element, topLevel));
        }
        return known(properties);
    }

    /** The texts of a map such as `tags`. A tag whose value is unknown is there, and unknown. */
    texts(): Value<ReadonlyMap<string, Value<string>>> {
        const { content } = this;
        if (content.state !== "known") {
            return content;
        }
        if (!isObject(content.value) || Array.isArray(content.value)) {
            return ABSENT;
        }
        return known(new Map(namesIn(content.value).map((name) => [name, this.at(name).text()])));
    }

    /** The names of its own properties. */
    names(): Value<readonly string[]> {
        const { content } = this;
        if (content.state !== "known") {
            return content;
        }
        return isObject(content.value) && !Array.isArray(content.value) ? known(namesIn(content.value)) : ABSENT;
    }

    /** The raw value, for what has to be taken apart first; `isUnknown` recognises the unknown parts in it. */
    raw(): unknown {
        const { content } = this;
        switch (content.state) {
            case "known":
                return made(content.value);
            case "unknown":
                return content.isUntraced ? UNTRACED_VALUE : UNKNOWN_VALUE;
            case "absent":
                return undefined;
        }
    }

    private as<T>(fits: (value: unknown) => value is T): Value<T> {
        const { content } = this;
        if (content.state !== "known") {
            return content;
        }
        return fits(content.value) ? known(content.value) : ABSENT;
    }
}

/** One step down. What lies below an unknown place is unknown too, and decided by that place. */
function step(content: Value<unknown>, name: string, path: string): Value<unknown> {
    switch (content.state) {
        case "known":
            return child(content.value, name, path);
        case "unknown":
            return content.property === "" ? unknown(path) : content;
        case "absent":
            return content;
    }
}

function child(parent: unknown, name: string, path: string): Value<unknown> {
    const value = isObject(parent) ? (own(parent, name) ?? beside(parent)) : undefined;
    if (value === undefined || value === null) {
        return ABSENT;
    }
    if (!isUnknown(value)) {
        return known(value);
    }
    return typeof value === "symbol" ? untraced(path) : unknown(path);
}
