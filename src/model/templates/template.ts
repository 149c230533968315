import type { Identities } from "../ids/identify";
import { known, valueOf, type Value } from "../values";
import { PlannedProperties, type Lifetime, type PlannedProvider, type PlannedResource } from "../planned-resource";
import { isUnknown, UNKNOWN_VALUE, UNTRACED_VALUE, type Property } from "../property-bag";
import { asPlannedResource, isReadType, type Names } from "./arm-resource";
import type { EmbeddedResources, Gap } from "./embedded";
import { evaluate, LOCATION_OF_GROUP, type TemplateScope } from "./template-expression";
import { Work } from "./work";

/** On what a template is deployed: its resources lie there, unless they say otherwise. */
type Level = "group" | "subscription" | "elsewhere";

/** `azure-native:resources:Deployment` and its like: an ARM template as an object (TOK-10). */
export function deployment(level: Level) {
    return (template: PlannedResource, identities: Identities): EmbeddedResources => {
        const properties = PlannedProperties.of(template);
        return read(template, properties, identities, level, {
            ...asObjects(properties.configured("properties")),
            madeFrom: ["properties"],
            lifetime: nativeLifetime(properties),
        });
    };
}

/** `azure-native:resources:DeploymentStackAtResourceGroup` and its like. */
export function deploymentStack(level: Level) {
    return (template: PlannedResource, identities: Identities): EmbeddedResources => {
        const properties = PlannedProperties.of(template);
        return read(template, properties, identities, level, {
            ...asObjects(properties.configured()),
            madeFrom: ["template", "parameters"],
            lifetime: nativeLifetime(properties),
        });
    };
}

/** `azure:core/resourceGroupTemplateDeployment` and its like: template and parameters as JSON texts. */
export function classicDeployment(
    level: Level,
    templateText = "templateContent",
    parametersText = "parametersContent",
) {
    return (template: PlannedResource, identities: Identities): EmbeddedResources => {
        const properties = PlannedProperties.of(template);
        const text = properties.configured(templateText);
        return read(template, properties, identities, level, {
            template: parsed(text.text()),
            parameters: withTexts(
                parsed(properties.configured(parametersText).text()),
                properties.configured("parameters").raw(),
            ),
            linked: ["templateSpecVersionId"].filter((name) => properties.configured(name).state !== "absent"),
            isParametersLinked: false,
            path: "",
            at: templateText,
            text: templateText,
            madeFrom: [templateText, parametersText, "parameters"],
            // The Terraform bridge knows the id at every update, so nothing tells whether the template runs again.
            lifetime: properties.readBack("id").state === "unknown" ? "new" : "changing",
        });
    };
}

/** A deployment that the plan does not change does not run again: what it made exists. */
function nativeLifetime(properties: PlannedProperties): Lifetime {
    if (properties.readBack("name").state === "unknown") {
        return "new";
    }
    return properties.readBack("id").state === "known" ? "existing" : "changing";
}

function asObjects(
    place: Property,
): Pick<Deployment, "template" | "parameters" | "linked" | "isParametersLinked" | "path" | "at" | "text"> {
    const template = place.at("template");
    return {
        // Some write it as the text that it is in a file.
        template: typeof template.raw() === "string" ? parsed(template.text()) : template.raw(),
        parameters: place.at("parameters").raw(),
        linked: [place.at("templateLink")].flatMap(({ state, path }) => (state === "absent" ? [] : [path])),
        isParametersLinked: place.at("parametersLink").state !== "absent",
        path: template.path,
        at: template.path,
        text: undefined,
    };
}

function parsed(text: Value<string>): unknown {
    if (text.state !== "known") {
        return text.state === "unknown" ? UNKNOWN_VALUE : undefined;
    }
    try {
        return JSON.parse(text.value) as unknown;
    } catch (error) {
        // Azure will refuse what is no JSON; nothing in it protects anything.
        return error instanceof SyntaxError ? undefined : UNTRACED_VALUE;
    }
}

/** The oldest of the classic types takes parameters as a map of texts, too. */
function withTexts(parameters: unknown, texts: unknown): unknown {
    if (texts === undefined) {
        return parameters;
    }
    return isUnknown(texts) || isUnknown(parameters)
        ? UNKNOWN_VALUE
        : {
              ...asObject(parameters),
              ...Object.fromEntries(
                  (Object.entries(asObject(texts)) as [string, unknown][]).map(([name, value]) => [name, { value }]),
              ),
          };
}

