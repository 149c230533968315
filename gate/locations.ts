import { readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { isMap, isScalar, LineCounter, parseDocument, type Document } from "yaml";
import { remembered } from "../estate/lists";
import type { Urn } from "../estate/planned-resource";
import { parseUrn } from "../estate/urn";
import type { Location } from "./report";

export interface Project {
    /** The folder of the project file. */
    readonly projectFolder: string;
    /** The folder in which the command was started: paths are relative to it. */
    readonly workingFolder: string;
    /** `project:///index.ts#12,5` of each resource, as previews and exported states have it (ENG-07). */
    readonly sourcePositions: ReadonlyMap<Urn, string>;
}

/** What is asked of the disk: the text of a file, or undefined where there is none that can be read. */
export interface Files {
    readonly read: (file: string) => string | undefined;
    readonly isFile: (file: string) => boolean;
}

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** Where a YAML program stands, in the order in which Pulumi looks for it. */
const PROGRAM_FILES = ["Main.json", "Main.yaml", ...PROJECT_FILES];

/**
 * Where resources are declared: where Pulumi says, else where the YAML program does, else in the project file. For a YAML
 * program Pulumi names a place in its own source, which is no file of the project.
 */
export class Locations {
    private program: Program | undefined;
    private hasLooked = false;

    constructor(
        private readonly project: Project,
        private readonly files: Files = DISK,
    ) {}

    /** Undefined where there is not even a project file. */
    of(urn: Urn | undefined): Location | undefined {
        if (!this.hasLooked) {
            this.program = programOf(this.project.projectFolder, this.files);
            this.hasLooked = true;
        }
        if (this.program === undefined) {
            return undefined;
        }
        const { projectFile, declarations } = this.program;
        const place = urn === undefined ? undefined : (this.sourcePosition(urn) ?? declarations?.placeOf(urn));
        return place === undefined
            ? { file: this.relative(projectFile), line: 1, column: undefined, exact: false }
            : { file: this.relative(place.file), line: place.line, column: place.column, exact: true };
    }

    private sourcePosition(urn: Urn): Place | undefined {
        const position = this.project.sourcePositions.get(urn);
        const place = position === undefined ? undefined : parseSourcePosition(position);
        if (place === undefined) {
            return undefined;
        }
        const file = path.join(this.project.projectFolder, place.file);
        return this.files.isFile(file) ? { ...place, file } : undefined;
    }

    private relative(file: string): string {
        const { workingFolder } = this.project;
        return path.relative(path.resolve(workingFolder), path.resolve(file)).split(path.sep).join("/");
    }
}

/** Where the resources of a project are declared, as seen from the current folder. */
export function locationsIn(
    projectFolder: string,
    sourcePositions: ReadonlyMap<Urn, string> = new Map(),
): (urn: Urn | undefined) => Location | undefined {
    const locations = new Locations({ projectFolder, workingFolder: process.cwd(), sourcePositions });
    return (urn) => locations.of(urn);
}

interface Place {
    readonly file: string;
    readonly line: number;
    readonly column: number | undefined;
}

/** Folders of what a program uses, not of what it is: the line that declares a component's parts helps nobody. */
const INSTALLED = new Set(["node_modules", "site-packages"]);

/** The place within the project's folder; undefined where the position leads out of it. */
export function parseSourcePosition(position: string): Place | undefined {
    const [, uri = "", line = "", column] = /^project:\/\/\/([^#]+)#(\d+)(?:,(\d+))?$/.exec(position) ?? [];
    const file = decoded(uri);
    const folders = file?.split(/[/\\]/) ?? [];
    const leadsAway = folders.some((folder) => folder === ".." || INSTALLED.has(folder));
    if (file === undefined || file === "" || leadsAway || path.isAbsolute(file) || Number(line) < 1) {
        return undefined;
    }
    const hasColumn = column !== undefined && Number(column) >= 1;
    return { file, line: Number(line), column: hasColumn ? Number(column) : undefined };
}

function decoded(uri: string): string | undefined {
    try {
        return decodeURIComponent(uri);
    } catch {
        return undefined;
    }
}

/** The folder of the project that Pulumi works on in a folder: that folder itself, or the nearest one above it. */
export function projectFolderFrom(folder: string): string {
    for (let above = path.resolve(folder); ; above = path.dirname(above)) {
        if (PROJECT_FILES.some((name) => DISK.isFile(path.join(above, name)))) {
            return above;
        }
        if (above === path.dirname(above)) {
            return folder;
        }
    }
}

interface Program {
    readonly projectFile: string;
    /** Undefined where the program is not written in YAML. */
    readonly declarations: Declarations | undefined;
}

function programOf(folder: string, files: Files): Program | undefined {
    const projectFile = PROJECT_FILES.map((name) => path.join(folder, name)).find((file) => files.isFile(file));
    if (projectFile === undefined) {
        return undefined;
    }
    const project = parse(files.read(projectFile))?.document;
    const runtime = textAt(project, "runtime") ?? textAt(project, "runtime", "name");
    if (runtime !== "yaml") {
        return { projectFile, declarations: undefined };
    }
    const main = path.join(folder, textAt(project, "main") ?? ".");
    const programFile = PROGRAM_FILES.map((name) => path.join(main, name)).find((file) => files.isFile(file));
    const text = programFile === undefined ? undefined : files.read(programFile);
    return {
        projectFile,
        declarations: new Declarations(programFile ?? projectFile, text === undefined ? [] : declared(text)),
    };
}

/** A resource as a YAML program declares it. */
export interface Declaration {
    /** The name that Pulumi knows it by. */
    readonly name: string;
    readonly type: string | undefined;
    readonly line: number;
    readonly column: number;
}

/** The resources that a YAML program declares; none where the text is broken. */
export function declared(text: string): readonly Declaration[] {
    const parsed = parse(text);
    const resources = parsed?.document.get("resources", true);
    if (parsed === undefined || !isMap(resources)) {
        return [];
    }
    return resources.items.flatMap(({ key, value }) => {
        if (!isScalar(key) || !key.range) {
            return [];
        }
        const { line, col } = parsed.lines.linePos(key.range[0]);
        const type = isMap(value) ? value.get("type") : undefined;
        const name = isMap(value) ? value.get("name") : undefined;
        return [
            {
                name: typeof name === "string" ? name : String(key.value),
                type: typeof type === "string" ? type : undefined,
                line,
                column: col,
            },
        ];
    });
}

class Declarations {
    private readonly byName = new Map<string, Declaration>();

    constructor(
        private readonly file: string,
        declarations: readonly Declaration[],
    ) {
        for (const declaration of declarations) {
            if (declaration.type !== undefined) {
                remembered(this.byName, keyOf(declaration.name, declaration.type), () => declaration);
            }
        }
    }

    placeOf(urn: Urn): Place | undefined {
        const { name, type } = parseUrn(urn);
        const declaration = this.byName.get(keyOf(name, type));
        return declaration && { file: this.file, line: declaration.line, column: declaration.column };
    }
}

/** A program may leave out what stands between package and class: `azure:compute/disk:Disk` is `azure:compute:Disk`. */
function keyOf(name: string, type: string): string {
    const parts = type.split(":");
    return JSON.stringify([name, parts[0], parts.at(-1)]);
}

function parse(text: string | undefined): { readonly document: Document; readonly lines: LineCounter } | undefined {
    if (text === undefined) {
        return undefined;
    }
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    // What Pulumi could not read either tells nothing.
    return document.errors.length === 0 && isMap(document.contents) ? { document, lines } : undefined;
}

function textAt(document: Document | undefined, ...keys: readonly string[]): string | undefined {
    const value: unknown = document?.getIn(keys);
    return typeof value === "string" ? value : undefined;
}

const DISK: Files = {
    read: (file) => {
        try {
            return readFileSync(file, "utf8");
        } catch {
            return undefined;
        }
    },
    isFile: (file) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false,
};
