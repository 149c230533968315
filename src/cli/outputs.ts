import { closeSync } from "node:fs";
import { nearest } from "../config/nearest";
import { openToWrite, reason } from "./files";
import { isTerminal, print, writeAll } from "./printing";
import { UsageError } from "./usage-error";
import type { Report } from "./report";
import { FORMATS, type FormatName } from "./reports";

/** One report to write. */
export interface Output {
    readonly format: FormatName;
    /** Undefined for standard output. */
    readonly file: string | undefined;
}

/**
 * Takes `sarif=guard.sarif` and `text` apart.
 *
 * @throws UsageError for a format that there is not, and where one document would be mixed into another on stdout
 */
export function parseOutputs(texts: readonly string[]): readonly Output[] {
    const outputs = texts.map((text) => {
        const [name = "", ...rest] = text.split("=");
        const file = rest.join("=");
        if (!Object.hasOwn(FORMATS, name)) {
            const names = Object.keys(FORMATS);
            const meant = nearest(name, names);
            const hint = meant === undefined ? "" : ` Did you mean "${meant}"?`;
            throw new UsageError(`There is no report format "${name}". Formats: ${names.join(", ")}.${hint}`);
        }
        if (rest.length > 0 && file === "") {
            throw new UsageError(
                `--report ${text} names no file. Write --report ${name}=FILE, or --report ${name} for standard output.`,
            );
        }
        return { format: name as FormatName, file: rest.length > 0 ? file : undefined };
    });
    const onStdout = outputs.filter(({ file }) => file === undefined);
    const whole = onStdout.find(({ format }) => FORMATS[format].isDocument);
    if (whole !== undefined && onStdout.length > 1) {
        throw new UsageError(
            `${onStdout.map(({ format }) => format).join(" and ")} cannot both go to standard output. Give one of them a file: --report ${whole.format}=FILE.`,
        );
    }
    return outputs;
}

/** True where stdout has to hold nothing but a report. */
export function stdoutIsReport(outputs: readonly Output[]): boolean {
    return outputs.some(({ format, file }) => file === undefined && FORMATS[format].isDocument);
}

/** @throws UsageError where one of them cannot be written; all others are written first */
export function writeReports(report: Report, outputs: readonly Output[]): void {
    const problems: string[] = [];
    // What a person sees comes first: a file that cannot be written must not take it away.
    for (const output of [...outputs].sort((a, b) => Number(a.file !== undefined) - Number(b.file !== undefined))) {
        try {
            writeReport(report, output);
        } catch (error) {
            if (!(error instanceof UsageError)) {
                throw error;
            }
            problems.push(error.message);
        }
    }
    const [first, ...others] = problems;
    if (first !== undefined) {
        throw new UsageError(first, others);
    }
}

function writeReport(report: Report, { format, file }: Output): void {
    const { pieces } = FORMATS[format];
    if (file === undefined) {
        const isTTY = isTerminal();
        const width = isTTY ? process.stdout.columns : undefined;
        for (const piece of pieces(report, { colours: isTTY && !process.env["NO_COLOR"], width })) {
            print(piece);
        }
    } else {
        writeFile(file, pieces(report, { colours: false, width: undefined }));
    }
}

/**
 * @param texts one after the other
 * @throws UsageError
 */
export function writeFile(file: string, texts: Iterable<string>): void {
    const target = openToWrite(file);
    try {
        for (const text of texts) {
            writeAll(target, text);
        }
    } catch (error) {
        throw new UsageError(`${file} cannot be written: ${reason(error)}.`);
    } finally {
        closeSync(target);
    }
}
