/**
 * A stand-in for the provider azure-native: previews and deployments behave as with the real one, and nothing reaches
 * Azure.
 *
 * Behaviour is taken from facts SEE-01..SEE-19 and from the public source of the real provider (pulumi-azure-native,
 * provider/pkg/provider/provider.go and diff.go, provider/pkg/convert). Shapes come from the installed SDK (`sdk-
 * types.ts`), ids, names and replacement from a table (`azure-native-resources.ts`), read-backs from `azure-native-
 * responses.ts`.
 */
import { createHash, randomBytes } from "node:crypto";
import {
    armId,
    autoName,
    genericRow,
    parseArmId,
    pathParameters,
    replacingProperties,
    RESOURCES,
    type ResourceRow,
} from "./azure-native-resources";
import { answer, markDisks, OFFLINE_SUBSCRIPTION, OFFLINE_TENANT } from "./azure-native-responses";
import { schemaOf } from "./azure-native-schema";
import { cloudFile, cloudKey, cloudStore, withoutResource, withResource, type CloudStore } from "./cloud";
import { carryChanges, changesBetween, sameValue } from "./diff";
import { previewOutputs, previewUpdateOutputs } from "./preview-outputs";
import { project, withoutEmpty } from "./project";
import { loadShapes, type ObjectShape, type ResourceShape, type Shape, type Shapes } from "./sdk-types";
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
import { isArray, isMap, isUnknown, mapAt, textAt, UNKNOWN, type KnownValue, type ValueMap } from "./values";

/** In the inputs of a resource with a random name: it may be created before its predecessor is deleted (SEE-19). */
const CREATE_BEFORE_DELETE = "__createBeforeDelete";

/**
 * The location of a resource group that nobody has created here: with the real provider it would be looked up in Azure.
 */
const OFFLINE_LOCATION = "westeurope";

interface Kind {
    /** `compute:VirtualMachine`. */
    readonly key: string;
    readonly row: ResourceRow;
    readonly shape: ResourceShape;
}

export class OfflineAzureNative implements Provider {
    readonly name = "azure-native";
    readonly version: string;
    readonly banner: string;
    private subscriptionId = OFFLINE_SUBSCRIPTION;
    private tenantId = OFFLINE_TENANT;
    private location: string | undefined;

    constructor(
        private readonly shapes: Shapes,
        private readonly cloud: CloudStore,
        private readonly clock: () => Date = () => new Date(),
    ) {
        this.version = shapes.version;
        this.banner = `This is the OFFLINE stand-in for azure-native ${shapes.version}: nothing reaches Azure.`;
    }

    configure(config: Readonly<Record<string, string>>): void {
        this.subscriptionId = config["subscriptionId"] || OFFLINE_SUBSCRIPTION;
        this.tenantId = config["tenantId"] || OFFLINE_TENANT;
        this.location = config["location"] || undefined;
    }

    schema(): string {
        return JSON.stringify(schemaOf(this.shapes));
    }

    private kind(token: string): Kind {
        const key = resourceKey(token);
        const known = this.shapes.resources[key];
        if (known === undefined) {
            throw new Error(`The offline azure-native provider does not know the resource type '${token}'.`);
        }
        const apiVersion = apiVersionOf(token) ?? known.apiVersion;
        // `id` is in every response, though the SDK's classes take it from their base (SEE-03, SEE-04).
        const outputs: ObjectShape = { ...known.outputs, properties: { id: "string", ...known.outputs.properties } };
        return { key, row: RESOURCES[key] ?? genericRow(key, known), shape: { ...known, outputs, apiVersion } };
    }

    // ---- Check ------------------------------------------------------------------------------------------------------

    check(request: CheckRequest): CheckResult {
        const { row, shape } = this.kind(request.type);
        const named = withName(request, row);
        const located = this.withLocation(request, row, shape, named);
        // Version 3 keeps the API version among the inputs, so that a change of it shows (pulumi-azure-native, pull
        // request 4015).
        const inputs =
            shape.apiVersion === undefined || located["azureApiVersion"] !== undefined
                ? located
                : { ...located, azureApiVersion: shape.apiVersion };
        return { inputs, failures: [...this.missing(inputs, row, shape), ...nameFailures(inputs, row)] };
    }

