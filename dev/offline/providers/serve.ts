/**
 * The gRPC side of a stand-in provider: messages in, plain values out. Knows nothing of Azure.
 *
 * `@pulumi/pulumi/provider` would serve in fewer lines but has no preview: the engine would echo inputs as outputs
 * (ENG-05).
 */
import type { ServerUnaryCall, sendUnaryData, UntypedServiceImplementation } from "@grpc/grpc-js";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import * as engineRpc from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as engineProto from "@pulumi/pulumi/proto/engine_pb";
import * as pluginProto from "@pulumi/pulumi/proto/plugin_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import type { Change } from "./diff";
import { fromStruct, toStruct, type ValueMap } from "./values";
import { asServiceError, empties, grpc, listen, newServer } from "./wire";

export interface Target {
    readonly urn: string;
    /** The type token. */
    readonly type: string;
    /** The logical name. */
    readonly name: string;
}

export interface CheckRequest extends Target {
    readonly oldInputs: ValueMap;
    readonly inputs: ValueMap;
    readonly randomSeed: Uint8Array;
    readonly autonaming: { readonly mode: "propose" | "enforce" | "disable"; readonly name: string } | undefined;
}

export interface CheckResult {
    readonly inputs: ValueMap;
    readonly failures: readonly string[];
}

export interface DiffRequest extends Target {
    readonly oldInputs: ValueMap;
    readonly oldOutputs: ValueMap;
    readonly inputs: ValueMap;
}

export interface DiffResult {
    readonly changes: readonly Change[];
    readonly deleteBeforeReplace: boolean;
    /** What makes the replacement, where it is not told by the paths of the changes. */
    readonly replaces?: readonly string[];
    /** Whether the paths lead into the inputs (as by default) or into the outputs. */
    readonly inputDiff?: boolean;
}

export interface CreateRequest extends Target {
    readonly inputs: ValueMap;
    readonly preview: boolean;
}

export interface UpdateRequest extends DiffRequest {
    readonly id: string;
    readonly preview: boolean;
}

export interface ReadRequest extends Target {
    readonly id: string;
    readonly oldOutputs: ValueMap;
    /** Undefined at an import: the resource is not in the state yet. */
    readonly oldInputs: ValueMap | undefined;
}

export interface DeleteRequest extends Target {
    readonly id: string;
}

export interface Provider {
    readonly name: string;
    readonly version: string;
    /** Logged once, when the provider is configured. */
    readonly banner: string;
    schema(): string;
    configure(config: Readonly<Record<string, string>>): void;
    check(request: CheckRequest): CheckResult;
    diff(request: DiffRequest): DiffResult;
    create(request: CreateRequest): { readonly id: string; readonly outputs: ValueMap };
    /** Undefined where the resource does not exist. */
    read(request: ReadRequest): { readonly outputs: ValueMap; readonly inputs: ValueMap } | undefined;
    update(request: UpdateRequest): { readonly outputs: ValueMap };
    delete(request: DeleteRequest): void;
    invoke(token: string, args: ValueMap): ValueMap;
}

interface Served {
    readonly port: number;
    stop(): void;
}

async function serve(provider: Provider, engineAddress: string | undefined): Promise<Served> {
    const server = newServer();
    server.addService(rpc.ResourceProviderService, implementation(provider, announcer(provider, engineAddress)));
    return { port: await listen(server), stop: () => server.forceShutdown() };
}

/** For a provider's entry point: the engine reads the port from the first line of stdout. */
export async function main(provider: Provider, args: readonly string[]): Promise<void> {
    const engineAddress = args.find((arg) => !arg.startsWith("-"));
    const { port } = await serve(provider, engineAddress);
    process.stdout.write(`${port}\n`);
}

interface Announcer {
    attach(address: string): void;
    announce(): void;
}

function announcer(provider: Provider, engineAddress: string | undefined): Announcer {
    let address = engineAddress;
    let done = false;
    return {
        attach(attached) {
            address = attached;
        },
        announce() {
            if (done) {
                return;
            }
            done = true;
            if (address === undefined) {
                process.stderr.write(`${provider.banner}\n`);
                return;
            }
            const engine = new engineRpc.EngineClient(address, grpc.credentials.createInsecure());
            const request = new engineProto.LogRequest();
            request.setSeverity(engineProto.LogSeverity.INFO);
            request.setMessage(provider.banner);
            engine.log(request, () => engine.close());
        },
    };
}