/** What each provider's deployments have in a different way. */
interface Deployment {
    readonly template: unknown;
    readonly parameters: unknown;
    /** Properties that name a template which is not in the program. */
    readonly linked: readonly string[];
    readonly isParametersLinked: boolean;
    /** The properties that hold template and parameters. */
    readonly madeFrom: readonly string[];
    /** The prefix of the template's own properties, and the template's place. */
    readonly path: string;
    readonly at: string;
    /** The property that has it as a text. */
    readonly text: string | undefined;
    readonly lifetime: Lifetime;
}

function read(
    deployment: PlannedResource,
    properties: PlannedProperties,
    identities: Identities,
    level: Level,
    source: Deployment,
): EmbeddedResources {
    const { template, parameters, linked, isParametersLinked, madeFrom, path, at, text, lifetime } = source;
    const work = new Work();
    const unread: string[] = [];
    const place = placeOf(deployment, properties, identities, level);
    const scope = scopeOf(template, isParametersLinked ? UNTRACED_VALUE : parameters, place, work, path);
    const found = declared(template, { scope, place, unread, parent: undefined, openBy: undefined, path, depth: 0 });
    // What Azure made of the template's resources a deployment does not read back.
    const yetToCome = lifetime === "new" ? UNKNOWN_VALUE : undefined;
    const readBack = { id: yetToCome, name: yetToCome, properties: undefined };
    const resources = found.flatMap((each): readonly PlannedResource[] => {
        const body = (name: string): unknown =>
            work.at(`${each.path}.${name}`, () => evaluate(property(each.resource, name), each.scope));
        const location = body("location");
        const { place: at } = each;
        const resource = asPlannedResource(
            { ...deployment, provider: at.provider },
            {
                type: each.type,
                names: each.names,
                apiVersion: body("apiVersion"),
                resourceGroup: at.resourceGroup,
                // Who writes none means the same: it is made where its group is.
                location: location === LOCATION_OF_GROUP ? undefined : location,
                tags: body("tags"),
                properties: body("properties"),
                beside: body,
                scope: body("scope"),
                heldIn: {
                    name: madeFrom,
                    parents: madeFrom,
                    group: at.isOwnGroup ? ["resourceGroupName"] : madeFrom,
                    location: madeFrom,
                    tags: madeFrom,
                    body: madeFrom,
                },
                readBack,
                at: {
                    name: `${each.path}.name`,
                    parents: `${each.path}.name`,
                    prefix: `${each.path}.`,
                    text,
                    deployment: lifetime,
                    openBy: each.openBy,
                },
            },
        );
        return resource === undefined ? [] : [resource];
    });
    const written = (where: string): string => (text === undefined ? where : `${where} in ${text}`);
    const gaps: Gap[] = [
        ...(isUnknown(template) ? [{ property: at, why: "not known" } as const] : []),
        ...linked.map((where) => ({ property: where, why: "elsewhere" }) as const),
        ...[...new Set(unread)].map((where) => ({ property: written(where), why: "not known" }) as const),
        ...work.exceededAt.map((where) => ({ property: written(where), why: "too much" }) as const),
    ];
    return { resources, gaps };
}

/** Where resources are made. */
interface TemplatePlace {
    readonly provider: PlannedProvider | undefined;
    readonly subscription: string | undefined;
    /** A name, or what stands for one that is not known. Undefined above groups. */
    readonly resourceGroup: unknown;
    /** True where that is the group of the deployment itself. */
    readonly isOwnGroup: boolean;
}

/** What Azure has answered for the deployment tells where it is; else what other resources of its provider tell. */
function placeOf(
    template: PlannedResource,
    properties: PlannedProperties,
    identities: Identities,
    level: Level,
): TemplatePlace {
    if (level === "elsewhere") {
        return { provider: undefined, subscription: undefined, resourceGroup: undefined, isOwnGroup: false };
    }
    const id = valueOf(properties.id);
    const subscription = id?.subscription ?? identities.subscriptionOf(template).subscription;
    const group = id?.resourceGroup ?? valueOf(identities.groupOf(template, properties)) ?? UNKNOWN_VALUE;
    const provider = inSubscription(template, subscription);
    return level === "group"
        ? { provider, subscription, resourceGroup: group, isOwnGroup: true }
        : { provider, subscription, resourceGroup: undefined, isOwnGroup: false };
}

function inSubscription(
    { urn, provider }: PlannedResource,
    subscription: string | undefined,
): PlannedProvider | undefined {
    return subscription === undefined ? provider : { urn: provider?.urn ?? urn, subscription: known(subscription) };
}

