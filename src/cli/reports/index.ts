import type { Report } from "../report";
import { azureDevOps } from "./azure-devops";
import { github } from "./github";
import { gitlab } from "./gitlab";
import { htmlReport } from "./html";
import { json } from "./json";
import { junit } from "./junit";
import { markdown } from "./markdown";
import { plain } from "./plain";
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
    /** One document, to which nothing can be added; the others are lines. */
    readonly isDocument: boolean;
}

const PRINTERS = {
    text: { print: text, isDocument: false },
    json: { print: json, isDocument: true },
    sarif: { print: sarif, isDocument: true },
    junit: { print: junit, isDocument: true },
    markdown: { print: (report) => markdown(report), isDocument: false },
    github: { print: github, isDocument: false },
    "azure-devops": { print: azureDevOps, isDocument: false },
    gitlab: { print: gitlab, isDocument: true },
    html: { print: htmlReport, isDocument: true },
    "pulumi-exceptions": { print: pulumiExceptions, isDocument: true },
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof PRINTERS;

export const FORMATS = Object.fromEntries(
    Object.entries<Format>(PRINTERS).map(([name, { print, isDocument }]) => [
        name,
        { print: (report: Report, options: PrintOptions) => print(plain(report), options), isDocument },
    ]),
) as Readonly<Record<FormatName, Format>>;
