/** What to do, in order. */
export interface Steps {
    /** When: "Before you restore this machine:" */
    readonly occasion: string;
    readonly list: readonly string[];
}
