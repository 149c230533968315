// A Pulumi project in a home of its own, run on the real engine.
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { type Found, foundIn, linkPackages, WITHOUT_TYPE_CHECK } from "../../dev/offline/examples";
import { policyEvents, type PolicyEvent, readPolicyEvents } from "../../dev/offline/policy-events";
import { type PulumiRun, runPulumi } from "../../dev/offline/run";
import { projectRoot } from "../../dev/offline/setting";
import { recordedRounds } from "../harness/recorded-rounds";
import type { SentRound } from "../harness/stack";
import { scratchFolder } from "../dev/offline/scratch";

/** What became of one command. */
export interface Outcome {
    readonly status: number;
    readonly stdout: string;
    /** Both streams, for what must stand in neither. */
    readonly printed: string;
    readonly events: readonly PolicyEvent[];
    /** What the engine sent to the pack. */
    readonly rounds: readonly SentRound[];
}

/** With the file in which the engine has written its events down. */
export interface Logged extends Outcome {
    readonly log: string;
}

/** A program: its Pulumi.yaml, or all of its files by their names. */
export type ProgramText = string | Readonly<Record<string, string>>;

const PLAIN = ["--non-interactive", "--color", "never"];

export class Project {
    private constructor(
        readonly home: string,
        readonly folder: string,
        private readonly pack: string,
    ) {}

    /** A new stack `dev` for a program. Projects with the same home have the same Azure. */
    static async start(program: ProgramText, home = scratchFolder(), pack = projectRoot()): Promise<Project> {
        const project = new Project(home, mkdtempSync(path.join(home, "program-")), pack);
        linkPackages(project.folder);
        project.write(program);
        await project.succeeds(["stack", "init", "dev"]);
        return project;
    }

    /** Puts another program in the place of the one before. */
    write(program: ProgramText): void {
        Object.entries(typeof program === "string" ? { "Pulumi.yaml": program } : program).forEach(([file, text]) =>
            writeFileSync(path.join(this.folder, file), text),
        );
    }

    preview(...options: readonly string[]): Promise<Logged> {
        return this.withEvents(["preview", ...options]);
    }

    /** Previews and deploys. The events are those of the deployment. */
    up(): Promise<Outcome> {
        return this.withEvents(["up", "--yes"]);
    }

    /** Deploys without the pack: what leads up to the moment that matters. */
    async deploys(...options: readonly string[]): Promise<void> {
        await this.succeeds(["up", "--yes", "--skip-preview", ...PLAIN, ...options]);
    }

    /** Sets values of the stack's configuration. */
    async sets(values: Readonly<Record<string, string>>): Promise<void> {
        const pairs = Object.entries(values).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
        await this.succeeds(["config", "set-all", ...pairs]);
    }

    /** Gives the stack a tag. */
    async tags(name: string, value: string): Promise<void> {
        await this.succeeds(["stack", "tag", "set", name, value]);
    }

    /** Takes in what has been changed in the stand-in Azure. */
    async refreshes(): Promise<void> {
        await this.succeeds(["refresh", "--yes", "--skip-preview", ...PLAIN]);
    }

    async exportState(): Promise<string> {
        return (await this.succeeds(["stack", "export"])).stdout;
    }

    /** Holds the pack against an exported state, without a stack and without a provider. */
    async analyze(state: string): Promise<Outcome> {
        const file = path.join(scratchFolder(), "state.json");
        writeFileSync(file, state);
        const calls = path.join(scratchFolder(), "calls.json");
        const run = await this.run(["policy", "analyze", "--policy-pack", this.pack, "--file", file, "--json"], calls);
        return outcome(run, policyEvents(run.stdout), calls);
    }

    /** The options that give the pack a configuration. */
    configured(configuration: unknown): readonly string[] {
        const file = path.join(scratchFolder(), "config.json");
        writeFileSync(file, JSON.stringify(configuration));
        return ["--policy-pack-config", file];
    }

    private async withEvents(args: readonly string[]): Promise<Logged> {
        const log = path.join(scratchFolder(), "events.json");
        const calls = path.join(scratchFolder(), "calls.json");
        const run = await this.run([...args, "--policy-pack", this.pack, "--event-log", log, ...PLAIN], calls);
        return { ...outcome(run, existsSync(log) ? readPolicyEvents(log) : [], calls), log };
    }

    private async succeeds(args: readonly string[]): Promise<PulumiRun> {
        const run = await this.run(args);
        if (run.status !== 0) {
            throw new Error(
                `"pulumi ${args.join(" ")}" ended with status ${run.status}:\n${run.stderr}${run.stdout.slice(-3000)}`,
            );
        }
        return run;
    }

    // Pulumi hides --event-log unless it is asked for its debugging commands (ENG-07).
    private run(args: readonly string[], calls?: string): Promise<PulumiRun> {
        const recording = calls === undefined ? {} : { PULUMI_DEBUG_GRPC: calls };
        const env = { PULUMI_DEBUG_COMMANDS: "true", ...recording, ...WITHOUT_TYPE_CHECK };
        return runPulumi(args, { folder: this.folder, home: this.home, env });
    }
}

const outcome = ({ status, stdout, stderr }: PulumiRun, events: readonly PolicyEvent[], calls: string): Outcome => ({
    status,
    stdout,
    printed: `${stdout}\n${stderr}`,
    events,
    rounds: existsSync(calls) ? recordedRounds(calls) : [],
});

/** Policy and resource of each finding, in a fixed order. */
export const asText = (found: readonly Pick<Found, "policyId" | "resource">[]): readonly string[] =>
    found.map(({ policyId, resource }) => `${policyId ?? "?"} ${resource}`).sort();

export const found = (events: readonly PolicyEvent[]): readonly string[] => asText(foundIn(events));

/** Signs that the pack did not run as it should: the SDK gave a policy up, a policy failed, a stack trace came out. */
export const TROUBLE = /can't run policy|Internal error|^\s+at .+:\d+:\d+\)?$/im;
