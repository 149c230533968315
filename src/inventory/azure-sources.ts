import { subscriptionOf } from "./azure-rows";
import { MalformedRow } from "./columns";
import type { InventorySource } from "./document";

/** The sources of the document and what is wrong with each. */
export class Sources {
    private readonly byName = new Map<string, { readonly index: number; readonly problems: string[] }>();
    private readonly denied = new Set<string>();
    /** By source and table: how many rows were malformed, and the first of them. */
    private readonly malformed = new Map<string, { readonly source: string; readonly first: string; count: number }>();

    constructor(private readonly now: Date) {}

    /** The index of a subscription's source. */
    indexOf(subscription: string): number {
        return this.named(nameOf(subscription)).index;
    }

    reportOn(subscription: string, problem: string, isDenied = false): void {
        this.message(nameOf(subscription), problem);
        if (isDenied) {
            this.denied.add(subscription);
        }
    }

    message(name: string, problem: string): void {
        this.named(name).problems.push(problem);
    }

    /** What is wrong with a row is wrong with its subscription; where that cannot be read, with the whole reading. */
    reportMalformed(table: string, number: number, row: unknown, error: unknown): void {
        if (!(error instanceof MalformedRow)) {
            throw error;
        }
        const subscription = subscriptionOf(row);
        const source = subscription === undefined ? "Resource Graph" : nameOf(subscription);
        const key = `${table} of ${source}`;
        const sourced = this.malformed.get(key);
        if (sourced === undefined) {
            this.named(source);
            this.malformed.set(key, { source, first: `${table}, row ${number}: ${error.message}`, count: 1 });
        } else {
            sourced.count++;
        }
    }

    hasProblem(subscription: string): boolean {
        return this.named(nameOf(subscription)).problems.length > 0;
    }

    isDenied(subscription: string): boolean {
        return this.denied.has(subscription);
    }

    all(): readonly InventorySource[] {
        // To the second, as Azure's portal and the states of Pulumi have it.
        const readAt = this.now.toISOString().replace(/\.\d+Z$/, "Z");
        return [...this.byName].map(([name, { problems }]) => {
            const rows = [...this.malformed.values()]
                .filter(({ source }) => source === name)
                .map(({ first, count }) => (count === 1 ? first : `${first} (and ${count - 1} more such rows)`));
            const all = [...problems, ...rows];
            return { kind: "azure", name, readAt, ...(all.length === 0 ? {} : { problem: all.join("; ") }) };
        });
    }

    private named(name: string): { readonly index: number; readonly problems: string[] } {
        const source = this.byName.get(name) ?? { index: this.byName.size, problems: [] };
        this.byName.set(name, source);
        return source;
    }
}

function nameOf(subscription: string): string {
    return `subscription ${subscription}`;
}
