import { spawn, type ChildProcess } from "node:child_process";
import * as path from "node:path";
import * as readline from "node:readline";
import type { PolicyPackArgs, ReportViolation } from "@pulumi/policy";
import { AnalyzerClient, AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
    AnalyzeRequest,
    AnalyzerPropertyDependencies,
    AnalyzerProviderResource,
    AnalyzerResource,
    AnalyzerResourceOptions,
    AnalyzerStackConfigureRequest,
    AnalyzeStackRequest,
    ConfigureAnalyzerRequest,
    EnforcementLevel,
    PolicyConfig,
    type AnalyzeDiagnostic,
    type AnalyzeResponse,
    type AnalyzerInfo,
    type PolicyInfo,
    type RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { toStruct, type ValueMap } from "../../dev/offline/providers/values";
import { empties, grpc } from "../../dev/offline/providers/wire";
import { policies } from "../../policies";
import type { Policy } from "../../policies/policy";
import { getOrCreate } from "../../src/model/lists";
import { pulumiPolicies } from "../../src/pack/pack";
import { takeResources } from "../../src/pack/stack-request";
import type { SentResource, SentRound } from "./stack";

// The SDK's own request handling, with its unknown-checking proxies: what a policy gets here it gets from the engine.
const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun, makeRemediateRpcFun } =
    require("@pulumi/policy/server") as SdkServer;
const { _setIsDryRun } = require("@pulumi/pulumi/runtime/settings") as { _setIsDryRun(dryRun: boolean): void };

/** A violation as the engine receives it. */
export interface Violation {
    readonly policy: string;
    readonly policyId: string;
    readonly level: string;
    readonly severity: string;
    /** The name of the resource that it is reported on; undefined for the stack. */
    readonly on: string | undefined;
    readonly urn: string;
    /** The policy's description, and below it the finding. */
    readonly message: string;
}

export type Configuration = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A configuration file as Pulumi takes it: a level, or settings with a level among them. */
export type ConfigurationFile = Readonly<Record<string, string | Readonly<Record<string, unknown>>>>;

export function configurationFrom(file: ConfigurationFile): Configuration {
    return Object.fromEntries(
        Object.entries(file).map(([name, value]) => [
            name,
            typeof value === "string" ? { enforcementLevel: value } : value,
        ]),
    );
}

/** Runs the catalogue over one round, inside of this process but through the SDK's own request handling. */
export class Pack {
    constructor(
        catalogue: readonly Policy[] = policies,
        private readonly served = pulumiPolicies(catalogue) ?? [],
    ) {}

    async analyze(round: SentRound, configuration: Configuration = {}, asBytes = false): Promise<readonly Violation[]> {
        return send(round, this.analyzer(round.dryRun, configuration, asBytes));
    }

    /**
     * The same, request by request.
     *
     * @param asBytes makes bytes of each request, and a request of these again: the pack hears of secrets there
     */
    analyzer(dryRun: boolean, configuration: Configuration = {}, asBytes = false): Analyzer {
        const configured = this.served.map((policy) => withConfiguration(policy, configuration[policy.name] ?? {}));
        const analyze = makeAnalyzeRpcFun("azure-bcdr-guard", "0.0.0", "advisory", configured);
        const analyzeStack = makeAnalyzeStackRpcFun("azure-bcdr-guard", "0.0.0", "advisory", configured);
        _setIsDryRun(dryRun);
        this.configure(configuration);
        const { analyze: one, analyzeStack: all } = AnalyzerService;
        const sentOne = asBytes ? sent(one) : same;
        const sentAll = asBytes ? sent(all) : taken;
        return {
            analyze: promised((request, callback) => analyze({ request: sentOne(request) }, callback)),
            analyzeStack: promised((request, callback) => analyzeStack({ request: sentAll(request) }, callback)),
        };
    }

    /** Tells each policy's level, as the engine does whether or not anything is configured. */
    private configure(configuration: Configuration): void {
        const levels = this.served.map(
            ({ name, enforcementLevel = "advisory" }) => [name, { enforcementLevel }] as const,
        );
        const { configure } = AnalyzerService;
        const request = configureRequest({ ...Object.fromEntries(levels), ...withLevels(configuration, levels) });
        configure.requestDeserialize(configure.requestSerialize(request));
    }

