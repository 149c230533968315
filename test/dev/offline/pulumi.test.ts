import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { callersFolder } from "../../../dev/offline/pass-on";
import { runPulumi } from "../../../dev/offline/run";
import { projectRoot } from "../../../dev/offline/setting";
import { folderOfPrograms, removeScratchFolders, scratchFolder } from "./scratch";

const COMMAND = path.join(projectRoot(), "dist", "offline", "pulumi.js");

afterAll(removeScratchFolders);

interface Ended {
    readonly status: number | null;
    readonly signal: NodeJS.Signals | null;
    readonly stdout: string;
    readonly stderr: string;
}

const ended = (child: ChildProcess): Promise<Ended> =>
    new Promise((resolve) => {
        const printed = { stdout: "", stderr: "" };
        child.stdout?.on("data", (data) => (printed.stdout += String(data)));
        child.stderr?.on("data", (data) => (printed.stderr += String(data)));
        child.on("close", (status, signal) => resolve({ status, signal, ...printed }));
    });

/** A Pulumi that is new enough and does what a script says. */
const standIn = (script: string): Record<string, string> => ({
    PATH: folderOfPrograms({
        pulumi: `if [ "$1" = version ]; then echo v3.259.0; else ${script}; fi`,
        "pulumi-language-yaml": "exit 0",
    }),
});

const start = (args: readonly string[], folder: string, env: Record<string, string> = {}): ChildProcess => {
    const { INIT_CWD: _folder, npm_lifecycle_event: _script, ...own } = process.env;
    return spawn(process.execPath, [COMMAND, ...args], {
        cwd: folder,
        env: { ...own, AZURE_BCDR_OFFLINE_HOME: path.join(folder, "home"), ...env },
        stdio: ["ignore", "pipe", "pipe"],
    });
};

describe("a Pulumi command", () => {
    test("has Pulumi's status and prints what Pulumi prints, nothing else", async () => {
        const env = standIn("echo out; echo err >&2; exit 37");
        await expect(ended(start(["preview"], scratchFolder(), env))).resolves.toEqual({
            status: 37,
            signal: null,
            stdout: "out\n",
            stderr: "err\n",
        });
    });

    test("gets its arguments as they are and runs in the caller's folder", async () => {
        const folder = scratchFolder();
        const env = standIn('for word; do echo "<$word>"; done; pwd');
        const { stdout } = await ended(start(["up", "--config", "a b=$c *", ""], folder, env));
        expect(stdout).toBe(`<up>\n<--config>\n<a b=$c *>\n<>\n${folder}\n`);
    });

    test.each(["SIGINT", "SIGTERM"] as const)("gets %s passed on, and its own end counts", async (signal) => {
        const waiting = "echo ready; for tick in 1 2 3 4 5 6 7 8 9; do /bin/sleep 0.5; done";
        const env = standIn(`trap 'echo told; exit 3' ${signal.slice(3)}; ${waiting}`);
        const command = start(["up"], scratchFolder(), env);
        command.stdout?.once("data", () => command.kill(signal));
        await expect(ended(command)).resolves.toMatchObject({ status: 3, stdout: "ready\ntold\n" });
    });

    test("that is ended by a signal ends the command by the same", async () => {
        const run = ended(start(["up"], scratchFolder(), standIn("kill -TERM $$")));
        await expect(run).resolves.toMatchObject({ status: null, signal: "SIGTERM" });
    });

    test("without any engine there is one sentence, status 1 and no stack trace", async () => {
        const { status, stdout, stderr } = await ended(
            start(["up"], scratchFolder(), {
                PATH: folderOfPrograms({}),
                AZURE_BCDR_OFFLINE_HOME: "not/absolute",
            }),
        );
        expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
        expect(stderr).toMatch(/^AZURE_BCDR_OFFLINE_HOME is "not\/absolute": it must be an absolute path, .*\.\n$/);
    });

    test("called from code it returns the same", async () => {
        const folder = scratchFolder();
        const env = standIn("echo $PULUMI_HOME; echo err >&2; exit 255");
        await expect(runPulumi(["up"], { folder, home: path.join(folder, "home"), env })).resolves.toEqual({
            status: 255,
            stdout: `${path.join(folder, "home", "home")}\n`,
            stderr: "err\n",
        });
    });
});

describe("the caller's folder", () => {
    const root = projectRoot();

    test.each([
        ["npm run pulumi", { npm_lifecycle_event: "pulumi", INIT_CWD: "/program" }, root, "/program"],
        ["npm test, that starts it elsewhere", { npm_lifecycle_event: "test", INIT_CWD: root }, "/program", "/program"],
        ["another package's script of that name", { npm_lifecycle_event: "pulumi", INIT_CWD: "/a" }, "/b", "/b"],
        ["node", {}, "/program", "/program"],
    ])("%s", (_caller, env, cwd, folder) => {
        expect(callersFolder(env, cwd)).toBe(folder);
    });
});

describe("a real engine", () => {
    test("makes a stack in the folder where npm was called, without a login", async () => {
        const folder = scratchFolder();
        writeFileSync(path.join(folder, "Pulumi.yaml"), "name: scratch\nruntime: yaml\n");
        const npm = (...args: readonly string[]): Promise<Ended> =>
            ended(
                spawn("npm", ["--prefix", projectRoot(), "run", "--silent", "pulumi", "--", ...args], {
                    cwd: folder,
                    env: { ...process.env, AZURE_BCDR_OFFLINE_HOME: path.join(folder, "home"), PULUMI_STACK: "other" },
                }),
            );
        await expect(npm("stack", "init", "dev")).resolves.toMatchObject({ status: 0 });
        expect(existsSync(path.join(folder, "Pulumi.dev.yaml"))).toBe(true);
        const { status, stdout } = await npm("stack", "ls", "--json");
        expect(status).toBe(0);
        expect(JSON.parse(stdout)).toMatchObject([{ name: "dev", current: true }]);
    });

    test("fails as Pulumi fails where there is no program", async () => {
        const { status, stdout, stderr } = await ended(start(["preview", "--non-interactive"], scratchFolder()));
        expect(status).not.toBe(0);
        expect(stdout).toBe("");
        expect(stderr).toMatch(/^error: no Pulumi\.yaml project file found/);
    });
});
