// A script of package.json that stands for a command: it runs where it was called, and ends as the command does.
import type { PulumiRun, RunOptions } from "./run";
import { type Environment, projectRoot } from "./setting";

const SCRIPTS: ReadonlySet<string | undefined> = new Set(["pulumi", "gate"]);

// npm changes to the package's folder and tells where it was called from (SEE-20). Only where this very script was
// called: `npm test` sets the variable too, for whatever its tests start elsewhere.
export const callersFolder = (env: Environment, cwd: string): string =>
    SCRIPTS.has(env["npm_lifecycle_event"]) && cwd === projectRoot() ? (env["INIT_CWD"] ?? cwd) : cwd;

type Command = (args: readonly string[], options: RunOptions) => Promise<PulumiRun>;

/** Hands this process's arguments to a command, and ends as it does. */
export const passOn = async (command: Command): Promise<void> => {
    try {
        const folder = callersFolder(process.env, process.cwd());
        const run = await command(process.argv.slice(2), { folder, output: "show" });
        if (run.signal !== undefined) {
            process.kill(process.pid, run.signal);
        }
        process.exitCode = run.status;
    } catch (error) {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exitCode = 1;
    }
};
