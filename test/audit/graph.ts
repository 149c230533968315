// Answers questions to Resource Graph with an engine of KQL that is not ours.
import type { AskGraph } from "../../src/inventory/resource-graph";
import { kustoEngine, type Tables } from "../kusto/engine";

/** Small, so that there are several pages. */
const PAGE = 7;

export function graphOf(tables: Tables, name: string): { ask: AskGraph; close: () => void } {
    const engine = kustoEngine();
    if (!("run" in engine)) {
        throw new Error(engine.because);
    }
    const served = engine.serve(tables);
    const answers = new Map<string, readonly unknown[]>();
    return {
        close: served.close,
        ask: async ({ query, skipToken }) => {
            let rows = answers.get(query);
            if (rows === undefined) {
                const answer = await served.ask(query);
                if ("error" in answer) {
                    throw new Error(`${name}: ${answer.error}\n${query}`);
                }
                rows = answer.rows;
                answers.set(query, rows);
            }
            const at = Number(skipToken ?? 0);
            const next = at + PAGE < rows.length ? String(at + PAGE) : undefined;
            return {
                rows: rows.slice(at, at + PAGE),
                total: rows.length,
                isTruncated: false,
                skipToken: next,
                isScopeCut: false,
            };
        },
    };
}
