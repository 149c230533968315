/**
 * The word that somebody probably meant who wrote another one; undefined where none is near enough to be a guess.
 *
 * @param most slips that are still slips; with more it is another word
 */
export function nearest(
    written: string,
    words: readonly string[],
    most = Math.max(2, Math.ceil(written.length / 3)),
): string | undefined {
    let least = most + 1;
    let found: string | undefined;
    for (const word of words) {
        const slips = distance(written.toLowerCase(), word.toLowerCase());
        if (slips < least) {
            least = slips;
            found = word;
        }
    }
    return found;
}

/** Letters to add, leave out, change or swap with their neighbour (optimal string alignment). */
function distance(from: string, to: string): number {
    // A pasted novel is no slip, and measuring it would take for ever.
    if (Math.abs(from.length - to.length) > to.length) {
        return Infinity;
    }
    const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, index) => index)];
    const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
    for (let i = 1; i <= from.length; i++) {
        const row = [i];
        rows.push(row);
        for (let j = 1; j <= to.length; j++) {
            const change = from[i - 1] === to[j - 1] ? 0 : 1;
            const isSwap = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
            row.push(
                Math.min(
                    at(i - 1, j) + 1,
                    at(i, j - 1) + 1,
                    at(i - 1, j - 1) + change,
                    isSwap ? at(i - 2, j - 2) + 1 : Infinity,
                ),
            );
        }
    }
    return at(from.length, to.length);
}
