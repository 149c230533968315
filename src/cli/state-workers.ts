import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import * as path from "node:path";
import { Worker } from "node:worker_threads";
import type { KnownInventories } from "./inventory";
import { StateAnalysis, type AnalysisSettings, type PackedState, type StateInspection } from "./state-analysis";
import { UsageError } from "./usage-error";

/** What a thread is asked: one thing at a time. */
export type Request =
    | { readonly task: "pack" | "inspect"; readonly file: string }
    | { readonly task: "know"; readonly known: KnownInventories | undefined };

export type Answer = { readonly result: unknown } | { readonly failure: Failure };

/** An error on its way between threads, which costs it its class and what it has beside its message. */
export interface Failure {
    readonly error: unknown;
    readonly properties: object;
    /** Of a usage error. */
    readonly lines: readonly string[] | undefined;
}

export function failureOf(error: unknown): Failure {
    return {
        error,
        properties: error instanceof Error ? Object.fromEntries(Object.entries(error)) : {},
        lines: error instanceof UsageError ? error.lines : undefined,
    };
}

/** Of the details in a usage error. */
const INDENTATION = 2;

function errorOf({ error, properties, lines }: Failure): Error {
    if (lines !== undefined) {
        const [sentence = "", ...details] = lines;
        return new UsageError(
            sentence,
            details.map((line) => line.slice(INDENTATION)),
        );
    }
    return Object.assign(error instanceof Error ? error : new Error(String(error)), properties);
}

/** A thread takes half a second to start: as long as it takes to look at so many bytes of states. */
const BYTES_PER_THREAD = 8 * 1024 * 1024;

/** Each takes some 100 MiB, and beyond these the main thread is what they wait for. */
const MOST_THREADS = 4;

/** How many threads are worth while: no more than the machine runs at once. */
export function threadsFor(files: readonly string[]): number {
    const bytes = files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
    return Math.min(MOST_THREADS, availableParallelism(), files.length, Math.floor(bytes / BYTES_PER_THREAD));
}

/** Looks at many states: in this thread, or in several at once. Results come in the order of the files. */
export interface StateWorkers {
    pack(files: readonly string[]): Promise<readonly PackedState[]>;
    know(known: KnownInventories | undefined): Promise<void>;
    inspect(files: readonly string[]): Promise<readonly StateInspection[]>;
    end(): Promise<void>;
}

export function stateWorkers(settings: AnalysisSettings, threads: number): StateWorkers {
    return threads > 1 ? new Threads(settings, threads) : new ThisThread(settings);
}

class ThisThread implements StateWorkers {
    private readonly analysis: StateAnalysis;

    constructor(settings: AnalysisSettings) {
        this.analysis = new StateAnalysis(settings);
    }

    pack(files: readonly string[]): Promise<readonly PackedState[]> {
        return oneByOne(files, (file) => this.analysis.pack(file));
    }

    know(known: KnownInventories | undefined): Promise<void> {
        this.analysis.know(known);
        return Promise.resolve();
    }

    inspect(files: readonly string[]): Promise<readonly StateInspection[]> {
        return oneByOne(files, (file) => this.analysis.inspect(file));
    }

    end(): Promise<void> {
        return Promise.resolve();
    }
}

async function oneByOne<T>(files: readonly string[], look: (file: string) => Promise<T>): Promise<readonly T[]> {
    const results: T[] = [];
    for (const file of files) {
        results.push(await look(file));
    }
    return results;
}

/**
 * For new objects of all threads together, in MB. A state makes far more garbage than it leaves behind; with Node's default of
 * 48 for each, the threads spend a quarter of their time on it. V8 rounds a third of each share up to a power of two, and
 * nearly fills two of these thirds.
 */
const YOUNG_GENERATION = 768;

class Threads implements StateWorkers {
    private readonly workers: readonly Worker[];

    constructor(settings: AnalysisSettings, threads: number) {
        const script = path.join(__dirname, "state-worker.js");
        const resourceLimits = { maxYoungGenerationSizeMb: Math.floor(YOUNG_GENERATION / threads) };
        const options = { workerData: settings, resourceLimits };
        this.workers = Array.from({ length: threads }, () => new Worker(script, options));
    }

    pack(files: readonly string[]): Promise<readonly PackedState[]> {
        return this.share("pack", files) as Promise<readonly PackedState[]>;
    }

    async know(known: KnownInventories | undefined): Promise<void> {
        await Promise.all(this.workers.map((worker) => ask(worker, { task: "know", known })));
    }

    inspect(files: readonly string[]): Promise<readonly StateInspection[]> {
        return this.share("inspect", files) as Promise<readonly StateInspection[]>;
    }

    async end(): Promise<void> {
        await Promise.all(this.workers.map((worker) => worker.terminate()));
    }

    /** Each thread takes the next file when it is done with one. Of several failures, that of the first file counts. */
    private async share(task: "pack" | "inspect", files: readonly string[]): Promise<readonly unknown[]> {
        const results: unknown[] = [];
        const failures: { readonly at: number; readonly error: unknown }[] = [];
        let next = 0;
        const work = async (worker: Worker): Promise<void> => {
            while (next < files.length && failures.length === 0) {
                const at = next++;
                try {
                    results[at] = await ask(worker, { task, file: files[at] ?? "" });
                } catch (error) {
                    failures.push({ at, error });
                }
            }
        };
        await Promise.all(this.workers.map(work));
        const [first] = failures.sort((a, b) => a.at - b.at);
        if (first !== undefined) {
            throw first.error;
        }
        return results;
    }
}

/** @throws what the thread throws, and what ends it */
function ask(worker: Worker, request: Request): Promise<unknown> {
    return new Promise((resolve, reject) => {
        const settled = (): void => {
            worker.off("message", answered);
            worker.off("error", failed);
            worker.off("exit", ended);
        };
        const answered = (answer: Answer): void => {
            settled();
            if ("failure" in answer) {
                reject(errorOf(answer.failure));
            } else {
                resolve(answer.result);
            }
        };
        const failed = (error: Error): void => {
            settled();
            reject(error);
        };
        const ended = (): void => failed(new Error("A thread has ended before its work was done."));
        worker.on("message", answered);
        worker.on("error", failed);
        worker.on("exit", ended);
        worker.postMessage(request);
    });
}
