import { valueOf, type Known } from "../known";
import { PlannedProperties, type PlannedResource } from "../planned-resource";
import { UNKNOWN_VALUE } from "../property-bag";
import { asPlannedResource } from "./arm-resource";
import { evaluate, type TemplateScope } from "./template-expression";

/** `azure-native:resources:Deployment`: an ARM template as an object (TOK-10). */
export function readDeployment(carrier: PlannedResource): readonly PlannedResource[] {
    const properties = new PlannedProperties(carrier);
    const template = properties.configured("properties", "template").raw();
    const parameters = properties.configured("properties", "parameters").raw();
    return resourcesOf(carrier, properties, template, parameters, ["properties"], "name");
}

/** `azure:core/resourceGroupTemplateDeployment` and its like: template and parameters as JSON texts. */
export function readClassicDeployment(carrier: PlannedResource): readonly PlannedResource[] {
    const properties = new PlannedProperties(carrier);
    const template = parsed(properties.configured("templateContent").text());
    const parameters = parsed(properties.configured("parametersContent").text());
    return resourcesOf(carrier, properties, template, parameters, ["templateContent", "parametersContent"], "id");
}

function parsed(text: Known<string>): unknown {
    if (text.state !== "known") {
        return text.state === "unknown" ? UNKNOWN_VALUE : undefined;
    }
    try {
        return JSON.parse(text.value);
    } catch {
        // Azure will refuse it; nothing in it protects anything.
        return undefined;
    }
}

function resourcesOf(
    carrier: PlannedResource,
    properties: PlannedProperties,
    template: unknown,
    parameters: unknown,
    madeFrom: readonly string[],
    /** The output that is unknown while the deployment is new: azure-native's name, the classic provider's id. */
    newTold: "name" | "id",
): readonly PlannedResource[] {
    const group = properties.configured("resourceGroupName").text();
    const scope = scopeOf(template, parameters, {
        subscription: carrier.provider && valueOf(carrier.provider.subscription),
        resourceGroup: valueOf(group),
    });
    // What Azure made of the template's resources a deployment does not read back; it only tells that they are new.
    const isNew = properties.readBack(newTold).state === "unknown";
    const readBack = { id: isNew ? UNKNOWN_VALUE : undefined, name: isNew ? UNKNOWN_VALUE : undefined };
    return declared(template, scope, undefined, 0).flatMap(({ type, names, body }): readonly PlannedResource[] => {
        const resource = asPlannedResource(carrier, {
            type,
            names,
            resourceGroup: group.state === "known" ? group.value : UNKNOWN_VALUE,
            location: body("location"),
            tags: body("tags"),
            properties: body("properties"),
            scope: body("scope"),
            madeFrom,
            readBack: { ...readBack, properties: undefined },
        });
        return resource === undefined ? [] : [resource];
    });
}

interface Declared {
    readonly type: string;
    readonly names: readonly unknown[] | undefined;
    readonly body: (property: string) => unknown;
}

/** Nested deployments lie no deeper than this; what does is not read. */
const DEEPEST = 8;

function declared(
    template: unknown,
    scope: TemplateScope,
    parent: Declared | undefined,
    depth: number,
): readonly Declared[] {
    const resources = property(template, "resources");
    const list = Array.isArray(resources) ? (resources as readonly unknown[]) : Object.values(asObject(resources));
    return depth > DEEPEST ? [] : list.flatMap((resource) => oneDeclared(resource, scope, parent, depth));
}

function oneDeclared(
    resource: unknown,
    scope: TemplateScope,
    parent: Declared | undefined,
    depth: number,
): readonly Declared[] {
    const type = property(resource, "type");
    // A condition that is surely false makes nothing; one that cannot be worked out may.
    if (typeof type !== "string" || evaluate(property(resource, "condition"), scope) === false) {
        return [];
    }
    if (type.toLowerCase() === "microsoft.resources/deployments") {
        // A template of its own, whose expressions mean something else: only what is written out in it is known.
        return declared(property(property(resource, "properties"), "template"), NOTHING_KNOWN, undefined, depth + 1);
    }
    const isCopied = property(resource, "copy") !== undefined;
    const name = evaluate(property(resource, "name"), isCopied ? NOTHING_KNOWN : scope);
    const ownNames = typeof name === "string" && name !== UNKNOWN_VALUE ? name.split("/") : undefined;
    const own: Declared = {
        type: parent === undefined ? type : `${parent.type}/${type}`,
        names: parent === undefined ? ownNames : parent.names && ownNames && [...parent.names, ...ownNames],
        body: (key) => evaluate(property(resource, key), isCopied ? NOTHING_KNOWN : scope),
    };
    return [own, ...declared(resource, scope, own, depth + 1)];
}

const NOTHING_KNOWN: TemplateScope = {
    parameter: () => UNKNOWN_VALUE,
    variable: () => UNKNOWN_VALUE,
    subscription: undefined,
    resourceGroup: undefined,
};

function scopeOf(
    template: unknown,
    parameters: unknown,
    place: Pick<TemplateScope, "subscription" | "resourceGroup">,
): TemplateScope {
    // A parameter or variable that leads back to itself is an error of the template; here it is just not known.
    const inWork = new Set<string>();
    const workedOut = (key: string, value: unknown): unknown => {
        if (value === undefined || inWork.has(key)) {
            return UNKNOWN_VALUE;
        }
        inWork.add(key);
        const result = evaluate(value, scope);
        inWork.delete(key);
        return result;
    };
    const scope: TemplateScope = {
        ...place,
        parameter: (name) => {
            const given = property(property(parameters, name), "value");
            const isOpen = parameters === UNKNOWN_VALUE || property(parameters, name) === UNKNOWN_VALUE;
            const initial = property(property(property(template, "parameters"), name), "defaultValue");
            return isOpen ? UNKNOWN_VALUE : (given ?? workedOut(`parameter ${name}`, initial));
        },
        variable: (name) => workedOut(`variable ${name}`, property(property(template, "variables"), name)),
    };
    return scope;
}

function property(value: unknown, name: string): unknown {
    return Object.getOwnPropertyDescriptor(asObject(value), name)?.value as unknown;
}

function asObject(value: unknown): object {
    return typeof value === "object" && value !== null ? value : {};
}
