import * as path from "node:path";
import { isMap, isScalar, LineCounter, parseDocument, type Document } from "yaml";
import { getOrCreate } from "../model/lists";
import type { Urn } from "../model/planned-resource";
import { isUrn, parseUrn } from "../model/ids/urn";
import { languageOf, type ProgramLanguage } from "../advice/program-language";
import { type Place, type RecordedPlace } from "./sources/source-position";
import { DISK, type Files, Sources } from "./sources/sources";
import { STACK } from "./reading/resources";
import { isExact, type Location, type LocationBasis } from "./report";

/** Where resources are, as Pulumi reports it. */
export interface RecordedPlaces {
    /** In the run that is looked at: the digest of a preview has it, and no other document of a preview (ENG-50). */
    readonly run: ReadonlyMap<Urn, RecordedPlace>;
    /** At the last deployment: the state has it. The program may have changed since. */
    readonly recorded: ReadonlyMap<Urn, RecordedPlace>;
    /** The component that a resource is in, or the stack. */
    readonly parents: ReadonlyMap<Urn, Urn>;
}

const NOTHING_TOLD: RecordedPlaces = { run: new Map(), recorded: new Map(), parents: new Map() };

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** The files that may hold a YAML program, in the order in which Pulumi looks for them. */
const PROGRAM_FILES = ["Main.json", "Main.yaml", ...PROJECT_FILES];

/** A project on disk. What it is and where its program makes resources is read once, and only when somebody asks. */
export class Project {
    private readonly program = memoize(() => programOf(this.folder, this.files));
    private readonly sources = memoize(() => Sources.in(this.folder, this.files));

    /**
     * @param folder that of the project file
     * @param workingFolder that in which the command was started: paths are relative to it
     */
    constructor(
        private readonly folder: string,
        private readonly workingFolder: string,
        private readonly files: Files = DISK,
    ) {}

    /** The language of the program, if it is that of a stack's project. */
    languageFor(project: string | undefined): ProgramLanguage | undefined {
        const program = this.program();
        return program?.name === project ? languageOf(program?.runtime) : undefined;
    }

    /** Where resources are, by what Pulumi tells and by what the program's text shows. */
    locations(recordedPlaces: RecordedPlaces = NOTHING_TOLD): (urn: Urn | undefined) => Location | undefined {
        return (urn) => this.locate(urn, recordedPlaces);
    }

    /** Undefined where there is no project file, or that of another project. */
    private locate(urn: Urn | undefined, recordedPlaces: RecordedPlaces): Location | undefined {
        const program = this.program();
        if (program === undefined || (urn !== undefined && isOfAnother(urn, program))) {
            return undefined;
        }
        const found =
            urn === undefined
                ? undefined
                : (this.find(urn, recordedPlaces, program) ?? this.above(urn, recordedPlaces, program));
        return found === undefined
            ? this.location({ file: program.projectFile, line: 1, column: undefined }, "project file")
            : this.location({ ...found.place, file: path.join(this.folder, found.place.file) }, found.basis);
    }

    private find(urn: Urn, recordedPlaces: RecordedPlaces, { declarations }: Program): Found | undefined {
        const { type, name, component } = parseUrn(urn);
        if (type === STACK) {
            return undefined;
        }
        if (declarations !== undefined) {
            // Of a program in YAML, Pulumi names a place in its own source.
            const declared = declarations.placeOf(urn);
            return declared && { place: declared, basis: "declaration" };
        }
        const now = this.within(recordedPlaces.run.get(urn));
        if (now !== undefined) {
            return { place: now, basis: now.isDeclaration ? "run" : "call" };
        }
        const recorded = this.within(recordedPlaces.recorded.get(urn));
        const className = type.slice(type.lastIndexOf(":") + 1);
        const sources = this.sources();
        const found = sources?.find({ className, name, component, recorded });
        if (found !== undefined) {
            return { place: found, basis: found.isConfirmed ? "confirmed" : "name" };
        }
        // A line on which nothing is called by now is not the one that it was.
        return recorded === undefined || sources?.callsOn(recorded) === false
            ? undefined
            : { place: recorded, basis: "recorded" };
    }

