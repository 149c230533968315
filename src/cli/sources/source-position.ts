import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { own } from "../../model/property-bag";
import { isRecord, textIn } from "../reading/json";

/** A line of a program. */
export interface Place {
    /** Relative to the folder of the project; absolute where Pulumi tells it so, which it does of ES modules (ENG-51). */
    readonly file: string;
    readonly line: number;
    readonly column: number | undefined;
}

/** A line that Pulumi names for a resource. */
export interface RecordedPlace extends Place {
    /** Whether it makes the resource itself; else it is the innermost line of the program that led there. */
    readonly isDeclaration: boolean;
}

/** Folders of what a program uses, not of what it is: the line that declares a component's parts helps nobody. */
export const INSTALLED: ReadonlySet<string> = new Set(["node_modules", "site-packages", "dist-packages"]);

/** The place within the project's folder; undefined where the position leads out of it. */
export function parseSourcePosition(position: string): Place | undefined {
    const [, uri = "", line = "", column] = /^project:\/\/\/([^#]+)#(\d+)(?:,(\d+))?$/.exec(position) ?? [];
    const file = withoutScheme(decoded(uri));
    const folders = file?.split(/[/\\]/) ?? [];
    const leadsAway = folders.some((folder) => folder === ".." || INSTALLED.has(folder));
    if (file === undefined || file === "" || leadsAway || Number(line) < 1) {
        return undefined;
    }
    const hasColumn = column !== undefined && Number(column) >= 1;
    return { file, line: Number(line), column: hasColumn ? Number(column) : undefined };
}

/**
 * The place that a state or a digest has for a resource: where it is declared, or, for one that is made in an arrow
 * function or by an installed component, the innermost line of the program on the way there (ENG-51).
 */
export function recordedPlaceIn(resource: Readonly<Record<string, unknown>>): RecordedPlace | undefined {
    const declaration = placeIn(resource);
    if (declaration !== undefined) {
        return { ...declaration, isDeclaration: true };
    }
    const trace = own(resource, "stackTrace");
    for (const frame of Array.isArray(trace) ? (trace as readonly unknown[]) : []) {
        const place = isRecord(frame) ? placeIn(frame) : undefined;
        if (place !== undefined) {
            return { ...place, isDeclaration: false };
        }
    }
    return undefined;
}

function placeIn(record: Readonly<Record<string, unknown>>): Place | undefined {
    const position = textIn(record, "sourcePosition");
    return position === undefined ? undefined : parseSourcePosition(position);
}

/** The Node SDK takes the URL of an ES module for a path, and puts it below the project's folder, with `file:`. */
function withoutScheme(file: string | undefined): string | undefined {
    const [, absolute] = /^file:\/*(\/[^/].*)$/.exec(file ?? "") ?? [];
    if (absolute === undefined) {
        return file === undefined || path.isAbsolute(file) ? undefined : file;
    }
    try {
        return fileURLToPath(`file://${absolute}`);
    } catch {
        return undefined;
    }
}

function decoded(uri: string): string | undefined {
    try {
        return decodeURIComponent(uri);
    } catch {
        return undefined;
    }
}
