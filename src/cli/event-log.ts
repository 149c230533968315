import { closeSync, createReadStream, fstatSync, openSync, unlinkSync } from "node:fs";
import { openToWrite, reason, systemError } from "./files";
import { writeAll } from "./printing";
import { isRecord } from "./reading/json";
import { linesOf } from "./reading/lines";
import { UsageError } from "./usage-error";

/**
 * The log of events that Pulumi writes. SDKs send the engine's answers to programs as debug messages, with what is secret in
 * them in plain, and Pulumi has no option that keeps these out of the log (ENG-46). So the file loses its name as soon
 * as Pulumi has opened it: nobody can open it any more, and it goes with the two processes, however they end. Where
 * the system lets nobody take a name away from a file that is open, it has one until it is closed.
 */
interface EventLog {
    /** Where Pulumi is to write it. */
    readonly file: string;
    /** What Pulumi has written, line by line. May be asked for again. */
    readonly lines: () => AsyncIterable<string>;
}

/**
 * Lends a log.
 *
 * @param file there already, and empty
 * @param name what messages call it
 */
export async function withEventLog<Result>(
    file: string,
    name: string,
    work: (log: EventLog) => Promise<Result>,
): Promise<Result> {
    const descriptor = openSync(file, "r");
    const hide = (): void => {
        clearInterval(waiting);
        try {
            unlinkSync(file);
        } catch {
            // It has no name any more, or goes with its folder.
        }
    };
    const waiting = setInterval(() => {
        if (fstatSync(descriptor).size > 0) {
            hide();
        }
    }, OFTEN);
    const bytes = (): AsyncIterable<Uint8Array> =>
        createReadStream(file, { fd: descriptor, start: 0, autoClose: false });
    try {
        return await work({ file, lines: () => linesOf(bytes(), name) });
    } finally {
        hide();
        closeSync(descriptor);
    }
}

/** The first secret comes when the program registers its first resource with one, long after the first event. */
const OFTEN = 20;

/**
 * Makes the file in which a log is to be kept. Only this user can read it: events hold what the state holds.
 *
 * @throws UsageError where it cannot be written
 */
export function prepareToKeep(file: string): void {
    closeSync(openToWrite(file, 0o600));
}

/**
 * Writes a log down for others: unchanged, but without the texts of debug messages. Each event is in it, because a log
 * that lacks some is refused.
 *
 * @throws UsageError where it cannot be written
 */
export async function keep({ lines }: EventLog, file: string): Promise<void> {
    const descriptor = openToWrite(file, 0o600);
    try {
        for await (const line of lines()) {
            writeAll(descriptor, `${withoutDebugText(line)}\n`);
        }
    } catch (error) {
        throw systemError(error) === undefined ? error : new UsageError(`${file} cannot be written: ${reason(error)}.`);
    } finally {
        closeSync(descriptor);
    }
}

/** Drops a line that is not JSON: it may hold anything, and whoever reads the log gets a note about it. */
export function withoutDebugText(line: string): string {
    let event: unknown;
    try {
        event = JSON.parse(line);
    } catch {
        return "";
    }
    const diagnostic = isRecord(event) ? event["diagnosticEvent"] : undefined;
    return isRecord(event) && isRecord(diagnostic) && diagnostic["severity"] === "debug"
        ? JSON.stringify({ ...event, diagnosticEvent: { ...diagnostic, prefix: "", message: "" } })
        : line;
}
