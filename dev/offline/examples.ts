// The programs below examples/, the steps in which each is played, and the findings that each step must give.
import {
    copyFileSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    realpathSync,
    rmSync,
    symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

import { type PolicyEvent, readPolicyEvents, resourceName } from "./policy-events";
import { playPortal } from "./portal";
import { type PulumiRun, runGate, runPulumi } from "./run";
import { HOME_VARIABLE, placesOf, projectRoot, SettingError } from "./setting";

/** One finding that an example must give. */
export interface ExpectedFinding {
    readonly policyId: string;
    /** The resource's name in the program. */
    readonly resource: string;
    /** "mandatory" where the finding makes Pulumi fail. */
    readonly level?: "mandatory";
    /** The same in words. */
    readonly shows?: string;
}

/** One step of an example, in the order of its steps.json. Every path is below the example's folder. */
export interface Step {
    /** What happens, in words. */
    readonly says: string;
    /** The folder of the program that takes the place of the one before. */
    readonly program?: string;
    /** A Pulumi command; those of `WITH_PACK` run with the policy pack. `gate` is `azure-bcdr-guard preview`. */
    readonly run?: "up" | "preview" | "refresh" | "import" | "analyze" | "gate";
    /** A file with the configuration of the pack. */
    readonly configuration?: string;
    /** For `import`: type, name and id. */
    readonly resource?: readonly string[];
    /** A file with what somebody does in the portal. */
    readonly portal?: string;
    /** What the pack must find, no more and no less. Undefined where it does not run. */
    readonly expect?: readonly ExpectedFinding[];
    /** The file that holds what Pulumi prints below "Policies:". */
    readonly output?: string;
}

/** What became of a step: a finding is a policy and the name of a resource. */
export interface StepRun {
    readonly step: Step;
    readonly run: PulumiRun;
    readonly found: readonly Found[];
}

export interface Found {
    readonly policyId: string | undefined;
    readonly resource: string;
    readonly level: string;
}

const examplesFolder = (): string => path.join(projectRoot(), "examples");

export const exampleFolder = (name: string): string => path.join(examplesFolder(), name);

const inExample = (name: string, file: string): string => path.join(exampleFolder(name), file);

/** True where the example is more than the first preview of one program. */
export const hasSteps = (name: string): boolean => existsSync(inExample(name, "steps.json"));

/** The examples that are played here: the others are for hosts that are not, or are no program of Pulumi's. */
export const exampleNames = (): readonly string[] =>
    readdirSync(examplesFolder())
        .filter((name) => hasSteps(name) || existsSync(inExample(name, "expected-output.txt")))
        .sort();

/** The steps of an example. Without a steps.json there is one: the first preview of its program. */
export const exampleSteps = (name: string): readonly Step[] => {
    if (!exampleNames().includes(name)) {
        throw new SettingError(`There is no example "${name}"; there are: ${exampleNames().join(", ")}.`);
    }
    return hasSteps(name)
        ? (JSON.parse(readFileSync(inExample(name, "steps.json"), "utf8")) as readonly Step[])
        : [
              {
                  says: "Previews the program.",
                  program: ".",
                  run: "preview",
                  expect: expectedFindings(name),
                  output: "expected-output.txt",
              },
          ];
};

/** What an example of one step must give. */
export const expectedFindings = (name: string): readonly ExpectedFinding[] =>
    JSON.parse(readFileSync(inExample(name, "expected.json"), "utf8")) as ExpectedFinding[];

const isThere = (found: readonly Found[], { policyId, resource }: ExpectedFinding): boolean =>
    found.some((each) => each.policyId === policyId && each.resource === resource);

/** Expected findings that are not there. */
export const missingFindings = (
    expected: readonly ExpectedFinding[],
    found: readonly Found[],
): readonly ExpectedFinding[] => expected.filter((finding) => !isThere(found, finding));

/** Mandatory findings that nobody expected. */
export const unexpectedFailures = (expected: readonly ExpectedFinding[], found: readonly Found[]): readonly Found[] =>
    found.filter(
        ({ policyId, resource, level }) =>
            level === "mandatory" && !expected.some((each) => each.policyId === policyId && each.resource === resource),
    );

export const foundIn = (events: readonly PolicyEvent[]): readonly Found[] =>
    events.map(({ rule: policyId, urn, level }) => ({ policyId, resource: resourceName(urn), level }));

/** What Pulumi prints below "Policies:", the first time that it does, without the pack's version and folder. */
export const policyOutput = (stdout: string): string => {
    const lines = stdout.split("\n");
    const from = lines.indexOf("Policies:") + 1;
    const below = from === 0 ? [] : lines.slice(from, lines.indexOf("", from));
    return below.map((line) => `${line.replace(/^(\s+\S+ azure-bcdr-guard)@v.*$/u, "$1").trimEnd()}\n`).join("");
};

/** The findings that such an output tells. */
export const foundInOutput = (output: string): readonly Found[] =>
    [...output.matchAll(/^ {8}- \[(\w+)\].*: (.+)\)\n.*\n\s*\[(BCDR\d{3})\]/gm)].map(
        ([, level = "", resource = "", policyId]) => ({ policyId, resource, level }),
    );

