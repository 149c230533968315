/** Azure takes its names and words in any case, and answers in a case of its own choice. */
export function equalsIgnoringCase(one: string | undefined, other: string): boolean {
    return one === other || (one?.length === other.length && one.toLowerCase() === other.toLowerCase());
}
