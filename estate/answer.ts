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