    /** From the old inputs, the configuration or the resource group, in this order. */
    private withLocation(request: CheckRequest, row: ResourceRow, shape: ResourceShape, inputs: ValueMap): ValueMap {
        if (
            inputs["location"] !== undefined ||
            !("location" in shape.inputs.properties) ||
            row.withoutDefaultLocation === true
        ) {
            return inputs;
        }
        // A group that is being made is not in any group yet.
        const group = autoName(row)?.property === "resourceGroupName" ? undefined : inputs["resourceGroupName"];
        const location = request.oldInputs["location"] ?? this.location ?? this.groupLocation(group);
        return location === undefined ? inputs : { ...inputs, location };
    }

    private groupLocation(group: KnownValue | undefined): KnownValue | undefined {
        if (typeof group !== "string") {
            return undefined;
        }
        if (isUnknown(group)) {
            return UNKNOWN;
        }
        const id = `/subscriptions/${this.subscriptionId}/resourceGroups/${group}`;
        return textAt(this.cloud.read()?.[cloudKey(id)]?.response, "location") ?? OFFLINE_LOCATION;
    }

    private missing(inputs: ValueMap, row: ResourceRow, shape: ResourceShape): readonly string[] {
        const needsLocation =
            row.withoutDefaultLocation !== true &&
            "location" in shape.inputs.properties &&
            shape.outputs.required.includes("location");
        const location =
            needsLocation && inputs["location"] === undefined
                ? [
                      "missing required property 'location'. Either set it explicitly or configure it with " +
                          "'pulumi config set azure-native:location <value>'.",
                  ]
                : [];
        return [...missingProperties(inputs, shape.inputs, this.shapes.inputTypes, ""), ...location];
    }

    // ---- Diff -------------------------------------------------------------------------------------------------------

    diff(request: DiffRequest): DiffResult {
        const { row, shape } = this.kind(request.type);
        const { oldOutputs, inputs } = request;
        // A state that an older version wrote has the API version among its outputs only.
        const version =
            request.oldInputs["azureApiVersion"] ?? oldOutputs["azureApiVersion"] ?? inputs["azureApiVersion"];
        const oldInputs =
            version === undefined ? request.oldInputs : { ...request.oldInputs, azureApiVersion: version };
        const changes = changesBetween(oldInputs, inputs, replacingProperties(row, shape)).map((change) =>
            // A property that is set for the first time, to what Azure has anyway, replaces nothing.
            change.kind === "add" && change.path in inputs && sameValue(oldOutputs[change.path], inputs[change.path])
                ? { ...change, replace: false }
                : change,
        );
        const mayOverlap = oldInputs[CREATE_BEFORE_DELETE] === true;
        return { changes, deleteBeforeReplace: changes.some(({ replace }) => replace) && !mayOverlap };
    }

    // ---- Create, update, delete -------------------------------------------------------------------------------------

    create(request: CreateRequest): { id: string; outputs: ValueMap } {
        const { key, row, shape } = this.kind(request.type);
        const { inputs } = request;
        if (request.preview) {
            return { id: "", outputs: previewOutputs(inputs, shape.outputs, this.shapes.outputTypes) };
        }
        const id = armId(row, inputs, this.subscriptionId);
        const cloud = this.cloud.read() ?? {};
        if (cloud[cloudKey(id)] !== undefined && row.singleton !== true) {
            throw new Error(`cannot create already existing resource '${id}'`);
        }
        const outputs = this.write({ key, row, shape }, id, inputs, undefined);
        return { id, outputs };
    }

    update(request: UpdateRequest): { outputs: ValueMap } {
        const { id, inputs, oldInputs, oldOutputs } = request;
        const kind = this.kind(request.type);
        if (request.preview) {
            return { outputs: previewUpdateOutputs(inputs, oldOutputs, kind.shape.outputs, this.shapes.outputTypes) };
        }
        const response = this.cloud.read()?.[cloudKey(id)]?.response ?? oldOutputs;
        return { outputs: this.write(kind, id, inputs, { inputs: oldInputs, response }) };
    }

