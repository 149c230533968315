// Runs the shell lines of jobs, and of our component where a file includes it, as a runner of GitLab does.
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { parse, parseAllDocuments } from "yaml";

import { ROOT } from "../../../dev/docs/generated";
import type { Environment } from "../../../dev/offline/setting";
import { REPOSITORY } from "../../../policies/package";
import { type Checkout, ended, type Ran } from "./shell";

interface Input {
    readonly type?: "string" | "boolean" | "array";
    readonly default?: unknown;
    readonly options?: readonly unknown[];
}

interface Include {
    readonly remote: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
}

interface Job {
    readonly variables?: Readonly<Record<string, string>>;
    readonly before_script?: readonly string[];
    readonly script?: readonly string[];
    readonly after_script?: readonly string[];
    readonly rules?: readonly object[];
}

/** A file of this repository is included from there, in any version. */
const OURS = `${REPOSITORY.replace("github.com", "raw.githubusercontent.com")}/v`;

function inputsOf(
    spec: Readonly<Record<string, Input>>,
    given: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, unknown> {
    const unknown = Object.keys(given).filter((name) => !(name in spec));
    if (unknown.length > 0) {
        throw new Error(`The component has no input ${unknown.join(", ")}`);
    }
    return new Map(
        Object.entries(spec).map(([name, { type = "string", default: value, options }]) => {
            const actual = given[name] ?? value;
            if ((Array.isArray(actual) ? "array" : typeof actual) !== type) {
                throw new Error(`The input ${name} must be of type ${type}`);
            }
            if (options !== undefined && !options.includes(actual)) {
                throw new Error(`The input ${name} cannot be ${String(actual)}`);
            }
            return [name, actual];
        }),
    );
}

/** A block that is the whole text keeps its type; within a text it becomes one. */
function interpolated(node: unknown, inputs: ReadonlyMap<string, unknown>): unknown {
    if (typeof node === "string") {
        const [, whole] = /^\$\[\[ inputs\.([\w-]+) \]\]$/.exec(node) ?? [];
        return whole === undefined
            ? node.replace(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name: string) => String(inputs.get(name)))
            : inputs.get(whole);
    }
    if (Array.isArray(node)) {
        return node.map((each) => interpolated(each, inputs));
    }
    if (typeof node === "object" && node !== null) {
        return Object.fromEntries(
            Object.entries(node).map(([key, value]) => [
                String(interpolated(key, inputs)),
                interpolated(value, inputs),
            ]),
        );
    }
    return node;
}

/** The jobs of a pipeline, with those that it includes. */
export function jobsOf(text: string): Readonly<Record<string, Job>> {
    const { include = [], ...own } = parse(text) as { readonly include?: readonly Include[] };
    const included = include.flatMap(({ remote, inputs = {} }) => {
        if (!remote.startsWith(OURS)) {
            throw new Error(`${remote} is not in this repository`);
        }
        const file = remote.slice(OURS.length).replace(/^[\d.]+\//, "");
        const documents = parseAllDocuments(readFileSync(path.join(ROOT, file), "utf8"));
        const [header, jobs] = documents.map((document) => document.toJS() as object);
        const { spec } = header as { readonly spec: { readonly inputs: Readonly<Record<string, Input>> } };
        return Object.entries(interpolated(jobs, inputsOf(spec.inputs, inputs)) as Readonly<Record<string, Job>>);
    });
    return { ...Object.fromEntries(included), ...(own as Readonly<Record<string, Job>>) };
}

/** All lines of a job in one shell, which stops at the first that fails, and those of after_script in another. */
export async function runJob(name: string, job: Job, checkout: Checkout, env: Environment): Promise<readonly Ran[]> {
    const shell = ["bash", "-e", "-o", "pipefail"];
    const variables: Record<string, string> = { CI_PROJECT_DIR: checkout.folder };
    for (const [key, value] of Object.entries(job.variables ?? {})) {
        if (typeof value !== "string") {
            throw new Error(`The variable ${key} must be a string`);
        }
        variables[key] = value.replace(/\$(\w+)/g, (whole, other: string) => variables[other] ?? env[other] ?? whole);
    }
    const ran: Ran[] = [];
    const { before_script: before = [], script = [], after_script: after = [] } = job;
    for (const [each, lines] of [
        [name, [...before, ...script]],
        [`after ${name}`, after],
    ] as const) {
        const run = await checkout.run(
            { name: each, shell, text: lines.join("\n"), env: variables },
            { ...env, ...variables },
        );
        ran.push(ended(each, run));
    }
    return ran;
}
