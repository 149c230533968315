import type { Report } from "../report";

/** Raised with every change that a reader of an older version would misread; src/cli/report.schema.json describes it. */
const VERSION = 1;

/** The report as data: all that the run has to tell. What is not known is left out. */
export function json(report: Report): string {
    return `${JSON.stringify({ $schema: `${report.tool.url}/raw/main/src/cli/report.schema.json`, version: VERSION, ...report }, undefined, 4)}\n`;
}
