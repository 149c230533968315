/**
 * The shapes of azure-native's resources, read from the declarations of the installed SDK package.
 *
 * Only syntax is read (no type check). The result is kept in a small file, one for each SDK version, because reading 17
 * MB of declarations takes seconds and a provider has to answer at once.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as ts from "typescript";

/** The modules that readers, examples and programs around backup and replication use. */
export const MODULES: readonly string[] = [
    "authorization",
    "azureresiliencemanagement",
    "compute",
    "dataprotection",
    "keyvault",
    "management",
    "network",
    "recoveryservices",
    "resources",
    "storage",
];

export type Shape =
    | "string"
    | "number"
    | "boolean"
    | "any"
    | { readonly const: string }
    | { readonly array: Shape }
    | { readonly map: Shape }
    | { readonly ref: string }
    /** A choice between several object types. */
    | { readonly oneOf: readonly string[] };

export interface ObjectShape {
    readonly properties: Readonly<Record<string, Shape>>;
    readonly required: readonly string[];
}

export interface ResourceShape {
    readonly inputs: ObjectShape;
    readonly outputs: ObjectShape;
    readonly apiVersion: string | undefined;
    /** The description of `location` among the inputs; see `azure-native-resources.ts` for what it tells. */
    readonly location: string | undefined;
}

export interface Shapes {
    readonly version: string;
    /** By `module:Name`. */
    readonly resources: Readonly<Record<string, ResourceShape>>;
    readonly inputTypes: Readonly<Record<string, ObjectShape>>;
    readonly outputTypes: Readonly<Record<string, ObjectShape>>;
}

/** Raise it whenever the generated content changes for the same SDK. */
const FORMAT = 3;

export const CACHE_VARIABLE = "AZURE_BCDR_OFFLINE_CACHE";

export function loadShapes(): Shapes {
    return cachedShapes("azure-native", FORMAT, readShapes);
}

/** Reads an installed SDK package once for each of its versions; `format` counts the changes of what is made of it. */
export function cachedShapes<T>(name: string, format: number, read: (sdk: string, version: string) => T): T {
    const sdk = sdkFolder(name);
    const { version } = JSON.parse(readFileSync(join(sdk, "package.json"), "utf8")) as { readonly version: string };
    const folder = process.env[CACHE_VARIABLE] ?? join(projectFolder(), ".offline", "schema");
    const file = join(folder, `${name}-${version}-${format}.json`);
    const cached = readCache(file);
    if (cached !== undefined) {
        return cached as T;
    }
    const shapes = read(sdk, version);
    // Several providers may start at once: each writes its own file, and the rename makes one of them win whole.
    mkdirSync(folder, { recursive: true });
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify(shapes));
    renameSync(temporary, file);
    return shapes;
}

function readCache(file: string): unknown {
    if (!existsSync(file)) {
        return undefined;
    }
    try {
        return JSON.parse(readFileSync(file, "utf8")) as unknown;
    } catch {
        return undefined;
    }
}

function projectFolder(): string {
    let folder = __dirname;
    while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) {
        folder = dirname(folder);
    }
    return folder;
}

function sdkFolder(name: string): string {
    try {
        return dirname(require.resolve(`@pulumi/${name}/package.json`));
    } catch {
        throw new Error(`The offline ${name} provider takes its shapes from @pulumi/${name}, not installed here.`);
    }
}

/** Loaded when it is called: with a cached file the compiler is not needed. */
export function loadCompiler(): typeof ts {
    return createRequire(__filename)("typescript") as typeof ts;
}

/** Reads all shapes from the SDK's declarations. */
function readShapes(sdk: string, version: string): Shapes {
    const reader = new DeclarationReader(loadCompiler());
    const inputDeclarations = reader.typesByName(join(sdk, "types", "input.d.ts"));
    const outputDeclarations = reader.typesByName(join(sdk, "types", "output.d.ts"));
    const resources: Record<string, ResourceShape> = {};
    for (const module of MODULES) {
        for (const file of readdirSync(join(sdk, module)).sort()) {
            if (file.endsWith(".d.ts") && file !== "index.d.ts") {
                const found = reader.resource(join(sdk, module, file));
                if (found !== undefined) {
                    resources[`${module}:${found.name}`] = found.shape;
                }
            }
        }
    }
    const all = Object.values(resources);
    return {
        version,
        resources,
        inputTypes: reachable(
            inputDeclarations,
            all.map((resource) => resource.inputs),
            reader,
        ),
        outputTypes: reachable(
            outputDeclarations,
            all.map((resource) => resource.outputs),
            reader,
        ),
    };
}

