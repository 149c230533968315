// The page for agents, by its own commands: what it says to run works, and prints what it says to read.
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { exampleFolder } from "../../dev/offline/examples";
import { projectRoot } from "../../dev/offline/setting";
import type { Report } from "../../src/cli/report";
import { folderOfPrograms, removeScratchFolders } from "../dev/offline/scratch";
import { GATE, type GateRun, pulumiEnvironment, runProgram } from "./gate-command";
import { Project } from "./project";

const PAGE = readFileSync(path.join(projectRoot(), "skills", "azure-bcdr-guard", "SKILL.md"), "utf8");
const SHELL = [...PAGE.matchAll(/```sh\n([^]*?)```/g)].map(([, lines = ""]) => lines);

const programOf = (state: "before" | "after"): string =>
    readFileSync(path.join(exampleFolder("restored-machine"), "yaml", state, "Pulumi.yaml"), "utf8");

let project: Project;
let run: (lines: string | undefined) => Promise<GateRun>;

beforeAll(async () => {
    project = await Project.start(programOf("before"));
    await project.deploys();
    project.write(programOf("after"));
    // npx, in a project that has the package among its dependencies.
    const npx = folderOfPrograms({ npx: `shift 2; exec "${process.execPath}" "${GATE}" "$@"` });
    const env = await pulumiEnvironment(project.home);
    run = (lines = "") =>
        runProgram("sh", ["-ec", lines], project.folder, { ...env, PATH: [npx, env["PATH"]].join(path.delimiter) });
}, 300_000);
afterAll(removeScratchFolders);

const report = (): Report => JSON.parse(readFileSync(path.join(project.folder, "findings.json"), "utf8")) as Report;

test("it has a name and says when to use it", () => {
    const [, name, description = ""] = /^---\nname: (\S+)\ndescription: (.*)\n---\n/.exec(PAGE) ?? [];
    expect(name).toBe("azure-bcdr-guard");
    expect(description).toMatch(/Use it before .*, after a restore/);
    expect(description.length).toBeLessThan(1024);
    expect(SHELL).toHaveLength(5);
});

test("a preview finds what the plan breaks, in the keys of the page", async () => {
    expect(await run(SHELL[0])).toMatchObject({ status: 1 });
    const { findings, undecided } = report();
    const [worst] = findings;
    expect(worst).toMatchObject({ level: "mandatory", state: "new", name: "web" });
    expect(Array.isArray(undecided)).toBe(true);
    const keys = [...PAGE.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, cell = ""]) =>
        [...cell.matchAll(/`([\w.]+)`/g)].map(([, key = ""]) => key),
    );
    expect(keys).toContain("message.fix");
    for (const key of keys) {
        const value = key.split(".").reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], worst);
        expect([key, typeof value]).toEqual([key, expect.stringMatching(/^(string|object)$/)]);
    }
    expect(worst?.message.fix.steps.some(({ where }) => where !== undefined)).toBe(true);
}, 120_000);

test("a state is analyzed, and a VM has its runbook", async () => {
    expect(await run(SHELL[1])).toMatchObject({ status: 0 });
    expect(report().findings.map(({ rule }) => rule)).toContain("BCDR101");
    const runbook = await run(SHELL[2]);
    expect(runbook).toMatchObject({ status: 0 });
    expect(runbook.stdout).toContain('"web"');
}, 120_000);

test("a policy is explained, and a configuration checked", async () => {
    expect((await run(SHELL[3])).stdout).toMatch(/^# BCDR121/);
    writeFileSync(path.join(project.folder, "bcdr.json"), '{ "restored-os-disk-not-replicate": "advisory" }');
    const checked = await run(SHELL[4]);
    expect(checked.status).toBe(2);
    expect(checked.stdout + checked.stderr).toContain('Did you mean "restored-os-disk-not-replicated"?');
});
