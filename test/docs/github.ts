import { spawnSync } from "node:child_process";
import { parse, stringify } from "yaml";

import { ROOT } from "../../dev/docs/generated";

/**
 * GitHub's own parsers are made for bundlers: they load JSON in a way that Node does not, and are no CommonJS. So they run in
 * a process of their own, with a hook that says what is JSON.
 */
const HOOK = `export const load = (url, context, next) =>
    next(url, url.endsWith(".json") ? { ...context, format: "json", importAttributes: { type: "json" } } : context);`;

const BEFORE = `
import { readFileSync } from "node:fs";
import { register } from "node:module";
register("data:text/javascript," + ${JSON.stringify(encodeURIComponent(HOOK))});
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

const EVALUATE = `${BEFORE}
const { data, Evaluator, Lexer, Parser } = await import("@actions/expressions");
const { texts, contexts, hasFailed } = JSON.parse(input);
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
const statuses = { always: true, success: !hasFailed, failure: hasFailed };
const functions = Object.entries(statuses).map(([name, is]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(is),
}));
const evaluated = (expression) => {
    const parsed = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), functions).parse();
    const byName = new Map(functions.map((each) => [each.name, each]));
    return new Evaluator(parsed, dataOf(contexts), byName).evaluate().coerceString();
};
console.log(JSON.stringify(texts.map((text) => text.replace(/\\$\\{\\{(.*?)\\}\\}/g, (_, expression) => evaluated(expression)))));`;

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

/** Texts with the values of the expressions in them, given what GitHub knows then. */
export function evaluated(texts: readonly string[], contexts: object, hasFailed = false): readonly string[] {
    return texts.some((text) => text.includes("${{"))
        ? (askGithub(EVALUATE, JSON.stringify({ texts, contexts, hasFailed })) as readonly string[])
        : texts;
}

/** Whether a step with this condition runs after another has failed, if it holds. */
export function looksAtFailure(condition: string): boolean {
    return /\b(?:always|success|failure)\(\)/.test(condition);
}

/** Whether a step would run, given what GitHub knows then. */
export function runs(condition: string, contexts: object, hasFailed = false): boolean {
    return (looksAtFailure(condition) || !hasFailed) && evaluated([condition], contexts, hasFailed)[0] === "true";
}

/** Steps that a page shows alone. */
export const asWorkflow = (steps: string): string =>
    stringify({ on: "pull_request", jobs: { job: { "runs-on": "ubuntu-latest", steps: parse(steps) as object } } });
