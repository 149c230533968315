import { readdirSync, realpathSync, statSync, type Dirent, type Stats } from "node:fs";
import * as path from "node:path";
import { reason, STDIN } from "./files";
import { UsageError } from "./usage-error";

/** The files that are meant by some paths, and what of these paths was passed over: one sentence for each kind. */
export interface StateFiles {
    readonly files: readonly string[];
    readonly passedOver: readonly string[];
}

/**
 * The state files that are meant by these paths: files as they are, of a folder all in it that may be one, however deep
 * and whatever its folders are called. A link to a folder is not followed, because it may lead anywhere, in a circle even.
 *
 * @throws UsageError for what is not there or may not be read, and for a folder without any
 */
export function stateFiles(paths: readonly string[]): StateFiles {
    const found = new Map<string, string>();
    const passedOver: string[] = [];
    for (const each of paths) {
        if (each === STDIN || !isFolder(each)) {
            found.set(fileKey(each), found.get(fileKey(each)) ?? each);
            continue;
        }
        const search = new Search();
        search.folder(each);
        if (search.files.length === 0) {
            throw new UsageError(
                `${each} has no state files: none in it ends in .json or .json.gz.${sentences(search.reported(each))}`,
            );
        }
        search.files.forEach((file) => found.set(fileKey(file), found.get(fileKey(file)) ?? file));
        search.reported(each).forEach((sentence) => passedOver.push(sentence));
    }
    return { files: [...found.values()], passedOver };
}

/** One file has one key, by whatever path or link it is named. */
function fileKey(file: string): string {
    try {
        return file === STDIN ? file : realpathSync(file);
    } catch {
        // A file behind a descriptor has no path.
        return file;
    }
}

const BACKEND = ".pulumi";
const STATES = "stacks";

/** What Pulumi keeps in a backend's folder, or in its own, beside the states that count now. */
const BESIDE_STATES = new Set([
    "backups",
    "bin",
    "config.json",
    "credentials.json",
    "history",
    "locks",
    "meta.yaml",
    "meta.yaml.attrs",
    "plugins",
    "policies",
    "templates",
    "templates-policy",
    "workspaces",
]);

/** What tells that a folder `node_modules` was made by a package manager, and is no project of that name. */
const OF_PACKAGES = [".bin", ".package-lock.json", ".yarn-integrity", ".yarn-state.yml", ".modules.yaml"];

/** What a backend keeps beside each state: its former content, and how it was stored. */
const BESIDE_STATE = /\.json(\.gz)?\.(bak|attrs)(\.attrs)?$/;

const STATE = /\.json(\.gz)?$/;

/** More than that are counted. */
const NAMED = 5;

class Search {
    readonly files: string[] = [];
    private readonly links: string[] = [];
    private readonly packages: string[] = [];
    private readonly others: string[] = [];
    /** Named as states are, but there is nothing to read: a link that leads nowhere, a pipe. */
    private readonly noFiles: string[] = [];
    /** The folder of a backend is given for the backend. */
    private readonly besideBackend: string[] = [];

    folder(folder: string, inBackend = false): void {
        const hasStates = isBackend(folder);
        const hasBackend = isBackend(path.join(folder, BACKEND));
        for (const entry of entriesOf(folder)) {
            const file = path.join(folder, entry.name);
            if (hasBackend && entry.name !== BACKEND) {
                if (!entry.isFile() || STATE.test(entry.name)) {
                    this.besideBackend.push(file);
                }
            } else if (!hasStates || !BESIDE_STATES.has(entry.name)) {
                this.entry(file, entry, inBackend || hasStates);
            }
        }
    }

    reported(folder: string): readonly string[] {
        return [
            ...reported(folder, this.links, "is a link to a folder", "are links to folders"),
            ...reported(folder, this.packages, "holds installed packages", "hold installed packages"),
            ...reported(folder, this.besideBackend, "lies beside a backend", "lie beside a backend"),
            ...reported(folder, this.noFiles, "is no file, or a link to none,", "are no files, or links to none,"),
            ...reported(
                folder,
                this.others,
                "is no file that ends in .json or .json.gz",
                "are no files that end in .json or .json.gz",
            ),
        ];
    }

    private entry(file: string, entry: Dirent, inBackend: boolean): void {
        const target = entry.isSymbolicLink() ? targetOf(file) : entry;
        if (entry.isDirectory()) {
            if (isOfPackages(file)) {
                this.packages.push(file);
            } else {
                this.folder(file, inBackend);
            }
        } else if (target?.isDirectory()) {
            this.links.push(file);
        } else if (STATE.test(entry.name)) {
            (target?.isFile() === true ? this.files : this.noFiles).push(file);
        } else if (!inBackend || !BESIDE_STATE.test(entry.name)) {
            this.others.push(file);
        }
    }
}

function reported(folder: string, files: readonly string[], one: string, several: string): readonly string[] {
    const names = files.slice(0, NAMED).map((file) => path.relative(folder, file));
    const more = files.length > NAMED ? ` and ${files.length - NAMED} more` : "";
    return files.length === 0
        ? []
        : [
              files.length === 1
                  ? `In ${folder}, ${names.join(", ")} ${one} and was skipped.`
                  : `In ${folder}, ${names.join(", ")}${more} ${several} and were skipped.`,
          ];
}

function sentences(all: readonly string[]): string {
    return all.map((each) => ` ${each}`).join("");
}

function isBackend(folder: string): boolean {
    return (
        path.basename(path.resolve(folder)) === BACKEND && targetOf(path.join(folder, STATES))?.isDirectory() === true
    );
}

function isOfPackages(folder: string): boolean {
    return (
        path.basename(folder) === "node_modules" &&
        OF_PACKAGES.some((name) => targetOf(path.join(folder, name)) !== undefined)
    );
}

/** Undefined for a link that leads nowhere, or to itself. */
function targetOf(file: string): Stats | undefined {
    try {
        return statSync(file);
    } catch {
        return undefined;
    }
}

function entriesOf(folder: string): readonly Dirent[] {
    try {
        return readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
        throw new UsageError(`${folder} cannot be read: ${reason(error)}.`);
    }
}

function isFolder(file: string): boolean {
    try {
        return statSync(file).isDirectory();
    } catch (error) {
        throw new UsageError(`${file} cannot be read: ${reason(error)}.`);
    }
}
