// Each query of the project that reads one table is run over rows by an engine of KQL that is not ours. Needs Python: `npm run release:check`
// installs the engine, and from then on the suite has it. What comes out is kept in results.json, so that all else is tested
// without it, and counts as long as neither the query nor the rows have changed; UPDATE_EXPECTED=1 writes it anew.
import { writeFileSync } from "node:fs";
import { hashOf, kustoEngine, recorded, RECORDING, type Answer, type Engine, type Result } from "./engine";
import { bound } from "./language-service";
import { mutantsOf } from "./mutants";
import { TABLE_QUERIES } from "./queries";
import { ROWS } from "./rows";

const engine = kustoEngine();

if ("run" in engine) {
    ran(engine);
} else if (engine.isRequired) {
    test("there is an engine", () => {
        throw new Error(engine.because);
    });
} else {
    const said = `The Kusto queries are not run: ${engine.because}`;
    process.stderr.write(`${said}\n`);
    test.skip(said, () => undefined);
}

test("every query has been run as it stands (anew: KUSTO_ENGINE=required UPDATE_EXPECTED=1 npx jest test/kusto/run)", () => {
    const now = Object.fromEntries(TABLE_QUERIES.map(({ file, text }) => [file, hashOf(text, ROWS)]));
    expect(Object.fromEntries(Object.entries(recorded()).map(([file, { of }]) => [file, of]))).toEqual(now);
});

test("another word in a query, or another value in a row, is noticed; a remark and a space are not", () => {
    const query = "resources\n| project id\n| order by id asc";
    const hash = hashOf(query, ROWS);
    expect(hashOf(`// Said.\n${query.replace(" id", "   id")}`, ROWS)).toBe(hash);
    expect(hashOf(query.replace("asc", "desc"), ROWS)).not.toBe(hash);
    expect(hashOf(query, { ...ROWS, resources: ROWS.resources.slice(1) })).not.toBe(hash);
});

function ran({ run }: Engine): void {
    const answers = run(
        ROWS,
        TABLE_QUERIES.map(({ text }) => text),
    );
    const results = new Map(TABLE_QUERIES.map(({ file }, at) => [file, answers[at]]));

    describe.each(TABLE_QUERIES)("$file", ({ file, text }) => {
        const result = (): Result => given(results.get(file));

        test("gives columns of the types that Microsoft's binder tells", () => {
            const told = [...(bound(text).columns ?? [])].map(([name, type]) => [name, TYPES[type] ?? type]);
            expect(Object.entries(result().columns)).toEqual(told);
        });

        test("gives rows in the order of their ids, each id once, and something in each column", () => {
            const { columns, rows } = result();
            const ids = rows.map(({ id }) => String(id));
            expect(ids).toEqual([...new Set(ids)].sort());
            const empty = Object.keys(columns).filter((name) =>
                rows.every((row) => ["", null].includes(row[name] as null)),
            );
            expect(empty).toEqual([]);
        });

        test("gives something else when it is wrong", () => {
            const mutants = mutantsOf(text);
            const others = run(
                ROWS,
                mutants.map((mutant) => mutant.text),
            );
            const right = JSON.stringify(result().rows);
            const unnoticed = mutants.filter((_, at) => right === JSON.stringify(given(others[at]).rows));
            expect(unnoticed.map(({ what }) => what)).toEqual([]);
            expect(mutants.length).toBeGreaterThan(2);
        });
    });

    test("what they give is what the other tests take for it", () => {
        const now = Object.fromEntries(
            TABLE_QUERIES.map(({ file, text }) => [file, { of: hashOf(text, ROWS), result: given(results.get(file)) }]),
        );
        if (process.env["UPDATE_EXPECTED"]) {
            writeFileSync(RECORDING, `${JSON.stringify(now, undefined, 4)}\n`);
        }
        expect(recorded()).toEqual(now);
    });
}

/** DuckDB's names of KQL's types. */
const TYPES: Readonly<Record<string, string>> = {
    string: "VARCHAR",
    dynamic: "JSON",
    bool: "BOOLEAN",
    long: "BIGINT",
    int: "INTEGER",
    real: "DOUBLE",
    datetime: "TIMESTAMP",
};

function given(answer: Answer | undefined): Result {
    if (answer === undefined || "error" in answer) {
        throw new Error(answer?.error ?? "There is no answer.");
    }
    return answer;
}
