import { isSignInError, isTorn, reasonOf, type AskGraph, type GraphPage } from "./resource-graph";

/** Whose resources a question is about; without either, those of the whole tenant. */
export interface GraphScope {
    readonly subscriptions?: readonly string[];
    readonly managementGroups?: readonly string[];
}

export interface GraphReading {
    readonly ask: AskGraph;
    /** Called after each page. */
    readonly progress: (progress: GraphProgress) => void;
    /** Between two attempts to get an answer that was torn. */
    readonly pause?: number;
}

export interface GraphProgress {
    /** `backup items` */
    readonly table: string;
    readonly pages: number;
    /** Rows so far, of all tables. */
    readonly rows: number;
}

/** A query and what to call its rows. */
export interface NamedQuery {
    readonly name: string;
    readonly text: string;
}

/** Fewer rows came than there are, and nothing leads to the others. */
export class RowsMissing extends Error {}

const ATTEMPTS = 3;

/** Asks Resource Graph page by page, and counts. */
export class GraphPages {
    private count = 0;
    private rowCount = 0;

    constructor(private readonly reading: GraphReading) {}

    /** @throws RowsMissing */
    async *pages({ name, text }: NamedQuery, scope: GraphScope): AsyncGenerator<GraphPage, void, undefined> {
        const query = withoutComments(text);
        let skipToken: string | undefined;
        let total = Infinity;
        let read = 0;
        const tokens = new Set<string>();
        for (;;) {
            const page = await this.patiently(() => this.reading.ask({ query, ...scope, skipToken }));
            // Things come and go while pages are read.
            total = Math.min(total, page.total);
            read += page.rows.length;
            this.rowCount += page.rows.length;
            this.reading.progress({ table: name, pages: ++this.count, rows: this.rowCount });
            yield page;
            skipToken = page.skipToken || undefined;
            if (skipToken === undefined || tokens.has(skipToken)) {
                if (skipToken !== undefined || page.isTruncated || read < total) {
                    throw new RowsMissing(`Resource Graph has ${total} rows and gave ${read}, not all of them`);
                }
                return;
            }
            tokens.add(skipToken);
        }
    }

    /** @throws RowsMissing */
    async rows(
        query: NamedQuery,
        scope: GraphScope,
    ): Promise<{ readonly rows: readonly unknown[]; readonly isScopeCut: boolean }> {
        const rows: unknown[] = [];
        let isScopeCut = false;
        for await (const page of this.pages(query, scope)) {
            for (const row of page.rows) {
                rows.push(row);
            }
            isScopeCut ||= page.isScopeCut;
        }
        return { rows, isScopeCut };
    }

    /** The client asks again where it was turned away or cut off before an answer; a torn answer it takes for one. */
    private async patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
        for (let attempt = 1; ; attempt++) {
            try {
                return await ask();
            } catch (error) {
                if (attempt === ATTEMPTS || !isTorn(error)) {
                    throw error;
                }
                await new Promise((resolve) => setTimeout(resolve, attempt * (this.reading.pause ?? 2000)));
            }
        }
    }
}

/**
 * What went wrong with a question, in a few words.
 *
 * @throws what is no failure of one question but of all
 */
export function problemOf(error: unknown): string {
    if (isSignInError(error)) {
        throw error;
    }
    return error instanceof RowsMissing ? error.message : reasonOf(error);
}

/** The service takes them; the request is smaller without. */
function withoutComments(query: string): string {
    return query
        .split("\n")
        .filter((line) => !line.trimStart().startsWith("//"))
        .join("\n")
        .trim();
}
