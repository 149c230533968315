import { AZURE_NATIVE_READERS } from "../../src/model/readers/azure-native";
import type { Kind } from "../../src/model/resources";
import { Ref, Text, type Content, type Declaration, type Program, type Properties } from "./program";

/** The ways in which a program can have a resource in another one. */
export const TEMPLATES = ["generic resource", "template", "template with parameters", "template as a text"] as const;
export type TemplateForm = (typeof TEMPLATES)[number];

/** What azure-native takes at the top, and ARM beside `properties`. */
const BESIDE = ["location", "tags", "sku", "kind", "identity", "zones", "extendedLocation", "placement"];

interface Arm {
    readonly type: string;
    /** One for each part of the type. */
    readonly names: readonly Content[];
    readonly resourceGroup: Content | undefined;
    readonly beside: Properties;
    readonly properties: Properties;
}

/** The same program with its azure-native resources of these kinds in templates, which have their names. */
export function embedded(program: Program, kinds: ReadonlySet<Kind>, form: TemplateForm): Program {
    return Object.fromEntries(
        Object.entries(program).map(([name, declaration]) => {
            const arm = inArm(name, declaration, kinds);
            return [name, arm === undefined ? declaration : template(arm, declaration, form)];
        }),
    );
}

function inArm(name: string, { type, properties }: Declaration, kinds: ReadonlySet<Kind>): Arm | undefined {
    const [, module, resource] = /^azure-native:(\w+)(?:\/\w+)?:(\w+)$/.exec(type) ?? [];
    const reader = AZURE_NATIVE_READERS.get(`${module}:${resource}`);
    if (reader === undefined || !kinds.has(reader.kind)) {
        return undefined;
    }
    const { armType, names } = reader.shape;
    const nameInputs = names.map(String);
    const { resourceGroupName, ...others } = properties;
    const rest = Object.entries(others).filter(([key]) => !nameInputs.includes(key) && !BESIDE.includes(key));
    const isNested = /^microsoft\.(recoveryservices|dataprotection)\//i.test(armType);
    return {
        type: armType,
        names: nameInputs.map((input) => properties[input] ?? name),
        resourceGroup: resourceGroupName,
        beside: Object.fromEntries(Object.entries(others).filter(([key]) => BESIDE.includes(key))),
        properties: isNested ? ((properties["properties"] ?? {}) as Properties) : Object.fromEntries(rest),
    };
}

function template(arm: Arm, declaration: Declaration, form: TemplateForm): Declaration {
    const { parent, provider, options } = declaration;
    const kept = {
        ...(parent === undefined ? {} : { parent }),
        ...(provider === undefined ? {} : { provider }),
        ...(options === undefined ? {} : { options }),
    };
    return { ...kept, ...(form === "generic resource" ? generic(arm) : deployment(arm, form)) };
}

function generic({ type, names, resourceGroup, beside, properties }: Arm): Pick<Declaration, "type" | "properties"> {
    const [namespace = "", ...types] = type.split("/");
    const parents = types.slice(0, -1).flatMap((each, index) => [each, names[index] ?? ""]);
    return {
        type: "azure-native:resources:Resource",
        properties: {
            resourceGroupName: resourceGroup ?? "shop",
            resourceProviderNamespace: namespace,
            parentResourcePath: joined(parents),
            resourceType: types.at(-1) ?? "",
            resourceName: names.at(-1) ?? "",
            apiVersion: "2025-01-01",
            ...beside,
            properties,
        },
    };
}

function deployment(
    { type, names, resourceGroup, beside, properties }: Arm,
    form: Exclude<TemplateForm, "generic resource">,
): Pick<Declaration, "type" | "properties"> {
    const common = { type, apiVersion: "2025-01-01", name: joined(names) };
    const group = { resourceGroupName: resourceGroup ?? "shop" };
    switch (form) {
        case "template":
            return {
                type: "azure-native:resources:Deployment",
                properties: {
                    ...group,
                    properties: {
                        mode: "Incremental",
                        template: { resources: [{ ...common, ...beside, properties }] },
                    },
                },
            };
        case "template with parameters": {
            const parts = { ...beside, properties };
            const values = Object.entries(parts).map(([key, value]) => [key, { value }] as const);
            const references = Object.keys(parts).map((key) => [key, `[variables('${key}')]`] as const);
            const variables = Object.keys(parts).map((key) => [key, `[parameters('${key}')]`] as const);
            return {
                type: "azure-native:resources:Deployment",
                properties: {
                    ...group,
                    properties: {
                        mode: "Incremental",
                        parameters: Object.fromEntries(values),
                        template: {
                            variables: Object.fromEntries(variables),
                            resources: { one: { ...common, ...Object.fromEntries(references) } },
                        },
                    },
                },
            };
        }
        case "template as a text":
            return {
                type: "azure:core/resourceGroupTemplateDeployment:ResourceGroupTemplateDeployment",
                properties: {
                    ...group,
                    deploymentMode: "Incremental",
                    templateContent: inJson({ resources: [{ ...common, ...beside, properties }] }),
                },
            };
    }
}

function joined(parts: readonly Content[]): Content {
    return parts.some((part) => typeof part !== "string")
        ? new Text(parts.flatMap((part, index) => [...(index === 0 ? [] : ["/"]), ...textParts(part)]))
        : parts.join("/");
}

function textParts(part: Content): readonly (string | Ref)[] {
    return part instanceof Text ? part.parts : [part instanceof Ref ? part : String(part)];
}

/** As `pulumi.jsonStringify` makes it: one reference that is not known yet, and none of the text is. */
function inJson(value: Content): Content {
    const refs: Ref[] = [];
    const marked = JSON.stringify(value, (_, each: unknown) => {
        const parts = each instanceof Text ? each.parts : each instanceof Ref ? [each] : undefined;
        return (
            parts?.map((part) => (part instanceof Ref ? `\u0000${refs.push(part) - 1}\u0000` : part)).join("") ?? each
        );
    });
    return new Text(
        marked
            .split(/\\u0000(\d+)\\u0000/)
            .map((part, index) => (index % 2 === 0 ? part : (refs[Number(part)] as Ref))),
    );
}
