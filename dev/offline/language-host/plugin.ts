// Runs a plugin that is written for Node: a policy pack, or a provider of components.
import type { ServerWritableStream } from "@grpc/grpc-js";
import { type RunPluginRequest, RunPluginResponse } from "@pulumi/pulumi/proto/language_pb";

import { asServiceError } from "../providers/wire";
import { type Children, type Ended, type Started, stopped } from "./children";
import { sdkIsMissing, sdkScript } from "./packages";
import { packEnvironment, serveBetween } from "./policy-pack";
import { environmentOf, runtimeOptions } from "./runtime-options";

type Call = ServerWritableStream<RunPluginRequest, RunPluginResponse>;

/** What the engine calls a policy pack. */
const POLICY_PACK = "analyzer";

interface Sender {
    readonly out: (bytes: Uint8Array) => void;
    readonly err: (bytes: Uint8Array) => void;
    readonly end: (how: Ended) => void;
}

const sender = (call: Call): Sender => {
    const send = (set: (response: RunPluginResponse) => void): void => {
        const response = new RunPluginResponse();
        set(response);
        if (!call.cancelled) {
            call.write(response);
        }
    };
    return {
        out: (bytes: Uint8Array) => send((response) => response.setStdout(bytes)),
        err: (bytes: Uint8Array) => send((response) => response.setStderr(bytes)),
        end: ({ code, signal }: Ended) => {
            if (signal !== undefined) {
                send((response) => response.setStderr(Buffer.from(`The plugin was ended by ${signal}.\n`)));
            }
            send((response) => response.setExitcode(code ?? 1));
            call.end();
        },
    };
};

const asVariables = (list: readonly string[]): Readonly<Record<string, string>> =>
    Object.fromEntries(list.map((each) => [each.slice(0, each.indexOf("=")), each.slice(each.indexOf("=") + 1)]));

/** Runs a plugin until it ends or the engine lets go of it. */
export const runPlugin = async (call: Call, children: Children): Promise<void> => {
    const { request } = call;
    const info = request.getInfo();
    const folder = info?.getProgramDirectory() || request.getPwd();
    const isPack = request.getKind() === POLICY_PACK;
    const runner = sdkScript(isPack ? "run-policy-pack" : "run-plugin", folder);
    if (runner === undefined) {
        throw new Error(sdkIsMissing(isPack ? "policy pack" : "plugin", folder));
    }
    const options = runtimeOptions(info);
    const send = sender(call);
    const begin = (variables: Readonly<Record<string, string>>): Started => {
        const args = isPack ? [...request.getArgsList(), folder] : [folder, ...request.getArgsList()];
        const started = children.start(process.execPath, [...options.nodeargs, runner, ...args], {
            // A pack runs in its own folder (SEE-20).
            cwd: isPack ? folder : request.getPwd(),
            stdio: ["ignore", "pipe", "pipe"],
            env: { ...asVariables(request.getEnvList()), ...environmentOf(options), ...variables },
        });
        started.child.stderr?.on("data", send.err);
        call.on("cancelled", () => stopped(started.child));
        return started;
    };
    if (!isPack) {
        const { child, ended } = begin({});
        child.stdout?.on("data", send.out);
        send.end(await ended);
        return;
    }
    const between = await serveBetween(
        (configuration) =>
            new Promise((resolve, reject) => {
                const { child, ended } = begin(packEnvironment(configuration));
                // Its port is the first line; the engine already has one of this host, and gets the rest.
                let first: string | undefined = "";
                child.stdout?.on("data", (bytes: Buffer) => {
                    if (first === undefined) {
                        send.out(bytes);
                        return;
                    }
                    first += bytes.toString("utf8");
                    const end = first.indexOf("\n");
                    if (end >= 0) {
                        resolve(Number(first.slice(0, end)));
                        const rest = first.slice(end + 1);
                        first = undefined;
                        if (rest !== "") {
                            send.out(Buffer.from(rest));
                        }
                    }
                });
                ended.then(
                    (how) => {
                        reject(new Error(`The policy pack in ${folder} has ended by itself.`));
                        between.close();
                        send.end(how);
                    },
                    (error: unknown) => {
                        reject(error instanceof Error ? error : new Error(String(error)));
                        between.close();
                        call.emit("error", asServiceError(error));
                    },
                );
            }),
    );
    call.on("cancelled", () => between.close());
    send.out(Buffer.from(`${between.port}\n`));
};
