/**
 * A stand-in for the classic provider `azure` (azurerm behind Pulumi's Terraform bridge): previews and deployments
 * behave as with the real one, and nothing reaches Azure.
 *
 * Behaviour is taken from INT-69 and from public sources: pulumi-terraform-bridge v3.135.0
 * (pkg/tfbridge/provider.go, schema.go, detailed_diff.go), pulumi-azure (provider/resources.go and the recorded calls
 * in provider/testdata/recorded) and azurerm's schemas. Shapes come from the installed SDK (`azure-sdk-types.ts`), what
 * the SDK does not tell from a table (`azure-resources.ts`).
 */
import { createHash, randomBytes } from "node:crypto";
import { OFFLINE_SUBSCRIPTION, OFFLINE_TENANT } from "./azure-native-responses";
import { DEFAULTS, isEmpty, plan, planChanges } from "./azure-plan";
import { autoName, classicId, CLASSIC_RESOURCES, isAutonamed, proposedName, type ClassicRow } from "./azure-resources";
import { classicAnswer, refuse, withoutClassic } from "./azure-responses";
import { classicSchema, getterOf } from "./azure-schema";
import {
    loadClassicShapes,
    type ClassicObject,
    type ClassicResource,
    type ClassicShapes,
    type ClassicTypes,
} from "./azure-sdk-types";
import { cloudFile, cloudKey, cloudStore, withResource, type CloudStore } from "./cloud";
import { normalLocation, type Change } from "./diff";
import type { Shape } from "./sdk-types";
import {
    main,
    type CheckRequest,
    type CheckResult,
    type CreateRequest,
    type DeleteRequest,
    type DiffRequest,
    type DiffResult,
    type Provider,
    type ReadRequest,
    type UpdateRequest,
} from "./serve";
import { isArray, isMap, isUnknown, textAt, UNKNOWN, type KnownValue, type ValueMap } from "./values";

/** The location of a resource group that nobody has created here: the real provider would look it up in Azure. */
const OFFLINE_LOCATION = "westeurope";

const RESOURCE_GROUP = "azure:core/resourceGroup:ResourceGroup";

interface Kind {
    readonly row: ClassicRow;
    readonly resource: ClassicResource;
    readonly object: ClassicObject;
}

export class OfflineAzure implements Provider {
    readonly name = "azure";
    readonly version: string;
    readonly banner: string;
    private subscriptionId = OFFLINE_SUBSCRIPTION;
    private tenantId = OFFLINE_TENANT;
    private location: string | undefined;

    constructor(
        private readonly shapes: ClassicShapes,
        private readonly cloud: CloudStore,
        private readonly clock: () => Date = () => new Date(),
    ) {
        this.version = shapes.version;
        this.banner = `This is the OFFLINE stand-in for azure ${shapes.version}: nothing reaches Azure.`;
    }

    configure(config: Readonly<Record<string, string>>): void {
        this.subscriptionId = known(config["subscriptionId"]) ?? OFFLINE_SUBSCRIPTION;
        this.tenantId = known(config["tenantId"]) ?? OFFLINE_TENANT;
        this.location = known(config["location"]);
    }

    schema(): string {
        return JSON.stringify(classicSchema(this.shapes));
    }

    private kind(token: string): Kind {
        const resource = this.shapes.resources[token];
        if (resource === undefined) {
            throw new Error(`The offline azure provider does not know the resource type '${token}'.`);
        }
        return { row: CLASSIC_RESOURCES[token] ?? {}, resource, object: resource.properties };
    }

    // ---- Check ------------------------------------------------------------------------------------------------------

    check(request: CheckRequest): CheckResult {
        const { row, resource, object } = this.kind(request.type);
        const { inputs, oldInputs } = request;
        const filled: Record<string, KnownValue> = {};
        const fill = (name: string, value: () => KnownValue | undefined): void => {
            if (object[name]?.input === true && inputs[name] === undefined) {
                const found = carriedDefault(name, oldInputs) ?? value();
                if (found !== undefined) {
                    filled[name] = found;
                }
            }
        };
        if (isAutonamed(resource)) {
            fill("name", () => this.defaultName(request, row));
        }
        fill("location", () => this.defaultLocation(request));
        const given = { ...inputs, ...filled };
        return {
            inputs: withDefaults(given, object, oldInputs, this.shapes.types, filled),
            failures: failuresIn(given, object, this.shapes.types, `${request.name}.`),
        };
    }

    private defaultName(request: CheckRequest, row: ClassicRow): KnownValue | undefined {
        switch (request.autonaming?.mode) {
            case "disable":
                throw new Error("automatic naming is disabled but no explicit name was provided");
            case "enforce":
                return request.autonaming.name;
            case "propose":
                return proposedName(request.autonaming.name, row);
            default:
                return autoName(request.name, row, (digits) => randomDigits(request, digits));
        }
    }