    /** The inputs of one resource as remediations leave them; undefined where they leave them alone. */
    async remediate(resource: SentResource, configuration: Configuration = {}): Promise<ValueMap | undefined> {
        const configured = this.served.map((policy) => withConfiguration(policy, configuration[policy.name] ?? {}));
        const remediate = makeRemediateRpcFun("azure-bcdr-guard", "0.0.0", "advisory", configured);
        _setIsDryRun(true);
        this.configure(configuration);
        const response = await new Promise<RemediateResponse>((resolve, reject) => {
            remediate({ request: analyzeRequest(resource) }, (error, answer) =>
                answer === undefined ? reject(error) : resolve(answer),
            );
        });
        const [last] = response.getRemediationsList().slice(-1);
        if (last?.getDiagnostic()) {
            throw new Error(last.getDiagnostic());
        }
        return last?.getProperties()?.toJavaScript();
    }
}

const LEVELS: Readonly<Record<string, EnforcementLevel>> = {
    advisory: EnforcementLevel.ADVISORY,
    mandatory: EnforcementLevel.MANDATORY,
    disabled: EnforcementLevel.DISABLED,
    remediate: EnforcementLevel.REMEDIATE,
};

interface Sent<Request> {
    requestSerialize(request: Request): Buffer;
    requestDeserialize(bytes: Buffer): Request;
}

function sent<Request>(method: Sent<Request>): (request: Request) => Request {
    return (request) => method.requestDeserialize(method.requestSerialize(request));
}

/** As the pack takes a request of the engine, without the bytes: to make them takes long. */
function taken(request: AnalyzeStackRequest): AnalyzeStackRequest {
    takeResources(request);
    return request;
}

function same<Request>(request: Request): Request {
    return request;
}

/** By their numbers in the protocol. */
const LEVEL_NAMES = ["advisory", "mandatory", "disabled", "remediate"];

/** The pack as the engine starts it: the built files, in a process of their own, over gRPC. */
export class PackProcess {
    private constructor(
        private readonly process: ChildProcess,
        private readonly client: AnalyzerClient,
        /** What it printed on stdout before it served: nothing but the port is allowed. */
        readonly greeting: string,
    ) {}

    static async start(folder: string, environment: NodeJS.ProcessEnv = {}): Promise<PackProcess> {
        const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
        const child = spawn(process.execPath, [runner, "127.0.0.1:1", "."], {
            cwd: path.resolve(folder),
            env: { ...process.env, ...environment },
            stdio: ["ignore", "pipe", "inherit"],
        });
        const greeting = await new Promise<string>((resolve, reject) => {
            readline.createInterface({ input: child.stdout }).once("line", resolve);
            child.once("exit", (status) => reject(new Error(`the pack ended with ${status} before it served`)));
        });
        return new PackProcess(
            child,
            new AnalyzerClient(`127.0.0.1:${greeting}`, grpc.credentials.createInsecure()),
            greeting,
        );
    }

    async info(): Promise<AnalyzerInfo.AsObject> {
        return new Promise((resolve, reject) => {
            this.client.getAnalyzerInfo(new empties.Empty(), (error, info) =>
                error ? reject(error) : resolve(info.toObject()),
            );
        });
    }

    async configure(configuration: Configuration): Promise<void> {
        const { policiesList } = await new Promise<AnalyzerInfo>((resolve, reject) => {
            this.client.getAnalyzerInfo(new empties.Empty(), (error, info) => (error ? reject(error) : resolve(info)));
        }).then((info) => ({ policiesList: info.getPoliciesList() }));
        const levels = policiesList.map(
            (policy) =>
                [
                    policy.getName(),
                    { ...defaultsIn(policy), enforcementLevel: LEVEL_NAMES[policy.getEnforcementlevel()] },
                ] as const,
        );
        const request = configureRequest({ ...Object.fromEntries(levels), ...withLevels(configuration, levels) });
        await new Promise<void>((resolve, reject) => {
            this.client.configure(request, (error) => (error ? reject(error) : resolve()));
        });
    }

