/** What to do, in order. */
export interface Steps {
    /** When: "Before you restore this VM:" */
    readonly occasion: string;
    readonly list: readonly string[];
}