/** A deployment in a deployment may lie in another subscription and another group. */
function placeInside(
    resource: unknown,
    { scope, place }: Surroundings,
    work: <T>(name: string, task: () => T) => T,
): TemplatePlace {
    const value = (name: string): unknown => work(name, () => evaluate(property(resource, name), scope));
    const subscription = value("subscriptionId") ?? undefined;
    const group = value("resourceGroup") ?? undefined;
    if (value("scope") !== undefined) {
        return { provider: undefined, subscription: undefined, resourceGroup: UNTRACED_VALUE, isOwnGroup: false };
    }
    const isElsewhere = subscription !== undefined && subscription !== place.subscription;
    const isReported = typeof subscription === "string" && !isUnknown(subscription);
    const resourceGroup = group ?? (isElsewhere ? undefined : place.resourceGroup);
    return {
        provider: isElsewhere
            ? isReported && place.provider !== undefined
                ? { urn: place.provider.urn, subscription: known(subscription) }
                : undefined
            : place.provider,
        subscription: isElsewhere ? (isReported ? subscription : undefined) : place.subscription,
        resourceGroup,
        isOwnGroup: place.isOwnGroup && group === undefined,
    };
}

interface Declared {
    /** Where the template has it: `properties.template.resources[0]`. */
    readonly path: string;
    readonly type: string;
    readonly names: Names;
    readonly resource: unknown;
    readonly scope: TemplateScope;
    readonly place: TemplatePlace;
    /** The property that decides whether it is made at all, where that cannot be worked out. */
    readonly openBy: string | undefined;
}

/** The surroundings of a template, or of a part of one. */
interface Surroundings {
    readonly scope: TemplateScope;
    readonly place: TemplatePlace;
    /** Takes what could not be read. */
    readonly unread: string[];
    readonly parent: Pick<Declared, "type" | "names"> | undefined;
    readonly openBy: string | undefined;
    readonly path: string;
    readonly depth: number;
}

/** Deployments lie in one another, and resources in theirs, no deeper than this: Azure takes five levels. */
const DEEPEST = 8;

function declared(template: unknown, surroundings: Surroundings): readonly Declared[] {
    const { scope, path, depth, unread } = surroundings;
    const resources = property(template, "resources");
    const own = path === "" ? "resources" : `${path}.resources`;
    if (isUnknown(resources)) {
        unread.push(own);
        return [];
    }
    // A list, or an object of resources with symbolic names.
    const list = Array.isArray(resources)
        ? (resources as readonly unknown[]).map((resource, index) => [`${own}[${index}]`, resource] as const)
        : Object.entries(asObject(resources)).map(([name, resource]) => [`${own}.${name}`, resource] as const);
    if (list.length > 0 && depth > DEEPEST) {
        unread.push(own);
        return [];
    }
    const found: Declared[] = [];
    for (const [at, resource] of list) {
        if (!scope.work.step()) {
            unread.push(own);
            break;
        }
        for (const each of oneDeclared(resource, { ...surroundings, path: at })) {
            found.push(each);
        }
    }
    return found;
}

function oneDeclared(resource: unknown, surroundings: Surroundings): readonly Declared[] {
    const { scope, place, unread, parent, path, depth } = surroundings;
    const work = <T>(name: string, task: () => T): T => scope.work.at(`${path}.${name}`, task);
    const type = isUnknown(resource) ? UNTRACED_VALUE : work("type", () => evaluate(property(resource, "type"), scope));
    if (isUnknown(type)) {
        unread.push(path);
        return [];
    }
    if (typeof type !== "string") {
        return [];
    }
    const isMade = made(resource, surroundings, work);
    const openBy = isMade.state === "unknown" ? isMade.property : surroundings.openBy;
    if (type.toLowerCase() === "microsoft.resources/deployments") {
        return isMade.state === "no" ? [] : inside(resource, { ...surroundings, openBy }, work);
    }
    const name = work("name", () => evaluate(property(resource, "name"), scope));
    const own: Declared = {
        path,
        type: parent === undefined ? type : `${parent.type}/${type}`,
        names: parent === undefined ? namesIn(name) : below(parent.names, namesIn(name)),
        resource,
        scope,
        place,
        openBy,
    };
    // Resources in a resource are made whether that one is or not; without it Azure may refuse them.
    const children = declared(resource, {
        ...surroundings,
        parent: own,
        openBy: isMade.state === "no" ? `${path}.condition` : openBy,
        depth: depth + 1,
    });
    return isMade.state === "yes" || isMade.state === "unknown" ? [own, ...children].filter(isRead) : children;
}

function isRead({ type, names }: Declared): boolean {
    return isReadType(type, typeof names === "object");
}

function namesIn(name: unknown): Names {
    if (typeof name !== "string") {
        return UNTRACED_VALUE;
    }
    return isUnknown(name) ? UNKNOWN_VALUE : name.split("/");
}

