// The recipes of docs/ci: the blocks of their pages, and the shell lines in them with the shell that runs them there.
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import MarkdownIt from "markdown-it";
import { parse } from "yaml";

import { ROOT } from "./generated";

const FOLDER = path.join(ROOT, "docs", "ci");

export const RECIPES: readonly string[] = readdirSync(FOLDER).sort();

export const pageOf = (recipe: string): string => readFileSync(path.join(FOLDER, recipe), "utf8");

/** A fenced block, with the heading above it. */
export interface Block {
    readonly heading: string;
    readonly language: string;
    readonly text: string;
}

export function blocksOf(recipe: string): readonly Block[] {
    const blocks: Block[] = [];
    let heading = "";
    const tokens = new MarkdownIt().parse(pageOf(recipe), {});
    tokens.forEach(({ type, info, content }, index) => {
        if (type === "heading_open") {
            heading = tokens[index + 1]?.content ?? "";
        } else if (type === "fence") {
            blocks.push({ heading, language: info, text: content });
        }
    });
    return blocks;
}

export const yamlBlocks = (recipe: string): readonly Block[] =>
    blocksOf(recipe).filter(({ language }) => language === "yaml");

/** Shell lines as a CI system, or a person, runs them. */
export interface Script {
    /** The step, the job, or the heading. */
    readonly name: string;
    /** The shell and its options; the name of a file with the lines comes last. */
    readonly shell: readonly string[];
    readonly text: string;
    /** What the recipe itself sets, with the expressions of the CI system in it. */
    readonly env: Readonly<Record<string, string>>;
}

type Env = Readonly<Record<string, string>> | undefined;

interface Workflow {
    readonly jobs: Readonly<
        Record<string, { readonly env?: Env; readonly steps: readonly { name?: string; run?: string; env?: Env }[] }>
    >;
}

/** Of the workflow under a heading. GitHub stops at the first line that fails. */
export const githubScripts = ({ text }: Block): readonly Script[] =>
    Object.values((parse(text) as Workflow).jobs).flatMap(({ env, steps }) =>
        steps.flatMap(({ name, run, env: own }) =>
            run === undefined ? [] : [{ name: name ?? run, shell: ["bash", "-e"], text: run, env: { ...env, ...own } }],
        ),
    );

interface Pipeline {
    readonly variables?: readonly { name?: string; value?: string }[];
    readonly steps: readonly {
        displayName?: string;
        bash?: string;
        inputs?: { inlineScript?: string };
        env?: Env;
    }[];
}

/** Azure Pipelines continues after a line that fails, and puts variables of the pipeline into the environment. */
export function azureScripts({ text }: Block): readonly Script[] {
    const { variables = [], steps } = parse(text) as Pipeline;
    const set = variables.flatMap(({ name, value }) =>
        name === undefined || value === undefined ? [] : [[name.toUpperCase(), value] as const],
    );
    return steps.flatMap(({ displayName = "", bash, inputs, env }) => {
        const lines = bash ?? inputs?.inlineScript;
        const shell = ["bash", "--noprofile", "--norc"];
        return lines === undefined
            ? []
            : [{ name: displayName, shell, text: lines, env: { ...Object.fromEntries(set), ...env } }];
    });
}

interface GitLabJob {
    readonly extends?: string;
    readonly variables?: Env;
    readonly before_script?: readonly string[];
    readonly script?: readonly string[];
    readonly after_script?: readonly string[];
}

/** GitLab runs all lines of a job in one shell, which stops at the first that fails, and those of after_script in another. */
export function gitlabScripts({ text }: Block): readonly Script[] {
    const jobs = parse(text) as Readonly<Record<string, GitLabJob>>;
    return Object.entries(jobs).flatMap(([name, job]) => {
        const {
            before_script: before = [],
            script = [],
            after_script: after = [],
            variables: env = {},
        } = { ...jobs[job.extends ?? ""], ...job };
        const shell = ["bash", "-e", "-o", "pipefail"];
        return [
            { name, shell, text: [...before, ...script].join("\n"), env },
            { name: `after ${name}`, shell, text: after.join("\n"), env },
        ];
    });
}

export const shellScripts = (recipe: string): readonly Script[] =>
    blocksOf(recipe)
        .filter(({ language }) => language === "sh")
        .map(({ heading, text }) => ({ name: heading, shell: ["sh"], text, env: {} }));
