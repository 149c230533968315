// The one way in: a Pulumi command in the self-contained setting.
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import * as path from "node:path";

import { type Engine, prepareEngine } from "./engine";
import { type Environment, HOME_VARIABLE, type Places, placesOf, projectRoot, settingEnvironment } from "./setting";

export interface RunOptions {
    /** Where the command runs, as if typed there. */
    readonly folder: string;
    /** Home, state and cloud of its own (an absolute path); the project's own otherwise. */
    readonly home?: string;
    /** Variables over the caller's, before the setting is made of them. */
    readonly env?: Environment;
    /** "capture" returns what Pulumi prints, "show" lets it through and returns nothing of it. */
    readonly output?: "capture" | "show";
}

export interface PulumiRun {
    /** Pulumi's exit status; 128 and the signal's number where a signal ended it, as shells have it. */
    readonly status: number;
    readonly signal?: NodeJS.Signals;
    readonly stdout: string;
    readonly stderr: string;
}

// Asking an installed Pulumi for its version takes a while; within one process the answer stays.
const engines = new Map<string, Promise<Engine>>();

/** The engine for a caller's PATH, built where none is installed. */
export const engineFor = (caller: Environment, places: Places): Promise<Engine> => {
    const key = `${places.engine}\n${caller["PATH"] ?? ""}`;
    const engine = engines.get(key) ?? prepareEngine(caller, places);
    engines.set(key, engine);
    return engine;
};

const SIGNAL_NUMBERS: Partial<Record<NodeJS.Signals, number>> = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

// At a terminal, Ctrl-C goes to Pulumi as well as to this process; a second one from here would make it give up
// instead of ending cleanly. Without a terminal nobody else tells it.
const passSignals = (kill: (signal: NodeJS.Signals) => void): (() => void) => {
    const passInterrupt = (): void => {
        if (!process.stdin.isTTY) {
            kill("SIGINT");
        }
    };
    const passTermination = (): void => kill("SIGTERM");
    process.on("SIGINT", passInterrupt);
    process.on("SIGTERM", passTermination);
    return () => {
        process.off("SIGINT", passInterrupt);
        process.off("SIGTERM", passTermination);
    };
};

/** Runs a Pulumi command in the setting. Fails only with a SettingError; Pulumi's own failures are its status. */
export const runPulumi = (args: readonly string[], options: RunOptions): Promise<PulumiRun> =>
    run(({ command }) => [command, ...args], options);

/** The same for the built command azure-bcdr-guard, which finds the engine on its PATH. */
export const runGate = (args: readonly string[], options: RunOptions): Promise<PulumiRun> =>
    run(() => [process.execPath, path.join(projectRoot(), "dist", "src", "cli", "main.js"), ...args], options);

const run = async (commandLine: (engine: Engine) => readonly string[], options: RunOptions): Promise<PulumiRun> => {
    const home = options.home === undefined ? {} : { [HOME_VARIABLE]: options.home };
    const caller: Environment = { ...process.env, ...options.env, ...home };
    const places = placesOf(projectRoot(), caller);
    const engine = await engineFor(caller, places);
    if (engine.withoutYaml !== undefined) {
        process.stderr.write(`${engine.withoutYaml}\n`);
    }
    // The file backend wants its folder to be there.
    [places.home, places.state].forEach((folder) => mkdirSync(folder, { recursive: true }));
    const env = { ...settingEnvironment(caller, places, engine.folders), PWD: options.folder };
    const show = options.output === "show";

    return new Promise((resolve, reject) => {
        const stdio = show ? "inherit" : (["ignore", "pipe", "pipe"] as const);
        // Before Pulumi starts: whoever sees its first output may send a signal at once.
        const stopPassing = passSignals((signal) => child.kill(signal));
        const [command = "", ...args] = commandLine(engine);
        const child = spawn(command, args, { cwd: options.folder, env, stdio: stdio as "inherit" });
        const printed = { stdout: "", stderr: "" };
        (["stdout", "stderr"] as const).forEach((name) => {
            child[name]?.setEncoding("utf8").on("data", (text: string) => (printed[name] += text));
        });
        child.on("error", (error) => {
            stopPassing();
            reject(error);
        });
        child.on("close", (status, signal) => {
            stopPassing();
            resolve(
                signal === null
                    ? { status: status ?? 1, ...printed }
                    : { status: 128 + (SIGNAL_NUMBERS[signal] ?? 0), signal, ...printed },
            );
        });
    });
};
