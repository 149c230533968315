import type { AzureResource } from "./model";

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
    const open = answers.flatMap((each) => (each.answer === "undecided" ? [each] : []));
    const [first, ...others] = open;
    if (first === undefined) {
        return { answer: "no" };
    }
    // The list as it is, where there is one: who tells open questions once knows them by their list.
    return others.length === 0
        ? first
        : { answer: "undecided", openQuestions: open.flatMap(({ openQuestions }) => openQuestions) };
}
