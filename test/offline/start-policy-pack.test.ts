// What the engine calls to start a policy pack where no language host is on PATH.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { projectRoot } from "../../offline/setting";
import { removeScratchFolders, scratchFolder } from "./scratch";

const PROGRAMS = path.join(projectRoot(), "offline", "bin");
const SCRIPT = path.join(PROGRAMS, "start-policy-pack.js");

/** A folder with an SDK whose runner says how it was called. */
const folderWithSdk = (): string => {
    const folder = scratchFolder();
    const runner = path.join(folder, "node_modules", "@pulumi", "pulumi", "cmd", "run-policy-pack");
    mkdirSync(runner, { recursive: true });
    writeFileSync(path.join(runner, "index.js"), "console.log(JSON.stringify([__dirname, ...process.argv.slice(2)]));");
    return folder;
};

const start = (command: string, args: readonly string[], folder: string): ReturnType<typeof spawnSync> =>
    spawnSync(command, [...args, "127.0.0.1:1", ".", "-production=true"], { cwd: folder, encoding: "utf8" });

afterAll(removeScratchFolders);

test.each([
    ["the start script for POSIX shells", path.join(PROGRAMS, "pulumi-analyzer-policy-nodejs"), []],
    ["the script itself, with the Node that runs it", process.execPath, [SCRIPT]],
])("%s takes the SDK of the pack, looked for upwards, and hands all arguments on", (_, command, args) => {
    const above = folderWithSdk();
    const pack = path.join(above, "node_modules", "azure-bcdr-guard");
    mkdirSync(pack);
    const { status, stdout } = start(command, args, pack);
    const runner = path.join(above, "node_modules", "@pulumi", "pulumi", "cmd", "run-policy-pack");
    expect(JSON.parse(String(stdout))).toEqual([runner, "127.0.0.1:1", ".", "-production=true"]);
    expect(status).toBe(0);
});

test("the start script for Windows leads to the same place", () => {
    const script = readFileSync(path.join(PROGRAMS, "pulumi-analyzer-policy-nodejs.cmd"), "utf8");
    expect(script.trimEnd()).toBe('@node "%~dp0start-policy-pack.js" %*');
});

test("without an SDK anywhere it says what to do", () => {
    const folder = scratchFolder();
    const copy = path.join(folder, "start-policy-pack.js");
    copyFileSync(SCRIPT, copy);
    expect(start(process.execPath, [copy], folder)).toMatchObject({
        status: 1,
        stdout: "",
        stderr: `No @pulumi/pulumi for the policy pack in ${folder}: run "npm ci" there.\n`,
    });
});
