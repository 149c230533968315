import { valueOf, type Known } from "../known";
import { PlannedProperties, type Lifetime, type PlannedResource } from "../planned-resource";
import { UNKNOWN_VALUE } from "../property-bag";
import { asPlannedResource } from "./arm-resource";
import { evaluate, type TemplateScope } from "./template-expression";

/** `azure-native:resources:Deployment`: an ARM template as an object (TOK-10). */
export function readDeployment(carrier: PlannedResource): readonly PlannedResource[] {
    const properties = PlannedProperties.of(carrier);
    const template = properties.configured("properties", "template").raw();
    const parameters = properties.configured("properties", "parameters").raw();
    const isNew = properties.readBack("name").state === "unknown";
    // A deployment that the plan leaves as it is does not run again: what it made is there.
    const isUnchanged = properties.readBack("id").state === "known";
    return resourcesOf(carrier, properties, template, parameters, {
        madeFrom: ["properties"],
        path: "properties.template",
        text: undefined,
        lifetime: isNew ? "new" : isUnchanged ? "existing" : "changing",
    });
}

/** `azure:core/resourceGroupTemplateDeployment` and its like: template and parameters as JSON texts. */
export function readClassicDeployment(carrier: PlannedResource): readonly PlannedResource[] {
    const properties = PlannedProperties.of(carrier);
    const template = parsed(properties.configured("templateContent").text());
    const parameters = parsed(properties.configured("parametersContent").text());
    return resourcesOf(carrier, properties, template, parameters, {
        madeFrom: ["templateContent", "parametersContent"],
        path: "",
        text: "templateContent",
        // The Terraform bridge knows the id at every update, so nothing tells whether the template runs again.
        lifetime: properties.readBack("id").state === "unknown" ? "new" : "changing",
    });
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

/** What the two providers' deployments have of their own. */
interface Deployment {
    /** The properties that hold template and parameters. */
    readonly madeFrom: readonly string[];
    /** Where the template stands. */
    readonly path: string;
    /** The property that has it as a text. */
    readonly text: string | undefined;
    readonly lifetime: Lifetime;
}

function resourcesOf(
    carrier: PlannedResource,
    properties: PlannedProperties,
    template: unknown,
    parameters: unknown,
    { madeFrom, path, text, lifetime }: Deployment,
): readonly PlannedResource[] {
    const group = properties.configured("resourceGroupName").text();
    const scope = scopeOf(template, parameters, {
        subscription: carrier.provider && valueOf(carrier.provider.subscription),
        resourceGroup: valueOf(group),
    });
    // What Azure made of the template's resources a deployment does not read back.
    const yetToCome = lifetime === "new" ? UNKNOWN_VALUE : undefined;
    const readBack = { id: yetToCome, name: yetToCome, properties: undefined };
    return declared(template, scope, undefined, path, 0).flatMap(
        ({ type, names, body, path: at }): readonly PlannedResource[] => {
            const resource = asPlannedResource(carrier, {
                type,
                names,
                apiVersion: body("apiVersion"),
                resourceGroup: group.state === "known" ? group.value : UNKNOWN_VALUE,
                location: body("location"),
                tags: body("tags"),
                properties: body("properties"),
                scope: body("scope"),
                madeFrom,
                readBack,
                at: { name: `${at}.name`, parents: `${at}.name`, prefix: `${at}.`, text, deployment: lifetime },
            });
            return resource === undefined ? [] : [resource];
        },
    );
}

interface Declared {
    /** Where the template has it: `properties.template.resources[0]`. */
    readonly path: string;
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
    path: string,
    depth: number,
): readonly Declared[] {
    const resources = property(template, "resources");
    const own = path === "" ? "resources" : `${path}.resources`;
    // A list, or an object of resources with symbolic names.
    const list = Array.isArray(resources)
        ? (resources as readonly unknown[]).map((resource, index) => [`${own}[${index}]`, resource] as const)
        : Object.entries(asObject(resources)).map(([name, resource]) => [`${own}.${name}`, resource] as const);
    return depth > DEEPEST ? [] : list.flatMap(([at, resource]) => oneDeclared(resource, scope, parent, at, depth));
}

function oneDeclared(
    resource: unknown,
    scope: TemplateScope,
    parent: Declared | undefined,
    path: string,
    depth: number,
): readonly Declared[] {
    const type = property(resource, "type");
    // A condition that is surely false makes nothing; one that cannot be worked out may.
    if (typeof type !== "string" || evaluate(property(resource, "condition"), scope) === false) {
        return [];
    }
    if (type.toLowerCase() === "microsoft.resources/deployments") {
        // A template of its own, whose expressions mean something else: only what is written out in it is known.
        const inner = property(property(resource, "properties"), "template");
        return declared(inner, NOTHING_KNOWN, undefined, `${path}.properties.template`, depth + 1);
    }
    const isCopied = property(resource, "copy") !== undefined;
    const name = evaluate(property(resource, "name"), isCopied ? NOTHING_KNOWN : scope);
    const ownNames = typeof name === "string" && name !== UNKNOWN_VALUE ? name.split("/") : undefined;
    const own: Declared = {
        path,
        type: parent === undefined ? type : `${parent.type}/${type}`,
        names: parent === undefined ? ownNames : parent.names && ownNames && [...parent.names, ...ownNames],
        body: (key) => evaluate(property(resource, key), isCopied ? NOTHING_KNOWN : scope),
    };
    return [own, ...declared(resource, scope, own, path, depth + 1)];
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
