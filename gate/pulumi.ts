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
            // At a terminal, Ctrl-C reaches Pulumi by itself, and it ends in order; a second one would make it give up.
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

/** Options of a Pulumi command, as far as another command about the same stack needs them. */
export interface StackOptions {
    /** `--stack dev`, and what else says which backend and project are meant. */
    readonly args: readonly string[];
    /** The folder that `--cwd` names, from the caller's; undefined where none is named. */
    readonly folder: string | undefined;
}

const ABOUT_THE_STACK = new Map([
    ["-s", "--stack"],
    ["--stack", "--stack"],
    ["-C", "--cwd"],
    ["--cwd", "--cwd"],
]);

/** Which stack the options of a command are about. */
export function stackOptions(args: readonly string[]): StackOptions {
    const given = optionsNamed(args, new Set(ABOUT_THE_STACK.keys()));
    return {
        args: given.flatMap(({ name, value }) => [ABOUT_THE_STACK.get(name) ?? name, value]),
        folder: given.findLast(({ name }) => ABOUT_THE_STACK.get(name) === "--cwd")?.value,
    };
}

/** The options of these names with their values: `--name value`, `--name=value`, `-n value`, `-nvalue`. */
export function optionsNamed(
    args: readonly string[],
    names: ReadonlySet<string>,
): readonly { readonly name: string; readonly value: string }[] {
    return args.flatMap((arg, index) => {
        const { name, attached } = optionIn(arg);
        const value = attached ?? args[index + 1];
        return names.has(name) && value !== undefined ? [{ name, value }] : [];
    });
}

function optionIn(arg: string): { readonly name: string; readonly attached: string | undefined } {
    if (arg.startsWith("--")) {
        const [name = "", ...rest] = arg.split("=");
        return { name, attached: rest.length > 0 ? rest.join("=") : undefined };
    }
    return { name: arg.slice(0, 2), attached: arg.length > 2 ? arg.slice(2).replace(/^=/, "") : undefined };
}
