import { stringify } from "yaml";
import { Ref, Text, type Content, type Declaration, type Program } from "./program";

/** A program as a person would write it in Pulumi YAML. */
export function yamlOf(name: string, program: Program, description?: string): string {
    const resources = Object.fromEntries(
        Object.entries(program).map(([resource, declaration]) => [resource, declared(declaration)]),
    );
    const head = { name, runtime: "yaml", ...(description === undefined ? {} : { description }) };
    return stringify({ ...head, resources }, { lineWidth: 0, schema: "yaml-1.1" });
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
