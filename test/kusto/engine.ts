// Runs queries over rows with an engine of KQL that is not ours: duckdb-kql, in Python. What was run is kept in results.json,
// so that what becomes of the rows is tested where there is no Python, too.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { installedEnvironment, pythonEnvironment, type PythonEnvironment } from "../../dev/offline/python";
import { projectRoot, SettingError } from "../../dev/offline/setting";
import { bound, nodesOf } from "./language-service";
import { COLUMNS } from "./resource-graph";

/** Set to `required`, the engine is installed where it is not, and a test that cannot have it fails. */
const VARIABLE = "KUSTO_ENGINE";

const PROGRAM = {
    name: "duckdb-kql",
    requirements: path.join(__dirname, "requirements.txt"),
    place: path.join(projectRoot(), ".offline", "kusto"),
    since: "3.11",
    size: "about 100 MB",
};

export type ResultRow = Readonly<Record<string, unknown>>;

export interface Result {
    /** With the types of DuckDB. */
    readonly columns: Readonly<Record<string, string>>;
    readonly rows: readonly ResultRow[];
}

export type Answer = Result | { readonly error: string };

export type Tables = Readonly<Record<string, readonly ResultRow[]>>;

export interface Engine {
    /** One answer for each query. */
    readonly run: (tables: Tables, queries: readonly string[]) => readonly Answer[];
    /** Holds the rows, for queries that are made of what others gave. */
    readonly serve: (tables: Tables) => ServedTables;
}

export interface ServedTables {
    readonly ask: (query: string) => Promise<Answer>;
    readonly close: () => void;
}

/** Why there is no engine, in one sentence, and whether there has to be one. */
export interface Missing {
    readonly because: string;
    readonly isRequired: boolean;
}

export function kustoEngine(): Engine | Missing {
    const isRequired = process.env[VARIABLE] === "required";
    try {
        const environment = isRequired ? pythonEnvironment(PROGRAM) : installedEnvironment(PROGRAM);
        return environment === undefined
            ? { because: NOT_INSTALLED, isRequired }
            : {
                  run: (tables, queries) => run(environment, tables, queries),
                  serve: (tables) => serve(environment, tables),
              };
    } catch (error) {
        if (error instanceof SettingError) {
            return { because: error.message, isRequired };
        }
        throw error;
    }
}

const NOT_INSTALLED = `duckdb-kql is not installed. \`npm run release:check\` installs it, and so does ${VARIABLE}=required; it takes Python ${PROGRAM.since} or later.`;

function run({ python }: PythonEnvironment, tables: Tables, queries: readonly string[]): readonly Answer[] {
    const input = JSON.stringify({ columns: COLUMNS, tables, queries });
    const script = path.join(__dirname, "engine.py");
    const { status, stdout, stderr } = spawnSync(python, [script], { input, encoding: "utf8", maxBuffer: 2 ** 28 });
    if (status !== 0) {
        throw new Error(`${script} ended with ${status ?? "a signal"}:\n${stderr}`);
    }
    return JSON.parse(stdout) as readonly Answer[];
}

function serve({ python }: PythonEnvironment, tables: Tables): ServedTables {
    const served = spawn(python, [path.join(__dirname, "engine.py"), "--serve"], {
        stdio: ["pipe", "pipe", "inherit"],
    });
    const lines: AsyncIterator<string, undefined> = createInterface({ input: served.stdout })[Symbol.asyncIterator]();
    served.stdin.write(`${JSON.stringify({ columns: COLUMNS, tables })}\n`);
    return {
        ask: async (query) => {
            served.stdin.write(`${JSON.stringify(query)}\n`);
            const line = await lines.next();
            if (line.done === true) {
                throw new Error("The engine has ended.");
            }
            return JSON.parse(line.value) as Answer;
        },
        close: () => served.stdin.end(),
    };
}

/** Of each query what it gave, by its file, and of what: a hash of its text and of the rows. */
export interface Recorded {
    readonly of: string;
    readonly result: Result;
}

export const RECORDING = path.join(__dirname, "results.json");

export function recorded(): Readonly<Record<string, Recorded>> {
    return JSON.parse(readFileSync(RECORDING, "utf8")) as Readonly<Record<string, Recorded>>;
}

/** Changes with every word of a query and with every value in the rows, and not with remarks and spaces. */
export function hashOf(query: string, tables: Tables): string {
    const words = [...nodesOf(bound(query).syntax)]
        .filter(({ children }) => children.length === 0)
        .map(({ text }) => text);
    return createHash("sha256")
        .update(JSON.stringify([words, tables]))
        .digest("hex")
        .slice(0, 16);
}