function below(parents: Names, own: Names): Names {
    if (typeof parents === "object" && typeof own === "object") {
        return [...parents, ...own];
    }
    return typeof parents === "symbol" || typeof own === "symbol" ? UNTRACED_VALUE : UNKNOWN_VALUE;
}

type Made = { readonly state: "yes" | "no" | "only named" } | { readonly state: "unknown"; readonly property: string };

/** Whether a resource is made: by its condition, and by how often a loop makes it. */
function made(resource: unknown, { scope, path }: Surroundings, work: <T>(name: string, task: () => T) => T): Made {
    if (property(resource, "existing") === true) {
        return { state: "only named" };
    }
    const condition = work("condition", () => evaluate(property(resource, "condition") ?? true, scope));
    if (condition === false) {
        return { state: "no" };
    }
    if (condition !== true) {
        return { state: "unknown", property: `${path}.condition` };
    }
    const copy = property(resource, "copy");
    if (copy === undefined || copy === null) {
        return { state: "yes" };
    }
    const count = work("copy.count", () => evaluate(property(copy, "count"), scope));
    if (typeof count !== "number") {
        return { state: "unknown", property: `${path}.copy.count` };
    }
    return { state: count > 0 ? "yes" : "no" };
}

/** A nested template, whose expressions use its own parameters and variables if it says so, else those around it. */
function inside(
    resource: unknown,
    surroundings: Surroundings,
    work: <T>(name: string, task: () => T) => T,
): readonly Declared[] {
    const { scope, unread, path, depth } = surroundings;
    const properties = property(resource, "properties");
    const template = property(properties, "template");
    const at = `${path}.properties.template`;
    if (isUnknown(properties) || isUnknown(template)) {
        unread.push(at);
        return [];
    }
    if (template === undefined) {
        if (property(properties, "templateLink") !== undefined) {
            unread.push(`${path}.properties.templateLink`);
        }
        return [];
    }
    const place = placeInside(resource, surroundings, work);
    const evaluated = property(property(properties, "expressionEvaluationOptions"), "scope");
    const isOwnScope = typeof evaluated === "string" && evaluated.toLowerCase() === "inner";
    const isOuterScope = evaluated === undefined || (typeof evaluated === "string" && !isOwnScope);
    const given =
        property(properties, "parametersLink") === undefined
            ? work("properties.parameters", () => evaluate(property(properties, "parameters"), scope))
            : UNTRACED_VALUE;
    const inner = isOwnScope || isOuterScope ? given : UNTRACED_VALUE;
    return declared(template, {
        scope: isOuterScope ? scope : scopeOf(template, inner, place, scope.work, at),
        place,
        unread,
        parent: undefined,
        openBy: surroundings.openBy,
        path: at,
        depth: depth + 1,
    });
}

function scopeOf(
    template: unknown,
    parameters: unknown,
    { subscription, resourceGroup }: Pick<TemplatePlace, "subscription" | "resourceGroup">,
    work: Work,
    path: string,
): TemplateScope {
    // Each is worked out once, however often it is named.
    const results = new Map<string, unknown>();
    const workedOut = (key: string, value: unknown, depth: number): unknown => {
        if (!results.has(key)) {
            // What leads back to itself is an error of the template; here it is just not known.
            results.set(key, UNTRACED_VALUE);
            const at = path === "" ? key : `${path}.${key}`;
            results.set(key, value === undefined ? UNTRACED_VALUE : work.at(at, () => evaluate(value, scope, depth)));
        }
        return results.get(key);
    };
    const scope: TemplateScope = {
        subscription,
        resourceGroup: typeof resourceGroup === "string" && !isUnknown(resourceGroup) ? resourceGroup : undefined,
        work,
        parameter: (name, depth) => {
            const given = isUnknown(parameters) ? parameters : property(parameters, name);
            if (isUnknown(given)) {
                return given;
            }
            const value = property(given, "value");
            if (value !== undefined) {
                return value;
            }
            // A secret that Azure takes from a key vault.
            return property(given, "reference") !== undefined
                ? UNTRACED_VALUE
                : workedOut(
                      `parameters.${name}`,
                      property(property(property(template, "parameters"), name), "defaultValue"),
                      depth,
                  );
        },
        variable: (name, depth) =>
            workedOut(`variables.${name}`, property(property(template, "variables"), name), depth),
    };
    return scope;
}

function property(value: unknown, name: string): unknown {
    return Object.getOwnPropertyDescriptor(asObject(value), name)?.value as unknown;
}

function asObject(value: unknown): object {
    return typeof value === "object" && value !== null ? value : {};
}
