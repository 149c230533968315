/** An offline provider in a process of its own, spoken to over gRPC as the engine does. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as rpc from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { CLOUD_VARIABLE } from "../../../dev/offline/providers/cloud";
import { fromStruct, toStruct, type ValueMap } from "../../../dev/offline/providers/values";
import { grpc } from "../../../dev/offline/providers/wire";

const ROOT = join(__dirname, "..", "..", "..");

export interface State {
    readonly id: string;
    readonly inputs: ValueMap;
    readonly outputs: ValueMap;
}

export interface Difference {
    readonly changes: boolean;
    readonly detailed: Readonly<Record<string, string>>;
    readonly replaces: readonly string[];
    readonly deleteBeforeReplace: boolean;
}

export interface Checked {
    readonly inputs: ValueMap;
    readonly failures: readonly string[];
}

export class ProviderClient {
    private constructor(
        private readonly provider: string,
        private readonly process: ChildProcess,
        readonly client: rpc.ResourceProviderClient,
        private readonly folder: string,
        readonly cloud: string,
    ) {}

    /** A cloud of one's own, or that of another provider. */
    static async start(
        provider: string,
        config: Readonly<Record<string, string>>,
        shared?: ProviderClient,
    ): Promise<ProviderClient> {
        const folder = mkdtempSync(join(tmpdir(), `${provider}-`));
        const cloud = shared?.cloud ?? join(folder, "cloud.json");
        const child = spawn(process.execPath, [join(ROOT, "dist", "offline", "providers", `${provider}.js`)], {
            env: { ...process.env, [CLOUD_VARIABLE]: cloud },
            stdio: ["ignore", "pipe", "pipe"],
        });
        const port = await new Promise<string>((resolve, reject) => {
            let said = "";
            child.stdout.on("data", (data: Buffer) => {
                said += data.toString();
                if (said.includes("\n")) {
                    resolve(said.trim());
                }
            });
            child.once("exit", (code) => reject(new Error(`the provider ended with ${String(code)}`)));
        });
        const client = new rpc.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
        const request = new proto.ConfigureRequest();
        for (const [key, value] of Object.entries(config)) {
            request.getVariablesMap().set(`${provider}:config:${key}`, value);
        }
        request.setSendsOldInputs(true);
        request.setSendsOldInputsToDelete(true);
        await called<proto.ConfigureResponse>((done) => client.configure(request, done));
        return new ProviderClient(provider, child, client, folder, cloud);
    }

    stop(): void {
        this.client.close();
        this.process.kill();
        rmSync(this.folder, { recursive: true, force: true });
    }

    private urn(type: string, name: string): string {
        return `urn:pulumi:dev::project::${this.provider}:${type}::${name}`;
    }

    async check(type: string, name: string, inputs: ValueMap, oldInputs: ValueMap = {}): Promise<Checked> {
        const request = new proto.CheckRequest();
        request.setUrn(this.urn(type, name));
        request.setNews(toStruct(inputs));
        request.setOlds(toStruct(oldInputs));
        request.setRandomseed(new Uint8Array([1, 2, 3, 4]));
        const response = await called<proto.CheckResponse>((done) => this.client.check(request, done));
        return {
            inputs: fromStruct(response.getInputs()),
            failures: response.getFailuresList().map((failure) => failure.getReason()),
        };
    }

    /** The outputs with their nulls, which a state keeps. */
    async create(
        type: string,
        name: string,
        inputs: ValueMap,
        preview = false,
    ): Promise<{ readonly id: string; readonly outputs: ValueMap }> {
        const request = new proto.CreateRequest();
        request.setUrn(this.urn(type, name));
        request.setProperties(toStruct(inputs));
        request.setPreview(preview);
        const response = await called<proto.CreateResponse>((done) => this.client.create(request, done));
        return { id: response.getId(), outputs: response.getProperties()?.toJavaScript() ?? {} };
    }

    async update(type: string, name: string, state: State, inputs: ValueMap, preview = false): Promise<ValueMap> {
        const request = new proto.UpdateRequest();
        request.setUrn(this.urn(type, name));
        request.setId(state.id);
        request.setOlds(toStruct(state.outputs));
        request.setOldInputs(toStruct(state.inputs));
        request.setNews(toStruct(inputs));
        request.setPreview(preview);
        const response = await called<proto.UpdateResponse>((done) => this.client.update(request, done));
        return response.getProperties()?.toJavaScript() ?? {};
    }

    /** Without a state: as an import asks, with an id and nothing else. */
    async read(type: string, name: string, id: string, state?: State): Promise<State> {
        const request = new proto.ReadRequest();
        request.setUrn(this.urn(type, name));
        request.setId(id);
        if (state !== undefined) {
            request.setProperties(toStruct(state.outputs));
            request.setInputs(toStruct(state.inputs));
        }
        const response = await called<proto.ReadResponse>((done) => this.client.read(request, done));
        return {
            id: response.getId(),
            inputs: fromStruct(response.getInputs()),
            outputs: response.getProperties()?.toJavaScript() ?? {},
        };
    }

    async remove(type: string, name: string, state: State): Promise<void> {
        const request = new proto.DeleteRequest();
        request.setUrn(this.urn(type, name));
        request.setId(state.id);
        request.setProperties(toStruct(state.outputs));
        request.setOldInputs(toStruct(state.inputs));
        await called((done) => this.client.delete(request, done));
    }

    async diff(type: string, name: string, state: State, inputs: ValueMap): Promise<Difference> {
        const request = new proto.DiffRequest();
        request.setUrn(this.urn(type, name));
        request.setId(state.id);
        request.setOlds(toStruct(state.outputs));
        request.setOldInputs(toStruct(state.inputs));
        request.setNews(toStruct(inputs));
        const response = await called<proto.DiffResponse>((done) => this.client.diff(request, done));
        const kinds = Object.entries(proto.PropertyDiff.Kind);
        const detailed: Record<string, string> = {};
        response.getDetaileddiffMap().forEach((property, path) => {
            detailed[path] = kinds.find(([, value]) => value === property.getKind())?.[0] ?? "";
        });
        return {
            changes: response.getChanges() === proto.DiffResponse.DiffChanges.DIFF_SOME,
            detailed,
            replaces: response.getReplacesList(),
            deleteBeforeReplace: response.getDeletebeforereplace(),
        };
    }

    /** Check, then create: what a deployment does. */
    async deploy(type: string, name: string, given: ValueMap): Promise<State> {
        const { inputs, failures } = await this.check(type, name, given);
        expect(failures).toEqual([]);
        return { inputs, ...(await this.create(type, name, inputs)) };
    }

    async invoke(token: string, args: ValueMap): Promise<ValueMap> {
        const request = new proto.InvokeRequest();
        request.setTok(token);
        request.setArgs(toStruct(args));
        const response = await called<proto.InvokeResponse>((done) => this.client.invoke(request, done));
        return fromStruct(response.getReturn());
    }

    async schema(): Promise<string> {
        const request = new proto.GetSchemaRequest();
        const response = await called<proto.GetSchemaResponse>((done) => this.client.getSchema(request, done));
        return response.getSchema();
    }
}

export function called<T>(call: (done: (error: Error | null, response: T) => void) => void): Promise<T> {
    return new Promise((resolve, reject) =>
        call((error, response) => (error === null ? resolve(response) : reject(error))),
    );
}