/** What the gate prints below Pulumi's display, without its version. */
export const gateOutput = (stdout: string): string => {
    const [report = ""] = /^azure-bcdr-guard \d[\s\S]*/m.exec(stdout) ?? [];
    return report.replace(/^azure-bcdr-guard [\d.]+/, "azure-bcdr-guard");
};

/** The findings that such an output tells. */
export const foundInGateOutput = (output: string): readonly Found[] =>
    [...output.matchAll(/^ {2}\[(\w+)\] \[severity: \w+\] (BCDR\d{3}) (.+?)(?: \([^()]*\))?$/gm)].map(
        ([, level = "", policyId, resource = ""]) => ({ policyId, resource, level }),
    );

interface GateFinding {
    readonly rule: string;
    readonly urn: string;
    readonly level: string;
}

const PLAIN = ["--non-interactive", "--color", "never"];

/** The files of a program, without those that describe the example. */
const PROGRAM_FILE = /^(Pulumi\.yaml|package\.json|.*\.(ts|js|mjs))$/;

/** The files of a program of an example, by their names. An example has one package.json for all of its programs. */
export const programFiles = (name: string, program = "."): ReadonlyMap<string, string> =>
    new Map(
        [...new Set([".", program])].flatMap((folder) =>
            readdirSync(inExample(name, folder))
                .filter((file) => PROGRAM_FILE.test(file))
                .map((file) => [file, inExample(name, path.join(folder, file))] as const),
        ),
    );

/** Whether a program of an example is in YAML, which takes a host that not every Pulumi has. */
export const isYaml = (name: string, program = "."): boolean =>
    /^runtime: yaml$/m.test(readFileSync(inExample(name, path.join(program, "Pulumi.yaml")), "utf8"));

/** Lets programs in a folder find the packages that this project has. */
export const linkPackages = (folder: string): void =>
    symlinkSync(path.join(projectRoot(), "node_modules"), path.join(folder, "node_modules"), "junction");

/** Types are checked once, with those of everything else. */
export const WITHOUT_TYPE_CHECK = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };

/** Commands with which the pack runs. */
const WITH_PACK: ReadonlySet<Step["run"]> = new Set(["up", "preview", "analyze"]);

/** The stack `dev` of an example, with a separate home and folder: Pulumi writes its settings beside the program. */
export class ExampleStack {
    private constructor(
        private readonly example: string,
        readonly home: string,
        readonly folder: string,
    ) {}

