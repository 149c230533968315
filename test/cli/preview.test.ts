// The built command with a `pulumi` on PATH that plays what a real engine once wrote, so that it can be slow, torn or gone.
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../dev/offline/setting";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";

const EVENTS = path.join(__dirname, "fixtures", "events");
const GATE = path.join(projectRoot(), "dist", "src", "cli", "main.js");

/** Copies the recorded files to where the command wants them. What it is called with goes to a log. */
const PULUMI = `#!${process.execPath}
const { appendFileSync, copyFileSync } = require("node:fs");
const args = process.argv.slice(2);
const { PLAYED, LOG, SLOW, NO_EXPORT } = process.env;
const isExport = args[0] === "stack";
appendFileSync(LOG, JSON.stringify(args) + "\\n");
const valueOf = (name) => args[args.indexOf(name) + 1];
const play = () => {
    if (isExport && NO_EXPORT) {
        process.stderr.write("error: access denied\\n");
        process.exit(1);
    }
    if (isExport) {
        copyFileSync(PLAYED + "/state.json", valueOf("--file"));
    } else {
        copyFileSync(PLAYED + (args[0] === "refresh" ? "/refresh.jsonl" : "/unchanged.jsonl"), valueOf("--event-log"));
    }
};
if (SLOW === args[0]) {
    for (const signal of ["SIGINT", "SIGTERM"]) {
        process.on(signal, () => process.exit(255));
    }
    appendFileSync(LOG, "waits\\n");
    setTimeout(() => {}, 60_000);
} else {
    play();
}
`;

interface Played {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
    /** How Pulumi was called, one call an element. */
    readonly calls: readonly string[];
    /** What the command has left among the temporary files. */
    readonly left: readonly string[];
}

async function preview(
    args: readonly string[],
    { env = {}, end }: { env?: Readonly<Record<string, string>>; end?: NodeJS.Signals } = {},
): Promise<Played> {
    const folder = mkdtempSync(path.join(scratchFolder(), "preview-"));
    const [programs, temporary, log] = ["bin", "tmp", "log"].map((name) => path.join(folder, name)) as [
        string,
        string,
        string,
    ];
    mkdirSync(programs);
    mkdirSync(temporary);
    writeFileSync(log, "");
    writeFileSync(path.join(programs, "pulumi"), PULUMI);
    chmodSync(path.join(programs, "pulumi"), 0o755);
    const child = spawn(process.execPath, [GATE, "preview", ...args], {
        cwd: folder,
        env: { PATH: programs, TMPDIR: temporary, LOG: log, PLAYED: EVENTS, ...env },
        stdio: ["ignore", "pipe", "pipe"],
    });
    const printed = { stdout: "", stderr: "" };
    (["stdout", "stderr"] as const).forEach((name) => {
        child[name].setEncoding("utf8").on("data", (text: string) => (printed[name] += text));
    });
    const waiting = setInterval(() => {
        if (end !== undefined && readFileSync(log, "utf8").endsWith("waits\n")) {
            clearInterval(waiting);
            child.kill(end);
        }
    }, 20);
    const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
    clearInterval(waiting);
    const calls = readFileSync(log, "utf8").split("\n").filter(Boolean);
    return { status, ...printed, calls, left: readdirSync(temporary) };
}

const call = ({ calls }: Played, index: number): readonly string[] => JSON.parse(calls[index] ?? "[]") as string[];

afterAll(removeScratchFolders);

test("exports the state before it previews, and leaves nothing behind", async () => {
    const run = await preview([]);
    expect(run.calls.map((_, index) => call(run, index)[0])).toEqual(["stack", "preview"]);
    expect([run.status, run.left]).toEqual([0, []]);
});

test.each([
    [["--stack", "dev", "--cwd", "x"]],
    [["--stack=dev", "--cwd=x"]],
    [["-s", "dev", "-C", "x"]],
    [["-s=dev", "-C=x"]],
    [["-sdev", "-Cx"]],
])("exports the state of the very stack that is previewed: %j", async (options) => {
    const run = await preview(["--", ...options]);
    expect(call(run, 0).slice(-4)).toEqual(["--stack", "dev", "--cwd", "x"]);
    expect(call(run, 1).slice(-options.length)).toEqual(options);
});

test("does not pass where the state could not be exported", async () => {
    const run = await preview([], { env: { NO_EXPORT: "1" } });
    expect([run.status, run.stdout]).toEqual([3, expect.stringMatching(/stack export" ended with status 1.*denied/)]);
});

test("does not pass where no policy may look", async () => {
    const config = path.join(scratchFolder(), "nothing.json");
    writeFileSync(config, JSON.stringify({ all: "disabled" }));
    const run = await preview(["--operation", "refresh", "--config", config]);
    expect([run.status, run.stdout]).toEqual([4, expect.stringMatching(/disabled in the configuration/)]);
});

describe("the events that are to be kept", () => {
    test("are those of the run, for nobody else to read", async () => {
        const file = path.join(scratchFolder(), "kept", "events.json");
        const run = await preview(["--event-log", file]);
        expect([run.status, statSync(file).mode & 0o777]).toEqual([0, 0o600]);
        expect(readFileSync(file, "utf8")).toBe(readFileSync(path.join(EVENTS, "unchanged.jsonl"), "utf8"));
    });

    test("are told to have no room before Pulumi runs", async () => {
        const run = await preview(["--event-log", "/dev/null/events.json"]);
        expect([run.status, run.calls, run.stderr]).toEqual([
            2,
            [],
            expect.stringMatching(/^\/dev\/null\/events.json /),
        ]);
    });
});

describe.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("ended by %s", (end) => {
    test("while it exports, it does not go on to the preview", async () => {
        const run = await preview([], { env: { SLOW: "stack" }, end });
        expect([run.status, run.calls.length, run.left]).toEqual([3, 2, []]);
        expect(run.stdout).toMatch(new RegExp(`ended by ${end}`));
    });

    test("while Pulumi previews, it lets Pulumi end and passes nothing", async () => {
        const run = await preview([], { env: { SLOW: "preview" }, end });
        expect([run.status, run.left]).toEqual([3, []]);
    });
});
