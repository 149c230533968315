import { parse, stringify } from "yaml";
import { ELIDED, NOT_SET } from "./elided";
import { Hidden, Ref, ref, Text, type Content, type Declaration, type Program, type Properties } from "./program";

/** A program as a person would write it in Pulumi YAML. */
export function yamlOf(name: string, program: Program, description?: string): string {
    const head = { name, runtime: "yaml", ...(description === undefined ? {} : { description }) };
    return inYaml({ ...head, resources: resourcesOf(program) });
}

/** The resources of an excerpt, one below the other. */
export function excerptInYaml(program: Program): string {
    return inYaml(resourcesOf(program))
        .replace(new RegExp(`^( *)- ${ELIDED}$`, "gm"), `$1# ${ELIDED}`)
        .replace(new RegExp(`^( *(?:- )?)${ELIDED}: null$`, "gm"), `$1# ${ELIDED}`)
        .replace(new RegExp(`^( *(?:- )?)"${NOT_SET}(.*)": null$`, "gm"), "$1# $2: not set");
}

function inYaml(content: unknown): string {
    return stringify(content, { lineWidth: 0, schema: "yaml-1.1" });
}

function resourcesOf(program: Program): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
        Object.entries(program).map(([resource, declaration]) => [resource, declared(declaration)]),
    );
}

function declared({ type, properties, parent, provider, options }: Declaration): Readonly<Record<string, unknown>> {
    const all = {
        ...(parent === undefined ? {} : { parent: `\${${parent}}` }),
        ...(provider === undefined ? {} : { provider: `\${${provider}}` }),
        ...options,
        ...(options?.dependsOn === undefined ? {} : { dependsOn: options.dependsOn.map((each) => `\${${each}}`) }),
    };
    return { type, properties: written(properties), ...(Object.keys(all).length === 0 ? {} : { options: all }) };
}

function written(content: Content): unknown {
    // YAML has no `apply`.
    if (content instanceof Hidden) {
        return written(content.content);
    }
    if (content instanceof Ref) {
        return interpolated(content);
    }
    if (content instanceof Text) {
        return content.parts.map((part) => (part instanceof Ref ? interpolated(part) : part)).join("");
    }
    if (Array.isArray(content)) {
        return (content as readonly Content[]).map(written);
    }
    return typeof content === "object" && content !== null
        ? Object.fromEntries(Object.entries(content).map(([key, value]) => [key, written(value)]))
        : content;
}

/** `${web.storageProfile.dataDisks[0].managedDisk.id}` */
function interpolated({ resource, path }: Ref): string {
    const steps = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`));
    return `\${${resource}${steps.join("")}}`;
}

/** The program in a file of Pulumi YAML, as far as the examples use it: variables, references and options. */
export function programIn(yaml: string): Program {
    const { variables = {}, resources = {} } = parse(yaml) as WrittenProgram;
    const seen = new Map<string, Content>();
    const read = (value: unknown): Content => {
        if (typeof value === "string") {
            return interpolatedText(value, variable);
        }
        if (Array.isArray(value)) {
            return value.map(read);
        }
        return typeof value === "object" && value !== null
            ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, read(each)]))
            : (value as number | boolean | null);
    };
    const variable = (name: string): Content | undefined => {
        if (!Object.hasOwn(variables, name)) {
            return undefined;
        }
        const known = seen.get(name) ?? read(variables[name]);
        seen.set(name, known);
        return known;
    };
    return Object.fromEntries(
        Object.entries(resources).map(([name, { type, properties = {} }]) => [
            name,
            { type, properties: read(properties) as Properties },
        ]),
    );
}

interface WrittenProgram {
    readonly variables?: Readonly<Record<string, unknown>>;
    readonly resources?: Readonly<Record<string, { readonly type: string; readonly properties?: object }>>;
}

function interpolatedText(text: string, variable: (name: string) => Content | undefined): Content {
    const parts = text.split(/(\$\{[^}]+\})/).filter((part) => part !== "");
    const read = parts.flatMap((part): readonly (string | Ref)[] => {
        const path = /^\$\{(.*)\}$/.exec(part)?.[1];
        if (path === undefined) {
            return [part];
        }
        const told = variable(path);
        return told === undefined
            ? [ref(path.replaceAll(/\[(\d+)\]/g, ".$1"))]
            : told instanceof Text
              ? told.parts
              : [told as string | Ref];
    });
    const [only, ...others] = read;
    return others.length === 0 && only !== undefined
        ? only
        : read.every((part) => typeof part === "string")
          ? read.join("")
          : new Text(read);
}