    private write(
        { key, row, shape }: Kind,
        id: string,
        inputs: ValueMap,
        before: { readonly inputs: ValueMap; readonly response: ValueMap } | undefined,
    ): ValueMap {
        const { response, others } = answer({
            type: key,
            row,
            shape,
            shapes: this.shapes,
            id,
            inputs,
            ...(before === undefined ? {} : { before }),
            cloud: this.cloud.read() ?? {},
            now: this.clock().toISOString(),
        });
        this.cloud.change((cloud) => {
            const written = withResource(cloud, { type: key, id, response });
            return others === undefined ? written : others(written);
        });
        return response;
    }

    /** A replicated item is purged with its deletion, and a VM leaves its disks behind: Azure's defaults. */
    delete(request: DeleteRequest): void {
        const { key } = this.kind(request.type);
        this.cloud.change((cloud) => {
            const rest = withoutResource(cloud, request.id);
            if (key === "resources:ResourceGroup") {
                const below = `${cloudKey(request.id)}/`;
                return Object.fromEntries(Object.entries(rest).filter(([id]) => !id.startsWith(below)));
            }
            return key === "compute:VirtualMachine" ? markDisks(rest, request.id, []) : rest;
        });
    }

    // ---- Read -------------------------------------------------------------------------------------------------------

    read(request: ReadRequest): { outputs: ValueMap; inputs: ValueMap } | undefined {
        const { id, oldOutputs, oldInputs } = request;
        const { row, shape } = this.kind(request.type);
        const cloud = this.cloud.read();
        const outputs = cloud === undefined ? oldOutputs : cloud[cloudKey(id)]?.response;
        if (outputs === undefined || Object.keys(outputs).length === 0) {
            return undefined;
        }
        const types = this.shapes.inputTypes;
        if (oldInputs !== undefined && Object.keys(oldInputs).length > 0) {
            const path = new Set(pathParameters(row));
            const body: ObjectShape = {
                ...shape.inputs,
                properties: Object.fromEntries(
                    Object.entries(shape.inputs.properties).filter(([name]) => !path.has(name)),
                ),
            };
            const [before, after] = [project(oldOutputs, body, types), project(outputs, body, types)];
            return { outputs, inputs: carryChanges(oldInputs, before, after) };
        }
        // Import: everything that a read-back and the inputs share, and the names from the id.
        const parameters = parseArmId(row, id);
        if (parameters === undefined) {
            throw new Error(`'${id}' is not an id of the type '${request.type}'; it has to look like '${row.path}'.`);
        }
        const { id: _, ...projected } = project(outputs, shape.inputs, types);
        return { outputs, inputs: { ...mapAt(withoutEmpty(projected)), ...parameters } };
    }

    // ---- Functions --------------------------------------------------------------------------------------------------

    invoke(token: string, args: ValueMap): ValueMap {
        const [module, name] = resourceKey(token).split(":");
        if (module === "authorization" && name === "getClientConfig") {
            const clientId = "00000000-0000-0000-0000-0000000000cc";
            return { clientId, objectId: clientId, subscriptionId: this.subscriptionId, tenantId: this.tenantId };
        }
        if (module === "authorization" && name === "getClientToken") {
            return { token: "offline" };
        }
        // `getVirtualMachine` and its like read a resource that exists.
        const key = `${module}:${name?.replace(/^get/, "")}`;
        const shape = this.shapes.resources[key];
        if (shape === undefined || name?.startsWith("get") !== true) {
            throw new Error(`The offline azure-native provider does not have the function '${token}'.`);
        }
        const id = armId(RESOURCES[key] ?? genericRow(key, shape), args, this.subscriptionId);
        const found = this.cloud.read()?.[cloudKey(id)];
        if (found === undefined) {
            throw new Error(`request failed ${id}: Status=404 Code="ResourceNotFound"`);
        }
        return found.response;
    }
}

/**
 * All token forms name the same type: default, with an API version, and that of a generated local package (facts
 * TOK-01..TOK-04).
 */