    /** A group takes its location from the configuration, the rest from their group (pulumi-azure, resources.go). */
    private defaultLocation({ type, inputs }: CheckRequest): KnownValue | undefined {
        if (type === RESOURCE_GROUP) {
            return this.location;
        }
        const group = inputs["resourceGroupName"];
        if (typeof group !== "string") {
            return undefined;
        }
        if (isUnknown(group)) {
            return UNKNOWN;
        }
        const id = `/subscriptions/${this.subscriptionId}/resourceGroups/${group}`;
        return normalLocation(textAt(this.cloud.read()?.[cloudKey(id)]?.response, "location") ?? OFFLINE_LOCATION);
    }

    // ---- Diff -------------------------------------------------------------------------------------------------------

    diff(request: DiffRequest): DiffResult {
        const { row, resource, object } = this.kind(request.type);
        const prior = withoutInternals(request.oldOutputs);
        const planned = this.planned(request.type, request.inputs, prior);
        const all = planChanges(object, prior, planned, this.shapes.types, row.sets ?? {});
        const changes = all.map((change) => conditional(change, row, prior, planned));
        const replaces = [...new Set(changes.filter(({ replace }) => replace).map(({ path }) => topOf(path)))].sort();
        return {
            changes,
            replaces,
            inputDiff: false,
            // A given name could not exist twice; without a name, or with a random one, the new one comes first
            // (bridge: nameRequiresDeleteBeforeReplace; facts INT-69).
            deleteBeforeReplace: replaces.length > 0 && isAutonamed(resource) && nameIsGiven(request.inputs),
        };
    }

    private planned(type: string, inputs: ValueMap, prior: ValueMap | undefined): ValueMap {
        const { row, object } = this.kind(type);
        const planned = plan(object, inputs, prior, this.shapes.types);
        const kept = (row.keptWhenUnset ?? []).flatMap((name) => {
            const old = prior?.[name];
            return inputs[name] === undefined && old !== undefined ? [[name, old] as const] : [];
        });
        return { ...planned, ...Object.fromEntries(kept) };
    }

    // ---- Create, update, delete -------------------------------------------------------------------------------------

    create(request: CreateRequest): { id: string; outputs: ValueMap } {
        const { row, resource } = this.kind(request.type);
        const planned = this.planned(request.type, request.inputs, undefined);
        if (request.preview) {
            return { id: "", outputs: { ...planned, id: UNKNOWN } };
        }
        const id = classicId(row, resource, request.inputs, this.subscriptionId);
        refuse(request.type, id, planned, this.cloud.read() ?? {});
        return { id, outputs: this.write(request.type, id, planned) };
    }

    update(request: UpdateRequest): { outputs: ValueMap } {
        const { id, type, inputs } = request;
        const prior = withoutInternals(request.oldOutputs);
        if (request.preview) {
            return { outputs: { ...this.planned(type, inputs, prior), id } };
        }
        const before = withoutNulls(this.cloud.read()?.[cloudKey(id)]?.response ?? prior);
        return { outputs: this.write(type, id, this.planned(type, inputs, before)) };
    }

    private write(type: string, id: string, planned: ValueMap): ValueMap {
        const { row, object } = this.kind(type);
        const { outputs, others } = classicAnswer({
            type,
            row,
            object,
            types: this.shapes.types,
            id,
            planned,
            cloud: this.cloud.read() ?? {},
            now: this.clock().toISOString(),
        });
        this.cloud.change((cloud) => {
            const written = withResource(cloud, { type, id, response: outputs });
            return others === undefined ? written : others(written);
        });
        return outputs;
    }

    delete(request: DeleteRequest): void {
        this.cloud.change((cloud) => withoutClassic(request.type, request.id, cloud));
    }

    // ---- Read -------------------------------------------------------------------------------------------------------

    read(request: ReadRequest): { outputs: ValueMap; inputs: ValueMap } | undefined {
        const { id, type, oldInputs, oldOutputs } = request;
        const { object } = this.kind(type);
        const cloud = this.cloud.read();
        const found = cloud?.[cloudKey(id)];
        if (found !== undefined && found.type !== type) {
            throw new Error(`'${id}' was made as '${found.type}' and cannot be read as '${type}' offline.`);
        }
        const outputs = cloud === undefined ? oldOutputs : found?.response;
        if (outputs === undefined || Object.keys(outputs).length === 0) {
            return undefined;
        }
        // A refresh looks at what the program had set; an import takes all that is set and no default (bridge:
        // extractInputsObject, extractSchemaInputsObject).
        return oldInputs !== undefined && Object.keys(oldInputs).length > 0
            ? { outputs, inputs: refreshedMap(oldInputs, outputs) }
            : { outputs, inputs: importedInputs(outputs, object, this.shapes.types) };
    }

