import { type JsonSchema, type Mismatch, mismatch, pathTo } from "../model/json-schema";
import schema from "./inventory.schema.json";

export interface SchemaProblem {
    /** `replicatedItems[3].disks[0]`; empty for the document itself. */
    readonly path: string;
    readonly problem: string;
}

const ROOT = schema as unknown as JsonSchema;

/** The first thing in which a document is not what the schema of inventories says. */
export function problemIn(document: unknown): SchemaProblem | undefined {
    return inWords(mismatch(document, ROOT, ""));
}

/** The same of one element of one of its lists. */
export function problemInElement(list: string, element: unknown): SchemaProblem | undefined {
    const items = ROOT.properties?.[list]?.items;
    return items && inWords(mismatch(element, items, ""));
}

function inWords(found: Mismatch | undefined): SchemaProblem | undefined {
    switch (found?.kind) {
        case undefined:
            return undefined;
        case "type": {
            const [type = ""] = [found.schema.type].flat();
            return { path: found.path, problem: `It must be ${TYPES[type] ?? type}.` };
        }
        case "enum": {
            const allowed = found.schema.enum?.map((each) => JSON.stringify(each)).join(", ") ?? "";
            return { path: found.path, problem: `It cannot be ${JSON.stringify(found.value)}. Allowed: ${allowed}.` };
        }
        case "minimum":
            return { path: found.path, problem: `It must be at least ${found.schema.minimum ?? ""}.` };
        case "maximum":
            return { path: found.path, problem: `It must be at most ${found.schema.maximum ?? ""}.` };
        case "minLength":
            return { path: found.path, problem: "It must not be empty." };
        case "pattern": {
            const { path, value } = found;
            return { path, problem: `${JSON.stringify(value)} does not have the form ${found.schema.pattern ?? ""}.` };
        }
        case "missing":
            return { path: pathTo(found.path, found.name), problem: "It is missing." };
        case "no such property":
            return { path: pathTo(found.path, found.name), problem: "There is no such property in an inventory." };
    }
}

const TYPES: Readonly<Record<string, string>> = {
    string: "a text",
    number: "a number",
    integer: "a whole number",
    boolean: "true or false",
    array: "a list",
    object: "an object",
};
