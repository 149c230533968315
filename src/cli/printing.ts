// The one way from this command to a terminal or to the log of a CI system.
import { writeSync } from "node:fs";
import { isatty } from "node:tty";
import { reason } from "./files";
import { plainText } from "./reports/plain";
import { UsageError } from "./usage-error";

/**
 * Lines for people, as one text. Names in them come from programs, states and files, so each line is made plain here,
 * where no command can forget it.
 */
export function textOf(lines: readonly string[]): string {
    return lines.map((line) => `${plainText(line)}\n`).join("");
}

/** @throws UsageError where standard output does not take them */
export function printLines(lines: readonly string[]): void {
    print(textOf(lines));
}

/**
 * Prints what `textOf` has made, or what escapes in its own way what it quotes: a report in some format, JSON, a page
 * of this package.
 *
 * @throws UsageError where standard output does not take it
 */
export function print(text: string): void {
    if (isTerminal()) {
        // Windows' console knows the encoding of this stream alone.
        process.stdout.write(text);
    } else {
        writeToStdout(text);
    }
}

/** What goes wrong, or only goes by: on standard error, a line each. */
export function printNotes(lines: readonly string[]): void {
    process.stderr.write(textOf(lines));
}

/** Shows progress: on standard error, in a line that the next one replaces. */
export function printProgress(line: string): void {
    process.stderr.write(`${CLEAR_LINE}${plainText(line)}`);
}

/** Takes the last line of progress away. */
export function endProgress(): void {
    process.stderr.write(CLEAR_LINE);
}

const CLEAR_LINE = "\r\u001b[K";

export function isTerminal(): boolean {
    return isatty(process.stdout.fd);
}

/** Whoever reads what is printed may stop before its end, as `head` does: that takes nothing away from anybody. */
let isReaderGone = false;

function writeToStdout(text: string): void {
    if (isReaderGone) {
        return;
    }
    try {
        writeAll(process.stdout.fd, text);
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EPIPE") {
            throw new UsageError(
                `Standard output cannot be written: ${reason(error)}. What was to be printed is lost.`,
            );
        }
        isReaderGone = true;
    }
}

/** Writes before it returns, so that nothing is lost in between and an error is told where it happens. */
export function writeAll(target: number, text: string): void {
    const bytes = Buffer.from(text);
    for (let written = 0; written < bytes.length;) {
        try {
            written += writeSync(target, bytes, written);
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "EAGAIN") {
                throw error;
            }
            // A pipe that is full takes more once somebody has read from it.
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
        }
    }
}
