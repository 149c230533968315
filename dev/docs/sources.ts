import type { Page } from "../../src/facts/page";
import { ROWS } from "../../src/facts/rows";
import type { Row } from "../../src/facts/row";
import { table } from "./generated";

/** A fact, and the page that it rests on. A fact that rests on two pages is two of them. */
export interface SourcedFact {
    readonly fact: string;
    readonly page: Page;
    readonly policies: readonly string[];
    readonly isUnverified: boolean;
}

/** The oldest page first; those without a date last, because nobody can tell how old they are. */
export function factsByAge(rows: readonly Row<unknown>[] = ROWS): readonly SourcedFact[] {
    const facts = new Map<string, SourcedFact>();
    for (const { fact, page, policies, isUnverified = false } of rows) {
        const key = `${fact} ${page.address} ${page.date ?? ""}`;
        const same = facts.get(key);
        facts.set(key, {
            fact,
            page,
            policies: [...new Set([...(same?.policies ?? []), ...policies])].sort(),
            isUnverified: isUnverified && same?.isUnverified !== false,
        });
    }
    const keyOf = ({ fact, page }: SourcedFact): string => [page.date ?? "undated", fact, page.title].join("\n");
    return [...facts.values()].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** Those whose page is more than two years older than a day such as `2027-01-31`. */
export function olderThanTwoYears(facts: readonly SourcedFact[], day: string): readonly SourcedFact[] {
    const limit = `${Number(day.slice(0, 4)) - 2}${day.slice(4)}`;
    return facts.filter(({ page: { date } }) => date !== undefined && date < limit);
}

/** The two tables of docs/sources.md. No day counts in them, so they change only with the facts. */
export function sourcesByAge(facts: readonly SourcedFact[] = factsByAge()): string {
    const dated = facts.filter(({ page }) => page.date !== undefined);
    const undated = facts.filter(({ page }) => page.date === undefined);
    return [
        table(
            ["Date", "Fact", "Page", "Policies"],
            dated.map((each) => [each.page.date ?? "", ...cells(each)]),
        ),
        "## Pages without a date",
        table(["Fact", "Page", "Policies"], undated.map(cells)),
    ].join("\n\n");
}

function cells({ fact, page, policies, isUnverified }: SourcedFact): readonly string[] {
    return [
        isUnverified ? `${fact} (unverified)` : fact,
        `[${page.title}](${page.address}), ${page.publisher}`,
        policies.join(", "),
    ];
}

/** A fact as the command prints it: on one line, to be found again with `git grep`. */
export function lineOf({ fact, page: { date, title, address }, policies }: SourcedFact): string {
    return `${date ?? "undated"}  ${fact}  ${policies.join(", ")}  ${title}  ${address}`;
}
