/** The first names of a list of any length, and how many there are: what a message needs of it. */
export interface Names {
    readonly first: readonly string[];
    readonly count: number;
}

/** More of them would make a sentence that nobody reads to its end. */
export const MOST_NAMES = 20;

export function namesOf<T>(all: readonly T[], nameOf: (each: T) => string, most = MOST_NAMES): Names {
    return { first: all.slice(0, most).map(nameOf), count: all.length };
}

/** `"web", "db"`; of many, the first ones and how many more there are: `"web", "db" and 4,998 more`. */
export function quoted(names: readonly string[] | Names, most = MOST_NAMES, separator = ", "): string {
    const { first, count } = "first" in names ? names : { first: names, count: names.length };
    return inWords(
        first.slice(0, most).map((name) => `"${name}"`),
        count,
        separator,
    );
}

/** The same for words that are no names. */
export function listed(words: readonly string[], most = MOST_NAMES, separator = ", "): string {
    return inWords(words.slice(0, most), words.length, separator);
}

function inWords(words: readonly string[], count: number, separator: string): string {
    const told = words.join(separator);
    return count > words.length ? `${told} and ${more(count - words.length)}` : told;
}

/** `4,998 more` */
export function more(count: number): string {
    return `${count.toLocaleString("en-US")} more`;
}

/** A line for each of the first, and one for the rest. */
export function linesOf({ first, count }: Names): readonly string[] {
    return count > first.length ? [...first, `and ${more(count - first.length)}`] : first;
}
