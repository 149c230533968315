import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as readline from "node:readline";
import {
    AnalyzeResponse,
    AnalyzerInfo,
    type AnalyzeDiagnostic,
    ConfigureAnalyzerRequest,
    EnforcementLevel,
    PolicyConfig,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { projectRoot } from "../../offline/setting";
import { empties, grpc, structs } from "../../offline/providers/wire";
import type { EncodedRound } from "./rounds";
import { packFolder, type Candidate } from "./candidates";

/** As the engine has it: a message of 50,000 resources is larger than what gRPC allows otherwise. */
const LARGEST_MESSAGE = 400 * 1024 * 1024;

/** `getconf CLK_TCK` is 100 on every Linux that Node has. */
const MILLISECONDS_A_TICK = 10;

/** A build server compiles at every start; on a machine of one's own ts-node finds in its folder what it has compiled. */
const CACHE: Readonly<Partial<Record<Candidate, NodeJS.ProcessEnv>>> = {
    template: { TS_NODE_CACHE: "false" },
    compiledTemplate: { TS_NODE_CACHE_DIRECTORY: path.join(projectRoot(), ".offline", "bench", "ts-node") },
};

export interface RoundTimes {
    /** Remediate and Analyze for each resource, one after the other, in milliseconds. */
    readonly resources: number;
    /** AnalyzeStack, in milliseconds. */
    readonly stack: number;
    /** The processor time that the pack takes for that, in milliseconds: what else runs on the computer hardly changes it. */
    readonly stackProcessor: number;
    readonly findings: number;
    /** The stack policies that found something. */
    readonly finding: readonly string[];
}

export interface StartOptions {
    readonly nodeOptions?: readonly string[];
    readonly env?: NodeJS.ProcessEnv;
    /** Policies that the configuration disables. */
    readonly disabled?: readonly string[];
}

export interface RoundOptions {
    /**
     * How many resources are asked about at the same time, and then only to analyze each: it takes far less time. The engine
     * waits for each, and asks to remediate it before.
     */
    readonly atOnce?: number;
    /** Runs before AnalyzeStack, outside of both times. */
    readonly between?: () => Promise<void>;
}

/** A candidate in a separate process, started and asked as the engine does. */
export class ServedPack {
    private constructor(
        private readonly process: ChildProcess,
        private readonly client: InstanceType<typeof grpc.Client>,
        /** From the start of the process until it printed its port, in milliseconds. */
        readonly serving: number,
        /** The same until it had listed its policies and taken its configuration. */
        readonly ready: number,
    ) {}

    static async start(
        candidate: Candidate,
        { nodeOptions = [], env = {}, disabled = [] }: StartOptions = {},
    ): Promise<ServedPack> {
        const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
        const from = performance.now();
        const child = spawn(process.execPath, [...nodeOptions, runner, "127.0.0.1:1", "."], {
            cwd: packFolder(candidate),
            env: { ...process.env, ...env, ...CACHE[candidate], PULUMI_NODEJS_DRY_RUN: "true" },
            stdio: ["ignore", "pipe", "inherit"],
        });
        const port = await new Promise<string>((resolve, reject) => {
            readline.createInterface({ input: child.stdout }).once("line", resolve);
            child.once("exit", (status) => reject(new Error(`The pack "${candidate}" ended with ${status}.`)));
        });
        const serving = performance.now() - from;
        const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
            "grpc.max_receive_message_length": LARGEST_MESSAGE,
            "grpc.max_send_message_length": LARGEST_MESSAGE,
        });
        const empty = Buffer.from(new empties.Empty().serializeBinary());
        const info = AnalyzerInfo.deserializeBinary(await call(client, "GetAnalyzerInfo", empty));
        await call(client, "Configure", Buffer.from(presets(info, disabled).serializeBinary()));
        return new ServedPack(child, client, serving, performance.now() - from);
    }

    async analyze(request: Buffer): Promise<Buffer> {
        return call(this.client, "Analyze", request);
    }

    /** One walk of the engine over a stack: every resource, then the stack. */
    async round({ requests, stack }: EncodedRound, { atOnce = 1, between }: RoundOptions = {}): Promise<RoundTimes> {
        let findings = 0;
        const waiting = requests.values();
        const walk = async (): Promise<void> => {
            for (const request of waiting) {
                if (atOnce === 1) {
                    await call(this.client, "Remediate", request);
                }
                findings += findingsIn(await this.analyze(request));
            }
        };
        const start = performance.now();
        await Promise.all(Array.from({ length: atOnce }, walk));
        const analyzed = performance.now();
        await between?.();
        const asked = performance.now();
        const processorBefore = this.processorTime();
        const response = await call(this.client, "AnalyzeStack", stack);
        const end = performance.now();
        return {
            resources: analyzed - start,
            stack: end - asked,
            stackProcessor: this.processorTime() - processorBefore,
            findings: findings + findingsIn(response),
            finding: [...new Set(diagnosticsIn(response).map((diagnostic) => diagnostic.getPolicyname()))],
        };
    }

    /** The most memory that its process has had so far, in MiB; Linux alone tells it. */
    peakMemory(): number {
        const status = readFileSync(`/proc/${this.process.pid}/status`, "utf8");
        const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
        return Number(kibibytes) / 1024;
    }

    /** All processor time of its process so far, in milliseconds. */
    processorTime(): number {
        const stat = readFileSync(`/proc/${this.process.pid}/stat`, "utf8");
        // The name of the command comes before, in brackets, and may hold blanks.
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        return (Number(fields[11]) + Number(fields[12])) * MILLISECONDS_A_TICK;
    }

    signal(signal: NodeJS.Signals): void {
        this.process.kill(signal);
    }

    async stop(): Promise<void> {
        this.client.close();
        const ended = once(this.process, "exit");
        this.process.kill();
        await ended;
    }
}

/** The engine hands every policy its own level, or the one that is configured, and no settings where nobody has set any. */
function presets(info: AnalyzerInfo, disabled: readonly string[]): ConfigureAnalyzerRequest {
    const request = new ConfigureAnalyzerRequest();
    for (const policy of info.getPoliciesList()) {
        const config = new PolicyConfig();
        config.setEnforcementlevel(
            disabled.includes(policy.getName()) ? EnforcementLevel.DISABLED : policy.getEnforcementlevel(),
        );
        config.setProperties(new structs.Struct());
        request.getPolicyconfigMap().set(policy.getName(), config);
    }
    return request;
}

function findingsIn(response: Buffer): number {
    return diagnosticsIn(response).length;
}

function diagnosticsIn(response: Buffer): readonly AnalyzeDiagnostic[] {
    return AnalyzeResponse.deserializeBinary(response).getDiagnosticsList();
}

function call(client: InstanceType<typeof grpc.Client>, method: string, request: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
        client.makeUnaryRequest(
            `/pulumirpc.Analyzer/${method}`,
            (bytes: Buffer) => bytes,
            (bytes: Buffer) => bytes,
            request,
            (error, response) => (response === undefined ? reject(error ?? new Error(method)) : resolve(response)),
        );
    });
}
