// Builds the open-source Pulumi engine and its YAML host from their Go modules, once, into an ignored folder.
//
// Each build works in a separate folder and moves its results into place at the end, so neither an interruption
// nor a second build at the same time leaves anything broken.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import * as path from "node:path";

import { type BuildProgress, buildProgress, roughMinutes, usualSeconds } from "./engine-progress";
import { lockUnless, onInterruption, openWorkFolder, pause, removeLeftovers, type WorkFolder } from "./engine-work";
import { type Environment, type Places, SettingError } from "./setting";

/** One program to build, as its go.mod says. */
export interface Tool {
    readonly name: string;
    /** How a person would call it. */
    readonly title: string;
    /** Folder of its go.mod. */
    readonly folder: string;
    readonly package: string;
    /** As in go.mod, for instance "v3.259.0". */
    readonly version: string;
    /** The variable that the linker sets to the version; without it the program does not know its own (ENG-01). */
    readonly versionVariable: string;
    /** What a built program must be stamped with to be of use. */
    readonly stamp: string;
}

export interface BuildPlan {
    readonly engine: Tool;
    readonly yamlHost: Tool;
    /** The oldest Go that builds them. */
    readonly oldestGo: string;
}

/** A program that lies ready. */
export interface Built {
    readonly file: string;
    /** Without the leading "v". */
    readonly version: string;
}

export interface BuildSetting {
    readonly go: { readonly command: string; readonly version: string };
    /** Why there is something to build. */
    readonly reason: string;
    readonly caller: Environment;
    readonly places: Places;
    /** Where progress is told. */
    readonly progress?: BuildProgress;
}

const readTool = (folder: string, title: string, versionVariable: string): Tool & { readonly oldestGo: string } => {
    const file = path.join(folder, "go.mod");
    const modules = readFileSync(file, "utf8");
    const found = (what: string, pattern: RegExp): string => {
        const value = pattern.exec(modules)?.[1];
        if (value === undefined) {
            throw new SettingError(`${file} has no ${what}: restore it from the repository.`);
        }
        return value;
    };
    const goPackage = found('"tool" line', /^tool (\S+)$/m);
    const goModule = goPackage.replace(/\/cmd\/[^/]+$/, "");
    const version = found(`requirement of ${goModule}`, new RegExp(`^require ${goModule} (v\\S+)`, "m"));
    const pins = createHash("sha256")
        .update(modules)
        .update(readFileSync(path.join(folder, "go.sum")))
        .digest("hex");
    return {
        name: path.basename(goPackage),
        title,
        folder,
        package: goPackage,
        version,
        versionVariable,
        stamp: `${goModule} ${version}\n${process.platform} ${process.arch}\ngo.mod and go.sum: sha256 ${pins}\n`,
        oldestGo: found('"go" line', /^go (\d+\.\d+(?:\.\d+)?)$/m),
    };
};

/** What would be built, in which versions: the go.mod files say it. */
export const readPlan = (places: Places): BuildPlan => {
    const folder = path.join(places.root, "dev", "offline", "engine");
    const engine = readTool(folder, "the Pulumi engine", "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version");
    const yamlHost = readTool(
        path.join(folder, "yaml-host"),
        "Pulumi's YAML host",
        "github.com/pulumi/pulumi-yaml/pkg/version.Version",
    );
    return { engine, yamlHost, oldestGo: engine.oldestGo };
};

const programFile = (tool: Tool, places: Places): string => path.join(places.engine, tool.name);
const stampFile = (tool: Tool, places: Places): string => `${programFile(tool, places)}.stamp`;

/** The program built earlier, if it is the one that go.mod asks for. */
export const builtTool = (tool: Tool, places: Places): Built | undefined => {
    try {
        const asked = readFileSync(stampFile(tool, places), "utf8") === tool.stamp;
        return asked && existsSync(programFile(tool, places))
            ? { file: programFile(tool, places), version: tool.version.replace(/^v/, "") }
            : undefined;
    } catch {
        return undefined;
    }
};

const TAIL_LINES = 8;
const INTERRUPTION_MS = 100;

