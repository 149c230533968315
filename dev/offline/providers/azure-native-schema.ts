/**
 * The schema that a YAML program is checked against: the resources of our modules with their properties. Scalars have
 * their type, everything else is `Any`, which lets `${vm.storageProfile.osDisk.managedDisk.id}` through.
 */
import { RESOURCES } from "./azure-native-resources";
import type { ObjectShape, ResourceShape, Shape, Shapes } from "./sdk-types";

interface PropertySpec {
    readonly type?: string;
    readonly $ref?: string;
}

interface ResourceSpec {
    readonly properties: Readonly<Record<string, PropertySpec>>;
    readonly required: readonly string[];
    readonly inputProperties: Readonly<Record<string, PropertySpec>>;
    readonly requiredInputs: readonly string[];
}

interface FunctionSpec {
    readonly inputs: {
        readonly properties: Readonly<Record<string, PropertySpec>>;
        readonly required?: readonly string[];
    };
    readonly outputs: { readonly properties: Readonly<Record<string, PropertySpec>> };
}

interface PackageSpec {
    readonly name: string;
    readonly version: string;
    readonly description: string;
    readonly config: { readonly variables: Readonly<Record<string, PropertySpec>> };
    readonly provider: { readonly inputProperties: Readonly<Record<string, PropertySpec>> };
    readonly resources: Readonly<Record<string, ResourceSpec>>;
    readonly functions: Readonly<Record<string, FunctionSpec>>;
}

const CONFIGURATION: Readonly<Record<string, PropertySpec>> = {
    clientId: { type: "string" },
    environment: { type: "string" },
    location: { type: "string" },
    subscriptionId: { type: "string" },
    tenantId: { type: "string" },
};

export function schemaOf(shapes: Shapes): PackageSpec {
    const resources = Object.fromEntries(
        Object.entries(shapes.resources).flatMap(([key, shape]) => {
            const { inputs, outputs } = shape;
            const spec: ResourceSpec = {
                properties: properties(outputs),
                required: outputs.required,
                inputProperties: properties(inputs),
                requiredInputs: inputs.required,
            };
            return tokens(key, shape).map((token) => [token, spec] as const);
        }),
    );
    return {
        name: "azure-native",
        version: shapes.version,
        description: "Offline stand-in for azure-native.",
        config: { variables: CONFIGURATION },
        provider: { inputProperties: CONFIGURATION },
        resources,
        functions: { ...gettersOf(shapes), ...CLIENT_FUNCTIONS },
    };
}

/**
 * The types of the table can be named with the API version that they have anyway, as version 2 had it (facts TOK-02).
 */
function tokens(key: string, { apiVersion }: ResourceShape): readonly string[] {
    const [module = "", name = ""] = key.split(":");
    const versioned = key in RESOURCES && apiVersion !== undefined;
    return [
        `azure-native:${key}`,
        ...(versioned ? [`azure-native:${module}/v${apiVersion.replaceAll("-", "")}:${name}`] : []),
    ];
}

const CLIENT_FUNCTIONS: Readonly<Record<string, FunctionSpec>> = {
    "azure-native:authorization:getClientConfig": {
        inputs: { properties: {} },
        outputs: {
            properties: {
                clientId: { type: "string" },
                objectId: { type: "string" },
                subscriptionId: { type: "string" },
                tenantId: { type: "string" },
            },
        },
    },
    "azure-native:authorization:getClientToken": {
        inputs: { properties: { endpoint: { type: "string" } } },
        outputs: { properties: { token: { type: "string" } } },
    },
};

/** A function `getX` for each resource X takes what names it. */
function gettersOf(shapes: Shapes): Record<string, FunctionSpec> {
    return Object.fromEntries(
        Object.entries(shapes.resources).map(([key, { inputs, outputs }]) => {
            const [module = "", name = ""] = key.split(":");
            const naming = Object.entries(inputs.properties).filter(
                ([property]) => outputs.properties[property] === undefined,
            );
            const specs = Object.fromEntries(naming.map(([property, shape]) => [property, specOf(shape)]));
            return [
                `azure-native:${module}:get${name}`,
                {
                    inputs: { properties: specs },
                    outputs: { properties: { id: { type: "string" }, ...properties(outputs) } },
                },
            ];
        }),
    );
}

/** `id` and `urn` are every resource's own and may not be declared again. */
function properties(shape: ObjectShape): Record<string, PropertySpec> {
    return Object.fromEntries(
        Object.entries(shape.properties)
            .filter(([name]) => name !== "urn")
            .map(([name, property]) => [name, specOf(property)]),
    );
}

function specOf(shape: Shape): PropertySpec {
    return shape === "string" || shape === "number" || shape === "boolean"
        ? { type: shape }
        : { $ref: "pulumi.json#/Any" };
}
