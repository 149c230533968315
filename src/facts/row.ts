import type { Page } from "./page";

/** One statement of Microsoft's, in our words, that a policy rests on. */
export interface Row<Limit = undefined> {
    /** The policies that rest on it. */
    readonly policies: readonly `BCDR${number}`[];
    /** Its id among the facts, as comments cite it. */
    readonly fact: string;
    /** What is said, as a sentence. */
    readonly says: string;
    /** The value, or values, that a policy compares with; units stand in its name or in the sentence. */
    readonly limit: Limit;
    readonly page: Page;
    /** Where editions differ: what the others say, and when it changed. The row itself has the newest. */
    readonly changed?: string;
    /** True where no page of Microsoft's says it. Such a row never makes a policy mandatory. */
    readonly isUnverified?: true;
}

/** A row that compares with no number. */
export function statement(row: Omit<Row, "limit">): Row {
    return { ...row, limit: undefined };
}
