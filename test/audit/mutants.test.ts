// A fault in a query of the audit is noticed: each query is run with one thing wrong in it, and gives something else. Some faults
// change nothing here, because a join drops the same rows, or because no row has what they are about: unnoticed.json lists
// these, so that no other one slips through. UPDATE_EXPECTED=1 rewrites it.
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { kustoEngine, type Answer } from "../kusto/engine";
import { mutantsOf } from "../kusto/mutants";
import { AUDIT_QUERIES } from "../kusto/queries";
import { withIds } from "../../src/audit/questions";
import { estate, rowsOf } from "./estates";

const RECORDING = path.join(__dirname, "unnoticed.json");

const recorded = JSON.parse(readFileSync(RECORDING, "utf8")) as Readonly<Record<string, readonly string[]>>;
const engine = kustoEngine();
const ROWS = rowsOf(estate(40, 120));
/** Those queries that take a list of IDs are run with some of these. */
const IDS = ROWS.resources
    .filter(({ type }) => /virtualmachines$/i.test(String(type)))
    .map(({ id }) => String(id))
    .slice(0, 8);
const found = new Map<string, readonly string[]>();

afterAll(() => {
    if (process.env["UPDATE_EXPECTED"] && found.size === AUDIT_QUERIES.length) {
        writeFileSync(RECORDING, `${JSON.stringify(Object.fromEntries(found), undefined, 4)}\n`);
    }
});

test("every query is in the list, and nothing else", () => {
    expect(Object.keys(recorded)).toEqual(AUDIT_QUERIES.map(({ file }) => file));
});

("run" in engine ? describe : describe.skip).each(AUDIT_QUERIES)("$file", ({ file, text }) => {
    test("gives something else when it is wrong", () => {
        if (!("run" in engine)) {
            throw new Error(engine.because);
        }
        const mutants = mutantsOf(withIds(text, IDS));
        const [right, ...others] = engine.run(ROWS, [withIds(text, IDS), ...mutants.map((mutant) => mutant.text)]);
        const rows = JSON.stringify(rowsIn(right));
        // An engine may refuse what a fault makes of a query, which is noticed, too.
        const isNoticed = (other: Answer | undefined): boolean =>
            other === undefined || "error" in other || JSON.stringify(other.rows) !== rows;
        const unnoticed = mutants.filter((_, at) => !isNoticed(others[at])).map(({ what }) => what);
        found.set(file, unnoticed);
        if (!process.env["UPDATE_EXPECTED"]) {
            expect(unnoticed).toEqual(recorded[file]);
        }
        expect(unnoticed.length).toBeLessThan(mutants.length * 0.6);
    });
});

function rowsIn(answer: Answer | undefined): readonly unknown[] {
    if (answer === undefined || "error" in answer) {
        throw new Error(answer?.error ?? "There is no answer.");
    }
    return answer.rows;
}
