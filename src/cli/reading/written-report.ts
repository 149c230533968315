import { mismatch, pathTo, type JsonSchema } from "../../model/json-schema";
import schema from "../report.schema.json";
import type { Report } from "../report";
import { objectIn } from "./json";
import { UnreadableInput } from "./unreadable";

const VERSION = 1;

/**
 * Reads what `--report json` has written, and checks every part of it.
 *
 * @param name the file, for messages
 * @throws UnreadableInput where it is no report, or one of a newer version
 */
export function readWrittenReport(text: string, name: string): Report {
    const remedy = "Write it again with --report json=FILE.";
    const document = objectIn(text);
    if (document === undefined) {
        throw new UnreadableInput(name, undefined, "It is no JSON report: torn, or something else.", remedy);
    }
    const version = document["version"];
    if (typeof version === "number" && version !== VERSION) {
        const problem = `It is a report of version ${version}, and this command knows ${VERSION}.`;
        throw new UnreadableInput(name, "version", problem, "Use the same azure-bcdr-guard for both.");
    }
    const found = mismatch(document, WHOLE, "");
    if (found !== undefined) {
        const at = "name" in found ? pathTo(found.path, found.name) : found.path;
        throw new UnreadableInput(name, at === "" ? undefined : at, "It is no report of this command.", remedy);
    }
    return document as unknown as Report;
}

type Part = Readonly<Record<string, unknown>>;

const DEFINITIONS: Part = schema.definitions;

/** The published schema in the form that `mismatch` takes. What a later version adds is read over. */
function schemaOf(part: Part): JsonSchema {
    const [inner] = (part["allOf"] ?? []) as readonly Part[];
    const reference = part["$ref"] ?? inner?.["$ref"];
    if (typeof reference === "string") {
        return schemaOf(DEFINITIONS[reference.replace("#/definitions/", "")] as Part);
    }
    const { items, properties, const: only, additionalProperties, ...rest } = part;
    const others = typeof additionalProperties === "object" ? schemaOf(additionalProperties as Part) : ANYTHING;
    return {
        // An enumeration may do without one.
        type: ANY_TYPE,
        ...(rest as Partial<JsonSchema>),
        ...(only === undefined ? {} : constantOf(only)),
        ...(items === undefined ? {} : { items: schemaOf(items as Part) }),
        ...(properties === undefined
            ? {}
            : {
                  properties: Object.fromEntries(
                      Object.entries(properties as Part).map(([name, each]) => [name, schemaOf(each as Part)]),
                  ),
              }),
        additionalProperties: others,
    };
}

function constantOf(value: unknown): JsonSchema {
    return typeof value === "string" ? { type: "string", enum: [value] } : { type: "number" };
}

const ANY_TYPE = ["string", "number", "boolean", "array", "object"] as const;
const ANYTHING: JsonSchema = {
    type: ANY_TYPE,
    get additionalProperties(): JsonSchema {
        return ANYTHING;
    },
};

const WHOLE = schemaOf(schema);
