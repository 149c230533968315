// The host for programs and packs in Node, called as the engine calls it, with SDKs that tell how they were started.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import * as analyzerProto from "@pulumi/pulumi/proto/analyzer_pb";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { LanguageRuntimeClient } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/language_pb";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { ServiceError } from "@grpc/grpc-js";

import { projectRoot } from "../../../dev/offline/setting";
import { empties, grpc, structs } from "../../../dev/offline/providers/wire";
import { removeScratchFolders, scratchFolder } from "./scratch";

const HOST = path.join(projectRoot(), "dev", "offline", "bin", "node", "pulumi-language-nodejs");

interface Host {
    readonly process: ChildProcess;
    readonly client: LanguageRuntimeClient;
    /** What the host and its programs print, after the port. */
    readonly printed: () => string;
}

const started: Host[] = [];

const startHost = (): Promise<Host> =>
    new Promise((resolve, reject) => {
        const child = spawn(HOST, ["--tracing=none", "127.0.0.1:1"], {
            stdio: ["ignore", "pipe", "pipe"],
            env: { ...process.env, PULUMI_CONFIG: "of the host" },
        });
        let out = "";
        let err = "";
        let port: string | undefined;
        child.stderr.on("data", (bytes) => (err += String(bytes)));
        child.stdout.on("data", (bytes) => {
            out += String(bytes);
            if (port === undefined && out.includes("\n")) {
                [port] = out.split("\n", 1);
                out = out.slice(port!.length + 1);
                const client = new LanguageRuntimeClient(`127.0.0.1:${port!}`, grpc.credentials.createInsecure());
                const host = { process: child, client, printed: () => out + err };
                started.push(host);
                resolve(host);
            }
        });
        child.on("close", (code) => reject(new Error(`The host has ended with ${code ?? "a signal"}: ${err}`)));
    });

type Callback<Response> = (error: ServiceError | null, response: Response) => void;

const answer = <Response>(call: (callback: Callback<Response>) => unknown): Promise<Response> =>
    new Promise((resolve, reject) => {
        call((error, response) => (error === null ? resolve(response) : reject(error)));
    });

/** A folder with a file for each path. */
const folderWith = (files: Readonly<Record<string, string | object>>): string => {
    const folder = scratchFolder();
    Object.entries(files).forEach(([file, content]) => {
        mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
        writeFileSync(path.join(folder, file), typeof content === "string" ? content : JSON.stringify(content));
    });
    return folder;
};

const info = (folder: string, options: Readonly<Record<string, unknown>> = {}): proto.ProgramInfo => {
    const program = new proto.ProgramInfo();
    program.setRootDirectory(folder);
    program.setProgramDirectory(folder);
    program.setEntryPoint(".");
    program.setOptions(structs.Struct.fromJavaScript(options as never));
    return program;
};

const RUNNER = "node_modules/@pulumi/pulumi/cmd/run/index.js";
const PACK_RUNNER = "node_modules/@pulumi/pulumi/cmd/run-policy-pack/index.js";

const runRequest = (folder: string, options: Readonly<Record<string, unknown>> = {}): proto.RunRequest => {
    const request = new proto.RunRequest();
    request.setInfo(info(folder, options));
    request.setMonitorAddress("127.0.0.1:2");
    request.setOrganization("organization");
    request.setProject("shop");
    request.setStack("dev");
    request.setDryrun(true);
    request.setParallel(16);
    request.getConfigMap().set("shop:password", "swordfish");
    request.setConfigsecretkeysList(["shop:password"]);
    return request;
};

const run = async (
    host: Host,
    runner: string,
    options: Readonly<Record<string, unknown>> = {},
): Promise<proto.RunResponse.AsObject> =>
    (
        await answer<proto.RunResponse>((done) =>
            host.client.run(runRequest(folderWith({ [RUNNER]: runner }), options), done),
        )
    ).toObject();

let host: Host;
beforeAll(async () => {
    host = await startHost();
});
afterAll(async () => {
    await Promise.all(
        started.map(({ process: child, client }) => {
            client.close();
            const gone = new Promise((resolve) => (child.exitCode === null ? child.on("close", resolve) : resolve(0)));
            child.kill();
            return gone;
        }),
    );
    removeScratchFolders();
});