export type Declarations = ReadonlyMap<string, ts.InterfaceDeclaration>;

function reachable(
    declarations: Declarations,
    roots: readonly ObjectShape[],
    reader: DeclarationReader,
): Record<string, ObjectShape> {
    const result: Record<string, ObjectShape> = {};
    const waiting = [...roots];
    for (let shape = waiting.pop(); shape !== undefined; shape = waiting.pop()) {
        for (const name of Object.values(shape.properties).flatMap(references)) {
            const declaration = declarations.get(name);
            if (result[name] === undefined && declaration !== undefined) {
                const found = reader.objectShape(declaration.members);
                result[name] = found;
                waiting.push(found);
            }
        }
    }
    return result;
}

export function references(shape: Shape): readonly string[] {
    if (typeof shape === "string" || "const" in shape) {
        return [];
    }
    if ("array" in shape) {
        return references(shape.array);
    }
    if ("map" in shape) {
        return references(shape.map);
    }
    return "ref" in shape ? [shape.ref] : shape.oneOf;
}

export class DeclarationReader {
    constructor(protected readonly compiler: typeof ts) {}

    protected parse(file: string): ts.SourceFile {
        return this.compiler.createSourceFile(
            file,
            readFileSync(file, "utf8"),
            this.compiler.ScriptTarget.ES2022,
            /* setParentNodes */ false,
        );
    }

    /** All interfaces of `types/input.d.ts` or `types/output.d.ts` by `module:Name`; one namespace is one module. */
    typesByName(file: string): Declarations {
        return this.typesOf(this.parse(file));
    }

    protected typesOf(source: ts.SourceFile): Declarations {
        const result = new Map<string, ts.InterfaceDeclaration>();
        for (const statement of source.statements) {
            if (this.compiler.isModuleDeclaration(statement)) {
                const { body } = statement;
                if (body !== undefined && this.compiler.isModuleBlock(body)) {
                    for (const member of body.statements) {
                        if (this.compiler.isInterfaceDeclaration(member)) {
                            result.set(`${statement.name.text}:${member.name.text}`, member);
                        }
                    }
                }
            }
        }
        return result;
    }

    resource(file: string): { readonly name: string; readonly shape: ResourceShape } | undefined {
        const source = this.parse(file);
        const found = this.resourceClass(source);
        if (found === undefined) {
            return undefined;
        }
        const { name, declaration, args } = found;
        const location = args?.members.find((member) => this.nameOf(member) === "location");
        return {
            name,
            shape: {
                inputs: this.objectShape(args?.members ?? []),
                outputs: this.objectShape(declaration.members),
                apiVersion: /REST API version (\S+)\./.exec(source.text)?.[1],
                location: location === undefined ? undefined : this.description(location, source),
            },
        };
    }

    /** The class of a resource, and the arguments of its constructor. */
    protected resourceClass(source: ts.SourceFile):
        | {
              readonly name: string;
              readonly declaration: ts.ClassDeclaration;
              readonly args: ts.InterfaceDeclaration | undefined;
          }
        | undefined {
        const declaration = source.statements.find((statement) => this.isResourceClass(statement));
        if (
            declaration === undefined ||
            !this.compiler.isClassDeclaration(declaration) ||
            declaration.name === undefined
        ) {
            return undefined;
        }
        const name = declaration.name.text;
        const args = source.statements.find(
            (statement): statement is ts.InterfaceDeclaration =>
                this.compiler.isInterfaceDeclaration(statement) && statement.name.text === `${name}Args`,
        );
        return { name, declaration, args };
    }

    private isResourceClass(statement: ts.Statement): boolean {
        return (
            this.compiler.isClassDeclaration(statement) &&
            (statement.heritageClauses ?? []).some((clause) =>
                clause.types.some(
                    ({ expression }) =>
                        this.compiler.isPropertyAccessExpression(expression) &&
                        expression.name.text === "CustomResource",
                ),
            )
        );
    }

