import {
    packConfiguration,
    problemsOf,
    type ConfigurationFile,
    type PackConfiguration,
} from "../configuration/configuration-file";
import { nameOfFile, readText } from "./files";
import { WrongUse } from "./wrong-use";
import { catalogue } from "./judging/reported-rules";

/** A configuration as its file has it, and as the catalogue reads it. */
export interface Configured {
    readonly file: ConfigurationFile;
    readonly configuration: PackConfiguration;
}

/**
 * @param file undefined for the defaults
 * @throws WrongUse with all that is wrong
 */
export function readConfiguration(file: string | undefined): Configured {
    if (file === undefined) {
        return { file: {}, configuration: packConfiguration({}, catalogue) };
    }
    const problems = problemsIn(file);
    if (problems.length > 0) {
        throw new WrongUse(`${nameOfFile(file)} is not right:\n${problems.map((each) => `  ${each}`).join("\n")}`);
    }
    const content = JSON.parse(readText(file)) as ConfigurationFile;
    return { file: content, configuration: packConfiguration(content, catalogue) };
}

/** Everything that is wrong with a configuration file, one sentence each. */
export function problemsIn(file: string): readonly string[] {
    const text = readText(file);
    if (text.startsWith("\uFEFF")) {
        return ["It begins with a byte order mark, which Pulumi does not read. Save it as UTF-8 without one."];
    }
    let content: unknown;
    try {
        content = JSON.parse(text);
    } catch (error) {
        return [`It is no JSON text${placeIn(text, error)}. Pulumi reads JSON only, without comments.`];
    }
    return problemsOf(content, catalogue);
}

/** Where the text stops being JSON; V8 tells the offset only. Nothing of the text itself is repeated. */
function placeIn(text: string, error: unknown): string {
    const [, offset] = /position (\d+)/.exec((error as Error).message) ?? [];
    if (offset === undefined) {
        return "";
    }
    const lines = text.slice(0, Number(offset)).split("\n");
    return `: line ${lines.length}, column ${(lines.at(-1) ?? "").length + 1}`;
}
