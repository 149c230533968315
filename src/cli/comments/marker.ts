import { createHash } from "node:crypto";

/** Whose comment it is among several of this command on one pull request. */
export interface CommentIdentity {
    /** The stack, or whatever else the report is about. */
    readonly stack: string;
    /** Tells two reports about the same stack apart. */
    readonly tag: string | undefined;
}

/** Longer names are hashed: of a folder of states, a report has all file names in one. */
const LONGEST_NAME = 200;

/** The hidden first line of a comment: `<!-- azure-bcdr-guard comment stack=shop/dev -->`. */
export function markerOf({ stack, tag }: CommentIdentity): string {
    const parts = [`stack=${written(stack)}`, ...(tag === undefined ? [] : [`tag=${written(tag)}`])];
    return `<!-- azure-bcdr-guard comment ${parts.join(" ")} -->`;
}

/** Only at the beginning: a person who quotes the comment quotes its marker, too. */
export function hasMarker(body: string, marker: string): boolean {
    return body.trimStart().startsWith(marker);
}

/** Nothing in a name ends an HTML comment, and two names are never written alike. */
function written(name: string): string {
    if (name.length > LONGEST_NAME) {
        return `sha256:${createHash("sha256").update(name).digest("hex")}`;
    }
    return [...Buffer.from(name)].map(writtenByte).join("").replaceAll("--", "-%2D");
}

function writtenByte(byte: number): string {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9._/-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}
