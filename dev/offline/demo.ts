// `npm run demo [-- EXAMPLE]`: plays an example on a real engine, step by step, and holds it against what the pack must
// find in it.
import {
    ExampleStack,
    type ExpectedFinding,
    exampleSteps,
    isYaml,
    missingFindings,
    type Step,
    type StepRun,
    unexpectedFailures,
    withHome,
} from "./examples";
import { engineFor } from "./run";
import { placesOf, projectRoot, SettingError } from "./setting";

const EXAMPLE = "restored-machine";

const listed = (parts: readonly string[]): string =>
    parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;

const named = ({ policyId, resource }: { readonly policyId: string | undefined; readonly resource: string }): string =>
    `${policyId ?? "a finding of another pack"} for "${resource}"`;

const mustFail = ({ expect = [] }: Step): boolean => expect.some(({ level }) => level === "mandatory");

/** What is wrong with a step, in words; undefined where it went as it must. */
export const complaint = ({ step, run, found }: StepRun): string | undefined => {
    const missing = missingFindings(step.expect ?? [], found);
    const unexpected = unexpectedFailures(step.expect ?? [], found);
    if (missing.length > 0) {
        return `the run above lacks ${listed(missing.map(named))}`;
    }
    if (unexpected.length > 0) {
        return `the run above fails with ${listed(unexpected.map(named))}, which nobody expects there`;
    }
    // Mandatory findings make Pulumi fail, and nothing else may.
    return (run.status !== 0) === mustFail(step)
        ? undefined
        : `the run above ended with status ${run.status}, where ${mustFail(step) ? "a failure" : "0"} is expected`;
};

const inWords = ({ policyId, shows }: ExpectedFinding): readonly string[] =>
    shows === undefined ? [] : [`${shows} (${policyId})`];

/** The last line of the demo. */
export const closingLine = (runs: readonly StepRun[]): string => {
    const shown = runs.flatMap(({ step }) => step.expect?.flatMap(inWords) ?? []);
    const last = runs.at(-1);
    const status =
        last !== undefined && mustFail(last.step)
            ? ` A mandatory finding fails the run: Pulumi itself ended with status ${last.run.status}.`
            : "";
    return `Shown: ${shown.length === 0 ? "there is nothing to find" : listed(shown)}.${status}`;
};

/** Steps that lead up to something are told in a line; what Pulumi prints matters where the pack has the word. */
const isShown = (step: Step): boolean => step.output !== undefined;

const play = async (example: string, home: string): Promise<readonly StepRun[]> => {
    const stack = await ExampleStack.start(example, home);
    const runs: StepRun[] = [];
    for (const step of exampleSteps(example)) {
        process.stdout.write(`${step.says}\n`);
        const run = await stack.play(step, isShown(step) ? "show" : "capture");
        const wrong = complaint(run);
        if (wrong !== undefined) {
            process.stdout.write(`${run.run.stdout}${run.run.stderr}`);
            throw new SettingError(`Not shown: ${wrong} (examples/${example}).`);
        }
        runs.push(run);
    }
    return runs;
};

const main = async (): Promise<void> => {
    const example = process.argv[2] ?? EXAMPLE;
    const [first] = exampleSteps(example);
    const engine = await engineFor(process.env, placesOf(projectRoot(), process.env));
    if (engine.withoutYaml !== undefined && isYaml(example, first?.program)) {
        throw new SettingError(engine.withoutYaml);
    }
    const runs = await withHome((home) => play(example, home));
    process.stdout.write(`${closingLine(runs)}\n`);
};

if (require.main === module) {
    main().catch((error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exitCode = 1;
    });
}
