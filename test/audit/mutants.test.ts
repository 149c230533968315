// A fault in a query of the audit is noticed: each query is run with one thing wrong in it, and gives something else.
import { kustoEngine, type Answer } from "../kusto/engine";
import { mutantsOf } from "../kusto/mutants";
import { AUDIT_QUERIES } from "../kusto/queries";
import { estate, rowsOf } from "./estates";

const engine = kustoEngine();
const ROWS = rowsOf(estate(40, 120));

(("run" in engine ? describe : describe.skip) as typeof describe).each(AUDIT_QUERIES)("$file", ({ text }) => {
    test("gives something else when it is wrong", () => {
        if (!("run" in engine)) {
            throw new Error(engine.because);
        }
        const mutants = mutantsOf(text);
        const [right, ...others] = engine.run(ROWS, [text, ...mutants.map((mutant) => mutant.text)]);
        const rows = JSON.stringify(rowsIn(right));
        const unnoticed = mutants.filter((_, at) => rows === JSON.stringify(rowsIn(others[at])));
        expect(unnoticed.map(({ what }) => what)).toEqual([]);
    });
});

function rowsIn(answer: Answer | undefined): readonly unknown[] {
    if (answer === undefined || "error" in answer) {
        throw new Error(answer?.error ?? "There is no answer.");
    }
    return answer.rows;
}
