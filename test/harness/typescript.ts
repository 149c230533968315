import { ELIDED, NOT_SET } from "./elided";
import { Hidden, Ref, Text, type Content, type Declaration, type Program, type Properties } from "./program";

/** A program as a person would write it in TypeScript, with Pulumi's Node.js SDKs. */
export function typescriptOf(program: Program): string {
    const body = declarationsOf(program);
    const packages = Object.entries(PACKAGES).filter(([namespace]) => new RegExp(`\\b${namespace}\\.`).test(body));
    return `${packages.map(([namespace, name]) => `import * as ${namespace} from "${name}";\n`).join("")}\n${body}`;
}

/** The same without imports. */
export function declarationsOf(program: Program): string {
    return inOrder(program)
        .map(([name, declaration]) => declared(name, declaration))
        .join("\n");
}

/** Each resource after those to which it refers. */
function inOrder(program: Program): readonly (readonly [string, Declaration])[] {
    const ordered = new Map<string, Declaration>();
    const take = (name: string): void => {
        const declaration = program[name];
        if (declaration === undefined || ordered.has(name)) {
            return;
        }
        const { parent = "", provider = "", options, properties } = declaration;
        [parent, provider, ...(options?.dependsOn ?? []), ...resourcesIn(properties)].forEach(take);
        ordered.set(name, declaration);
    };
    Object.keys(program).forEach(take);
    return [...ordered];
}

function resourcesIn(content: Content): readonly string[] {
    return content instanceof Ref
        ? [content.resource]
        : typeof content === "object" && content !== null
          ? Object.values(content).flatMap((each) => resourcesIn(each as Content))
          : [];
}

const PACKAGES = {
    azure: "@pulumi/azure",
    azureNative: "@pulumi/azure-native",
    pulumi: "@pulumi/pulumi",
} as const;

const NAMESPACES: Readonly<Record<string, keyof typeof PACKAGES>> = { azure: "azure", "azure-native": "azureNative" };

const INDENT = "    ";

/** Longer lists and objects have a line for each of their parts. */
const LONGEST_LINE = 100;

function declared(name: string, { type, properties, parent, provider, options = {} }: Declaration): string {
    const { dependsOn, ...others } = options;
    const all: Properties = {
        ...(parent === undefined ? {} : { parent: new Ref(parent, []) }),
        ...(provider === undefined ? {} : { provider: new Ref(provider, []) }),
        ...(others as Properties),
        ...(dependsOn === undefined ? {} : { dependsOn: dependsOn.map((each) => new Ref(each, [])) }),
    };
    const rest = Object.keys(all).length === 0 ? "" : `, ${written(all, "", 0)}`;
    return `const ${variable(name)} = new ${className(type)}("${name}", ${written(properties, "", LONGEST_LINE)}${rest});\n`;
}

/** `azure:compute/linuxVirtualMachine:LinuxVirtualMachine` is `azure.compute.LinuxVirtualMachine`. */
function className(type: string): string {
    const [provider = "", module = "", name = ""] = type.split(":");
    if (provider === "pulumi" && module === "providers") {
        return `${NAMESPACES[name] ?? name}.Provider`;
    }
    const [area = ""] = module.split("/");
    return `${NAMESPACES[provider] ?? provider}.${area}.${name}`;
}

function variable(name: string): string {
    return name.replace(/[^\w$]+(.?)/g, (_, next: string) => next.toUpperCase());
}

/** @param taken how much of the line there is before it */
function written(content: Content, indent: string, taken: number): string {
    if (content instanceof Hidden) {
        const given = content.madeFrom.map((from) => reference(from)).join(", ");
        return `pulumi.output(${written(content.content, indent, taken)}).apply((made) => ${given === "" ? "" : `/* of ${given} */ `}made)`;
    }
    if (content instanceof Ref) {
        return reference(content);
    }
    if (content instanceof Text) {
        const parts = content.parts.map((part) => (part instanceof Ref ? `\${${reference(part)}}` : escaped(part)));
        return `pulumi.interpolate\`${parts.join("")}\``;
    }
    if (Array.isArray(content)) {
        const entries = (content as readonly Content[]).map((each): Entry =>
            each === ELIDED ? () => ({ comment: ELIDED }) : (inner) => ({ text: written(each, inner, 0) }),
        );
        return enclosed("[", entries, "]", indent, taken);
    }
    if (typeof content === "object" && content !== null) {
        const entries = Object.entries(content).map(([name, value]): Entry =>
            name === ELIDED
                ? () => ({ comment: ELIDED })
                : name.startsWith(NOT_SET)
                  ? () => ({ comment: `${name.slice(NOT_SET.length)}: not set` })
                  : (inner) => ({ text: property(name, value, inner) }),
        );
        return enclosed("{ ", entries, " }", indent, taken);
    }
    return JSON.stringify(content);
}

type Entry = (inner: string) => { readonly text: string } | { readonly comment: string };

function enclosed(open: string, entries: readonly Entry[], close: string, indent: string, taken: number): string {
    if (entries.length === 0) {
        return `${open}${close}`.replaceAll(" ", "");
    }
    const inner = indent + INDENT;
    const parts = entries.map((entry) => entry(inner));
    const texts = parts.flatMap((part) => ("text" in part ? [part.text] : []));
    const line = `${open}${texts.join(", ")}${close}`;
    const isShort = indent.length + taken + line.length <= LONGEST_LINE;
    if (isShort && texts.length === parts.length && !line.includes("\n")) {
        return line;
    }
    const lines = parts.map((part) => `${inner}${"text" in part ? `${part.text},` : `// ${part.comment}`}\n`);
    return `${open.trim()}\n${lines.join("")}${indent}${close.trim()}`;
}

function property(name: string, value: Content, indent: string): string {
    const key = /^[a-z_$][\w$]*$/i.test(name) ? name : JSON.stringify(name);
    const text = written(value, indent, key.length + 3);
    return key === text ? key : `${key}: ${text}`;
}

/** `web.storageProfile.apply((all) => all?.dataDisks?.[0]?.managedDisk?.id!)`: most properties may be undefined. */
function reference({ resource, path: [first, ...rest] }: Ref): string {
    const name = variable(resource);
    if (first === undefined) {
        return name;
    }
    const steps = rest.map((step) => (typeof step === "number" ? `?.[${step}]` : `?.${step}`));
    return rest.length === 0 ? `${name}.${first}` : `${name}.${first}.apply((all) => all${steps.join("")}!)`;
}

function escaped(text: string): string {
    return text.replace(/[\\`]|\$(?=\{)/g, (character) => `\\${character}`);
}
