/**
 * A relay between the engine and a policy pack. A pack learns from its environment whether it checks a preview, and of
 * which stack; the engine says that in a call, ConfigureStack. So this answers in the pack's place until that call, then
 * starts the pack and passes everything on to it.
 */
import type { sendUnaryData, ServerUnaryCall } from "@grpc/grpc-js";
import { AnalyzerClient, AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
    AnalyzerHandshakeResponse,
    type AnalyzerStackConfigureRequest,
    AnalyzerStackConfigureResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";

import { asServiceError, grpc, listen, newServer } from "../providers/wire";

/** What a pack learns from its environment; nothing where the engine asks without a stack, as for publishing. */
export const packEnvironment = (
    configuration: AnalyzerStackConfigureRequest | undefined,
): Readonly<Record<string, string>> =>
    configuration === undefined
        ? {}
        : {
              PULUMI_NODEJS_ORGANIZATION: configuration.getOrganization(),
              PULUMI_NODEJS_PROJECT: configuration.getProject(),
              PULUMI_NODEJS_STACK: configuration.getStack(),
              PULUMI_NODEJS_DRY_RUN: String(configuration.getDryRun()),
              PULUMI_CONFIG: JSON.stringify(Object.fromEntries(configuration.getConfigMap().getEntryList())),
          };

const PASSED_ON = [
    "analyze",
    "analyzeStack",
    "remediate",
    "getAnalyzerInfo",
    "getPluginInfo",
    "configure",
    "cancel",
] as const;

type Call = ServerUnaryCall<unknown, unknown>;
type Callback = sendUnaryData<unknown>;

/** Nobody here looks into the messages, and those of a large stack take a second to decode and encode. */
const asBytes = (bytes: Buffer): Buffer => bytes;
const UNDECODED = { requestDeserialize: asBytes, responseSerialize: asBytes };

export interface Between {
    readonly port: number;
    /** Lets calls that are under way have their answer. */
    close(): void;
}

/** `start` starts the pack, once, and tells the port on which it serves. */
export const serveBetween = async (
    start: (configuration: AnalyzerStackConfigureRequest | undefined) => Promise<number>,
): Promise<Between> => {
    let attached: Promise<AnalyzerClient> | undefined;
    const pack = (configuration?: AnalyzerStackConfigureRequest): Promise<AnalyzerClient> =>
        (attached ??= start(configuration).then(async (port) => {
            // Pulumi's own host does not change gRPC's limit, and so takes answers of 4 MiB at most (ENG-31).
            const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
            if (configuration !== undefined) {
                // Packs of today's SDK do not know the call.
                await new Promise((resolve) => client.configureStack(configuration, resolve));
            }
            return client;
        }));
    const passOn =
        (name: (typeof PASSED_ON)[number]) =>
        (call: Call, callback: Callback): void => {
            pack().then(
                (client) =>
                    client.makeUnaryRequest(
                        AnalyzerService[name].path,
                        asBytes,
                        asBytes,
                        call.request as Buffer,
                        callback,
                    ),
                (error: unknown) => callback(asServiceError(error)),
            );
        };
    const server = newServer();
    const undecoded = PASSED_ON.map((name) => [name, { ...AnalyzerService[name], ...UNDECODED }]);
    server.addService({ ...AnalyzerService, ...Object.fromEntries(undecoded) } as typeof AnalyzerService, {
        handshake: (_: Call, callback: Callback) => callback(null, new AnalyzerHandshakeResponse()),
        configureStack: ({ request }: ServerUnaryCall<AnalyzerStackConfigureRequest, unknown>, callback: Callback) => {
            // Why a pack does not start is for the next call to say, which needs it.
            pack(request).catch(() => undefined);
            callback(null, new AnalyzerStackConfigureResponse());
        },
        ...Object.fromEntries(PASSED_ON.map((name) => [name, passOn(name)])),
    });
    return { port: await listen(server), close: () => server.tryShutdown(() => undefined) };
};
