import { accessSync, constants, createReadStream, readFileSync, statSync } from "node:fs";
import { createGunzip } from "node:zlib";
import { WrongUse } from "./wrong-use";
import { linesOf, textsOf } from "./reading/lines";
import { UnreadableInput } from "./reading/unreadable";

/** What `-` stands for among the files to read. */
export const STDIN = "-";

/** The file's name for messages. */
export function nameOfFile(file: string): string {
    return file === STDIN ? "standard input" : file;
}

/** @throws WrongUse where there is no such file */
export function readText(file: string): string {
    try {
        return readFileSync(file === STDIN ? 0 : file, "utf8");
    } catch (error) {
        throw new WrongUse(`${nameOfFile(file)} cannot be read: ${reason(error)}.`);
    }
}

/**
 * The lines of a file, one at a time, so that its size does not matter.
 *
 * @throws WrongUse where there is no such file
 */
export function readLines(file: string): AsyncIterable<string> {
    return linesOf(bytesOf(file), nameOfFile(file));
}

/**
 * The text of a file, piece by piece.
 *
 * @throws WrongUse where there is no such file
 */
export function readTexts(file: string): AsyncIterable<string> {
    return textsOf(bytesOf(file), nameOfFile(file));
}

function bytesOf(file: string): AsyncIterable<Uint8Array> {
    if (file === STDIN) {
        return process.stdin;
    }
    try {
        if (statSync(file).isFile()) {
            accessSync(file, constants.R_OK);
            return file.endsWith(".gz") ? unzipped(file) : createReadStream(file);
        }
    } catch (error) {
        throw new WrongUse(`${file} cannot be read: ${reason(error)}.`);
    }
    throw new WrongUse(`${file} cannot be read: it is a folder, or no file at all.`);
}

async function* unzipped(file: string): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    try {
        for await (const piece of createReadStream(file).pipe(createGunzip()) as AsyncIterable<Uint8Array>) {
            bytes += piece.length;
            yield piece;
        }
    } catch {
        const position = `unpacked byte ${bytes}`;
        throw new UnreadableInput(file, position, "It is no whole gzip file.", "Export the stack again.");
    }
}

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
        default:
            return code ?? "unknown error";
    }
}
