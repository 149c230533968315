// The command azure-bcdr-guard as a pipeline runs it: the built files, in a process of its own, with Pulumi on PATH.
import { spawn } from "node:child_process";
import * as path from "node:path";

import { engineFor } from "../../dev/offline/run";
import { type Environment, HOME_VARIABLE, placesOf, projectRoot, settingEnvironment } from "../../dev/offline/setting";

export interface GateRun {
    readonly status: number;
    readonly stdout: string;
    readonly stderr: string;
}

/** The built command. */
export const GATE = path.join(projectRoot(), "dist", "src", "cli", "main.js");

/** The environment in which Pulumi is on PATH, and reaches nothing but the stand-in Azure. */
export const pulumiEnvironment = async (home: string): Promise<Environment> => {
    const caller: Environment = { ...process.env, [HOME_VARIABLE]: home };
    const places = placesOf(projectRoot(), caller);
    return settingEnvironment(caller, places, (await engineFor(caller, places)).folders);
};

export const runProgram = async (
    command: string,
    args: readonly string[],
    folder: string,
    env: Environment,
): Promise<GateRun> =>
    new Promise((resolve, reject) => {
        const child = spawn(command, args, {
            cwd: folder,
            env: { ...env, PWD: folder },
            stdio: ["ignore", "pipe", "pipe"],
        });
        const printed = { stdout: "", stderr: "" };
        (["stdout", "stderr"] as const).forEach((name) => {
            child[name].setEncoding("utf8").on("data", (text: string) => (printed[name] += text));
        });
        child.on("error", reject);
        child.on("close", (status) => resolve({ status: status ?? -1, ...printed }));
    });
