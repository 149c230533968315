import { readdirSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { pushTo } from "../../model/lists";
import { certainty, type Construct, constructsIn, mayBe, syntaxOf } from "./constructs";
import { INSTALLED, type Place, type RecordedPlace } from "./source-position";

/** What is asked of the disk. */
export interface Files {
    /** The text of a file; undefined where there is none that can be read. */
    readonly read: (file: string) => string | undefined;
    readonly isFile: (file: string) => boolean;
    /** What a folder holds, without links, which may lead out of the project; nothing where it cannot be read. */
    readonly list: (folder: string) => readonly Entry[];
}

export interface Entry {
    readonly name: string;
    readonly isFolder: boolean;
    /** Of a file, in bytes. */
    readonly size: number;
}

/** What one looks for: a resource as its URN has it. */
export interface Sought {
    /** `VirtualMachine` */
    readonly className: string;
    readonly name: string;
    /** The type of the component that it is in. */
    readonly component: string | undefined;
    /** Where Pulumi had it at the last deployment. */
    readonly recorded: RecordedPlace | undefined;
}

export interface Found extends Place {
    /** Whether Pulumi had it on this very line. */
    readonly isConfirmed: boolean;
}

interface Candidate extends Place {
    readonly name: Construct["name"];
}

/** Beyond any of these, a program is not looked through: what is the only one of its name there may be no such thing. */
const MOST_FILES = 2_000;
const MOST_ENTRIES = 20_000;
const LARGEST_FILE = 1_000_000;
const MOST_BYTES = 10_000_000;
const DEEPEST = 20;

/** Not what a person writes, or not what Pulumi runs. Installed packages and what begins with a dot are not looked at, either. */
const PASSED_OVER = new Set(
    "venv env __pycache__ dist build out bin obj target vendor test tests __tests__".split(" "),
);

const TEST_FILE = /[._](?:test|spec)\.\w+$|^test_|_test\.\w+$/;

/** The places at which the sources of a program make resources, found by class and name. */
export class Sources {
    private readonly calls = new Map<string, Candidate[]>();
    private readonly components = new Map<string, Set<string>>();
    private readonly lines = new Map<string, ReadonlySet<number>>();

    private constructor() {}

    /** Undefined where the program is too large, so that nothing could be said to be the only one. */
    static in(folder: string, files: Files): Sources | undefined {
        const all = filesBelow(folder, files);
        if (all === undefined) {
            return undefined;
        }
        const sources = new Sources();
        for (const file of all) {
            sources.add(file, files.read(path.join(folder, file)) ?? "");
        }
        return sources;
    }

    private add(file: string, text: string): void {
        const syntax = syntaxOf(file);
        if (syntax === undefined) {
            return;
        }
        const { calls, components, lines } = constructsIn(text, syntax);
        for (const { callee, ...candidate } of calls) {
            pushTo(this.calls, callee, { file, ...candidate });
        }
        for (const type of components) {
            this.components.set(type, (this.components.get(type) ?? new Set()).add(file));
        }
        this.lines.set(file, lines);
    }

    /** Whether anything is called on a line; undefined for a file that is not among the sources. */
    callsOn({ file, line }: Place): boolean | undefined {
        return this.lines.get(file)?.has(line);
    }

    /** The one place that makes it, by all that the sources say about its name; undefined where several may. */
    find({ className, name, component, recorded }: Sought): Found | undefined {
        const all = (this.calls.get(className) ?? []).filter((each) => mayBe(each.name, name));
        const named = all.filter((each) => certainty(each.name) !== "none");
        const confirmed = recorded?.isDeclaration
            ? named.find((each) => each.file === recorded.file && each.line === recorded.line)
            : undefined;
        if (confirmed !== undefined) {
            return { ...placeOf(confirmed), isConfirmed: true };
        }
        const whole = named.filter((each) => certainty(each.name) === "whole");
        const best = [whole, named, all].find(({ length }) => length > 0) ?? [];
        const ofComponent = component === undefined ? undefined : this.components.get(component);
        const only =
            onlyOne(best) ??
            onlyOne(best.filter(({ file }) => ofComponent?.has(file))) ??
            onlyOne(best.filter(({ file }) => file === recorded?.file));
        return only && { ...placeOf(only), isConfirmed: false };
    }
}

function placeOf({ file, line, column }: Candidate): Place {
    return { file, line, column };
}

function onlyOne(candidates: readonly Candidate[]): Candidate | undefined {
    return candidates.length === 1 ? candidates[0] : undefined;
}

/** Relative to the folder, with `/`, in the order of their names. Another project further down is not this program. */
function filesBelow(folder: string, files: Files): readonly string[] | undefined {
    const found: string[] = [];
    const bounds = { entries: 0, bytes: 0 };
    const walk = (relative: string, depth: number): boolean => {
        const entries = files.list(path.join(folder, relative));
        bounds.entries += entries.length;
        if (depth > DEEPEST || bounds.entries > MOST_ENTRIES) {
            return false;
        }
        const isOther = depth > 0 && entries.some(({ name }) => /^Pulumi\.(?:ya?ml|json)$/.test(name));
        return isOther || entries.every((entry) => take(relative, entry, depth));
    };
    const take = (relative: string, { name, isFolder, size }: Entry, depth: number): boolean => {
        const below = relative === "" ? name : `${relative}/${name}`;
        if (isFolder) {
            const isPassedOver = name.startsWith(".") || INSTALLED.has(name) || PASSED_OVER.has(name);
            return isPassedOver || walk(below, depth + 1);
        }
        if (syntaxOf(name) === undefined || TEST_FILE.test(name)) {
            return true;
        }
        found.push(below);
        bounds.bytes += size;
        return found.length <= MOST_FILES && size <= LARGEST_FILE && bounds.bytes <= MOST_BYTES;
    };
    return walk("", 0) ? found : undefined;
}

export const DISK: Files = {
    read: (file) => {
        try {
            return readFileSync(file, "utf8");
        } catch {
            return undefined;
        }
    },
    isFile: (file) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false,
    list: (folder) => {
        try {
            return readdirSync(folder, { withFileTypes: true })
                .filter((entry) => entry.isFile() || entry.isDirectory())
                .sort((one, other) => (one.name < other.name ? -1 : 1))
                .map((entry) => ({
                    name: entry.name,
                    isFolder: entry.isDirectory(),
                    size: entry.isFile() ? sizeOf(path.join(folder, entry.name)) : 0,
                }));
        } catch {
            return [];
        }
    },
};

function sizeOf(file: string): number {
    return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
