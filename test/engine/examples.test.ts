// Every program below examples/, from its first preview to its exported state.
//
// UPDATE_EXPECTED=1 writes what Pulumi prints into each example's expected-output.txt, to be read before it is kept:
//     UPDATE_EXPECTED=1 npm test -- test/engine/examples
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { exampleFolder, exampleNames, expectedFindings } from "../../offline/examples";
import { removeScratchFolders } from "../offline/scratch";
import { found, type Outcome, policyOutput, Project, told, TROUBLE } from "./project";
import { respelt } from "./respelt";

const UNRELATED = `
  unrelated:
    type: azure-native:resources:ResourceGroup
    properties:
      location: westeurope
`;

interface LifeOfAStack {
    readonly deployed: Outcome;
    readonly fromState: Outcome;
    readonly fromRespeltState: Outcome;
    readonly nextPreview: Outcome;
}

const live = async (name: string): Promise<LifeOfAStack> => {
    const program = readFileSync(path.join(exampleFolder(name), "Pulumi.yaml"), "utf8");
    const project = await Project.start(program);
    const deployed = await project.up();
    const state = await project.exportState();
    project.write(`${program.trimEnd()}\n${UNRELATED}`);
    const [fromState, fromRespeltState, nextPreview] = await Promise.all([
        project.analyze(state),
        project.analyze(respelt(state)),
        project.preview(),
    ]);
    return { deployed, fromState, fromRespeltState, nextPreview };
};

afterAll(removeScratchFolders);

describe.each(exampleNames())("the example %s", (name) => {
    const expected = expectedFindings(name)
        .map(({ rule, resource }) => `${rule} ${resource}`)
        .sort();
    let life: LifeOfAStack;

    beforeAll(async () => {
        life = await live(name);
    });

    test("prints at its first preview what expected-output.txt holds", () => {
        const file = path.join(exampleFolder(name), "expected-output.txt");
        const output = policyOutput(life.deployed.stdout);
        if (process.env["UPDATE_EXPECTED"]) {
            writeFileSync(file, output);
        }
        expect(output).toBe(existsSync(file) ? readFileSync(file, "utf8") : "");
        expect(told(output)).toEqual(expected);
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