describe("a program", () => {
    const TELLS = `
        const { PULUMI_CONFIG, PULUMI_CONFIG_SECRET_KEYS, PULUMI_NODEJS_TYPESCRIPT } = process.env;
        const told = { args: process.argv.slice(2), execArgv: process.execArgv,
            env: { PULUMI_CONFIG, PULUMI_CONFIG_SECRET_KEYS, PULUMI_NODEJS_TYPESCRIPT } };
        require("node:fs").writeFileSync(process.argv[process.argv.indexOf("--pwd") + 1] + "/told.json", JSON.stringify(told));`;

    const told = async (options: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> => {
        const folder = folderWith({ [RUNNER]: TELLS });
        await answer<proto.RunResponse>((done) => host.client.run(runRequest(folder, options), done));
        const text = readFileSync(path.join(folder, "told.json"), "utf8").split(folder).join("<folder>");
        return JSON.parse(text) as Record<string, unknown>;
    };

    test("is started by the SDK of its folder, with all that the engine says", async () => {
        await expect(told({})).resolves.toEqual({
            args: [
                ...["--monitor", "127.0.0.1:2", "--engine", "127.0.0.1:1", "--organization", "organization"],
                ...["--project", "shop", "--root-directory", "<folder>", "--stack", "dev", "--pwd", "<folder>"],
                ...["--dry-run", "--parallel", "16", "."],
            ],
            execArgv: [],
            env: {
                PULUMI_CONFIG: '{"shop:password":"swordfish"}',
                PULUMI_CONFIG_SECRET_KEYS: '["shop:password"]',
                PULUMI_NODEJS_TYPESCRIPT: "true",
            },
        });
    });

    test("follows the options of its runtime", async () => {
        const { execArgv, env } = await told({ typescript: false, nodeargs: "--no-warnings --title='a b'" });
        expect(execArgv).toEqual(["--no-warnings", "--title=a b"]);
        expect(env).not.toHaveProperty("PULUMI_NODEJS_TYPESCRIPT");
    });

    test.each([
        ["", { error: "", bail: false }],
        ["process.exit(32)", { error: "", bail: true }],
        ["process.exit(3)", { error: "Program exited with non-zero exit code: 3", bail: false }],
        ["throw new Error('no')", { error: "Program exited with non-zero exit code: 1", bail: false }],
        ["process.kill(process.pid, 'SIGKILL')", { error: "The program was ended by SIGKILL.", bail: false }],
    ])("that does %j ends with %j", async (script, response) => {
        await expect(run(host, script)).resolves.toEqual(response);
    });

    test("prints where the engine hears it", async () => {
        await run(host, "console.log('to stdout'); console.error('to stderr');");
        expect(host.printed()).toContain("to stdout\n");
        expect(host.printed()).toContain("to stderr\n");
    });

    test("without an SDK is told what to do", async () => {
        const folder = scratchFolder();
        const { error } = (
            await answer<proto.RunResponse>((done) => host.client.run(runRequest(folder), done))
        ).toObject();
        expect(error).toBe(`Found no @pulumi/pulumi for the program in ${folder}: run "npm install" there.`);
    });

    test.each([
        [{ typescript: "yes" }, 'The runtime option "typescript" is neither true nor false.'],
        [{ nodeargs: 3 }, 'The runtime option "nodeargs" is not a text.'],
        [
            { packagemanager: "cargo" },
            'The runtime option "packagemanager" is "cargo": it is one of npm, yarn, pnpm, bun, auto.',
        ],
    ])("with the options %j is told so", async (options, sentence) => {
        await expect(run(host, "", options)).rejects.toThrow(sentence);
    });

    test.each(["SIGINT", "SIGTERM"] as const)("ends when its host is ended by %s", async (signal) => {
        const own = await startHost();
        const folder = folderWith({
            [RUNNER]: `process.on("SIGINT", () => { require("node:fs").writeFileSync(${JSON.stringify("<folder>")}, ""); process.exit(0); });
                console.log("running"); setInterval(() => 0, 1000);`,
        });
        const mark = path.join(folder, "ended");
        const script = path.join(folder, RUNNER);
        writeFileSync(script, readFileSync(script, "utf8").replace("<folder>", mark));
        answer<proto.RunResponse>((done) => own.client.run(runRequest(folder), done)).catch(() => undefined);
        while (!own.printed().includes("running")) {
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
        const gone = new Promise((resolve) => own.process.on("close", resolve));
        own.process.kill(signal);
        await expect(gone).resolves.toBe(0);
        expect(existsSync(mark)).toBe(true);
    });

    test("ends when the engine cancels", async () => {
        const running = run(host, "console.log('to be cancelled'); setInterval(() => 0, 1000);");
        while (!host.printed().includes("to be cancelled")) {
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
        await answer<unknown>((done) => host.client.cancel(new empties.Empty(), done));
        await expect(running).resolves.toMatchObject({ error: "The program was ended by SIGINT." });
    });
});

describe("a policy pack", () => {
    interface Running {
        readonly out: () => string;
        readonly err: () => string;
        readonly exitCode: Promise<number>;
        readonly client: Promise<AnalyzerClient>;
        cancel(): void;
    }

    const start = (folder: string): Running => {
        const request = new proto.RunPluginRequest();
        request.setKind("analyzer");
        request.setInfo(info(folder));
        request.setPwd("/");
        request.setArgsList(["127.0.0.1:1"]);
        request.setEnvList([`PATH=${process.env["PATH"] ?? ""}`, "OF_THE_ENGINE=a=b"]);
        const stream = host.client.runPlugin(request);
        let [out, err] = ["", ""];
        const client = new Promise<AnalyzerClient>((resolve) => {
            stream.on("data", (response: proto.RunPluginResponse) => {
                out += Buffer.from(response.getStdout_asU8()).toString();
                err += Buffer.from(response.getStderr_asU8()).toString();
                if (out.includes("\n")) {
                    resolve(new AnalyzerClient(`127.0.0.1:${out.split("\n")[0]!}`, grpc.credentials.createInsecure()));
                }
            });
        });
        const exitCode = new Promise<number>((resolve, reject) => {
            stream.on("data", (response: proto.RunPluginResponse) => {
                if (response.getOutputCase() === proto.RunPluginResponse.OutputCase.EXITCODE) {
                    resolve(response.getExitcode());
                }
            });
            stream.on("error", reject);
        });
        exitCode.catch(() => undefined);
        return { out: () => out, err: () => err, exitCode, client, cancel: () => stream.cancel() };
    };

    const configureStack = (client: AnalyzerClient): Promise<unknown> => {
        const request = new analyzerProto.AnalyzerStackConfigureRequest();
        request.setOrganization("organization");
        request.setProject("shop");
        request.setStack("dev");
        request.setDryRun(true);
        request.getConfigMap().set("shop:size", "3");
        return answer<unknown>((done) => client.configureStack(request, done));
    };

    const ENDS = `
        const fs = require("node:fs");
        const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(PULUMI_NODEJS|PULUMI_CONFIG|OF_)/.test(name)));
        fs.writeFileSync("told.json", JSON.stringify({ args: process.argv.slice(2), env }));
        console.error("nothing to serve");
        process.exit(7);`;

    test("waits for the stack's configuration, and gets it", async () => {
        const folder = folderWith({ [PACK_RUNNER]: ENDS });
        const running = start(folder);
        const client = await running.client;
        await answer<unknown>((done) => client.handshake(new analyzerProto.AnalyzerHandshakeRequest(), done));
        expect(existsSync(path.join(folder, "told.json"))).toBe(false);
        await configureStack(client);
        await expect(running.exitCode).resolves.toBe(7);
        expect(running.err()).toBe("nothing to serve\n");
        expect(JSON.parse(readFileSync(path.join(folder, "told.json"), "utf8"))).toEqual({
            args: ["127.0.0.1:1", folder],
            env: {
                OF_THE_ENGINE: "a=b",
                PULUMI_NODEJS_TYPESCRIPT: "true",
                PULUMI_NODEJS_ORGANIZATION: "organization",
                PULUMI_NODEJS_PROJECT: "shop",
                PULUMI_NODEJS_STACK: "dev",
                PULUMI_NODEJS_DRY_RUN: "true",
                PULUMI_CONFIG: '{"shop:size":"3"}',
            },
        });
        client.close();
    });

    test("that does not start fails the calls that need it", async () => {
        const folder = folderWith({ [PACK_RUNNER]: "process.exit(1)" });
        const client = await start(folder).client;
        await expect(
            answer<analyzerProto.AnalyzerInfo>((done) => client.getAnalyzerInfo(new empties.Empty(), done)),
        ).rejects.toThrow(`The policy pack in ${folder} has ended by itself.`);
        client.close();
    });

    test("without an SDK is told what to do", async () => {
        const folder = scratchFolder();
        await expect(start(folder).exitCode).rejects.toThrow(
            `Found no @pulumi/pulumi for the policy pack in ${folder}: run "npm install" there.`,
        );
    });

    test("that is this project answers through the host, and ends when the engine lets go of it", async () => {
        const running = start(projectRoot());
        const client = await running.client;
        await configureStack(client);
        const pack = await answer<analyzerProto.AnalyzerInfo>((done) =>
            client.getAnalyzerInfo(new empties.Empty(), done),
        );
        expect(pack.getName()).toBe("azure-bcdr-guard");
        expect(running.out()).toMatch(/^\d+\n$/);
        running.cancel();
        await expect(running.exitCode).rejects.toThrow(/CANCELLED/);
        client.close();
    });
});

describe("what else the engine asks", () => {
    const PROGRAM = {
        "package.json": { name: "shop", dependencies: { "@pulumi/azure-native": "^3.0.0" } },
        "node_modules/@pulumi/azure-native/package.json": {
            name: "@pulumi/azure-native",
            version: "3.28.0",
            pulumi: { resource: true, name: "azure-native" },
        },
        "node_modules/@pulumi/random/package.json": {
            name: "@pulumi/random",
            version: "4.0.0",
            pulumi: { resource: true, server: "https://example.com" },
        },
        "node_modules/once/package.json": { name: "once", version: "1.0.0" },
        "node_modules/once/node_modules/twice/package.json": { name: "twice", version: "2.0.0" },
    };

    test("providers are those of the packages in node_modules", async () => {
        const request = new proto.GetRequiredPackagesRequest();
        request.setInfo(info(folderWith(PROGRAM)));
        const { packagesList } = (
            await answer<proto.GetRequiredPackagesResponse>((done) => host.client.getRequiredPackages(request, done))
        ).toObject();
        expect(packagesList.map(({ name, kind, version, server }) => [name, kind, version, server])).toEqual([
            ["azure-native", "resource", "v3.28.0", ""],
            ["random", "resource", "v4.0.0", "https://example.com"],
        ]);
    });

    test.each([
        [false, ["@pulumi/azure-native 3.28.0"]],
        [true, ["@pulumi/azure-native 3.28.0", "@pulumi/random 4.0.0", "once 1.0.0", "twice 2.0.0"]],
    ])("dependencies, with those of others: %j", async (transitive, expected) => {
        const request = new proto.GetProgramDependenciesRequest();
        request.setInfo(info(folderWith(PROGRAM)));
        request.setTransitivedependencies(transitive);
        const { dependenciesList } = (
            await answer<proto.GetProgramDependenciesResponse>((done) =>
                host.client.getProgramDependencies(request, done),
            )
        ).toObject();
        expect(dependenciesList.map(({ name, version }) => `${name} ${version}`)).toEqual(expected);
    });

    test("itself and its Node", async () => {
        const request = new proto.AboutRequest();
        request.setInfo(info(scratchFolder()));
        const { executable, version } = (
            await answer<proto.AboutResponse>((done) => host.client.about(request, done))
        ).toObject();
        expect([path.basename(executable), version]).toEqual(["node", process.version]);
        const plugin = (
            await answer<PluginInfo>((done) => host.client.getPluginInfo(new empties.Empty(), done))
        ).toObject();
        expect(plugin.version).toMatch(/^\d+\.\d+\.\d+$/);
    });

    test("it does not write programs, and says so as the engine expects", async () => {
        await expect(
            answer<unknown>((done) => host.client.generateProgram(new proto.GenerateProgramRequest(), done)),
        ).rejects.toMatchObject({ code: grpc.status.UNIMPLEMENTED });
    });

    test("installs with the package manager of the project", async () => {
        const request = new proto.InstallDependenciesRequest();
        const folder = folderWith({ "package.json": { name: "shop", version: "1.0.0" } });
        request.setInfo(info(folder));
        const stream = host.client.installDependencies(request);
        stream.on("data", () => undefined);
        await new Promise((resolve, reject) => {
            stream.on("end", resolve);
            stream.on("error", reject);
        });
        expect(existsSync(path.join(folder, "package-lock.json"))).toBe(true);
    });
});
