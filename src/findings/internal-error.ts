import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import type { Message } from "./message";

/** Where this code runs from the one file that `build.js` makes of all that Pulumi loads: that file. */
const ONE_FILE = path.basename(__filename) === "policy-pack.js" ? __filename : undefined;

/** The folder that all code of the pack lies in, whatever its layers are called. */
const ROOT = ONE_FILE !== undefined ? __dirname : path.resolve(__dirname, "../..");

/**
 * A bug of this pack, told as what it is. Says where, but not with which values: those may come from a secret, and an
 * error's own text may quote them.
 */
export function internalError(error: unknown): Message {
    return {
        headline: `${INTERNAL_ERROR}: this policy could not run (${describeError(error)}).`,
        why: "This is a bug in azure-bcdr-guard, not in your program. All other policies ran.",
        fix: {
            kind: "in order",
            intro: "To continue:",
            steps: [
                { do: "Report it to the maintainers of azure-bcdr-guard. Quote the first line of this message." },
                {
                    do: "If it blocks you, set the policy's enforcement level to advisory until it is fixed.",
                    note: "The command azure-bcdr-guard passes only with an exemption from the policy.",
                },
            ],
        },
        sources: [],
    };
}

const INTERNAL_ERROR = "Internal error";

/** True where a check was not made, whatever the level of its policy. */
export function isInternalError({ headline }: Pick<Message, "headline">): boolean {
    return headline.startsWith(INTERNAL_ERROR);
}

export function describeError(error: unknown): string {
    if (!(error instanceof Error)) {
        return typeof error;
    }
    // The stack repeats the message, and that may look like a place.
    const stack = error.stack?.replace(error.message, "") ?? "";
    const [place] = [...stack.matchAll(FRAME)].flatMap(([, file = "", line = ""]) => {
        const inPack = path.relative(ROOT, file).split(path.sep);
        return inPack[0] === ".." || inPack.includes("node_modules") ? [] : [{ file: inPack.join("/"), line }];
    });
    if (place === undefined) {
        return error.constructor.name;
    }
    const source = ONE_FILE === undefined ? undefined : sourceAt(Number(place.line), linesOf(ONE_FILE));
    return `${error.constructor.name} at ${source === undefined ? "" : `${source}, `}${place.file}:${place.line}`;
}

function linesOf(file: string): readonly string[] {
    // An update of the package may have taken the file away.
    return existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
}

/** Which source a line of the one file is from: the bundler names each above what it made of it. */
export function sourceAt(line: number, oneFile: readonly string[]): string | undefined {
    return oneFile
        .slice(0, line)
        .findLast((text) => /^\/\/ \S+\.ts$/.test(text))
        ?.slice("// ".length);
}

/** A line of V8's stack: `at run (/pack/policies/run.js:30:1)` or `at /pack/index.js:1:1`. */
const FRAME = /^ +at (?:.*\()?(\/[^()\n]*|[A-Za-z]:\\[^()\n]*):(\d+):\d+\)?$/gm;
