import { expectGeneratedPart } from "../../dev/docs/generated";
import { factsByAge, olderThanTwoYears, sourcesByAge } from "../../dev/docs/sources";
import { learn } from "../../src/facts/page";
import { ROWS } from "../../src/facts/rows";
import { statement, type Row } from "../../src/facts/row";

function row(fact: string, date: string | undefined, policy: Row["policies"][number]): Row {
    return statement({ policies: [policy], fact, says: "", page: learn("A page", date, "azure/backup") });
}

test("docs/sources.md has each fact, the one on the oldest page first", () => {
    expectGeneratedPart("docs/sources.md", "facts by age", sourcesByAge());
    const listed = factsByAge();
    for (const { fact, page, policies } of ROWS) {
        const same = listed.filter((each) => each.fact === fact && each.page === page);
        expect(same.flatMap((each) => each.policies)).toEqual(expect.arrayContaining([...policies]));
    }
});

test("a fact that several rows state has the policies of all, once for each page", () => {
    const facts = factsByAge([
        row("INT-02", "2025-01-01", "BCDR102"),
        row("INT-01", undefined, "BCDR101"),
        row("INT-02", "2024-01-01", "BCDR104"),
        row("INT-02", "2025-01-01", "BCDR101"),
    ]);
    expect(facts.map(({ fact, page, policies }) => [fact, page.date, ...policies])).toEqual([
        ["INT-02", "2024-01-01", "BCDR104"],
        ["INT-02", "2025-01-01", "BCDR101", "BCDR102"],
        ["INT-01", undefined, "BCDR101"],
    ]);
});

test("a fact is unverified only where no row verifies it", () => {
    const unverified = { ...row("INT-01", "2025-01-01", "BCDR101"), isUnverified: true as const };
    const verified = row("INT-01", "2025-01-01", "BCDR102");
    const isUnverified = (...rows: readonly Row[]): readonly boolean[] =>
        factsByAge(rows).map((each) => each.isUnverified);
    expect(isUnverified(unverified)).toEqual([true]);
    expect(isUnverified(unverified, verified)).toEqual([false]);
    expect(isUnverified(verified, unverified)).toEqual([false]);
});

test.each([
    ["2027-01-30", []],
    ["2027-01-31", []],
    ["2027-02-01", ["INT-01"]],
    ["2028-02-29", ["INT-01", "INT-02"]],
])("on %s, pages are older than two years of: %j", (day, old) => {
    const facts = factsByAge([
        row("INT-01", "2025-01-31", "BCDR101"),
        row("INT-02", "2026-02-28", "BCDR101"),
        row("INT-03", undefined, "BCDR101"),
    ]);
    expect(olderThanTwoYears(facts, day).map(({ fact }) => fact)).toEqual(old);
});
