/**
 * Takes a JSON document apart while it comes: hands over the text of each object in the list at the end of a path, and
 * returns the document with that list empty. A document of a large stack is longer than a string can be; its parts are
 * not. Whether all of it is JSON is for those to say who parse the parts and the rest.
 *
 * @throws Unbounded
 */
export async function elementsIn(
    texts: AsyncIterable<string> | Iterable<string>,
    paths: readonly (readonly string[])[],
    take: (element: string, path: readonly string[]) => void,
): Promise<string> {
    const scanner = new Scanner(paths, take);
    for await (const text of texts) {
        scanner.read(text);
    }
    return scanner.rest;
}

/** A document that would take more memory than any that Pulumi writes, or that has its list twice. */
export class Unbounded extends Error {
    constructor(
        message: string,
        /** How many characters came before. */
        readonly at: number,
    ) {
        super(message);
    }
}

/** Pulumi reads no JSON that is nested more deeply. */
const DEEPEST = 10_000;

/** Far more than any event or resource of Pulumi has, or a document beside its resources. */
export const LONGEST = 64 * 1024 * 1024;

/** A shorter text cannot be nested deeply enough to do harm. */
const LONG = 1024 * 1024;

/** Whether a text is nested more deeply than a parser should be given. */
export function isTooDeep(text: string): boolean {
    if (text.length < LONG) {
        return false;
    }
    try {
        new Scanner([], () => undefined).read(text);
        return false;
    } catch (error) {
        if (error instanceof Unbounded) {
            return true;
        }
        throw error;
    }
}

const MARKS = /["\\{}[\]]/g;
const ESCAPED_OR_END = /["\\]/g;

class Scanner {
    /** All but the elements. */
    rest = "";
    /** Characters of the pieces that were read before. */
    private passed = 0;
    private element = "";
    private depth = 0;
    /** Undefined outside of the list. */
    private listDepth: number | undefined;
    private inText = false;
    private escaped = false;
    private text = "";
    /** The property that each open object or list belongs to. */
    private readonly open: string[] = [];

    /** The path of the list that is being read, or was read. */
    private path: readonly string[] | undefined;
    private readonly longest: number;

    constructor(
        private readonly paths: readonly (readonly string[])[],
        private readonly take: (element: string, path: readonly string[]) => void,
    ) {
        this.longest = paths.reduce((longest, { length }) => Math.max(longest, length), 0);
    }

    read(piece: string): void {
        let from = 0;
        let at = 0;
        const keep = (to: number): void => {
            this.keep(piece.slice(from, to));
            from = to;
        };
        while (at < piece.length) {
            if (this.escaped) {
                this.escaped = false;
                at += 1;
                continue;
            }
            const marks = this.inText ? ESCAPED_OR_END : MARKS;
            marks.lastIndex = at;
            // Unlike `exec`, it makes no array for each mark, of which a state has millions.
            const isFound = marks.test(piece);
            const end = isFound ? marks.lastIndex - 1 : piece.length;
            if (this.inText && this.isOuter) {
                this.text += piece.slice(at, end);
            }
            if (!isFound) {
                break;
            }
            at = end + 1;
            const mark = piece[end];
            switch (mark) {
                case '"':
                    this.text = this.inText ? this.text : "";
                    this.inText = !this.inText;
                    break;
                case "\\":
                    this.escaped = this.inText;
                    break;
                case "{":
                case "[":
                    if (this.depth === this.listDepth && mark === "{") {
                        keep(end);
                    }
                    this.open.push(this.text);
                    this.depth += 1;
                    if (this.depth > DEEPEST) {
                        throw this.unbounded(`It is nested more than ${DEEPEST} deep.`);
                    }
                    if (mark === "[" && this.listDepth === undefined) {
                        const path = this.paths.find((each) => this.isAtEndOf(each));
                        if (path !== undefined) {
                            if (this.path !== undefined) {
                                throw this.unbounded(
                                    `It has its list "${path.join(".")}" twice, or another one beside it.`,
                                );
                            }
                            keep(at);
                            this.listDepth = this.depth;
                            this.path = path;
                        }
                    }
                    break;
                default:
                    this.open.pop();
                    this.depth -= 1;
                    if (this.depth === this.listDepth) {
                        keep(at);
                        this.handOver();
                    } else if (this.listDepth !== undefined && this.depth < this.listDepth) {
                        // The commas that are left stand between elements that were handed over.
                        keep(end);
                        this.listDepth = undefined;
                    }
            }
        }
        keep(piece.length);
        this.passed += piece.length;
    }

    private unbounded(message: string): Unbounded {
        return new Unbounded(message, this.passed);
    }

    private get isOuter(): boolean {
        return this.depth <= this.longest;
    }

    private isAtEndOf(path: readonly string[]): boolean {
        return this.depth === path.length + 1 && path.every((name, index) => this.open[index + 1] === name);
    }

    private handOver(): void {
        if (this.element !== "") {
            this.take(this.element, this.path ?? []);
            this.element = "";
        }
    }

    private keep(text: string): void {
        if (this.listDepth === undefined || this.depth < this.listDepth) {
            this.rest += text;
        } else if (this.depth > this.listDepth || this.element !== "" || text.startsWith("{")) {
            this.element += text;
        } else {
            this.rest += text.replaceAll(",", "");
        }
        if (this.rest.length > LONGEST || this.element.length > LONGEST) {
            throw this.unbounded(`It has a part of more than ${LONGEST / 1024 / 1024} million characters.`);
        }
    }
}