function resourceKey(token: string): string {
    const [, module = "", name = ""] = token.split(":");
    return `${module.split("/")[0] ?? ""}:${name}`;
}

function apiVersionOf(token: string): string | undefined {
    const found = /[/_]v(\d{4})(\d{2})(\d{2})(privatepreview|preview)?/.exec(token);
    return found === null
        ? undefined
        : [found[1], found[2], found[3], ...(found[4] === undefined ? [] : [found[4]])].join("-");
}

function withName(request: CheckRequest, row: ResourceRow): ValueMap {
    const { inputs, oldInputs, autonaming } = request;
    const auto = autoName(row);
    if (auto === undefined || inputs[auto.property] !== undefined) {
        return inputs;
    }
    const old = oldInputs[auto.property];
    if (old !== undefined) {
        const flag = oldInputs[CREATE_BEFORE_DELETE] === true ? { [CREATE_BEFORE_DELETE]: true } : {};
        return { ...inputs, [auto.property]: old, ...flag };
    }
    if (autonaming?.mode === "disable") {
        return inputs;
    }
    const proposed = autonaming?.mode === "enforce" || (autonaming?.mode === "propose" && auto.kind !== "uuid");
    if (autonaming !== undefined && proposed) {
        return { ...inputs, [auto.property]: autonaming.name, [CREATE_BEFORE_DELETE]: true };
    }
    if (auto.kind === "copy") {
        return { ...inputs, [auto.property]: request.name };
    }
    const digits = randomDigits(request);
    const name = auto.kind === "random" ? `${request.name}${digits.slice(0, 8)}` : uuidOf(digits);
    return { ...inputs, [auto.property]: name, [CREATE_BEFORE_DELETE]: true };
}

/** The engine's seed makes preview and update agree on a name. */
function randomDigits({ randomSeed, urn }: CheckRequest): string {
    return randomSeed.length === 0
        ? randomBytes(16).toString("hex")
        : createHash("sha256").update(randomSeed).update(urn).digest("hex").slice(0, 32);
}

function uuidOf(digits: string): string {
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}

function nameFailures(inputs: ValueMap, row: ResourceRow): readonly string[] {
    const property = autoName(row)?.property;
    const name = property === undefined ? undefined : textAt(inputs, property);
    if (property === undefined || name === undefined || row.nameConstraint === undefined) {
        return [];
    }
    const { pattern, minLength, maxLength } = row.nameConstraint;
    return [
        ...(name.length < minLength
            ? [`'${property}' is too short (${name.length}): at least ${minLength} characters required`]
            : []),
        ...(name.length > maxLength
            ? [`'${property}' is too long (${name.length}): at most ${maxLength} characters allowed`]
            : []),
        ...(pattern.test(name) ? [] : [`'${property}' does not match expression '${pattern.source}'`]),
    ];
}

/** As the real provider checks: required properties at every depth, but not below a choice of types. */
function missingProperties(
    value: ValueMap,
    shape: ObjectShape,
    types: Readonly<Record<string, ObjectShape>>,
    base: string,
): readonly string[] {
    const own = shape.required
        .filter((name) => value[name] === undefined)
        .map((name) => `missing required property '${base}${name}'`);
    const nested = Object.entries(shape.properties).flatMap(([name, property]) =>
        missingBelow(value[name], property, types, `${base}${name}`),
    );
    return [...own, ...nested];
}

function missingBelow(
    value: KnownValue | undefined,
    shape: Shape,
    types: Readonly<Record<string, ObjectShape>>,
    path: string,
): readonly string[] {
    if (typeof shape === "string" || value === undefined) {
        return [];
    }
    if ("array" in shape) {
        return isArray(value)
            ? value.flatMap((item, index) => missingBelow(item, shape.array, types, `${path}[${index}]`))
            : [];
    }
    const type = "ref" in shape ? types[shape.ref] : undefined;
    return type !== undefined && isMap(value) ? missingProperties(value, type, types, `${path}.`) : [];
}

if (require.main === module) {
    void main(new OfflineAzureNative(loadShapes(), cloudStore(cloudFile())), process.argv.slice(2));
}
