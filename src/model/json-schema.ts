type JsonType = "string" | "number" | "integer" | "boolean" | "array" | "object";

/** The part of JSON schema that settings and inventories use. The pack loads no validator for it. */
export interface JsonSchema {
    readonly type: JsonType | readonly JsonType[];
    readonly description?: string;
    readonly default?: string | number | boolean;
    readonly enum?: readonly string[];
    readonly minimum?: number;
    readonly maximum?: number;
    readonly minLength?: number;
    readonly pattern?: string;
    readonly items?: JsonSchema;
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly required?: readonly string[];
    /** What an object may hold under other names; without it, `properties` are all that it may hold. */
    readonly additionalProperties?: false | JsonSchema;
}

/** Where a value and its schema part. Whoever asked puts it into words. */
export type Mismatch =
    | {
          readonly kind: "type" | "enum" | "minimum" | "maximum" | "minLength" | "pattern";
          /** `replicatedItems[3].disks[0]` */
          readonly path: string;
          readonly value: unknown;
          readonly schema: JsonSchema;
      }
    | {
          readonly kind: "missing" | "no such property";
          /** Of the object, without the name. */
          readonly path: string;
          readonly name: string;
          readonly schema: JsonSchema;
      };

/** The first mismatch between a value and a schema. */
export function mismatch(value: unknown, schema: JsonSchema, path: string): Mismatch | undefined {
    const types = [schema.type].flat();
    if (!types.some((type) => isOfType(value, type))) {
        return { kind: "type", path, value, schema };
    }
    const kind = LIMITS.find(([, isMet]) => !isMet(value, schema))?.[0];
    if (kind !== undefined) {
        return { kind, path, value, schema };
    }
    if (Array.isArray(value)) {
        return mismatchInList(value, schema, path);
    }
    return typeof value === "object" ? mismatchInObject(value as object, schema, path) : undefined;
}

type Limit = Exclude<Mismatch["kind"], "type" | "missing" | "no such property">;

const LIMITS: readonly (readonly [Limit, (value: unknown, schema: JsonSchema) => boolean])[] = [
    ["enum", (value, schema) => schema.enum?.includes(value as string) ?? true],
    ["minimum", (value, { minimum }) => minimum === undefined || (value as number) >= minimum],
    ["maximum", (value, { maximum }) => maximum === undefined || (value as number) <= maximum],
    ["minLength", (value, { minLength }) => minLength === undefined || (value as string).length >= minLength],
    ["pattern", (value, schema) => schema.pattern === undefined || compiled(schema.pattern).test(value as string)],
];

function mismatchInList(list: readonly unknown[], { items }: JsonSchema, path: string): Mismatch | undefined {
    for (let index = 0; items !== undefined && index < list.length; index++) {
        const found = mismatch(list[index], items, `${path}[${index}]`);
        if (found !== undefined) {
            return found;
        }
    }
    return undefined;
}

function mismatchInObject(object: object, schema: JsonSchema, path: string): Mismatch | undefined {
    const { properties = {}, required = [], additionalProperties = false } = schema;
    const missing = required.find((name) => !Object.hasOwn(object, name));
    if (missing !== undefined) {
        return { kind: "missing", path, name: missing, schema };
    }
    for (const [name, value] of Object.entries(object)) {
        const ofProperty = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
        if (ofProperty === undefined || ofProperty === false) {
            return { kind: "no such property", path, name, schema };
        }
        const found = mismatch(value, ofProperty, pathTo(path, name));
        if (found !== undefined) {
            return found;
        }
    }
    return undefined;
}

/** `vaults[0].name` */
export function pathTo(path: string, name: string): string {
    return path === "" ? name : `${path}.${name}`;
}

function isOfType(value: unknown, type: JsonType): boolean {
    switch (type) {
        case "integer":
            return Number.isInteger(value);
        case "array":
            return Array.isArray(value);
        case "object":
            return typeof value === "object" && value !== null && !Array.isArray(value);
        case "string":
        case "number":
        case "boolean":
            return typeof value === type;
    }
}

/** Compiled once: an inventory has many ids. */
const PATTERNS = new Map<string, RegExp>();

function compiled(pattern: string): RegExp {
    const known = PATTERNS.get(pattern) ?? new RegExp(pattern, "u");
    PATTERNS.set(pattern, known);
    return known;
}
