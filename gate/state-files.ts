import { readdirSync, statSync } from "node:fs";
import * as path from "node:path";
import { reason, STDIN } from "./files";
import { WrongUse } from "./wrong-use";

/** What a backend in a folder keeps beside the states that count now. */
const BESIDE = new Set(["backups", "history", "locks", "node_modules"]);

/**
 * The state files that are meant by these paths: files as they are, of a folder all in it that may be one. Of a
 * backend's folder that is what stands in `.pulumi/stacks`.
 *
 * @throws WrongUse for what is not there, and for a folder without any
 */
export function stateFiles(paths: readonly string[]): readonly string[] {
    return [
        ...new Set(
            paths.flatMap((each) => {
                if (each === STDIN || !isFolder(each)) {
                    return [each];
                }
                const files = filesBelow(backendIn(each));
                if (files.length === 0) {
                    throw new WrongUse(`${each} has no state files: none in it ends in .json or .json.gz.`);
                }
                return files;
            }),
        ),
    ];
}

function backendIn(folder: string): string {
    const candidates = [path.join(folder, ".pulumi", "stacks"), path.join(folder, "stacks")];
    const isBackend = path.basename(path.resolve(folder)) === ".pulumi";
    return candidates.slice(0, isBackend ? 2 : 1).find(isThere) ?? folder;
}

function filesBelow(folder: string): readonly string[] {
    return readdirSync(folder, { withFileTypes: true })
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .flatMap((entry) => {
            const file = path.join(folder, entry.name);
            if (entry.isDirectory()) {
                return BESIDE.has(entry.name) ? [] : filesBelow(file);
            }
            return /\.json(\.gz)?$/.test(entry.name) ? [file] : [];
        });
}

function isFolder(file: string): boolean {
    try {
        return statSync(file).isDirectory();
    } catch (error) {
        throw new WrongUse(`${file} cannot be read: ${reason(error)}.`);
    }
}

function isThere(folder: string): boolean {
    return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}
