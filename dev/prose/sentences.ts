import { lineAt, textOf, type Passage } from "./passages";

/** A sentence of more words than a reader takes in at once. */
export interface LongSentence {
    readonly line: number;
    readonly words: number;
    readonly sentence: string;
}

export const MOST_WORDS = 25;

export function longSentences(passages: readonly Passage[]): readonly LongSentence[] {
    return passages.flatMap((passage) => {
        const text = textOf(passage);
        return [...text.matchAll(SENTENCE)].flatMap(({ 0: found, index }) => {
            const sentence = found.trim();
            const words = wordsIn(sentence);
            return words > MOST_WORDS ? [{ line: lineAt(passage, index), words, sentence }] : [];
        });
    });
}

/** Up to a full stop that a capital, a name or the end follows. */
const SENTENCE = /\S.*?(?:[.!?](?=\s+["“(`[]?[A-Z`"…])|$)/g;

/** A quoted name is one word, and so is anything without a space. */
function wordsIn(sentence: string): number {
    return sentence
        .replace(/"[^"]*"/g, "name")
        .split(/\s+/)
        .filter((word) => /[\p{L}\p{N}…]/u.test(word)).length;
}