function implementation(provider: Provider, announcing: Announcer): UntypedServiceImplementation {
    const none = (): Empty => new empties.Empty();
    return {
        getPluginInfo: answering((_: Empty) => {
            const info = new pluginProto.PluginInfo();
            info.setVersion(provider.version);
            return info;
        }),
        attach: answering((request: pluginProto.PluginAttach) => {
            announcing.attach(request.getAddress());
            return none();
        }),
        getSchema: answering((_: proto.GetSchemaRequest) => {
            const response = new proto.GetSchemaResponse();
            response.setSchema(provider.schema());
            return response;
        }),
        checkConfig: answering((request: proto.CheckRequest) => {
            const response = new proto.CheckResponse();
            response.setInputs(request.getNews());
            return response;
        }),
        diffConfig: answering((_: proto.DiffRequest) => new proto.DiffResponse()),
        configure: answering((request: proto.ConfigureRequest) => {
            provider.configure(configuration(request, provider.name));
            announcing.announce();
            // The same answer as the real provider's: in particular no acceptSecrets, so the engine keeps track of
            // secrets itself.
            const response = new proto.ConfigureResponse();
            response.setSupportspreview(true);
            response.setSupportsAutonamingConfiguration(true);
            return response;
        }),
        check: answering((request: proto.CheckRequest) => checked(provider, request)),
        diff: answering((request: proto.DiffRequest) => {
            const result = provider.diff({
                ...target(request),
                ...olds(request),
                inputs: fromStruct(request.getNews()),
            });
            return diffResponse(result);
        }),
        create: answering((request: proto.CreateRequest) => {
            const preview = request.getPreview();
            const result = provider.create({
                ...target(request),
                inputs: fromStruct(request.getProperties()),
                preview,
            });
            const response = new proto.CreateResponse();
            response.setId(result.id);
            response.setProperties(toStruct(result.outputs));
            return response;
        }),
        read: answering((request: proto.ReadRequest) => {
            const oldInputs = request.getInputs();
            const result = provider.read({
                ...target(request),
                id: request.getId(),
                oldOutputs: fromStruct(request.getProperties()),
                oldInputs: oldInputs === undefined ? undefined : fromStruct(oldInputs),
            });
            const response = new proto.ReadResponse();
            if (result !== undefined) {
                response.setId(request.getId());
                response.setProperties(toStruct(result.outputs));
                response.setInputs(toStruct(result.inputs));
            }
            return response;
        }),
        update: answering((request: proto.UpdateRequest) => {
            const { outputs } = provider.update({
                ...target(request),
                ...olds(request),
                id: request.getId(),
                inputs: fromStruct(request.getNews()),
                preview: request.getPreview(),
            });
            const response = new proto.UpdateResponse();
            response.setProperties(toStruct(outputs));
            return response;
        }),
        delete: answering((request: proto.DeleteRequest) => {
            provider.delete({ ...target(request), id: request.getId() });
            return none();
        }),
        invoke: answering((request: proto.InvokeRequest) => {
            const response = new proto.InvokeResponse();
            response.setReturn(toStruct(provider.invoke(request.getTok(), fromStruct(request.getArgs()))));
            return response;
        }),
        cancel: answering((_: Empty) => none()),
    };
}

type Unary<Request, Response> = (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>) => void;

/** Whatever a provider throws becomes the error of that call, never the end of the process. */
function answering<Request, Response>(work: (request: Request) => Response): Unary<Request, Response> {
    return (call, callback) => {
        try {
            callback(null, work(call.request));
        } catch (error) {
            callback(asServiceError(error));
        }
    };
}

interface WithTarget {
    getUrn(): string;
    getName(): string;
    getType(): string;
}

/** Older engines send the URN only. */
function target(request: WithTarget): Target {
    const urn = request.getUrn();
    const [, , types = "", ...names] = urn.replace(/^urn:pulumi:/, "").split("::");
    return {
        urn,
        type: request.getType() || (types.split("$").at(-1) ?? ""),
        name: request.getName() || names.join("::"),
    };
}

function olds(request: proto.DiffRequest | proto.UpdateRequest): { oldInputs: ValueMap; oldOutputs: ValueMap } {
    return { oldInputs: fromStruct(request.getOldInputs()), oldOutputs: fromStruct(request.getOlds()) };
}

function configuration(request: proto.ConfigureRequest, name: string): Record<string, string> {
    const prefix = `${name}:config:`;
    const variables = request.getVariablesMap().toObject(true) as readonly (readonly [string, string])[];
    return Object.fromEntries(
        variables.map(([key, value]) => [key.startsWith(prefix) ? key.slice(prefix.length) : key, value]),
    );
}

function checked(provider: Provider, request: proto.CheckRequest): proto.CheckResponse {
    const autonaming = request.getAutonaming();
    const result = provider.check({
        ...target(request),
        oldInputs: fromStruct(request.getOlds()),
        inputs: fromStruct(request.getNews()),
        randomSeed: request.getRandomseed_asU8(),
        autonaming:
            autonaming === undefined
                ? undefined
                : { mode: AUTONAMING[autonaming.getMode()] ?? "propose", name: autonaming.getProposedName() },
    });
    const response = new proto.CheckResponse();
    response.setInputs(toStruct(result.inputs));
    for (const reason of result.failures) {
        const failure = new proto.CheckFailure();
        failure.setReason(reason);
        response.addFailures(failure);
    }
    return response;
}

const AUTONAMING = ["propose", "enforce", "disable"] as const;

function diffResponse({ changes, deleteBeforeReplace, replaces, inputDiff }: DiffResult): proto.DiffResponse {
    const response = new proto.DiffResponse();
    response.setChanges(
        changes.length === 0 ? proto.DiffResponse.DiffChanges.DIFF_NONE : proto.DiffResponse.DiffChanges.DIFF_SOME,
    );
    if (changes.length === 0) {
        return response;
    }
    const { Kind } = proto.PropertyDiff;
    const kinds = {
        add: [Kind.ADD, Kind.ADD_REPLACE],
        delete: [Kind.DELETE, Kind.DELETE_REPLACE],
        update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
    } as const;
    for (const { kind, path, replace } of changes) {
        const property = new proto.PropertyDiff();
        property.setKind(kinds[kind][replace ? 1 : 0]);
        property.setInputdiff(inputDiff ?? true);
        response.getDetaileddiffMap().set(path, property);
    }
    response.setHasdetaileddiff(true);
    response.setDiffsList([...new Set(changes.map(({ path }) => path.split(/[.[]/)[0] ?? path))]);
    response.setReplacesList([...(replaces ?? changes.filter(({ replace }) => replace).map(({ path }) => path))]);
    response.setDeletebeforereplace(deleteBeforeReplace);
    return response;
}