    // ---- Functions --------------------------------------------------------------------------------------------------

    invoke(token: string, args: ValueMap): ValueMap {
        const { subscriptionId, tenantId } = this;
        const clientId = "00000000-0000-0000-0000-0000000000cc";
        if (token === "azure:core/getClientConfig:getClientConfig") {
            return { clientId, objectId: clientId, subscriptionId, tenantId };
        }
        if (token === "azure:core/getSubscription:getSubscription") {
            return { id: `/subscriptions/${subscriptionId}`, subscriptionId, tenantId, displayName: "Offline" };
        }
        const type = Object.keys(this.shapes.resources).find((candidate) => getterOf(candidate) === token);
        if (type === undefined) {
            throw new Error(`The offline azure provider does not have the function '${token}'.`);
        }
        const { row, resource } = this.kind(type);
        const id = classicId(row, resource, args, this.subscriptionId);
        const found = this.cloud.read()?.[cloudKey(id)];
        if (found?.type !== type) {
            throw new Error(`${id} was not found`);
        }
        return withoutNulls(found.response);
    }
}

function known(setting: string | undefined): string | undefined {
    return setting === undefined || setting === "" || isUnknown(setting) ? undefined : setting;
}

/** The engine's seed makes preview and update agree on a name. */
function randomDigits({ randomSeed, urn }: CheckRequest, digits: number): string {
    const hexadecimal =
        randomSeed.length === 0
            ? randomBytes(16).toString("hex")
            : createHash("sha256").update(randomSeed).update(urn).digest("hex");
    return hexadecimal.slice(0, digits);
}

// ---- Defaults -------------------------------------------------------------------------------------------------------

/** The old value, if it was a default too; a state without the list of defaults is believed to have had only such. */
function carriedDefault(name: string, oldInputs: ValueMap): KnownValue | undefined {
    const list = oldInputs[DEFAULTS];
    return list === undefined || (isArray(list) && list.includes(name)) ? oldInputs[name] : undefined;
}

/**
 * The defaults of the schema, and in every object the list of what was filled in. The bridge leaves false, 0 and ""
 * out, unless an older version had written them (its issue 2618).
 */
function withDefaults(
    inputs: ValueMap,
    object: ClassicObject,
    oldInputs: ValueMap,
    types: ClassicTypes,
    filled: ValueMap,
): ValueMap {
    const result: Record<string, KnownValue> = {};
    const defaults = new Set(Object.keys(filled));
    for (const [name, property] of Object.entries(object)) {
        const input = inputs[name];
        if (input !== undefined) {
            result[name] = withNestedDefaults(input, property.shape, oldInputs[name], types);
            continue;
        }
        const value =
            property.input && property.default !== undefined
                ? (carriedDefault(name, oldInputs) ?? (isEmpty(property.default) ? undefined : property.default))
                : undefined;
        if (value !== undefined) {
            result[name] = value;
            defaults.add(name);
        }
    }
    return { ...result, [DEFAULTS]: [...defaults].sort() };
}

function withNestedDefaults(
    input: KnownValue,
    shape: Shape,
    old: KnownValue | undefined,
    types: ClassicTypes,
): KnownValue {
    if (typeof shape !== "object") {
        return coerced(input, shape);
    }
    if ("array" in shape) {
        return isArray(input)
            ? input.map((item, index) =>
                  withNestedDefaults(item, shape.array, isArray(old) ? old[index] : undefined, types),
              )
            : input;
    }
    const type = "ref" in shape ? types[shape.ref] : undefined;
    return type !== undefined && isMap(input) ? withDefaults(input, type, isMap(old) ? old : {}, types, {}) : input;
}

/** A version that YAML takes for a number becomes text again, as it does in the bridge. */
function coerced(input: KnownValue, shape: Shape): KnownValue {
    if (shape === "string" && (typeof input === "number" || typeof input === "boolean")) {
        return String(input);
    }
    if (typeof input !== "string" || isUnknown(input)) {
        return input;
    }
    if (shape === "number" && /^-?\d+(\.\d+)?$/.test(input)) {
        return Number(input);
    }
    return shape === "boolean" && (input === "true" || input === "false") ? input === "true" : input;
}