    protected description(node: ts.Node, source: ts.SourceFile): string {
        const text = source.text.slice(node.pos, node.end);
        return (/\/\*\*([\s\S]*?)\*\//.exec(text)?.[1] ?? "")
            .replace(/^\s*\*\s?/gm, "")
            .trim()
            .replace(/\s+/g, " ");
    }

    protected nameOf(member: ts.Node): string | undefined {
        const { name } = member as { readonly name?: ts.PropertyName };
        return name !== undefined && (this.compiler.isIdentifier(name) || this.compiler.isStringLiteral(name))
            ? name.text
            : undefined;
    }

    objectShape(members: readonly ts.Node[]): ObjectShape {
        const properties: Record<string, Shape> = {};
        const required: string[] = [];
        for (const member of members) {
            if (!this.compiler.isPropertySignature(member) && !this.compiler.isPropertyDeclaration(member)) {
                continue;
            }
            const name = this.nameOf(member);
            if (name === undefined || member.type === undefined) {
                continue;
            }
            properties[name] = this.shape(member.type);
            if (member.questionToken === undefined && !this.mayBeUndefined(member.type)) {
                required.push(name);
            }
        }
        return { properties, required };
    }

    /** A resource class declares what may be missing as `pulumi.Output<… | undefined>`. */
    private mayBeUndefined(node: ts.TypeNode): boolean {
        const argument = this.compiler.isTypeReferenceNode(node) ? node.typeArguments?.[0] : undefined;
        return (
            argument !== undefined &&
            this.compiler.isUnionTypeNode(argument) &&
            argument.types.some((type) => type.kind === this.compiler.SyntaxKind.UndefinedKeyword)
        );
    }

    private shape(node: ts.TypeNode): Shape {
        const { compiler } = this;
        const { SyntaxKind } = compiler;
        switch (node.kind) {
            case SyntaxKind.StringKeyword:
                return "string";
            case SyntaxKind.NumberKeyword:
                return "number";
            case SyntaxKind.BooleanKeyword:
                return "boolean";
        }
        if (compiler.isParenthesizedTypeNode(node)) {
            return this.shape(node.type);
        }
        if (compiler.isArrayTypeNode(node)) {
            return { array: this.shape(node.elementType) };
        }
        if (compiler.isLiteralTypeNode(node)) {
            return compiler.isStringLiteral(node.literal) ? { const: node.literal.text } : "any";
        }
        if (compiler.isTypeLiteralNode(node)) {
            const index = node.members.find((member) => compiler.isIndexSignatureDeclaration(member));
            return index === undefined || !compiler.isIndexSignatureDeclaration(index)
                ? "any"
                : { map: this.shape(index.type) };
        }
        if (compiler.isUnionTypeNode(node)) {
            return this.union(node.types);
        }
        if (compiler.isTypeReferenceNode(node)) {
            return this.reference(node);
        }
        return "any";
    }

    private reference(node: ts.TypeReferenceNode): Shape {
        const path = this.path(node.typeName);
        const argument = node.typeArguments?.[0];
        if (path[0] === "pulumi") {
            // pulumi.Input<…> and pulumi.Output<…>; anything else of Pulumi's own is an asset.
            return argument === undefined ? "any" : this.shape(argument);
        }
        if (path[0] === "enums") {
            return "string";
        }
        return path.length === 3 ? { ref: `${path[1]}:${path[2]}` } : "any";
    }

    private path(name: ts.EntityName): readonly string[] {
        return this.compiler.isIdentifier(name) ? [name.text] : [...this.path(name.left), name.right.text];
    }

    private union(types: readonly ts.TypeNode[]): Shape {
        const shapes = types
            .filter((type) => type.kind !== this.compiler.SyntaxKind.UndefinedKeyword)
            .map((type) => this.shape(type));
        const [first] = shapes;
        if (first === undefined) {
            return "any";
        }
        if (shapes.length === 1) {
            return first;
        }
        const names = shapes.flatMap((shape) => (typeof shape !== "string" && "ref" in shape ? [shape.ref] : []));
        if (names.length === shapes.length) {
            return { oneOf: names };
        }
        // `string | enums.…` and the like; any other mixture (an object or its id) is not told apart.
        return shapes.every((shape) => shape === "string" || (typeof shape !== "string" && "const" in shape))
            ? "string"
            : "any";
    }
}