    /** Tells the tags of the stack. */
    async configureStack(tags: Readonly<Record<string, string>>): Promise<void> {
        const request = new AnalyzerStackConfigureRequest();
        Object.entries(tags).forEach(([name, value]) => request.getTagsMap().set(name, value));
        await new Promise<void>((resolve, reject) => {
            this.client.configureStack(request, (error) => (error ? reject(error) : resolve()));
        });
    }

    async analyze(round: SentRound): Promise<readonly Violation[]> {
        return send(round, this.analyzer);
    }

    /** The same, request by request. */
    get analyzer(): Analyzer {
        const { client } = this;
        return {
            analyze: promised((request, callback) => client.analyze(request, callback)),
            analyzeStack: promised((request, callback) => client.analyzeStack(request, callback)),
        };
    }

    stop(): void {
        this.client.close();
        this.process.kill();
    }
}

/** The defaults of a policy's schema, which the engine puts in. */
function defaultsIn(policy: PolicyInfo): Readonly<Record<string, unknown>> {
    const schema = policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {};
    return Object.fromEntries(
        Object.entries(schema as Readonly<Record<string, { readonly default?: unknown }>>).flatMap(([name, setting]) =>
            setting.default === undefined ? [] : [[name, setting.default]],
        ),
    );
}

/** What is configured keeps the other settings of its policy, and its level, as the engine does it. */
function withLevels(
    configuration: Configuration,
    levels: readonly (readonly [string, Readonly<Record<string, unknown>>])[],
): Configuration {
    const own = new Map(levels);
    return Object.fromEntries(
        Object.entries(configuration).map(([policy, values]) => [policy, { ...own.get(policy), ...values }]),
    );
}

function configureRequest(configuration: Configuration): ConfigureAnalyzerRequest {
    const request = new ConfigureAnalyzerRequest();
    for (const [policy, { enforcementLevel, ...properties }] of Object.entries(configuration)) {
        const config = new PolicyConfig();
        config.setEnforcementlevel(LEVELS[String(enforcementLevel ?? "advisory")] ?? EnforcementLevel.ADVISORY);
        config.setProperties(toStruct(properties as ValueMap));
        request.getPolicyconfigMap().set(policy, config);
    }
    return request;
}

/** What the engine asks of a pack. */
export interface Analyzer {
    analyze(request: AnalyzeRequest): Promise<AnalyzeResponse>;
    analyzeStack(request: AnalyzeStackRequest): Promise<AnalyzeResponse>;
}

async function send({ resources }: SentRound, analyzer: Analyzer): Promise<readonly Violation[]> {
    const responses: AnalyzeResponse[] = [];
    // Hostile resources share large properties: encoding them for each would take longer than the analysis.
    const encoded = new Map<ValueMap, ReturnType<typeof toStruct>>();
    const encode = (map: ValueMap): ReturnType<typeof toStruct> => getOrCreate(encoded, map, () => toStruct(map));
    for (const resource of resources) {
        responses.push(await analyzer.analyze(analyzeRequest(resource, encode)));
        await nextEvent();
    }
    responses.push(await analyzer.analyzeStack(stackRequest(resources, encode)));
    const owner = responses.flatMap((response, index) =>
        response.getDiagnosticsList().map((diagnostic) => ({ diagnostic, resource: resources[index] })),
    );
    return owner.map(({ diagnostic, resource }) => violation(diagnostic, resource, resources));
}

/** Every request of the engine is an event of its own in the process that serves it. */
export async function nextEvent(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
}

export function stackRequest(resources: readonly SentResource[], encode = toStruct): AnalyzeStackRequest {
    const request = new AnalyzeStackRequest();
    request.setResourcesList(resources.map((resource) => stackResource(resource, encode)));
    return request;
}

function violation(
    diagnostic: AnalyzeDiagnostic,
    analyzed: SentResource | undefined,
    all: readonly SentResource[],
): Violation {
    const urn = analyzed?.urn ?? diagnostic.getUrn();
    const message = diagnostic.getMessage();
    return {
        policy: diagnostic.getPolicyname(),
        policyId: /\[(BCDR\d+)\]/.exec(message)?.[1] ?? "none",
        level: LEVEL_NAMES[diagnostic.getEnforcementlevel()] ?? "",
        severity: ["", "low", "medium", "high", "critical"][diagnostic.getSeverity()] ?? "",
        on: all.find((resource) => resource.urn === urn && resource.type !== "pulumi:pulumi:Stack")?.name,
        urn,
        message,
    };
}

