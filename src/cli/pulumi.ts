import { spawn } from "node:child_process";
import { INTERRUPTS, onInterrupt, type Interrupt } from "./interrupts";

/** How a command of Pulumi ended. */
export interface PulumiRun {
    /** 128 and the number of the signal where one ended it, as shells have it. */
    readonly status: number;
    readonly stdout: string;
    readonly stderr: string;
    /** The signal that this process got meanwhile, and passed on. */
    readonly interruptedBy: Interrupt | undefined;
}

/** Pulumi could not be started at all. The message is the whole story. */
export class PulumiMissing extends Error {}

export interface PulumiOptions {
    /** Where it runs, as if typed there. */
    readonly folder: string;
    readonly env: NodeJS.ProcessEnv;
    /**
     * `capture` returns what it prints, `show` lets all of it through as it comes, `show on stderr` too, for callers
     * whose own stdout must hold nothing else.
     */
    readonly output: "capture" | "show" | "show on stderr";
}

const SIGNAL_NUMBERS: Partial<Record<NodeJS.Signals, number>> = { ...INTERRUPTS, SIGKILL: 9 };

/** Runs `pulumi` from PATH. Fails only with PulumiMissing; Pulumi's own failures are its status. */
export async function runPulumi(args: readonly string[], { folder, env, output }: PulumiOptions): Promise<PulumiRun> {
    const stdout = { capture: "pipe", show: "inherit", "show on stderr": 2 } as const;
    const stderr = output === "capture" ? "pipe" : "inherit";
    return new Promise((resolve, reject) => {
        const child = spawn("pulumi", args, { cwd: folder, env, stdio: ["inherit", stdout[output], stderr] });
        const printed = { stdout: "", stderr: "" };
        (["stdout", "stderr"] as const).forEach((name) => {
            child[name]?.setEncoding("utf8").on("data", (text: string) => (printed[name] += text));
        });
        let interruptedBy: Interrupt | undefined;
        const ended = onInterrupt((signal) => {
            interruptedBy = signal;
            // At a terminal, Ctrl-C reaches Pulumi by itself, and it ends cleanly; a second one would make it give up.
            if (signal !== "SIGINT" || !process.stdin.isTTY) {
                // Pulumi does not know SIGHUP, and would end without giving back the lock of the stack.
                child.kill(signal === "SIGHUP" ? "SIGTERM" : signal);
            }
        });
        child.on("error", (error: NodeJS.ErrnoException) => {
            ended();
            reject(new PulumiMissing(notStarted(error, folder)));
        });
        child.on("close", (status, signal) => {
            ended();
            const number = signal === null ? undefined : (SIGNAL_NUMBERS[signal] ?? 0);
            resolve({ status: number === undefined ? (status ?? 1) : 128 + number, ...printed, interruptedBy });
        });
    });
}

function notStarted({ code }: NodeJS.ErrnoException, folder: string): string {
    return code === "ENOENT"
        ? `Could not start "pulumi" in ${folder}: either the folder or the command is not there. Install Pulumi (https://www.pulumi.com/docs/install/), or put it on PATH.`
        : `Could not start "pulumi" in ${folder} (${code ?? "unknown error"}).`;
}
