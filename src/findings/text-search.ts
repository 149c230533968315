/** Shorter texts are not looked for. */
export const SHORTEST = 3;

/** From this length on, a text is not in another word by chance. */
const LONG = 8;

/** How many letters of an end of a text are still looked for where the rest has been cut off. */
const END = 4;

/**
 * Finds any of many texts in another one, in capitals or small letters. How long that takes does not depend on how many
 * they are, as it does for a regular expression: a fleet has as many passwords as VMs.
 */
export class TextSearch {
    /** What each way of writing stands for. */
    private readonly wanted = new Map<string, string[]>();
    /** By how they begin, how long they are, the longest first: many texts begin in one way, such as all ids. */
    private readonly long = new Map<string, number[]>();
    private readonly short = new Map<string, number[]>();
    /** Marks how the texts begin, so that most places of a text are passed over at once. */
    private readonly beginnings = new Uint8Array(1 << 16);
    private readonly byStart = new Map<string, string[]>();
    private readonly byEnd = new Map<string, string[]>();

    /**
     * @param written how a text may be written
     * @param text the text itself, which tells whether it is still looked for
     */
    add(written: string, text: string): void {
        if (written.length < SHORTEST) {
            return;
        }
        const wanted = folded(written);
        listIn(this.wanted, wanted).push(text);
        this.beginnings[beginningAt(wanted, 0)] = 1;
        const lengths =
            wanted.length < LONG
                ? listIn(this.short, wanted.slice(0, SHORTEST))
                : listIn(this.long, wanted.slice(0, LONG));
        if (!lengths.includes(wanted.length)) {
            lengths.push(wanted.length);
            lengths.sort((a, b) => b - a);
        }
    }

    /** Takes a text for one of which a part may be found, too. */
    addEnds(text: string): void {
        if (text.length >= END) {
            listIn(this.byStart, text.slice(0, END)).push(text);
            listIn(this.byEnd, text.slice(-END)).push(text);
        }
    }

    /** @param counts whether a text is still looked for */
    replaced(text: string, replacement: string, counts: (text: string) => boolean): string {
        const all = folded(text);
        let result = "";
        let done = 0;
        for (let at = 0; at + SHORTEST <= all.length;) {
            const length = this.beginnings[beginningAt(all, at)] === 1 ? this.lengthAt(all, at, counts) : 0;
            if (length > 0) {
                result += text.slice(done, at) + replacement;
                done = at + length;
            }
            at += Math.max(length, 1);
        }
        return result + text.slice(done);
    }

    /** Whether the start of a text is the end of this one. */
    startsAtEndOf(head: string): boolean {
        for (let at = 0; at + END <= head.length; at++) {
            if (this.byStart.get(head.slice(at, at + END))?.some((text) => text.startsWith(head.slice(at)))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the end of a text is the start of this one. */
    endsAtStartOf(tail: string): boolean {
        for (let end = END; end <= tail.length; end++) {
            if (this.byEnd.get(tail.slice(end - END, end))?.some((text) => text.endsWith(tail.slice(0, end)))) {
                return true;
            }
        }
        return false;
    }

    /** The length of the longest text at this place; 0 where there is none. */
    private lengthAt(all: string, at: number, counts: (text: string) => boolean): number {
        const isFound = (length: number): boolean => this.wanted.get(all.slice(at, at + length))?.some(counts) === true;
        return (
            this.long.get(all.slice(at, at + LONG))?.find(isFound) ??
            this.short
                .get(all.slice(at, at + SHORTEST))
                ?.find((length) => isFound(length) && isWord(all, at, at + length)) ??
            0
        );
    }
}

/** Whether the text is a whole word: no letter before or after it. A letter may take two places. */
function isWord(text: string, start: number, end: number): boolean {
    return (
        !ENDS_IN_WORD.test(text.slice(Math.max(0, start - 2), start)) &&
        !STARTS_WITH_WORD.test(text.slice(end, end + 2))
    );
}

const STARTS_WITH_WORD = /^[\p{L}\p{N}]/u;
const ENDS_IN_WORD = /[\p{L}\p{N}]$/u;

function beginningAt(text: string, at: number): number {
    return (text.charCodeAt(at) * 961 + text.charCodeAt(at + 1) * 31 + text.charCodeAt(at + 2)) & 0xffff;
}

/** In small letters, each at its old place. */
function folded(text: string): string {
    const lower = text.toUpperCase().toLowerCase();
    return ASCII.test(text) ? lower : Array.from(text, foldedLetter).join("");
}

const ASCII = /^[\0-\x7f]*$/;

function foldedLetter(letter: string): string {
    const lower = letter.toUpperCase().toLowerCase();
    return lower.length === letter.length ? lower : letter;
}

function listIn<T>(map: Map<string, T[]>, key: string): T[] {
    const list = map.get(key) ?? [];
    map.set(key, list);
    return list;
}
