// Every example: those of one program from its first preview to its exported state, the others step by step.
//
// UPDATE_EXPECTED=1 writes what Pulumi prints into each example's expected-output*.txt, to be read before it is kept:
//     UPDATE_EXPECTED=1 npm test -- test/engine/examples
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import {
    exampleFolder,
    exampleNames,
    exampleSteps,
    ExampleStack,
    expectedFindings,
    foundInGateOutput,
    foundInOutput,
    gateOutput,
    hasSteps,
    policyOutput,
    programFiles,
    type StepRun,
} from "../../dev/offline/examples";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";
import { asText, found, type Outcome, Project, TROUBLE } from "./project";
import { respelt } from "./respelt";

/** A change that has nothing to do with anything, at the end of a program of each language. */
const UNRELATED: Readonly<Record<string, string>> = {
    "Pulumi.yaml": `
  unrelated:
    type: azure-native:resources:ResourceGroup
    properties:
      location: westeurope
`,
    "index.ts": '\nnew resources.ResourceGroup("unrelated", { location: "westeurope" });\n',
};

interface LifeOfAStack {
    readonly deployed: Outcome;
    readonly fromState: Outcome;
    readonly fromRespeltState: Outcome;
    readonly nextPreview: Outcome;
}

const live = async (name: string): Promise<LifeOfAStack> => {
    const program = Object.fromEntries(
        [...programFiles(name)].map(([file, from]) => [file, readFileSync(from, "utf8")]),
    );
    const project = await Project.start(program);
    const deployed = await project.up();
    const state = await project.exportState();
    const main = "index.ts" in program ? "index.ts" : "Pulumi.yaml";
    project.write({ [main]: `${program[main]!.trimEnd()}\n${UNRELATED[main]!}` });
    const [fromState, fromRespeltState, nextPreview] = await Promise.all([
        project.analyze(state),
        project.analyze(respelt(state)),
        project.preview(),
    ]);
    return { deployed, fromState, fromRespeltState, nextPreview };
};

/** What is held of an output, and how findings are read from it. */
const OF_PULUMI = [policyOutput, foundInOutput] as const;
const OF_THE_GATE = [gateOutput, foundInGateOutput] as const;

/** What Pulumi printed below "Policies:", or the gate below that, held against a file of the example. */
const expectOutput = (
    name: string,
    file: string,
    stdout: string,
    expected: readonly string[],
    [told, foundIn] = OF_PULUMI,
): void => {
    const held = path.join(exampleFolder(name), file);
    const output = told(stdout);
    if (process.env["UPDATE_EXPECTED"]) {
        writeFileSync(held, output);
    }
    expect(output).toBe(existsSync(held) ? readFileSync(held, "utf8") : "");
    expect(asText(foundIn(output))).toEqual(expected);
};

afterAll(removeScratchFolders);

describe.each(exampleNames().filter((name) => !hasSteps(name)))("the example %s", (name) => {
    const atFirstPreview = asText(expectedFindings(name));
    const expected = asText(expectedFindings(name));
    let life: LifeOfAStack;

    beforeAll(async () => {
        life = await live(name);
    });

    test("prints at its first preview what expected-output.txt holds", () => {
        expectOutput(name, "expected-output.txt", life.deployed.stdout, atFirstPreview);
    });

    test("gives the expected findings, and no others, when it is deployed", () => {
        expect(life.deployed.status).toBe(0);
        expect(found(life.deployed.events)).toEqual(expected);
    });

    test("gives the same from its exported state", () => {
        expect(life.fromState.status).toBe(0);
        expect(found(life.fromState.events)).toEqual(expected);
    });

    test("gives the same where the ids in that state are spelt in other ways", () => {
        expect(life.fromRespeltState.status).toBe(0);
        expect(found(life.fromRespeltState.events)).toEqual(expected);
    });

    test("gives the same at the preview of an unrelated change", () => {
        expect(life.nextPreview.stdout).toContain("+ 1 to create");
        expect(life.nextPreview.status).toBe(0);
        expect(found(life.nextPreview.events)).toEqual(expected);
    });

    test("meets no trouble on the way", () => {
        const { deployed, fromState, fromRespeltState, nextPreview } = life;
        [deployed, fromState, fromRespeltState, nextPreview].forEach(({ printed }) =>
            expect(printed).not.toMatch(TROUBLE),
        );
    });
});

describe.each(exampleNames().filter(hasSteps))("the example %s", (name) => {
    let runs: readonly StepRun[];

    beforeAll(async () => {
        const stack = await ExampleStack.start(name, scratchFolder());
        const played: StepRun[] = [];
        for (const step of exampleSteps(name)) {
            played.push(await stack.play(step));
        }
        runs = played;
    });

    test.each(exampleSteps(name).map(({ says }, index) => [says, index] as const))("%s", (_says, index) => {
        const { step, run, found: findings } = runs[index]!;
        const { expect: expected = [], output } = step;
        if (output !== undefined) {
            const kind = step.run === "gate" ? OF_THE_GATE : OF_PULUMI;
            expectOutput(name, output, run.stdout, asText(expected), kind);
        }
        expect(asText(findings)).toEqual(asText(expected));
        expect(asText(findings.filter(({ level }) => level === "mandatory"))).toEqual(
            asText(expected.filter(({ level }) => level === "mandatory")),
        );
        expect(run.status !== 0).toBe(expected.some(({ level }) => level === "mandatory"));
        expect(`${run.stdout}\n${run.stderr}`).not.toMatch(TROUBLE);
    });
});
