import type { Report } from "../report";

/** Raised with every change that a reader of an older version would misread; src/cli/report.schema.json describes it. */
const VERSION = 1;

/** The report as data: all that the run has to tell. What is not known is left out. */
export function json(report: Report): string {
    return [...jsonPieces(report)].join("");
}

/**
 * The same, piece by piece: as one text, that of a large estate takes more memory than the report itself.
 *
 * @param plain what is done to each part before it is written
 */
export function* jsonPieces(report: Report, plain: Plain = (value) => value): Generator<string> {
    const document = { $schema: `${report.tool.url}/raw/main/src/cli/report.schema.json`, version: VERSION, ...report };
    let piece = "";
    for (const text of written(document, DEPTH, "\n", plain)) {
        piece += text;
        if (piece.length > LONG) {
            yield piece;
            piece = "";
        }
    }
    yield `${piece}\n`;
}

export type Plain = (value: unknown) => unknown;

/** The elements of `findings`, and those of `machines` in `picture`, lie at this depth or above it. */
const DEPTH = 3;

/** What is worth a call to the system. */
const LONG = 256 * 1024;

const INDENTATION = 4;

/** As `JSON.stringify` writes it with an indentation, in pieces. */
function* written(value: unknown, depth: number, lineFeed: string, plain: Plain): Generator<string> {
    if (depth === 0 || typeof value !== "object" || value === null) {
        yield JSON.stringify(plain(value), undefined, INDENTATION).replaceAll("\n", lineFeed);
        return;
    }
    const isList = Array.isArray(value);
    const [opening, closing] = isList ? ["[", "]"] : ["{", "}"];
    const inner = `${lineFeed}${" ".repeat(INDENTATION)}`;
    let before = `${opening}${inner}`;
    for (const [name, each] of Object.entries(value)) {
        if (each !== undefined) {
            yield isList ? before : `${before}${JSON.stringify(plain(name))}: `;
            yield* written(each, depth - 1, inner, plain);
            before = `,${inner}`;
        }
    }
    yield before.startsWith(opening) ? `${opening}${closing}` : `${lineFeed}${closing}`;
}