    /** Where the component that a resource is in is made, or the nearest one above it of which that is known. */
    private above(urn: Urn, recordedPlaces: RecordedPlaces, program: Program): Found | undefined {
        const seen = new Set<Urn>();
        for (
            let each = recordedPlaces.parents.get(urn);
            each !== undefined && !seen.has(each);
            each = recordedPlaces.parents.get(each)
        ) {
            seen.add(each);
            const found = this.find(each, recordedPlaces, program);
            if (found !== undefined) {
                return { place: found.place, basis: "component" };
            }
        }
        return undefined;
    }

    /** Relative to the project; undefined for what is not in it, or not there. */
    private within(place: RecordedPlace | undefined): RecordedPlace | undefined {
        if (place === undefined) {
            return undefined;
        }
        const file = path.isAbsolute(place.file) ? path.relative(path.resolve(this.folder), place.file) : place.file;
        const leadsAway = file.startsWith("..") || path.isAbsolute(file);
        return leadsAway || !this.files.isFile(path.join(this.folder, file))
            ? undefined
            : { ...place, file: file.split(path.sep).join("/") };
    }

    private location({ file, line, column }: Place, basis: LocationBasis): Location {
        const relative = path.relative(path.resolve(this.workingFolder), path.resolve(file)).split(path.sep).join("/");
        return { file: relative, line, column, exact: isExact(basis), basis };
    }
}

interface Found {
    readonly place: Place;
    readonly basis: LocationBasis;
}

/** The project in a folder, as seen from the current one. */
export function projectIn(folder: string): Project {
    return new Project(folder, process.cwd());
}

/** A resource of another project has no place in this one. What has no URN of Pulumi's is a template's part, and may be of any. */
function isOfAnother(urn: Urn, { name }: Program): boolean {
    return name !== undefined && isUrn(urn) && parseUrn(urn).project !== name;
}

function memoize<T>(make: () => T): () => T {
    let made: { readonly value: T } | undefined;
    return () => (made ??= { value: make() }).value;
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
    readonly name: string | undefined;
    readonly runtime: string | undefined;
    /** Undefined where the program is not written in YAML. */
    readonly declarations: Declarations | undefined;
}

function programOf(folder: string, files: Files): Program | undefined {
    const projectFile = PROJECT_FILES.map((name) => path.join(folder, name)).find((file) => files.isFile(file));
    if (projectFile === undefined) {
        return undefined;
    }
    const project = parse(files.read(projectFile))?.document;
    const name = textAt(project, "name");
    const runtime = textAt(project, "runtime") ?? textAt(project, "runtime", "name");
    if (runtime !== "yaml") {
        return { projectFile, name, runtime, declarations: undefined };
    }
    const main = path.join(folder, textAt(project, "main") ?? ".");
    const programFile = PROGRAM_FILES.map((name) => path.join(main, name)).find((file) => files.isFile(file));
    const text = programFile === undefined ? undefined : files.read(programFile);
    const file = path.relative(folder, programFile ?? projectFile);
    return {
        projectFile,
        name,
        runtime,
        declarations: new Declarations(file, text === undefined ? [] : declared(text)),
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
                getOrCreate(this.byName, declarationKey(declaration.name, declaration.type), () => declaration);
            }
        }
    }

    placeOf(urn: Urn): Place | undefined {
        const { name, type } = parseUrn(urn);
        const declaration = this.byName.get(declarationKey(name, type));
        return declaration && { file: this.file, line: declaration.line, column: declaration.column };
    }
}

/** A program may leave out the part between package and class: `azure:compute/disk:Disk` is `azure:compute:Disk`. */
function declarationKey(name: string, type: string): string {
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