    static async start(example: string, home: string): Promise<ExampleStack> {
        const stack = new ExampleStack(example, home, path.join(home, example));
        mkdirSync(stack.folder);
        linkPackages(stack.folder);
        const [first] = exampleSteps(example);
        stack.take(first?.program ?? ".");
        const init = await runPulumi(["stack", "init", "dev"], stack);
        if (init.status !== 0) {
            throw new SettingError(`"pulumi stack init dev" failed for examples/${example}:\n${init.stderr}`);
        }
        return stack;
    }

    /** "show" lets Pulumi print as it goes along. The run then holds nothing of what it printed. */
    async play(step: Step, output: "capture" | "show" = "capture"): Promise<StepRun> {
        if (step.portal !== undefined) {
            const { cloud } = placesOf(projectRoot(), { [HOME_VARIABLE]: this.home });
            playPortal(cloud, inExample(this.example, step.portal));
        }
        if (step.program !== undefined) {
            this.take(step.program);
        }
        if (step.run === undefined) {
            return { step, run: { status: 0, stdout: "", stderr: "" }, found: [] };
        }
        switch (step.run) {
            case "analyze":
                return this.analyze(step, output);
            case "gate":
                return this.gate(step, output);
            default:
                return this.command(step, output);
        }
    }

    private take(program: string): void {
        readdirSync(this.folder)
            .filter((file) => PROGRAM_FILE.test(file))
            .forEach((file) => rmSync(path.join(this.folder, file)));
        programFiles(this.example, program).forEach((from, file) => copyFileSync(from, path.join(this.folder, file)));
    }

    private async command(step: Step, output: "capture" | "show"): Promise<StepRun> {
        const { run: name = "", resource = [] } = step;
        const log = path.join(this.home, "events.json");
        rmSync(log, { force: true });
        const configuration = step.configuration === undefined ? [] : [inExample(this.example, step.configuration)];
        const args = [
            ...[name, ...resource],
            ...(name === "preview" ? [] : ["--yes"]),
            ...(name === "import" ? ["--protect=false"] : []),
            ...(step.expect !== undefined && WITH_PACK.has(step.run) ? ["--policy-pack", projectRoot()] : []),
            ...configuration.flatMap((file) => ["--policy-pack-config", file]),
            ...["--event-log", log],
            ...(output === "show" ? [] : PLAIN),
        ];
        // Pulumi hides --event-log unless it is asked for its debugging commands (ENG-07).
        const env = { PULUMI_DEBUG_COMMANDS: "true", ...WITHOUT_TYPE_CHECK };
        const run = await runPulumi(args, { folder: this.folder, home: this.home, output, env });
        return { step, run, found: existsSync(log) ? foundIn(readPolicyEvents(log)) : [] };
    }

    private async gate(step: Step, output: "capture" | "show"): Promise<StepRun> {
        const report = path.join(this.home, "report.json");
        const args = ["preview", "--report", "text", "--report", `json=${report}`, "--", ...PLAIN];
        const run = await runGate(args, { folder: this.folder, home: this.home, output, env: WITHOUT_TYPE_CHECK });
        const { findings } = JSON.parse(readFileSync(report, "utf8")) as { readonly findings: readonly GateFinding[] };
        return {
            step,
            run,
            found: findings.map(({ rule: policyId, urn, level }) => ({ policyId, resource: resourceName(urn), level })),
        };
    }

    // It has no event log (ENG-07), but it is over in a second, so what it prints can be read first.
    private async analyze(step: Step, output: "capture" | "show"): Promise<StepRun> {
        const args = ["policy", "analyze", "--policy-pack", projectRoot(), "--stack", "dev"];
        const run = await runPulumi(args, this);
        if (output === "show") {
            process.stdout.write(run.stdout);
        }
        return { step, run, found: foundInOutput(policyOutput(run.stdout)) };
    }
}

/** Runs something with a throw-away home. */
export const withHome = async <T>(use: (home: string) => Promise<T>): Promise<T> => {
    const home = realpathSync(mkdtempSync(path.join(tmpdir(), "azure-bcdr-guard-")));
    try {
        return await use(home);
    } finally {
        rmSync(home, { recursive: true, force: true });
    }
};
