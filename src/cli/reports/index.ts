import type { Report } from "../report";
import { azureDevOps } from "./azure-devops";
import { github } from "./github";
import { gitlab } from "./gitlab";
import { htmlReport } from "./html";
import { jsonPieces, type Plain } from "./json";
import { junit } from "./junit";
import { markdown } from "./markdown";
import { plain, plainValue } from "./plain";
import { pulumiExceptions } from "./pulumi-exceptions";
import { sarif } from "./sarif";
import { text } from "./text";

export interface PrintOptions {
    readonly colours: boolean;
    /** Undefined for lines of any length. */
    readonly width: number | undefined;
}

export interface Format {
    readonly print: (report: Report, options: PrintOptions) => string;
    /** What `print` returns, to be written one after the other. */
    readonly pieces: (report: Report, options: PrintOptions) => Iterable<string>;
    /** One document, to which nothing can be added; the others are lines. */
    readonly isDocument: boolean;
}

type Printer = Pick<Format, "isDocument"> &
    (Pick<Format, "print"> | { readonly pieces: (report: Report, plain: Plain) => Iterable<string> });

const PRINTERS = {
    text: { print: text, isDocument: false },
    json: { pieces: jsonPieces, isDocument: true },
    sarif: { print: sarif, isDocument: true },
    junit: { print: junit, isDocument: true },
    markdown: { print: (report) => markdown(report), isDocument: false },
    github: { print: github, isDocument: false },
    "azure-devops": { print: azureDevOps, isDocument: false },
    gitlab: { print: gitlab, isDocument: true },
    html: { print: htmlReport, isDocument: true },
    "pulumi-exceptions": { print: pulumiExceptions, isDocument: true },
} as const satisfies Readonly<Record<string, Printer>>;

export type FormatName = keyof typeof PRINTERS;

export const FORMATS = Object.fromEntries(
    Object.entries<Printer>(PRINTERS).map(([name, printer]) => [name, formatOf(printer)]),
) as Readonly<Record<FormatName, Format>>;

/** A format of plain texts alone. */
function formatOf(printer: Printer): Format {
    const { isDocument } = printer;
    if ("pieces" in printer) {
        const pieces = (report: Report): Iterable<string> => printer.pieces(report, plainValue);
        return { print: (report) => [...pieces(report)].join(""), pieces, isDocument };
    }
    const print: Format["print"] = (report, options) => printer.print(plain(report), options);
    return { print, pieces: (report, options) => [print(report, options)], isDocument };
}
