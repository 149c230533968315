import { accessSync, closeSync, constants, createReadStream, mkdirSync, openSync, readSync, statSync } from "node:fs";
import * as path from "node:path";
import { createGunzip } from "node:zlib";
import { UsageError } from "./usage-error";
import { linesOf, textsOf } from "./reading/lines";
import { UnreadableInput } from "./reading/unreadable";

/** What `-` stands for among the files to read. */
export const STDIN = "-";

/** Whether it can be read only once. */
export function isReadOnce(file: string): boolean {
    return file === STDIN || statSync(file, { throwIfNoEntry: false })?.isFIFO() === true;
}

/** The file's name for messages. */
export function nameOfFile(file: string): string {
    return file === STDIN ? "standard input" : file;
}

/** @throws UsageError where there is no such file */
export function readText(file: string): string {
    if (file === STDIN) {
        claimStdin();
    }
    return orUsageError(file, "read", () => {
        const source = file === STDIN ? process.stdin.fd : openSync(file, "r");
        try {
            return Buffer.concat([...piecesOf(source, file)]).toString("utf8");
        } finally {
            if (file !== STDIN) {
                closeSync(source);
            }
        }
    });
}

/** Far more than a configuration or a baseline has, and far less than a device gives that has no end. */
const LONGEST_TEXT = 256 * 1024 * 1024;

/** From where it is, and not by its size: a pipe has none, and can be read only once. */
function* piecesOf(source: number, file: string): Generator<Buffer> {
    let length = 0;
    for (;;) {
        const piece = Buffer.alloc(64 * 1024);
        const read = readSome(source, piece);
        if (read === 0) {
            return;
        }
        length += read;
        if (length > LONGEST_TEXT) {
            throw new UsageError(`${nameOfFile(file)} cannot be read: it is larger than ${LONGEST_TEXT} bytes.`);
        }
        yield piece.subarray(0, read);
    }
}

function readSome(source: number, piece: Buffer): number {
    for (;;) {
        try {
            return readSync(source, piece);
        } catch (error) {
            switch ((error as NodeJS.ErrnoException).code) {
                case "EOF":
                    // How Windows says that a pipe has ended.
                    return 0;
                case "EAGAIN":
                    // A pipe that is empty has more once somebody has written to it.
                    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
                    break;
                default:
                    throw error;
            }
        }
    }
}

let isStdinTaken = false;

/** A pipe can be read only once: a second reader would take it for empty. */
function claimStdin(): void {
    if (isStdinTaken) {
        throw new UsageError(
            "Standard input is to be read twice, and can be read only once. Give a file in one of the places.",
        );
    }
    isStdinTaken = true;
}

/**
 * The lines of a file, one at a time, so that its size does not matter.
 *
 * @param name what to call the file in errors
 * @throws UsageError where there is no such file
 */
export function readLines(file: string, name = nameOfFile(file)): AsyncIterable<string> {
    return linesOf(bytesOf(file), name);
}

/**
 * The text of a file, piece by piece.
 *
 * @param name what to call the file in errors
 * @throws UsageError where there is no such file
 */
export function readTexts(file: string, name = nameOfFile(file)): AsyncIterable<string> {
    return textsOf(bytesOf(file), name);
}

/** Nothing is opened before it is read: nobody would hear of what goes wrong with a stream that is left alone. */
function bytesOf(file: string): AsyncIterable<Uint8Array> {
    if (file === STDIN) {
        claimStdin();
        return streamed(file, () => process.stdin);
    }
    orUsageError(file, "read", () => {
        const stats = statSync(file);
        if (!stats.isFile() && !stats.isFIFO()) {
            throw new UsageError(`${file} cannot be read: it is neither a file nor a pipe.`);
        }
        accessSync(file, constants.R_OK);
    });
    return file.endsWith(".gz") ? unzipped(file) : streamed(file, () => createReadStream(file));
}

async function* streamed(file: string, open: () => AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
        for await (const piece of open()) {
            yield piece;
        }
    } catch (error) {
        throw wrongUse(file, "read", error);
    }
}

async function* unzipped(file: string): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    const unreadable = (problem: string): UnreadableInput =>
        new UnreadableInput(file, `unpacked byte ${bytes}`, problem, "Export the stack again.");
    const packed = createReadStream(file);
    try {
        for await (const piece of packed.pipe(createGunzip()) as AsyncIterable<Uint8Array>) {
            bytes += piece.length;
            if (bytes > SMALL && bytes > MOST_PACKED * packed.bytesRead) {
                throw unreadable(`It unpacks to more than ${MOST_PACKED} times its size, as no state does.`);
            }
            yield piece;
        }
    } catch (error) {
        throw error instanceof UnreadableInput ? error : unreadable("It is no whole gzip file.");
    } finally {
        packed.destroy();
    }
}

/**
 * Opens a file that is to be written, in a folder that is made where there is none.
 *
 * @param mode who may read it, where it is not there yet
 * @throws UsageError
 */
export function openToWrite(file: string, mode = 0o666): number {
    return orUsageError(file, "written", () => {
        makeFolder(path.dirname(path.resolve(file)));
        return openSync(file, "w", mode);
    });
}

/** As Node's own, which never returns where the system does not let a folder be made in one that is there. */
function makeFolder(folder: string): void {
    try {
        makeOneFolder(folder);
    } catch (error) {
        const parent = path.dirname(folder);
        if ((error as NodeJS.ErrnoException).code !== "ENOENT" || parent === folder) {
            throw error;
        }
        makeFolder(parent);
        makeOneFolder(folder);
    }
}

function makeOneFolder(folder: string): void {
    try {
        mkdirSync(folder);
    } catch (error) {
        // Some systems say of a folder that is there that it may not be made.
        if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
            throw error;
        }
    }
}

function orUsageError<Result>(file: string, done: Done, work: () => Result): Result {
    try {
        return work();
    } catch (error) {
        throw wrongUse(file, done, error);
    }
}

type Done = "read" | "written";

function wrongUse(file: string, done: Done, error: unknown): unknown {
    const isClear = error instanceof UsageError || systemError(error) === undefined;
    return isClear ? error : new UsageError(`${nameOfFile(file)} cannot be ${done}: ${reason(error)}.`);
}

/** What the operating system has refused; undefined for any other error. */
export function systemError(error: unknown): NodeJS.ErrnoException | undefined {
    return error instanceof Error && "syscall" in error ? (error as NodeJS.ErrnoException) : undefined;
}

/** Up to here, it does not matter how well a file is packed. */
const SMALL = 64 * 1024 * 1024;

/** Large states are packed to a tenth or a fiftieth. */
const MOST_PACKED = 300;

/** The system's reason in a few words; its own text repeats the path. */
export function reason(error: unknown): string {
    const code = (error as NodeJS.ErrnoException).code;
    switch (code) {
        case "ENOENT":
            return "there is no such file or folder";
        case "EACCES":
        case "EPERM":
            return "access is denied";
        case "EISDIR":
            return "it is a folder";
        case "ENOTDIR":
        case "EEXIST":
            return "a part of its path is no folder";
        case "ENOSPC":
            return "there is no space left";
        case "EROFS":
            return "the file system takes no writes";
        default:
            return code ?? "unknown error";
    }
}
