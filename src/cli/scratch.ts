import { createHash } from "node:crypto";
import { lstatSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import * as path from "node:path";
import { reason } from "./files";
import { INTERRUPTS, onInterrupt } from "./interrupts";
import { printNotes } from "./printing";
import { UsageError } from "./usage-error";

/** A folder that only this user can read, and the files in it. */
export interface ScratchFolder {
    /**
     * The path of a file in it that is there already, empty or with this content, and that only this user can read:
     * whoever writes it later, as Pulumi does, keeps it so.
     */
    readonly file: (name: string, content?: string) => string;
}

/**
 * Lends a folder and deletes it afterwards, also when a signal ends the process. First it deletes what a killed process
 * has left over.
 *
 * @throws UsageError where there is no room for temporary files
 */
export async function withScratchFolder<Result>(work: (folder: ScratchFolder) => Promise<Result>): Promise<Result> {
    const parent = tmpdir();
    removeLeftovers(parent);
    const folder = orUsageError(parent, () => mkdtempSync(path.join(parent, `${PREFIX}${process.pid}-${here()}-`)));
    const remove = (): void => removeFolder(folder);
    const giveBack = onInterrupt((signal) => {
        // While Pulumi runs, it is the one to end first.
        if (process.listenerCount(signal) === 1) {
            process.exit(128 + INTERRUPTS[signal]);
        }
    });
    process.once("exit", remove);
    const file = (name: string, content = ""): string => {
        const written = path.join(folder, name);
        orUsageError(parent, () => writeFileSync(written, content, { mode: 0o600 }));
        return written;
    };
    try {
        return await work({ file });
    } finally {
        process.off("exit", remove);
        giveBack();
        remove();
    }
}

function orUsageError<Result>(parent: string, write: () => Result): Result {
    try {
        return write();
    } catch (error) {
        throw new UsageError(
            `Nothing can be written to ${parent}, the folder for temporary files: ${reason(error)}. Name another one in the environment variable TMPDIR (on Windows: TEMP).`,
        );
    }
}

function removeFolder(folder: string): void {
    try {
        rmSync(folder, { recursive: true, force: true });
    } catch (error) {
        printNotes([
            `${folder} cannot be removed: ${reason(error)}. Remove it yourself; it holds the run's own files.`,
        ]);
    }
}

const PREFIX = "azure-bcdr-guard-";

/** A folder's name says which process has made it, and where: `azure-bcdr-guard-4711-1a2b3c4d-Xy09Zz`. */
const OWNED = /^azure-bcdr-guard-(?<pid>\d+)-(?<place>[0-9a-f]{8})-\w{6}$/;

/**
 * Where process ids mean what they mean here: on this machine, in this container. Several may share one folder for
 * temporary files, and a process of another one is not gone because it cannot be seen.
 */
function here(): string {
    let namespace = "";
    try {
        namespace = readlinkSync("/proc/self/ns/pid");
    } catch {
        // Only Linux has it.
    }
    return createHash("sha256").update(`${hostname()} ${namespace}`).digest("hex").slice(0, 8);
}

/** Removes the folders of runs that were killed. What cannot be looked at or removed is left where it is. */
function removeLeftovers(parent: string): void {
    const place = here();
    for (const name of namesIn(parent)) {
        const owner = OWNED.exec(name)?.groups;
        const folder = path.join(parent, name);
        try {
            if (owner?.["place"] === place && isOurs(folder) && isGone(Number(owner["pid"]))) {
                rmSync(folder, { recursive: true, force: true });
            }
        } catch {
            // The next run tries again.
        }
    }
}

function namesIn(folder: string): readonly string[] {
    try {
        return readdirSync(folder);
    } catch {
        return [];
    }
}

/** A folder, and no link to one, that this user has made for themselves alone. */
function isOurs(folder: string): boolean {
    const stats = lstatSync(folder, { throwIfNoEntry: false });
    if (stats?.isDirectory() !== true) {
        return false;
    }
    // Windows has no such numbers; its folder for temporary files is the user's own.
    return process.getuid === undefined || (stats.uid === process.getuid() && (stats.mode & 0o077) === 0);
}

function isGone(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return false;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "ESRCH";
    }
}
