import { spawn, spawnSync, type ChildProcessByStdio } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { parse, stringify } from "yaml";

import { ROOT } from "../../dev/docs/generated";

/**
 * GitHub's own parsers are made for bundlers: they load JSON in a way that Node does not, and are no CommonJS. So they run in
 * a process of their own, with a hook that says what is JSON.
 */
const HOOK = `export const load = (url, context, next) =>
    next(url, url.endsWith(".json") ? { ...context, format: "json", importAttributes: { type: "json" } } : context);`;

const HOOKED = `
import { register } from "node:module";
register("data:text/javascript," + ${JSON.stringify(encodeURIComponent(HOOK))});`;

const BEFORE = `${HOOKED}
import { readFileSync } from "node:fs";
const input = readFileSync(0, "utf8");`;

const WORKFLOW = `${BEFORE}
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import("@actions/workflow-parser");
const { context, value } = parseWorkflow({ name: "w.yml", content: input }, new NoOperationTraceWriter());
await convertWorkflowTemplate(context, value);
console.log(JSON.stringify(context.errors.getErrors().map(({ message }) => message)));`;

const ACTION = `${BEFORE}
const { NoOperationTraceWriter } = await import("@actions/workflow-parser");
const { parseAction } = await import("@actions/workflow-parser/actions/action-parser");
const { context } = parseAction({ name: "action.yml", content: input }, new NoOperationTraceWriter());
console.log(JSON.stringify(context.errors.getErrors().map(({ message }) => message)));`;

/** Answers each line of its input with a line. */
const EVALUATE = `${HOOKED}
import { createInterface } from "node:readline";
const { data, Evaluator, Lexer, Parser } = await import("@actions/expressions");
const dataOf = (value) => {
    switch (typeof value) {
        case "string":
            return new data.StringData(value);
        case "boolean":
            return new data.BooleanData(value);
        case "number":
            return new data.NumberData(value);
        default:
            return new data.Dictionary(...Object.entries(value).map(([key, each]) => ({ key, value: dataOf(each) })));
    }
};
const evaluated = (expression, { contexts, hasFailed }) => {
    const statuses = { always: true, success: !hasFailed, failure: hasFailed };
    const functions = Object.entries(statuses).map(([name, is]) => ({
        name,
        minArgs: 0,
        maxArgs: 0,
        call: () => new data.BooleanData(is),
    }));
    const parsed = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), functions).parse();
    const byName = new Map(functions.map((each) => [each.name, each]));
    return new Evaluator(parsed, dataOf(contexts), byName).evaluate().coerceString();
};
for await (const line of createInterface({ input: process.stdin })) {
    const { texts, ...known } = JSON.parse(line);
    console.log(JSON.stringify(texts.map((text) => text.replace(/\\$\\{\\{(.*?)\\}\\}/g, (_, expression) => evaluated(expression, known)))));
}`;

function askGithub(program: string, input: string): unknown {
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
        cwd: ROOT,
        input,
        encoding: "utf8",
    });
    expect(stderr).toBe("");
    return JSON.parse(stdout);
}

/** What GitHub complains about in a workflow: its schema and the names in expressions. */
export function complaintsAboutWorkflow(text: string): unknown {
    return askGithub(WORKFLOW, text);
}

/** What GitHub complains about in an action: its schema and the names in expressions. */
export function complaintsAboutAction(text: string): unknown {
    return askGithub(ACTION, text);
}

/** One process evaluates all expressions of a test file: to start one for each takes longer than all the evaluations. */
class Evaluator {
    private readonly waiting: ((answer: string) => void)[] = [];

    constructor(readonly child: ChildProcessByStdio<Writable, Readable, null>) {
        createInterface({ input: child.stdout }).on("line", (line) => this.waiting.shift()?.(line));
        // What has gone wrong there is on standard error.
        child.on("close", () => {
            evaluator = undefined;
            this.waiting.splice(0).forEach((answer) => answer(""));
        });
    }

    ask(question: object): Promise<string> {
        return new Promise((resolve) => {
            this.waiting.push(resolve);
            this.child.stdin.write(`${JSON.stringify(question)}\n`);
        });
    }
}

let evaluator: Evaluator | undefined;
afterAll(() => evaluator?.child.kill());

/** Texts with the values of the expressions in them, given what GitHub knows then. */
export async function evaluated(
    texts: readonly string[],
    contexts: object,
    hasFailed = false,
): Promise<readonly string[]> {
    if (!texts.some((text) => text.includes("${{"))) {
        return texts;
    }
    evaluator ??= new Evaluator(
        spawn(process.execPath, ["--input-type=module", "--eval", EVALUATE], {
            cwd: ROOT,
            stdio: ["pipe", "pipe", "inherit"],
        }),
    );
    return JSON.parse(await evaluator.ask({ texts, contexts, hasFailed })) as readonly string[];
}

/** Whether a step with this condition runs after another has failed, if it holds. */
export function looksAtFailure(condition: string): boolean {
    return /\b(?:always|success|failure)\(\)/.test(condition);
}

/** Whether a step would run, given what GitHub knows then. */
export async function runs(condition: string, contexts: object, hasFailed = false): Promise<boolean> {
    return (
        (looksAtFailure(condition) || !hasFailed) && (await evaluated([condition], contexts, hasFailed))[0] === "true"
    );
}

/** Steps that a page shows alone. */
export const asWorkflow = (steps: string): string =>
    stringify({ on: "pull_request", jobs: { job: { "runs-on": "ubuntu-latest", steps: parse(steps) as object } } });