export function analyzeRequest(resource: SentResource, encode = toStruct): AnalyzeRequest {
    const request = new AnalyzeRequest();
    request.setType(resource.type);
    request.setUrn(resource.urn);
    request.setName(resource.name);
    request.setProperties(encode(resource.inputs));
    request.setOptions(options(resource));
    if (resource.provider !== undefined) {
        request.setProvider(provider(resource.provider));
    }
    return request;
}

export function stackResource(resource: SentResource, encode = toStruct): AnalyzerResource {
    const request = new AnalyzerResource();
    request.setType(resource.type);
    request.setUrn(resource.urn);
    request.setName(resource.name);
    request.setProperties(encode(resource.outputs));
    request.setOptions(options(resource));
    request.setParent(resource.parent ?? "");
    request.setDependenciesList([...new Set(Object.values(resource.propertyDependencies).flat())]);
    for (const [property, urns] of Object.entries(resource.propertyDependencies)) {
        const dependencies = new AnalyzerPropertyDependencies();
        dependencies.setUrnsList([...urns]);
        request.getPropertydependenciesMap().set(property, dependencies);
    }
    if (resource.provider !== undefined) {
        request.setProvider(provider(resource.provider));
    }
    return request;
}

function provider({ urn, name, type, properties }: NonNullable<SentResource["provider"]>): AnalyzerProviderResource {
    const message = new AnalyzerProviderResource();
    message.setType(type);
    message.setUrn(urn);
    message.setName(name);
    message.setProperties(toStruct(properties));
    return message;
}

function options({
    options: { protect = false, ignoreChanges = [], additionalSecretOutputs = [] },
}: SentResource): AnalyzerResourceOptions {
    const message = new AnalyzerResourceOptions();
    message.setProtect(protect);
    message.setIgnorechangesList([...ignoreChanges]);
    message.setAdditionalsecretoutputsList([...additionalSecretOutputs]);
    return message;
}

type PulumiPolicy = NonNullable<PolicyPackArgs["policies"]>[number];

/**
 * The SDK keeps the configuration to itself until it serves; here it is handed over with the arguments. What a policy
 * has is asked of it anew each time, as the SDK does.
 */
function withConfiguration(policy: PulumiPolicy, values: Readonly<Record<string, unknown>>): PulumiPolicy {
    const { enforcementLevel = policy.enforcementLevel, ...properties } = values;
    const configured = (value: unknown): unknown =>
        typeof value === "function"
            ? (args: object, report?: ReportViolation): unknown =>
                  (value as Validation)({ ...args, getConfig: () => properties }, report)
            : value;
    return new Proxy(policy, {
        get: (target, name) => {
            const value: unknown = Reflect.get(target, name);
            return name === "enforcementLevel"
                ? enforcementLevel
                : Array.isArray(value)
                  ? value.map(configured)
                  : configured(value);
        },
    });
}

type Validation = (args: object, report: ReportViolation | undefined) => unknown;

function promised<Request>(
    method: (request: Request, callback: Callback) => void,
): (request: Request) => Promise<AnalyzeResponse> {
    return (request) =>
        new Promise((resolve, reject) => {
            method(request, (error, response) => (response === undefined ? reject(error) : resolve(response)));
        });
}

interface SdkServer {
    makeAnalyzeRpcFun(
        name: string,
        version: string,
        level: string,
        policies: readonly PulumiPolicy[],
    ): RpcHandler<AnalyzeRequest>;
    makeAnalyzeStackRpcFun(
        name: string,
        version: string,
        level: string,
        policies: readonly PulumiPolicy[],
    ): RpcHandler<AnalyzeStackRequest>;
    makeRemediateRpcFun(
        name: string,
        version: string,
        level: string,
        policies: readonly PulumiPolicy[],
    ): RpcHandler<AnalyzeRequest, RemediateResponse>;
}

type RpcHandler<Request, Response = AnalyzeResponse> = (
    call: { readonly request: Request },
    callback: Callback<Response>,
) => void;
type Callback<Response = AnalyzeResponse> = (error: Error | null | undefined, response: Response | undefined) => void;
