import schema from "./inventory.schema.json";

/** The part of JSON schema that the inventory's schema uses. The pack loads no validator for it. */
interface Schema {
    readonly type: string;
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly required?: readonly string[];
    /** `false`: nothing but `properties`. */
    readonly additionalProperties?: false | Schema;
    readonly items?: Schema;
    readonly enum?: readonly unknown[];
    readonly pattern?: string;
    readonly minimum?: number;
    readonly minLength?: number;
}

export interface SchemaProblem {
    /** `replicatedItems[3].disks[0]`; empty for the document itself. */
    readonly path: string;
    readonly problem: string;
}

/** The first thing in which a document is not what the schema of inventories says. */
export function problemIn(document: unknown): SchemaProblem | undefined {
    return problemWith(document, ROOT, "");
}

/** The same of one element of one of its lists. */
export function problemInElement(list: string, element: unknown): SchemaProblem | undefined {
    const items = ROOT.properties?.[list]?.items;
    return items && problemWith(element, items, "");
}

const ROOT = schema as unknown as Schema;

/** Compiled once: an inventory has many ids. */
const PATTERNS = new Map<string, RegExp>();

function problemWith(value: unknown, schema: Schema, path: string): SchemaProblem | undefined {
    if (!isOfType(value, schema.type)) {
        return { path, problem: `It must be ${ARTICLES[schema.type] ?? schema.type}.` };
    }
    if (schema.enum !== undefined && !schema.enum.includes(value)) {
        const allowed = schema.enum.map((each) => JSON.stringify(each)).join(", ");
        return { path, problem: `It cannot be ${JSON.stringify(value)}. Allowed: ${allowed}.` };
    }
    if (schema.minimum !== undefined && (value as number) < schema.minimum) {
        return { path, problem: `It must be at least ${schema.minimum}.` };
    }
    if (schema.minLength !== undefined && (value as string).length < schema.minLength) {
        return { path, problem: "It must not be empty." };
    }
    if (schema.pattern !== undefined && !pattern(schema.pattern).test(value as string)) {
        return { path, problem: `${JSON.stringify(value)} does not have the form ${schema.pattern}.` };
    }
    return schema.type === "array"
        ? problemInList(value as readonly unknown[], schema, path)
        : schema.type === "object"
          ? problemInObject(value as Readonly<Record<string, unknown>>, schema, path)
          : undefined;
}

function problemInList(list: readonly unknown[], { items }: Schema, path: string): SchemaProblem | undefined {
    for (let index = 0; items !== undefined && index < list.length; index++) {
        const problem = problemWith(list[index], items, `${path}[${index}]`);
        if (problem !== undefined) {
            return problem;
        }
    }
    return undefined;
}

function problemInObject(
    object: Readonly<Record<string, unknown>>,
    { properties = {}, required = [], additionalProperties = false }: Schema,
    path: string,
): SchemaProblem | undefined {
    const at = (name: string): string => (path === "" ? name : `${path}.${name}`);
    for (const name of required) {
        if (!Object.hasOwn(object, name)) {
            return { path: at(name), problem: "It is missing." };
        }
    }
    for (const [name, value] of Object.entries(object)) {
        const schema = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
        if (schema === undefined || schema === false) {
            return { path: at(name), problem: "There is no such property in an inventory." };
        }
        const problem = problemWith(value, schema, at(name));
        if (problem !== undefined) {
            return problem;
        }
    }
    return undefined;
}

const ARTICLES: Readonly<Record<string, string>> = {
    string: "a text",
    integer: "a whole number",
    boolean: "true or false",
    array: "a list",
    object: "an object",
};

function isOfType(value: unknown, type: string): boolean {
    switch (type) {
        case "integer":
            return Number.isInteger(value);
        case "array":
            return Array.isArray(value);
        case "object":
            return typeof value === "object" && value !== null && !Array.isArray(value);
        default:
            return typeof value === type;
    }
}

function pattern(text: string): RegExp {
    const compiled = PATTERNS.get(text) ?? new RegExp(text, "u");
    PATTERNS.set(text, compiled);
    return compiled;
}