/** What is missing, and what there is no such property for (bridge: format_check_failures.go). */
function failuresIn(inputs: ValueMap, object: ClassicObject, types: ClassicTypes, base: string): readonly string[] {
    const unheardOf = Object.keys(inputs)
        .filter((name) => object[name]?.input !== true && name !== DEFAULTS)
        .map((name) => `Invalid or unknown key. Examine values at '${base}${name}'.`);
    const others = Object.entries(object).flatMap(([name, property]) => {
        const value = inputs[name];
        if (value !== undefined) {
            return failuresBelow(value, property.shape, types, `${base}${name}`);
        }
        return property.required
            ? [
                  `Missing required argument. The argument "${name}" is required, but no definition was found.. ` +
                      `Examine values at '${base}${name}'.`,
              ]
            : [];
    });
    return [...unheardOf, ...others];
}

function failuresBelow(value: KnownValue, shape: Shape, types: ClassicTypes, path: string): readonly string[] {
    if (typeof shape !== "object") {
        return [];
    }
    if ("array" in shape) {
        return isArray(value)
            ? value.flatMap((item, index) => failuresBelow(item, shape.array, types, `${path}[${index}]`))
            : [];
    }
    const type = "ref" in shape ? types[shape.ref] : undefined;
    return type !== undefined && isMap(value) ? failuresIn(value, type, types, `${path}.`) : [];
}

// ---- Replacement ----------------------------------------------------------------------------------------------------

function topOf(path: string): string {
    return path.split(/[.[]/)[0] ?? path;
}

function conditional(change: Change, row: ClassicRow, prior: ValueMap, planned: ValueMap): Change {
    const name = topOf(change.path);
    const condition = row.replaceIf?.[name];
    return condition === undefined
        ? change
        : { ...change, replace: condition(prior[name] ?? null, planned[name] ?? null) };
}

/** Without the list of defaults the bridge takes a name for an automatic one. */
function nameIsGiven(inputs: ValueMap): boolean {
    const list = inputs[DEFAULTS];
    return isArray(list) && inputs["name"] !== undefined && !list.includes("name");
}

// ---- Between state and inputs ---------------------------------------------------------------------------------------

/** `__meta` and the like are the bridge's own. */
function withoutInternals(outputs: ValueMap): ValueMap {
    return Object.fromEntries(Object.entries(outputs).filter(([name]) => !name.startsWith("__")));
}

function withoutNulls(map: ValueMap): ValueMap {
    const entries = Object.entries(map).flatMap(([name, value]) =>
        value === null ? [] : [[name, withoutNullsWithin(value)] as const],
    );
    return Object.fromEntries(entries);
}

function withoutNullsWithin(value: KnownValue): KnownValue {
    return isArray(value) ? value.map(withoutNullsWithin) : isMap(value) ? withoutNulls(value) : value;
}

/** The current values of what the program had set, without the lists of defaults (bridge: deleteDefaultsKey). */
function refreshedMap(oldInputs: ValueMap, outputs: ValueMap): ValueMap {
    const result: Record<string, KnownValue> = {};
    for (const [name, old] of Object.entries(oldInputs)) {
        const now = outputs[name];
        if (name !== DEFAULTS && now !== undefined && now !== null) {
            result[name] = refreshed(old, now);
        }
    }
    return result;
}

function refreshed(old: KnownValue, now: KnownValue): KnownValue {
    if (isArray(old) && isArray(now)) {
        return old.flatMap((item, index) => {
            const current = now[index];
            return current === undefined ? [] : [refreshed(item, current)];
        });
    }
    return isMap(old) && isMap(now) ? refreshedMap(old, now) : now;
}

function importedInputs(outputs: ValueMap, object: ClassicObject, types: ClassicTypes): ValueMap {
    const result: Record<string, KnownValue> = {};
    for (const [name, property] of Object.entries(object)) {
        const value = outputs[name];
        if (!property.input || value === undefined || value === null) {
            continue;
        }
        const imported = importedValue(value, property.shape, types);
        const isDefault = property.default === undefined ? isEmptyImport(imported) : imported === property.default;
        if (property.required || name === "name" || !isDefault) {
            result[name] = imported;
        }
    }
    return { ...result, [DEFAULTS]: [] };
}

function isEmptyImport(value: KnownValue): boolean {
    return isEmpty(value) || (isMap(value) && Object.keys(value).every((name) => name === DEFAULTS));
}

function importedValue(value: KnownValue, shape: Shape, types: ClassicTypes): KnownValue {
    if (typeof shape !== "object") {
        return value;
    }
    if ("array" in shape) {
        return isArray(value) ? value.map((item) => importedValue(item, shape.array, types)) : value;
    }
    const type = "ref" in shape ? types[shape.ref] : undefined;
    return type !== undefined && isMap(value) ? importedInputs(value, type, types) : value;
}

if (require.main === module) {
    void main(new OfflineAzure(loadClassicShapes(), cloudStore(cloudFile())), process.argv.slice(2));
}
