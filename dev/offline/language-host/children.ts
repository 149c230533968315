// The processes that the host has started: they end with it, and with the call that wanted them.
import { type ChildProcess, spawn, type SpawnOptions } from "node:child_process";

/** What became of a process. */
export interface Ended {
    /** Undefined where a signal ended it. */
    readonly code: number | undefined;
    readonly signal: NodeJS.Signals | undefined;
}

export interface Started {
    readonly child: ChildProcess;
    readonly ended: Promise<Ended>;
}

// As the engine gives its plugins: asked first, and killed if that was of no use.
const PATIENCE_MS = 5_000;

export class Children {
    private readonly running = new Set<ChildProcess>();

    /** `ended` fails only if the process cannot be started at all. */
    start(command: string, args: readonly string[], options: SpawnOptions): Started {
        const child = spawn(command, args, options);
        this.running.add(child);
        const ended = new Promise<Ended>((resolve, reject) => {
            child.on("error", reject);
            child.on("close", (code, signal) => resolve({ code: code ?? undefined, signal: signal ?? undefined }));
        }).finally(() => this.running.delete(child));
        return { child, ended };
    }

    /** Asks all of them to end, and sees to it that they do. */
    async stop(): Promise<void> {
        await Promise.all(
            [...this.running].map((child) => {
                const gone = new Promise((resolve) => child.on("close", resolve));
                stopped(child);
                return gone;
            }),
        );
    }
}

/** Asks one to end, and kills it if it does not. */
export const stopped = (child: ChildProcess): void => {
    child.kill("SIGINT");
    setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS).unref();
};
