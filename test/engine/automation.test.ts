// The example that deploys by Pulumi's Automation API: it previews first, and deploys nothing that a preview stops.
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import * as ts from "typescript";

import { exampleFolder, linkPackages, programFiles, WITHOUT_TYPE_CHECK } from "../../dev/offline/examples";
import { projectRoot } from "../../dev/offline/setting";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";
import { type GateRun, pulumiEnvironment, runProgram } from "./gate-command";
import { Project } from "./project";

const programOf = (state: "before" | "after"): Readonly<Record<string, string>> =>
    Object.fromEntries(
        [...programFiles("restored-machine", state)].map(([file, from]) => [file, readFileSync(from, "utf8")]),
    );

/** The example as JavaScript, in a folder from which it finds the packages. */
const compiled = (): string => {
    const folder = scratchFolder();
    linkPackages(folder);
    const source = readFileSync(path.join(exampleFolder("automation-api"), "deploy.ts"), "utf8");
    const { outputText } = ts.transpileModule(source, {
        compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    const script = path.join(folder, "deploy.js");
    writeFileSync(script, outputText);
    return script;
};

afterAll(removeScratchFolders);

test("a stack that is deployed by the Automation API is previewed with the pack first", async () => {
    const project = await Project.start(programOf("before"));
    const env = { ...(await pulumiEnvironment(project.home)), ...WITHOUT_TYPE_CHECK };
    const script = compiled();
    const deploy = (): Promise<GateRun> =>
        runProgram(process.execPath, [script, project.folder, "dev", projectRoot()], project.folder, env);

    const first = await deploy();
    expect(first).toMatchObject({ status: 0, stderr: "" });
    expect(first.stdout).toMatch(/^\[advisory\] A VM is both backed up and replicated\.\n\[BCDR101\]/);
    expect(first.stdout).toMatch(/Deployed: succeeded\.\n$/);
    expect(first.stdout).not.toContain("[mandatory]");
    const deployed = await project.exportState();

    project.write(programOf("after"));
    const swap = await deploy();
    expect(swap).toMatchObject({ status: 1, stderr: "" });
    expect(swap.stdout).toMatch(/\[mandatory\] .*\n\[BCDR121\] VM "web" will boot from restored disk/);
    expect(swap.stdout).toMatch(/Nothing was deployed: see the mandatory findings above\.\n$/);
    expect(resources(await project.exportState())).toEqual(resources(deployed));

    // Without a preview, everything is done by the time that the pack is asked about the whole stack.
    const alone = await runProgram(
        process.execPath,
        ["-e", UP_ALONE, project.folder, projectRoot()],
        project.folder,
        env,
    );
    expect(alone).toMatchObject({ status: 0, stderr: "" });
    const { thrown, mandatory } = JSON.parse(alone.stdout) as { thrown: string; mandatory: readonly string[] };
    expect(thrown).toBe("CommandError");
    expect(mandatory).toEqual([expect.stringMatching(/\[BCDR121\] VM "web" boots from restored disk/)]);
    expect(bootDisk(await project.exportState())).toMatch(/\/web-os-restored$/);
}, 300_000);

/** `stack.up` by itself, and what comes of it. */
const UP_ALONE = `
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const [workDir, pack] = process.argv.slice(1);
const mandatory = [];
const onEvent = ({ policyEvent: found }) => found?.enforcementLevel === "mandatory" && mandatory.push(found.message);
const told = (thrown) => console.log(JSON.stringify({ thrown, mandatory }));
LocalWorkspace.selectStack({ workDir, stackName: "dev" })
    .then((stack) => stack.up({ policyPacks: [pack], onEvent }))
    .then(() => told("nothing"), (error) => told(error.constructor.name));
`;

const resources = (state: string): unknown =>
    (JSON.parse(state) as { deployment: { resources: unknown } }).deployment.resources;

interface VirtualMachine {
    readonly type: string;
    readonly outputs: {
        readonly storageProfile: { readonly osDisk: { readonly managedDisk: { readonly id: string } } };
    };
}

const bootDisk = (state: string): string | undefined =>
    (JSON.parse(state) as { deployment: { resources: readonly VirtualMachine[] } }).deployment.resources.find(
        ({ type }) => type === "azure-native:compute:VirtualMachine",
    )?.outputs.storageProfile.osDisk.managedDisk.id;
