import { getOrCreate } from "./lists";
import type { AzureResource } from "./resources";

/** A question about the estate has three answers, and the third one says what it waits for. */
export type Answer<T> =
    | { readonly answer: "yes"; readonly items: readonly T[] }
    | { readonly answer: "no" }
    | { readonly answer: "undecided"; readonly openQuestions: readonly OpenQuestion[] };

/** A property of a resource that the plan does not know yet and on which something depends. */
export interface OpenQuestion {
    readonly resource: AzureResource;
    readonly property: string;
}

/** Whether any of several answers is yes; all that is open counts where none is. */
export function anyOf<T>(answers: readonly Answer<T>[]): Answer<T> {
    const items = answers.flatMap((each) => (each.answer === "yes" ? each.items : []));
    if (items.length > 0) {
        return { answer: "yes", items };
    }
    const lists = [...new Set(answers.flatMap((each) => (each.answer === "undecided" ? [each.openQuestions] : [])))];
    if (lists.length === 0) {
        return { answer: "no" };
    }
    return { answer: "undecided", openQuestions: lists.length > FEW ? lists.flat() : lists.reduce(joined) };
}

/** Of more lists, most are of one disk each, and nobody else comes with the same ones. */
const FEW = 8;

const pairs = new WeakMap<readonly OpenQuestion[], WeakMap<readonly OpenQuestion[], readonly OpenQuestion[]>>();

/** The same list for the same two: who tells open questions once knows them by their list. */
function joined(one: readonly OpenQuestion[], other: readonly OpenQuestion[]): readonly OpenQuestion[] {
    const withOne = getOrCreate(pairs, one, () => new WeakMap<readonly OpenQuestion[], readonly OpenQuestion[]>());
    return getOrCreate(withOne, other, () => [...one, ...other]);
}
