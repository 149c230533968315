/**
 * What the engine asks of a language host. What is not here it does without: a call that is answered with UNIMPLEMENTED
 * tells it so (prompts and templates of `pulumi new`), or is for tools that write code in Node.
 */
import type { ServerUnaryCall, ServerWritableStream, UntypedServiceImplementation } from "@grpc/grpc-js";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import * as proto from "@pulumi/pulumi/proto/language_pb";
import { PackageDependency, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";

import { asServiceError, empties } from "../providers/wire";
import type { Children } from "./children";
import { dependencies, ownSdkVersion, requiredProviders } from "./packages";
import { runPlugin } from "./plugin";
import { runProgram } from "./program";
import { runtimeOptions } from "./runtime-options";

type Callback<Response> = (error: ReturnType<typeof asServiceError> | null, response?: Response) => void;

/** Whatever is thrown becomes the error of that call, never the end of the process. */
const answering =
    <Request, Response>(work: (request: Request) => Response | Promise<Response>) =>
    (call: ServerUnaryCall<Request, Response>, callback: Callback<Response>): void => {
        Promise.resolve(call.request)
            .then(work)
            .then(
                (response) => callback(null, response),
                (error: unknown) => callback(asServiceError(error)),
            );
    };

const streaming =
    <Request, Response>(work: (call: ServerWritableStream<Request, Response>) => Promise<void>) =>
    (call: ServerWritableStream<Request, Response>): void => {
        work(call).catch((error: unknown) => call.emit("error", asServiceError(error)));
    };

const folderOf = (info: proto.ProgramInfo | undefined): string => info?.getProgramDirectory() ?? process.cwd();

const requiredPackages = (request: proto.GetRequiredPackagesRequest): proto.GetRequiredPackagesResponse => {
    const response = new proto.GetRequiredPackagesResponse();
    requiredProviders(folderOf(request.getInfo())).forEach(({ name, version, server }) => {
        const required = new PackageDependency();
        required.setKind("resource");
        required.setName(name);
        required.setVersion(version);
        required.setServer(server);
        response.addPackages(required);
    });
    return response;
};

const programDependencies = (request: proto.GetProgramDependenciesRequest): proto.GetProgramDependenciesResponse => {
    const response = new proto.GetProgramDependenciesResponse();
    dependencies(folderOf(request.getInfo()), request.getTransitivedependencies()).forEach(({ name, version }) => {
        const dependency = new proto.DependencyInfo();
        dependency.setName(name);
        dependency.setVersion(version);
        response.addDependencies(dependency);
    });
    return response;
};

const about = (request: proto.AboutRequest): proto.AboutResponse => {
    const response = new proto.AboutResponse();
    response.setExecutable(process.execPath);
    response.setVersion(process.version);
    response.getMetadataMap().set("packagemanager", runtimeOptions(request.getInfo()).packagemanager);
    return response;
};

type Install = ServerWritableStream<proto.InstallDependenciesRequest, proto.InstallDependenciesResponse>;

const install = async (call: Install, children: Children): Promise<void> => {
    const info = call.request.getInfo();
    const { packagemanager, production } = runtimeOptions(info);
    const send = (set: (response: proto.InstallDependenciesResponse) => void): void => {
        const response = new proto.InstallDependenciesResponse();
        set(response);
        call.write(response);
    };
    const args = ["install", ...(production ? ["--production"] : [])];
    const { child, ended } = children.start(packagemanager, args, {
        cwd: folderOf(info) || call.request.getDirectory(),
        stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout?.on("data", (bytes: Buffer) => send((response) => response.setStdout(bytes)));
    child.stderr?.on("data", (bytes: Buffer) => send((response) => response.setStderr(bytes)));
    const { code } = await ended;
    if (code !== 0) {
        throw new Error(`"${packagemanager} ${args.join(" ")}" failed with exit status ${code ?? "of a signal"}.`);
    }
    call.end();
};

/** The host's answers. `engine` is the address that it was started with; a debugger of the host tells it later. */
export const languageRuntime = (engine: string, children: Children): UntypedServiceImplementation => {
    let address = engine;
    return {
        handshake: answering((request: proto.LanguageHandshakeRequest) => {
            address = request.getEngineAddress();
            return new proto.LanguageHandshakeResponse();
        }),
        getPluginInfo: answering((_: Empty) => {
            const info = new PluginInfo();
            info.setVersion(ownSdkVersion());
            return info;
        }),
        getRequiredPackages: answering(requiredPackages),
        getProgramDependencies: answering(programDependencies),
        about: answering(about),
        run: answering((request: proto.RunRequest) => runProgram(request, address, children)),
        runPlugin: streaming((call: ServerWritableStream<proto.RunPluginRequest, proto.RunPluginResponse>) =>
            runPlugin(call, children),
        ),
        installDependencies: streaming((call: Install) => install(call, children)),
        cancel: answering((_: Empty) => {
            void children.stop();
            return new empties.Empty();
        }),
    };
};
