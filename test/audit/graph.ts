// Answers questions to Resource Graph with an engine of KQL that is not ours. What it answered is kept in answers.json, so that
// the comparison is made where there is no Python, too.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { AskGraph } from "../../src/inventory/resource-graph";
import { hashOf, kustoEngine, type ResultRow, type Tables } from "../kusto/engine";

/** Small, so that there are several pages. */
const PAGE = 7;

const RECORDING = path.join(__dirname, "answers.json");

type Answers = Readonly<Record<string, readonly ResultRow[]>>;

export interface Graph {
    readonly ask: AskGraph;
    /** What has been asked, with the answers. */
    readonly answers: ReadonlyMap<string, readonly ResultRow[]>;
    readonly close: () => void;
}

/** An engine over these rows; undefined where none is installed. */
export function liveGraph(tables: Tables): Graph | undefined {
    const engine = kustoEngine();
    if (!("run" in engine)) {
        if (engine.isRequired) {
            throw new Error(engine.because);
        }
        return undefined;
    }
    const served = engine.serve(tables);
    return graphOf(tables, served.close, async (query) => {
        const answer = await served.ask(query);
        if ("error" in answer) {
            throw new Error(`${answer.error}\n${query}`);
        }
        return answer.rows;
    });
}

const recorded: Answers = existsSync(RECORDING) ? (JSON.parse(readFileSync(RECORDING, "utf8")) as Answers) : {};

/** The same answers as they were kept. */
export function recordedGraph(tables: Tables): Graph {
    return graphOf(
        tables,
        () => undefined,
        (query) => {
            const rows = recorded[keyOf(query, tables)];
            return rows === undefined
                ? Promise.reject(
                      new Error(
                          `A query is new. Ask it: KUSTO_ENGINE=required UPDATE_EXPECTED=1 npx jest test/audit\n${query}`,
                      ),
                  )
                : Promise.resolve(rows);
        },
    );
}

/** Keeps what these were asked, and forgets what nothing asks any longer. */
export function record(graphs: readonly Graph[]): void {
    const all = new Map(graphs.flatMap(({ answers }) => [...answers]));
    const sorted = Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
    writeFileSync(RECORDING, `${JSON.stringify(sorted)}\n`);
}

function graphOf(tables: Tables, close: () => void, rowsOf: (query: string) => Promise<readonly ResultRow[]>): Graph {
    const answers = new Map<string, readonly ResultRow[]>();
    return {
        answers,
        close,
        ask: async ({ query, skipToken }) => {
            const key = keyOf(query, tables);
            const rows = answers.get(key) ?? (await rowsOf(query));
            answers.set(key, rows);
            const at = Number(skipToken ?? 0);
            return {
                rows: rows.slice(at, at + PAGE),
                total: rows.length,
                isTruncated: false,
                skipToken: at + PAGE < rows.length ? String(at + PAGE) : undefined,
                isScopeCut: false,
            };
        },
    };
}

const tableKeys = new WeakMap<Tables, string>();

/** Of a query and the rows that it is asked of. */
function keyOf(query: string, tables: Tables): string {
    const ofTables = tableKeys.get(tables) ?? hashOf("resources", tables);
    tableKeys.set(tables, ofTables);
    return createHash("sha256").update(`${ofTables} ${query}`).digest("hex").slice(0, 16);
}
