import { stripVTControlCharacters } from "node:util";
import { withoutColourMarks } from "../../findings/colour-marks";
import { singleLine, withoutCommands, withoutInvisible } from "../../findings/plain-text";
import type { Report } from "../report";

/**
 * The report with every text in it made plain. Names come from programs and may hold anything; no format is printed of
 * anything else (`index.ts`), so that none can forget it.
 */
export function plain(report: Report): Report {
    return plainValue(report) as Report;
}

/** The same of any part of it. */
export function plainValue(value: unknown): unknown {
    if (typeof value === "string") {
        return plainText(value);
    }
    if (Array.isArray(value)) {
        return value.map(plainValue);
    }
    if (typeof value === "object" && value !== null) {
        return Object.fromEntries(Object.entries(value).map(([key, held]) => [plainText(key), plainValue(held)]));
    }
    return value;
}

/** On one line, with nothing that a person cannot see, and with nothing that a terminal or a CI system would obey. */
export function plainText(text: string): string {
    return HARMLESS.test(text) ? text : madePlain(text);
}

/** As nearly all texts are. Looking once is much quicker than all replacements, which a large report notices. */
const HARMLESS = /^[ -"$-9;=-~]*$/;

function madePlain(text: string): string {
    return withoutCommands(withoutColourMarks(singleLine(withoutInvisible(stripVTControlCharacters(text)))));
}