/** Runs Go, keeps what it says in the log, and hands on each line; fails with the last lines. */
const runGo = (
    args: readonly string[],
    tool: Tool,
    setting: BuildSetting,
    work: WorkFolder,
    onLine: { readonly out?: (line: string) => void; readonly err?: (line: string) => void },
): Promise<void> =>
    new Promise((resolve, reject) => {
        const { GOOS: _os, GOARCH: _arch, ...caller } = setting.caller;
        const env = {
            ...caller,
            CGO_ENABLED: "0",
            GO111MODULE: "on",
            // Without the debugging information that the linker drops anyway, a build takes a tenth less.
            GOFLAGS: "-gcflags=all=-dwarf=false",
            GOTMPDIR: work.folder,
            GOTOOLCHAIN: "local",
            GOWORK: "off",
        };
        appendFileSync(work.log, `${tool.folder}$ go ${args.join(" ")}\n`);
        const child = spawn(setting.go.command, args, { cwd: tool.folder, env, stdio: ["ignore", "pipe", "pipe"] });
        work.child = child;
        const tail: string[] = [];
        const hear = (stream: NodeJS.ReadableStream, hearer: ((line: string) => void) | undefined): void => {
            let rest = "";
            stream.setEncoding("utf8");
            stream.on("data", (text: string) => {
                appendFileSync(work.log, text);
                const lines = (rest + text).split("\n");
                rest = lines.pop() ?? "";
                lines.forEach((line) => {
                    hearer?.(line);
                    tail.push(line);
                });
                tail.splice(0, tail.length - TAIL_LINES);
            });
        };
        hear(child.stdout, onLine.out);
        hear(child.stderr, onLine.err);
        const fail = (why: string): void => {
            if (work.interrupted) {
                return; // The interruption ends the process; it is no failed build.
            }
            const log = path.join(setting.places.engine, "build.log");
            renameSync(work.log, log);
            const last = tail.map((line) => `\n    ${line}`).join("");
            reject(
                new SettingError(
                    `Building ${tool.title} ${tool.version} failed: "go ${args[0]}" ${why}; all of its output is in ` +
                        log +
                        (last === "" ? "." : `, its last lines are:${last}`),
                ),
            );
        };
        child.on("error", (error) => fail(`could not be started (${error.message})`));
        child.on("close", (status, signal) => {
            if (status === 0) {
                resolve();
            } else {
                // A Ctrl-C reaches Go and this process together, in either order.
                const why = signal === null ? `ended with status ${status}` : `was ended by ${signal}`;
                setTimeout(fail, INTERRUPTION_MS, why);
            }
        });
    });

/** The packages of a tool that are not in Go's cache yet. Fetches the sources that are missing. */
const stalePackages = async (
    tool: Tool,
    setting: BuildSetting,
    work: WorkFolder,
    onFetch: () => void,
): Promise<number> => {
    let count = 0;
    // Asked for `.Stale`, Go compares each package with its cache; that takes a second or two.
    const args = ["list", "-mod=readonly", "-deps", "-f", "{{if .Stale}}{{.ImportPath}}{{end}}", tool.package];
    await runGo(args, tool, setting, work, {
        out: (line) => {
            count += line === "" ? 0 : 1;
        },
        err: (line) => {
            if (line.startsWith("go: downloading ")) {
                onFetch();
            }
        },
    });
    return count;
};

const buildTool = async (tool: Tool, setting: BuildSetting, work: WorkFolder, onPackage: () => void): Promise<void> => {
    const output = path.join(work.folder, tool.name);
    const linking = `-s -w -X ${tool.versionVariable}=${tool.version}`;
    const args = ["build", "-mod=readonly", "-buildvcs=false", "-v", "-ldflags", linking, "-o", output, tool.package];
    await runGo(args, tool, setting, work, { err: onPackage });
    // In this order: a program without its stamp is built again, a stamp without its program must not be.
    rmSync(stampFile(tool, setting.places), { force: true });
    renameSync(output, programFile(tool, setting.places));
    const stamp = path.join(work.folder, `${tool.name}.stamp`);
    writeFileSync(stamp, tool.stamp);
    renameSync(stamp, stampFile(tool, setting.places));
};

const LONGEST_GOODBYE_MS = 5_000;

/** Builds the tools and puts them into their place; tells its progress on stderr. */
export const buildTools = async (tools: readonly Tool[], setting: BuildSetting): Promise<void> => {
    const { places, go } = setting;
    const missing = (): readonly Tool[] => tools.filter((tool) => builtTool(tool, places) === undefined);
    const cores = availableParallelism();
    const progress = setting.progress ?? buildProgress(process.stderr, cores);

    mkdirSync(places.engine, { recursive: true });
    const unlock = await lockUnless(
        () => missing().length === 0,
        places,
        () => progress.say("Another run is building the Pulumi engine; waiting for it."),
    );
    if (unlock === undefined) {
        return;
    }
    let work: WorkFolder | undefined;
    const forget = onInterruption(async () => {
        if (work !== undefined) {
            work.interrupted = true;
        }
        const child = work?.child;
        if (child !== undefined && child.exitCode === null) {
            child.kill("SIGINT");
            await Promise.race([new Promise((resolve) => child.once("close", resolve)), pause(LONGEST_GOODBYE_MS)]);
        }
        progress.end();
        if (work !== undefined) {
            rmSync(work.folder, { recursive: true, force: true });
        }
        unlock();
    });
    try {
        const toBuild = missing();
        if (toBuild.length === 0) {
            return;
        }
        removeLeftovers(places);
        work = openWorkFolder(places);
        const names = toBuild.map((tool) => `${tool.title} ${tool.version}`).join(" and ");
        progress.say(`Building ${names} with Go ${go.version}, once, since ${setting.reason}.`);
        progress.say(`With an empty Go cache this takes ${roughMinutes(usualSeconds(toBuild.length, cores))}.`);

        progress.fetching();
        const counts: number[] = [];
        for (const tool of toBuild) {
            counts.push(await stalePackages(tool, setting, work, () => progress.fetched()));
        }
        progress.building(
            counts.reduce((sum, count) => sum + count, 0),
            toBuild.length,
        );
        for (const tool of toBuild) {
            await buildTool(tool, setting, work, () => progress.compiled());
        }
        progress.end();
        progress.say(
            `Built ${toBuild.map((tool) => tool.title).join(" and ")} in ${roughMinutes(progress.seconds())}.`,
        );
    } finally {
        forget();
        progress.end();
        if (work !== undefined) {
            rmSync(work.folder, { recursive: true, force: true });
        }
        unlock();
    }
};
