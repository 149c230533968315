// `npm run --silent pulumi -- ARGS`: any Pulumi command in the self-contained setting, run in the caller's folder.
// Whatever is printed on stdout and the exit status are Pulumi's own.
import { runPulumi } from "./run";
import { type Environment, projectRoot } from "./setting";

// npm changes to the package's folder and tells where it was called from (SEE-20). Only where this very script was
// called: `npm test` sets the variable too, for whatever its tests start elsewhere.
export const callersFolder = (env: Environment, cwd: string): string =>
    env["npm_lifecycle_event"] === "pulumi" && cwd === projectRoot() ? (env["INIT_CWD"] ?? cwd) : cwd;

const main = async (): Promise<void> => {
    const folder = callersFolder(process.env, process.cwd());
    const run = await runPulumi(process.argv.slice(2), { folder, output: "show" });
    if (run.signal !== undefined) {
        process.kill(process.pid, run.signal);
    }
    process.exitCode = run.status;
};

if (require.main === module) {
    main().catch((error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exitCode = 1;
    });
}
