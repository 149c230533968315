// Runs the shell lines of a pipeline, and of our template where the pipeline uses it, as an agent of Azure Pipelines does.
import { mkdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { runInNewContext } from "node:vm";
import { parse } from "yaml";

import { ROOT } from "../../../dev/docs/generated";
import type { Environment } from "../../../dev/offline/setting";
import { type Checkout, ended, type Ran, skipped } from "./shell";

type Value = string | boolean | Readonly<Record<string, string>>;
type Values = Readonly<Record<string, Value>>;

interface Parameter {
    readonly name: string;
    readonly type: string;
    readonly default?: Value;
    readonly values?: readonly string[];
}

interface Step {
    readonly template?: string;
    readonly parameters?: Values;
    readonly task?: string;
    readonly bash?: string;
    readonly publish?: string;
    readonly artifact?: string;
    readonly displayName?: string;
    readonly condition?: string;
    readonly inputs?: Readonly<Record<string, string | boolean>>;
    readonly env?: Readonly<Record<string, Value>>;
}

interface Template {
    readonly parameters: readonly Parameter[];
    readonly steps: readonly Step[];
}

const JAVASCRIPT_TYPES: Readonly<Record<string, string>> = { string: "string", boolean: "boolean", object: "object" };

/** The parameters as a template gets them: each has a value of its type, out of those that are allowed. */
function parametersOf(template: Template, given: Values): Values {
    const unknown = Object.keys(given).filter((name) => template.parameters.every((each) => each.name !== name));
    if (unknown.length > 0) {
        throw new Error(`The template has no parameter ${unknown.join(", ")}`);
    }
    return Object.fromEntries(
        template.parameters.map(({ name, type, default: value, values }) => {
            const actual = given[name] ?? value;
            if (actual === undefined || typeof actual !== JAVASCRIPT_TYPES[type]) {
                throw new Error(`The parameter ${name} must be of type ${type}`);
            }
            if (values !== undefined && !values.includes(String(actual))) {
                throw new Error(`The parameter ${name} cannot be ${String(actual)}`);
            }
            return [name, actual];
        }),
    );
}

/** Template expressions: those of a parameter, and `insert`, which merges an object. */
function expanded(node: unknown, parameters: Values): unknown {
    if (typeof node === "string") {
        const [, whole] = /^\$\{\{ parameters\.(\w+) \}\}$/.exec(node) ?? [];
        // A boolean in a text is written like this.
        const inText = (value: Value | undefined): string =>
            typeof value === "boolean" ? (value ? "True" : "False") : String(value);
        return whole === undefined
            ? node.replace(/\$\{\{ parameters\.(\w+) \}\}/g, (_, name: string) => inText(parameters[name]))
            : parameters[whole];
    }
    if (Array.isArray(node)) {
        return node.map((each) => expanded(each, parameters));
    }
    if (typeof node === "object" && node !== null) {
        return Object.fromEntries(
            Object.entries(node).flatMap(([key, value]) => {
                const inner = expanded(value, parameters);
                return key === "${{ insert }}" ? Object.entries(inner as object) : [[key, inner]];
            }),
        );
    }
    return node;
}

function stepsOf(steps: readonly Step[]): readonly Step[] {
    return steps.flatMap((step) => {
        if (step.template === undefined) {
            return [step];
        }
        const [file = ""] = step.template.split("@");
        const template = parse(readFileSync(path.join(ROOT, file), "utf8")) as Template;
        return expanded(template.steps, parametersOf(template, step.parameters ?? {})) as readonly Step[];
    });
}

const lower = (value: unknown): string => String(value).toLowerCase();

function holds(condition: string, variables: Readonly<Record<string, string>>, hasFailed: boolean): boolean {
    return runInNewContext(condition.replace(/\bin\(/g, "isIn("), {
        variables: new Proxy(variables, { get: (all, name) => all[String(name)] ?? "" }),
        and: (...all: readonly boolean[]) => all.every(Boolean),
        eq: (left: unknown, right: unknown) => lower(left) === lower(right),
        ne: (left: unknown, right: unknown) => lower(left) !== lower(right),
        isIn: (value: unknown, ...all: readonly unknown[]) => all.some((each) => lower(each) === lower(value)),
        succeeded: () => !hasFailed,
        succeededOrFailed: () => true,
    }) as boolean;
}

export async function runPipeline(
    text: string,
    checkout: Checkout,
    predefined: Readonly<Record<string, string>>,
    env: Environment,
): Promise<readonly Ran[]> {
    const variables: Record<string, string> = {
        ...predefined,
        "Agent.TempDirectory": path.join(checkout.folder, "temporary"),
        "Build.ArtifactStagingDirectory": path.join(checkout.folder, "staging"),
    };
    mkdirSync(variables["Agent.TempDirectory"]!, { recursive: true });
    // What is no variable stays unchanged, such as a command of the shell.
    const macros = (value: string): string =>
        value.replace(/\$\(([\w.]+)\)/g, (whole, name: string) => variables[name] ?? whole);
    const ran: Ran[] = [];
    let hasFailed = false;
    for (const step of stepsOf((parse(text) as { readonly steps: readonly Step[] }).steps)) {
        const name = step.displayName ?? step.bash ?? step.task ?? "";
        const lines = step.bash ?? step.inputs?.["inlineScript"];
        if (!holds(step.condition ?? "succeeded()", variables, hasFailed)) {
            ran.push(skipped(name));
        } else if (typeof lines !== "string") {
            const given = step.inputs ?? { artifact: step.artifact ?? "", path: step.publish ?? "" };
            const inputs = Object.fromEntries(
                Object.entries(given).map(([key, value]) => [key, macros(String(value))]),
            );
            ran.push({ name, outcome: "success", stdout: "", stderr: "", uses: step.task ?? "publish", inputs });
        } else {
            const own = Object.fromEntries(
                Object.entries(step.env ?? {}).map(([key, value]) => [key, macros(String(value))]),
            );
            const shell = ["bash", "--noprofile", "--norc"];
            const run = await checkout.run({ name, shell, text: macros(lines), env: own }, { ...env, ...own });
            for (const [, key = "", value = ""] of run.stdout.matchAll(
                /^##vso\[task\.setvariable variable=(\w+)\](.*)$/gm,
            )) {
                variables[key] = value;
            }
            hasFailed ||= run.status !== 0;
            ran.push(ended(name, run));
        }
    }
    return ran;
}
