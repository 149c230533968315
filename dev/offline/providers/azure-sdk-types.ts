/**
 * The shapes of the classic provider's resources, read from the declarations of `@pulumi/azure`.
 *
 * The declarations are generated from the provider's Terraform schema and still tell most of it:
 * - an argument that may be left out, while the output is always there, is Optional and Computed; an output without an
 *   argument is Computed (pulumi-terraform-bridge, pkg/tfgen/generate.go, `optional()`);
 * - "Changing this forces a new … to be created" is ForceNew; conditions, which the text words otherwise, are in
 *   `azure-resources.ts`;
 * - "Defaults to `…`" of an output that may be missing is a default of the schema; where the output is always there it
 *   is Azure that fills it in.
 * Against the recorded state in pulumi-azure (provider/testdata/recorded, compute_datadiskattachment) and azurerm's
 * source these hold for every resource that has a row in `azure-resources.ts`.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type * as ts from "typescript";
import { cachedShapes, DeclarationReader, loadCompiler, references, type ObjectShape, type Shape } from "./sdk-types";

/** The modules that readers, examples and programs around backup and replication use. */
const CLASSIC_MODULES: readonly string[] = [
    "backup",
    "compute",
    "core",
    "dataprotection",
    "keyvault",
    "management",
    "network",
    "policy",
    "privatelink",
    "recoveryservices",
    "siterecovery",
    "storage",
];

export type Scalar = string | number | boolean;

export interface ClassicProperty {
    readonly shape: Shape;
    /** Whether a program may set it. */
    readonly input: boolean;
    readonly required: boolean;
    /** Azure says what it is where the program does not. */
    readonly computed: boolean;
    readonly forceNew: boolean;
    readonly default?: Scalar;
}

export type ClassicObject = Readonly<Record<string, ClassicProperty>>;

export interface ClassicResource {
    readonly properties: ClassicObject;
    /** The id in the documentation's import example; tells where resources without a row live. */
    readonly importId: string | undefined;
}

export interface ClassicShapes {
    readonly version: string;
    /** By full token: `azure:compute/managedDisk:ManagedDisk`. */
    readonly resources: Readonly<Record<string, ClassicResource>>;
    /** Nested blocks by `module:Name`. */
    readonly types: ClassicTypes;
}

export type ClassicTypes = Readonly<Record<string, ClassicObject>>;

/** Raise it whenever the generated content changes for the same SDK. */
const FORMAT = 5;

export function loadClassicShapes(): ClassicShapes {
    return cachedShapes("azure", FORMAT, readClassicShapes);
}

function readClassicShapes(sdk: string, version: string): ClassicShapes {
    const reader = new ClassicReader(loadCompiler());
    const inputs = reader.documentedTypes(join(sdk, "types", "input.d.ts"));
    const outputs = reader.documentedTypes(join(sdk, "types", "output.d.ts"));
    const resources: Record<string, ClassicResource> = {};
    for (const module of CLASSIC_MODULES) {
        for (const file of readdirSync(join(sdk, module)).sort()) {
            // The token is in the code only, and differs from the file's name at places.
            const code = join(sdk, module, file.replace(/\.d\.ts$/, ".js"));
            if (file.endsWith(".d.ts") && existsSync(code)) {
                const token = /__pulumiType = '([^']+)'/.exec(readFileSync(code, "utf8"))?.[1];
                const found = token === undefined ? undefined : reader.classicResource(join(sdk, module, file), token);
                if (token !== undefined && found !== undefined) {
                    resources[token] = found;
                }
            }
        }
    }
    const types: Record<string, ClassicObject> = {};
    const waiting = Object.values(resources).map(({ properties }) => properties);
    for (let object = waiting.pop(); object !== undefined; object = waiting.pop()) {
        for (const name of Object.values(object).flatMap(({ shape }) => references(shape))) {
            if (types[name] === undefined) {
                const merged = merge(inputs(name), outputs(name));
                types[name] = merged;
                waiting.push(merged);
            }
        }
    }
    return { version, resources, types };
}

interface Documented extends ObjectShape {
    readonly descriptions: Readonly<Record<string, string>>;
}

const NOTHING: Documented = { properties: {}, required: [], descriptions: {} };

class ClassicReader extends DeclarationReader {
    /** Blocks are many, and few are reached from our modules: each is read when it is asked for. */
    documentedTypes(file: string): (name: string) => Documented {
        const source = this.parse(file);
        const declarations = this.typesOf(source);
        return (name) => {
            const declaration = declarations.get(name);
            return declaration === undefined ? NOTHING : this.documented(declaration.members, source);
        };
    }

    classicResource(file: string, token: string): ClassicResource | undefined {
        const source = this.parse(file);
        const found = this.resourceClass(source);
        if (found === undefined) {
            return undefined;
        }
        const properties = merge(
            this.documented(found.args?.members ?? [], source),
            this.documented(found.declaration.members, source),
        );
        return {
            properties: filledIn(properties, token),
            importId: /pulumi import \S+ \S+ "?(\/[^"\n]+?)"?\s*\n/.exec(source.text)?.[1],
        };
    }

    private documented(members: readonly ts.Node[], source: ts.SourceFile): Documented {
        const shape = this.objectShape(members);
        const descriptions: Record<string, string> = {};
        for (const member of members) {
            const name = this.nameOf(member);
            if (name !== undefined && name in shape.properties) {
                descriptions[name] = this.description(member, source);
            }
        }
        return { ...shape, descriptions };
    }
}

/** The two sides of a resource or a block as one. */
function merge(inputs: Documented, outputs: Documented): ClassicObject {
    const result: Record<string, ClassicProperty> = {};
    for (const name of new Set([...Object.keys(outputs.properties), ...Object.keys(inputs.properties)])) {
        const shape = outputs.properties[name] ?? inputs.properties[name] ?? "any";
        const description = outputs.descriptions[name] ?? inputs.descriptions[name] ?? "";
        const input = name in inputs.properties;
        const required = inputs.required.includes(name);
        const computed = !input || (!required && outputs.required.includes(name));
        const fallback = computed || required ? undefined : defaultIn(description, shape);
        result[name] = {
            shape,
            input,
            required,
            computed,
            forceNew: input && FORCES_NEW.test(description),
            ...(fallback === undefined ? {} : { default: fallback }),
        };
    }
    return result;
}

/**
 * Name and location may be left out because the bridge fills them in, not because Azure would. A location is needed in
 * the end, but for policy assignments (the only ones with azurerm's `LocationOptional`).
 */
function filledIn(properties: ClassicObject, token: string): ClassicObject {
    const located = !/PolicyAssignment$/.test(token);
    return Object.fromEntries(
        Object.entries(properties).map(([name, property]) =>
            property.input && (name === "name" || name === "location")
                ? [name, { ...property, computed: false, required: name === "location" && located }]
                : [name, property],
        ),
    );
}

const FORCES_NEW = /Changing this(?: value| property| field)? forces a new\b/;

function defaultIn(description: string, shape: Shape): Scalar | undefined {
    const text = /\b[Dd]efaults? (?:to|is) `([^`]*)`/.exec(description)?.[1];
    if (text === undefined) {
        return undefined;
    }
    switch (shape) {
        case "string":
            return text;
        case "number":
            return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
        case "boolean":
            return text === "true" ? true : text === "false" ? false : undefined;
        default:
            return undefined;
    }
}
