// Runs the shell lines of a workflow, and of action.yml where the workflow uses it, as a runner of GitHub does.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";

import { ROOT } from "../../../dev/docs/generated";
import type { Environment } from "../../../dev/offline/setting";
import { REPOSITORY } from "../../../policies/package";
import { evaluated, looksAtFailure } from "../../docs/github";
import { type Checkout, ended, type Ran, skipped } from "./shell";

type Texts = Readonly<Record<string, string>>;

interface Step {
    readonly name?: string;
    readonly id?: string;
    readonly if?: string;
    readonly uses?: string;
    readonly run?: string;
    readonly env?: Texts;
    readonly with?: Readonly<Record<string, string | boolean | number>>;
}

interface Workflow {
    readonly jobs: Readonly<Record<string, { readonly env?: Texts; readonly steps: readonly Step[] }>>;
}

interface Action {
    readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
    readonly outputs: Readonly<Record<string, { readonly value: string }>>;
    readonly runs: { readonly steps: readonly Step[] };
}

const ACTION = parse(readFileSync(path.join(ROOT, "action.yml"), "utf8")) as Action;

/** The action of this repository starts like this, in any version. */
const OURS = `${new URL(REPOSITORY).pathname.slice(1)}@`;

export interface WorkflowRun {
    readonly ran: readonly Ran[];
    readonly outputs: Texts;
    readonly hasFailed: boolean;
}

/** What GitHub knows of a run: the contexts `github`, `vars` and `secrets`. */
export type Known = Readonly<Record<"github" | "vars" | "secrets", object>>;

class Job {
    private hasFailed = false;
    private outputsOfAction: Texts = {};
    private readonly ran: Ran[] = [];

    constructor(
        private readonly checkout: Checkout,
        private readonly known: Known,
        private readonly env: Environment,
    ) {}

    private get temporary(): string {
        return path.join(this.checkout.folder, "temporary");
    }

    result(): WorkflowRun {
        return { ran: this.ran, outputs: this.outputsOfAction, hasFailed: this.hasFailed };
    }

    /** All steps of a job, or of an action: names of inputs and of steps are known within one only. */
    async runAll(steps: readonly Step[], inputs: Texts, env: Texts): Promise<object> {
        mkdirSync(this.temporary, { recursive: true });
        const outcomes: Record<string, { outcome: string; outputs: Texts }> = {};
        const contexts = { ...this.known, inputs, runner: { temp: this.temporary }, steps: outcomes };
        for (const step of steps) {
            const name = step.name ?? step.uses ?? step.run ?? "";
            const condition = step.if ?? "true";
            const values = await withValues({ if: condition, ...step.with }, contexts, this.hasFailed);
            const { if: holds, ...given } = values;
            const isRun = holds === "true" && (looksAtFailure(condition) || !this.hasFailed);
            const { outcome, outputs } = isRun
                ? await this.runOne(name, step, given, await withValues({ ...env, ...step.env }, contexts))
                : { outcome: this.note(skipped(name)), outputs: {} };
            if (step.id !== undefined) {
                outcomes[step.id] = { outcome, outputs };
            }
        }
        return contexts;
    }

    private note(ran: Ran): string {
        this.ran.push(ran);
        this.hasFailed ||= ran.outcome === "failure";
        return ran.outcome;
    }

    private async runOne(
        name: string,
        step: Step,
        inputs: Texts,
        env: Texts,
    ): Promise<{ readonly outcome: string; readonly outputs: Texts }> {
        if (step.uses === undefined) {
            return this.runShell(name, step.run ?? "", env);
        }
        if (step.uses.startsWith(OURS)) {
            const hadFailed = this.hasFailed;
            const outputs = await this.runAction(inputs, env);
            return { outcome: this.hasFailed && !hadFailed ? "failure" : "success", outputs };
        }
        const outcome = this.note({ name, outcome: "success", stdout: "", stderr: "", uses: step.uses, inputs });
        return { outcome, outputs: {} };
    }

    private async runShell(
        name: string,
        text: string,
        env: Texts,
    ): Promise<{ readonly outcome: string; readonly outputs: Texts }> {
        const output = path.join(this.temporary, "output.txt");
        rmSync(output, { force: true });
        const shell = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail"];
        const runner = { GITHUB_OUTPUT: output, RUNNER_TEMP: this.temporary };
        const run = await this.checkout.run({ name, shell, text, env }, { ...this.env, ...env, ...runner });
        const lines = existsSync(output) ? readFileSync(output, "utf8").trimEnd().split("\n") : [];
        const outputs = Object.fromEntries(
            lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
        );
        return { outcome: this.note(ended(name, run)), outputs };
    }

    async runAction(given: Texts, env: Texts): Promise<Texts> {
        const unknown = Object.keys(given).filter((name) => !(name in ACTION.inputs));
        if (unknown.length > 0) {
            throw new Error(`action.yml has no input ${unknown.join(", ")}`);
        }
        const defaults = Object.fromEntries(
            Object.entries(ACTION.inputs).map(([name, { default: value = "" }]) => [name, value]),
        );
        const inputs = await withValues({ ...defaults, ...given }, this.known);
        const contexts = await this.runAll(ACTION.runs.steps, inputs, env);
        const values = Object.fromEntries(Object.entries(ACTION.outputs).map(([name, { value }]) => [name, value]));
        this.outputsOfAction = await withValues(values, contexts);
        return this.outputsOfAction;
    }
}

async function withValues(
    texts: Readonly<Record<string, string | boolean | number>>,
    contexts: object,
    hasFailed = false,
): Promise<Texts> {
    const values = await evaluated(Object.values(texts).map(String), contexts, hasFailed);
    return Object.fromEntries(Object.keys(texts).map((name, index) => [name, values[index] ?? ""]));
}

export async function runWorkflow(
    text: string,
    checkout: Checkout,
    known: Known,
    env: Environment,
): Promise<WorkflowRun> {
    const job = new Job(checkout, known, env);
    for (const { steps, env: own = {} } of Object.values((parse(text) as Workflow).jobs)) {
        await job.runAll(steps, {}, own);
    }
    return job.result();
}

export async function runAction(
    inputs: Texts,
    checkout: Checkout,
    known: Known,
    env: Environment,
): Promise<WorkflowRun> {
    const job = new Job(checkout, known, env);
    await job.runAction(inputs, {});
    return job.result();
}
