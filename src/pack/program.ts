import { readFileSync } from "node:fs";
import * as path from "node:path";
import { languageOf, PROJECT_FOLDER_VARIABLE, type ProgramLanguage } from "../advice/program-language";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The language of the program. No request tells it (ENG-52). But a pack has the environment of the engine, so `PWD` is the folder in
 * which Pulumi was started, and the project file there or above says it. Undefined where that is the file of another project,
 * as with `pulumi --cwd`, or where there is none: then messages use words.
 *
 * @param project the name of the stack's project
 */
export function programLanguage(
    environment: Environment,
    project: string,
    read: (file: string) => string | undefined = textOf,
): ProgramLanguage | undefined {
    const start = environment[PROJECT_FOLDER_VARIABLE] || environment["PWD"] || "";
    if (!path.isAbsolute(start)) {
        return undefined;
    }
    for (let folder = start, above = ""; folder !== above; above = folder, folder = path.dirname(folder)) {
        const text = PROJECT_FILES.map((name) => read(path.join(folder, name))).find((each) => each !== undefined);
        if (text !== undefined) {
            return scalar(text, "name") === project ? languageOf(runtimeIn(text)) : undefined;
        }
    }
    return undefined;
}

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml"];

/** Lines are enough for two words at the top of a file; a reader of YAML would cost every preview more than all of this. */
function runtimeIn(text: string): string | undefined {
    const [, nested] =
        /^runtime:[ \t]*(?:#.*)?\r?\n(?:[ \t].*\r?\n|\r?\n)*?[ \t]+name:[ \t]*["']?([\w-]+)/m.exec(text) ?? [];
    const [, flow] = /^runtime:[ \t]*\{(?:.*,)?[ \t]*name:[ \t]*["']?([\w-]+)/m.exec(text) ?? [];
    return scalar(text, "runtime") ?? nested ?? flow;
}

function scalar(text: string, key: "name" | "runtime"): string | undefined {
    return new RegExp(`^${key}:[ \\t]*["']?([^\\s"'{#]+)["']?[ \\t]*(?:#.*)?\\r?$`, "m").exec(text)?.[1];
}

/** No project file is longer. */
const LONGEST = 1_000_000;

function textOf(file: string): string | undefined {
    try {
        const text = readFileSync(file, "utf8");
        return text.length > LONGEST ? undefined : text;
    } catch {
        return undefined;
    }
}
