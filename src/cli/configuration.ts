import {
    packConfiguration,
    problemsOf,
    warningsAbout,
    type ConfigurationFile,
    type PackConfiguration,
} from "../config/configuration-file";
import { nameOfFile, readText } from "./files";
import { printNotes } from "./printing";
import { UsageError } from "./usage-error";
import { catalogue } from "./judging/reported-policies";

/** A configuration as its file has it, and as the catalogue reads it. */
export interface Configured {
    readonly file: ConfigurationFile;
    readonly configuration: PackConfiguration;
}

/**
 * @param file undefined for the defaults
 * @throws UsageError with all that is wrong
 */
export function readConfiguration(file: string | undefined): Configured {
    const content = file === undefined ? {} : readConfigurationFile(file);
    return { file: content, configuration: packConfiguration(content, catalogue) };
}

/**
 * Reads the file once, because a pipe and standard input can be read only once. What has no effect in it is said on
 * standard error.
 *
 * @throws UsageError with everything that is wrong, one sentence each
 */
export function readConfigurationFile(file: string): ConfigurationFile {
    const parsed = parse(readText(file));
    const problems = "problem" in parsed ? [parsed.problem] : problemsOf(parsed.content, catalogue);
    if ("problem" in parsed || problems.length > 0) {
        throw new UsageError(`${nameOfFile(file)} is not right:`, problems);
    }
    const content = parsed.content as ConfigurationFile;
    printNotes(warningsAbout(content, catalogue).map((warning) => `Warning: ${nameOfFile(file)}: ${warning}`));
    return content;
}

function parse(text: string): { readonly content: unknown } | { readonly problem: string } {
    if (text.startsWith("\uFEFF")) {
        return {
            problem: "It begins with a byte order mark, which Pulumi does not read. Save it as UTF-8 without one.",
        };
    }
    try {
        return { content: JSON.parse(text) as unknown };
    } catch (error) {
        return { problem: `It is no JSON text${placeIn(text, error)}. Pulumi reads JSON only, without comments.` };
    }
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
