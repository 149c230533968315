/**
 * The schema that a YAML program is checked against. Scalars have their type, everything else is `Any`, which lets
 * `${vm.osDisk.id}` through.
 */
import type { ClassicProperty, ClassicResource, ClassicShapes } from "./azure-sdk-types";

interface PropertySpec {
    readonly type?: string;
    readonly $ref?: string;
}

type Properties = Readonly<Record<string, PropertySpec>>;

interface ResourceSpec {
    readonly properties: Properties;
    readonly required: readonly string[];
    readonly inputProperties: Properties;
    readonly requiredInputs: readonly string[];
}

interface FunctionSpec {
    readonly inputs: { readonly properties: Properties };
    readonly outputs: { readonly properties: Properties };
}

interface PackageSpec {
    readonly name: string;
    readonly version: string;
    readonly description: string;
    readonly config: { readonly variables: Properties };
    readonly provider: { readonly inputProperties: Properties };
    readonly resources: Readonly<Record<string, ResourceSpec>>;
    readonly functions: Readonly<Record<string, FunctionSpec>>;
}

const ANY: PropertySpec = { $ref: "pulumi.json#/Any" };

const CONFIGURATION: Properties = {
    clientId: { type: "string" },
    environment: { type: "string" },
    features: ANY,
    location: { type: "string" },
    subscriptionId: { type: "string" },
    tenantId: { type: "string" },
};

export function classicSchema({ version, resources }: ClassicShapes): PackageSpec {
    return {
        name: "azure",
        version,
        description: "Offline stand-in for the classic azure provider.",
        config: { variables: CONFIGURATION },
        provider: { inputProperties: CONFIGURATION },
        resources: Object.fromEntries(
            Object.entries(resources).map(([token, resource]) => [token, resourceSpec(resource)]),
        ),
        functions: { ...gettersOf(resources), ...CLIENT_FUNCTIONS },
    };
}

function resourceSpec({ properties }: ClassicResource): ResourceSpec {
    const inputs = Object.entries(properties).filter(([, property]) => property.input);
    return {
        // `id` and `urn` are every resource's own and may not be declared again.
        properties: specs(Object.entries(properties).filter(([name]) => name !== "id" && name !== "urn")),
        required: [],
        inputProperties: specs(inputs),
        // The location may come from the group.
        requiredInputs: inputs
            .filter(([name, property]) => property.required && name !== "location")
            .map(([name]) => name),
    };
}

function specs(entries: readonly (readonly [string, ClassicProperty])[]): Properties {
    return Object.fromEntries(entries.map(([name, { shape }]) => [name, specOf(shape)]));
}

function specOf(shape: ClassicProperty["shape"]): PropertySpec {
    return shape === "string" || shape === "number" || shape === "boolean" ? { type: shape } : ANY;
}

/** `azure:compute/getManagedDisk:getManagedDisk` finds what `azure:compute/managedDisk:ManagedDisk` has made. */
export function getterOf(token: string): string {
    return token.replace(/\/(\w+):(\w+)$/, (_, _file: string, name: string) => `/get${name}:get${name}`);
}

function gettersOf(resources: ClassicShapes["resources"]): Record<string, FunctionSpec> {
    return Object.fromEntries(
        Object.entries(resources).map(([token, { properties }]) => [
            getterOf(token),
            {
                inputs: { properties: specs(Object.entries(properties).filter(([, property]) => property.input)) },
                outputs: { properties: { id: { type: "string" }, ...specs(Object.entries(properties)) } },
            },
        ]),
    );
}

const CLIENT: Properties = {
    clientId: { type: "string" },
    objectId: { type: "string" },
    subscriptionId: { type: "string" },
    tenantId: { type: "string" },
};

const CLIENT_FUNCTIONS: Readonly<Record<string, FunctionSpec>> = {
    "azure:core/getClientConfig:getClientConfig": { inputs: { properties: {} }, outputs: { properties: CLIENT } },
    "azure:core/getSubscription:getSubscription": {
        inputs: { properties: { subscriptionId: { type: "string" } } },
        outputs: { properties: { id: { type: "string" }, ...CLIENT, displayName: { type: "string" } } },
    },
};
