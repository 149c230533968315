import { pushTo, getOrCreate } from "../model/lists";

/** A pattern in small letters, as its parts between `*`. */
interface Pattern<T> {
    readonly parts: readonly string[];
    readonly value: T;
    readonly order: number;
}

/** How many letters a part is looked for by. */
const KEY = 4;

/**
 * Values that are named by patterns, in which `*` stands for any text. A name is held only against patterns of which it has
 * the part that the fewest others have, so that many patterns and many names cost no more than what fits.
 */
export class NamePatterns<T> {
    /** Those without a `*`. */
    private readonly whole = new Map<string, Pattern<T>[]>();
    private readonly byPart = new Map<string, Pattern<T>[]>();
    /** How long the parts are, by the letters that they begin with. */
    private readonly lengths = new Map<string, Set<number>>();
    private readonly keyLengths = new Set<number>();
    /** Those of `*` alone. */
    private readonly others: Pattern<T>[] = [];

    constructor(values: readonly T[], patternsOf: (value: T) => readonly string[]) {
        const patterns = values.flatMap((value, order) =>
            Array.from(new Set(patternsOf(value).map((pattern) => pattern.toLowerCase())), (pattern) => ({
                parts: pattern.split("*"),
                value,
                order,
            })),
        );
        const counts = new Map<string, number>();
        for (const part of patterns.flatMap(({ parts }) => parts)) {
            counts.set(part, (counts.get(part) ?? 0) + 1);
        }
        for (const pattern of patterns) {
            const [first = ""] = pattern.parts;
            const part = rarest(pattern.parts, counts);
            if (pattern.parts.length === 1) {
                pushTo(this.whole, first, pattern);
            } else if (part === "") {
                this.others.push(pattern);
            } else {
                this.add(part, pattern);
            }
        }
    }

    /** The values that any of these names fits, in the order in which they were given. */
    matching(names: readonly string[]): readonly T[] {
        const found = new Map<number, T>();
        for (const name of new Set(names.map((each) => each.toLowerCase()))) {
            for (const { order, value } of this.whole.get(name) ?? []) {
                found.set(order, value);
            }
            for (const { parts, order, value } of this.candidates(name)) {
                if (hasParts(name, parts)) {
                    found.set(order, value);
                }
            }
        }
        return [...found].sort(([one], [other]) => one - other).map(([, value]) => value);
    }

    private add(part: string, pattern: Pattern<T>): void {
        pushTo(this.byPart, part, pattern);
        const key = part.slice(0, KEY);
        this.keyLengths.add(key.length);
        getOrCreate(this.lengths, key, () => new Set<number>()).add(part.length);
    }

    private candidates(name: string): ReadonlySet<Pattern<T>> {
        const found = new Set(this.others);
        for (let at = 0; at < name.length; at++) {
            for (const keyLength of this.keyLengths) {
                for (const length of this.lengths.get(name.slice(at, at + keyLength)) ?? []) {
                    this.byPart.get(name.slice(at, at + length))?.forEach((pattern) => found.add(pattern));
                }
            }
        }
        return found;
    }
}

/** The part that the fewest patterns have; of such, the longest. Empty where there is none but empty ones. */
function rarest(parts: readonly string[], counts: ReadonlyMap<string, number>): string {
    const countOf = (part: string): number => (part === "" ? Infinity : (counts.get(part) ?? 0));
    return parts.reduce((best, part) => {
        const more = countOf(part) - countOf(best);
        return more < 0 || (more === 0 && part.length > best.length) ? part : best;
    }, "");
}

/** `*` stands for any text. */
export function matchesPattern(text: string, pattern: string): boolean {
    return hasParts(text.toLowerCase(), pattern.toLowerCase().split("*"));
}

/** Compared part by part, without a regular expression, so that no pattern is slow. */
function hasParts(text: string, parts: readonly string[]): boolean {
    const [first = "", ...rest] = parts;
    const last = rest.pop();
    if (last === undefined) {
        return text === first;
    }
    if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) {
        return false;
    }
    let at = first.length;
    for (const part of rest) {
        const found = text.indexOf(part, at);
        if (found < 0) {
            return false;
        }
        at = found + part.length;
    }
    return at <= text.length - last.length;
}
