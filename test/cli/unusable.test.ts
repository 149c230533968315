// The built command where what it needs of its surroundings cannot be used: no report is lost in silence, nothing ends in a
// stack trace, and nothing goes on for ever.
import { spawn, spawnSync } from "node:child_process";
import {
    chmodSync,
    closeSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    openSync,
    readdirSync,
    readFileSync,
    statSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../dev/offline/setting";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";

const GATE = path.join(projectRoot(), "dist", "src", "cli", "main.js");
const EVENTS = path.join(__dirname, "fixtures", "events");
const STATE = path.join(EVENTS, "state.json");
const CLEAN = ["report", path.join(EVENTS, "unchanged.jsonl")];

interface Surroundings {
    readonly stdin?: number | "ignore";
    readonly stdout?: number;
    readonly stderr?: number;
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly input?: string;
}

interface Run {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

function gate(args: readonly string[], { stdin, stdout, stderr, cwd, env, input }: Surroundings = {}): Run {
    const run = spawnSync(process.execPath, [GATE, ...args], {
        cwd: cwd ?? scratchFolder(),
        stdio: [stdin ?? "pipe", stdout ?? "pipe", stderr ?? "pipe"],
        ...(input === undefined ? {} : { input }),
        encoding: "utf8",
        timeout: 60_000,
        killSignal: "SIGKILL",
        env: { ...process.env, ...env },
    });
    return { status: run.status, stdout: run.stdout, stderr: run.stderr };
}

/** In a shell, for what a shell alone can set up. */
function shell(script: string, cwd = scratchFolder()): Run {
    const run = spawnSync("bash", ["-c", script, GATE], {
        cwd,
        encoding: "utf8",
        timeout: 60_000,
        killSignal: "SIGKILL",
        env: { ...process.env, GATE: `${process.execPath} ${GATE}`, STATE },
    });
    return { status: run.status, stdout: run.stdout, stderr: run.stderr };
}

/** A sentence or a few lines, and no trace of a crash. */
const A_SENTENCE = /^(?!.*(Internal error|\n\s+at )).+\.\n$/s;

afterAll(removeScratchFolders);

describe("standard output that takes nothing", () => {
    const full = openSync("/dev/full", "w");
    afterAll(() => closeSync(full));

    const inventory = path.join(scratchFolder(), "inventory.json");
    beforeAll(() => {
        expect(gate(["inventory", "from-states", STATE, "--output", inventory]).status).toBe(0);
    });

    test.each(
        [
            ...["text", "json", "sarif", "junit", "markdown", "azure-devops", "gitlab", "html"].map((format) => [
                ...CLEAN,
                "--report",
                format,
            ]),
            ["policies"],
            ["policies", "--json"],
            ["explain", "BCDR121"],
            ["config", "check", path.join(projectRoot(), "profiles", "core.json")],
            ["inventory", "from-states", STATE],
            ["inventory", "show", inventory],
            ["inventory", "diff", inventory, inventory],
            ["--help"],
            ["--version"],
        ].map((args) => [args]),
    )("is told by %j, which does not pass", (args) => {
        const run = gate(args, { stdout: full });
        expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(/^Standard output cannot be written: .*/m)]);
        expect(run.stderr).toMatch(A_SENTENCE);
    });

    test("does not take away the reports that go to files", () => {
        const file = path.join(scratchFolder(), "report.json");
        const run = gate([...CLEAN, "--report", "text", "--report", `json=${file}`], { stdout: full });
        expect([run.status, JSON.parse(readFileSync(file, "utf8"))]).toEqual([
            2,
            expect.objectContaining({ verdict: expect.anything() as unknown }),
        ]);
    });

    test("and standard error that takes nothing leave the exit code", () => {
        expect(gate(CLEAN, { stdout: full, stderr: full }).status).toBe(2);
        expect(gate(["analyze", "nowhere.json"], { stderr: full }).status).toBe(2);
    });
});

describe("a reader that stops early", () => {
    test.each([
        ["policies --json", 0],
        ['analyze "$STATE" --fail-on never --report html', 0],
        ['analyze "$STATE" --fail-on advisory --report html', 1],
        ['inventory from-states "$STATE"', 0],
    ])("is no fault: %s ends with %d and says nothing of it", (command, status) => {
        const run = shell(`$GATE ${command} 2> said | head -c 10 > /dev/null; echo "\${PIPESTATUS[0]}"; cat said`);
        expect(run.stdout.split("\n")[0]).toBe(String(status));
        expect(run.stdout).not.toMatch(/cannot be written|EPIPE|Internal/);
    });
});

describe("files that cannot be written", () => {
    const NOWHERE = existsSync("/proc/self") ? ["/proc/nowhere/deeper/report.json"] : [];
    const block = (): string => {
        const file = path.join(scratchFolder(), "a-file");
        writeFileSync(file, "");
        return path.join(file, "deep", "report.json");
    };

    test.each([...NOWHERE, "/dev/full", block()])(
        "%s is named, in a report, a baseline and an inventory alike",
        (file) => {
            for (const args of [
                [...CLEAN, "--report", `json=${file}`],
                [...CLEAN, "--write-baseline", file],
                ["inventory", "from-states", STATE, "--output", file],
            ]) {
                const run = gate(args);
                expect([run.status, run.stderr]).toEqual([2, expect.stringContaining(`${file} cannot be written: `)]);
                expect(run.stderr).toMatch(A_SENTENCE);
            }
        },
    );

    test("are all named, and the others written", () => {
        const file = path.join(scratchFolder(), "new", "report.json");
        const run = gate([
            ...CLEAN,
            ...["sarif=/dev/full", `json=${file}`, `junit=${block()}`].flatMap((report) => ["--report", report]),
        ]);
        expect([run.status, run.stderr.match(/cannot be written/g)?.length, existsSync(file)]).toEqual([2, 2, true]);
    });
});

describe("a state", () => {
    test("is read from a pipe as from a file", () => {
        const fromFile = shell('$GATE analyze "$STATE" --report json').stdout;
        const fromPipe = shell('$GATE analyze <(cat "$STATE") --report json');
        expect(JSON.parse(fromPipe.stdout)).toEqual({
            ...(JSON.parse(fromFile) as object),
            subject: expect.stringMatching(/^\/dev\/fd\/\d+$/) as string,
        });
    });

    test("from a pipe is not looked at with others, which is told", () => {
        const { stdout } = shell('$GATE analyze "$STATE" <(echo "{}") --report json');
        const { missing } = JSON.parse(stdout) as { missing: readonly string[] };
        expect(missing).toContainEqual(expect.stringMatching(/^What \/dev\/fd\/\d+ holds, for the other states: /));
    });

    test("is not read from a device, which may have no end", () => {
        const run = gate(["analyze", "/dev/zero"]);
        expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(/neither a file nor a pipe/)]);
    });
});

describe("a configuration", () => {
    const right = '{"all": "disabled", "data-disk-not-replicated": "mandatory"}';
    const args = ["analyze", STATE, "--config"];

    test("is read from standard input as from a file", () => {
        const file = path.join(scratchFolder(), "config.json");
        writeFileSync(file, right);
        const fromFile = gate([...args, file]);
        expect(gate([...args, "-"], { input: right })).toEqual(fromFile);
        expect(fromFile.status).toBe(1);
    });

    test("is read from a pipe", () => {
        expect(shell(`$GATE analyze "$STATE" --config <(echo '${right}')`).status).toBe(1);
    });

    test("that is wrong is told from there, too", () => {
        const run = gate([...args, "-"], { input: '{"vault-imutability": "mandatory"}' });
        expect([run.status, run.stderr]).toEqual([
            2,
            expect.stringMatching(/^standard input is not right:\n {2}.*\n$/),
        ]);
    });

    test("and a state cannot both come from standard input", () => {
        const run = gate(["analyze", "-", "--config", "-"], { input: right });
        expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(/^Standard input is to be read twice/)]);
    });

    test("without an end is given up", () => {
        const run = gate([...args, "/dev/zero"]);
        expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(/larger than/)]);
    });
});

describe("surroundings", () => {
    test("a folder for temporary files that is not there is named", () => {
        const run = gate(["preview"], { env: { TMPDIR: "/nowhere/at/all" } });
        expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(/\/nowhere\/at\/all.*TMPDIR/)]);
        expect(run.stderr).toMatch(A_SENTENCE);
    });

    test.each(["preview", "analyze .", "inventory from-states ."])(
        "a current folder that is gone ends %s",
        (command) => {
            const run = shell(`mkdir gone && cd gone && rmdir ../gone && $GATE ${command}`);
            expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(A_SENTENCE)]);
        },
    );

    test("a folder on standard input is no file of events", () => {
        const folder = openSync(scratchFolder(), "r");
        const run = gate(["report", "-"], { stdin: folder });
        closeSync(folder);
        expect(run.status).not.toBe(0);
        expect(run.stderr + run.stdout).not.toMatch(/Internal error|^\s+at /m);
    });
});

/** A `pulumi` that leaves a file behind for the test to see that it runs, and then waits. */
const WAITING = `#!${process.execPath}
const { writeFileSync } = require("node:fs");
const args = process.argv.slice(2);
const valueOf = (name) => args[args.indexOf(name) + 1];
if (args[0] === "stack") {
    writeFileSync(valueOf("--file"), "{}");
    process.exit(0);
}
writeFileSync(valueOf("--event-log"), "secret");
writeFileSync(process.env.AZURE_BCDR_GUARD_RECORD, "secret");
writeFileSync(process.env.RUNS + ".part", String(process.pid));
require("node:fs").renameSync(process.env.RUNS + ".part", process.env.RUNS);
setTimeout(() => {}, 60_000);
`;

const PULUMI_THAT_WRITES_NOTHING = `#!${process.execPath}
`;

function programs(pulumi: string): string {
    const folder = path.join(mkdtempSync(path.join(scratchFolder(), "programs-")), "bin");
    mkdirSync(folder);
    writeFileSync(path.join(folder, "pulumi"), pulumi);
    chmodSync(path.join(folder, "pulumi"), 0o755);
    return folder;
}

test("a Pulumi that ends well and writes nothing has told nothing", () => {
    const run = gate(["preview"], { env: { PATH: programs(PULUMI_THAT_WRITES_NOTHING) } });
    expect(run.status).toBe(4);
    expect(run.stdout).toMatch(/Nothing was decided/);
    expect(run.stderr).toBe("");
});

describe("what a run leaves among the temporary files", () => {
    const mode = (file: string): string => (statSync(file).mode & 0o777).toString(8);

    async function killedRun(temporary: string): Promise<void> {
        const runs = path.join(scratchFolder(), "runs");
        const child = spawn(process.execPath, [GATE, "preview"], {
            cwd: scratchFolder(),
            stdio: "ignore",
            env: { PATH: programs(WAITING), TMPDIR: temporary, RUNS: runs },
        });
        const ended = new Promise((resolve) => child.on("close", resolve));
        const hasNamedLog = (): boolean =>
            readdirSync(temporary).some((folder) => existsSync(path.join(temporary, folder, "events.json")));
        // The log loses its name soon after Pulumi has begun to write it.
        while (!existsSync(runs) || hasNamedLog()) {
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
        child.kill("SIGKILL");
        await ended;
        process.kill(Number(readFileSync(runs, "utf8")), "SIGKILL");
    }

    test("is for its user alone where it is killed, and removed by the next run", async () => {
        const temporary = scratchFolder();
        await killedRun(temporary);
        const [left = ""] = readdirSync(temporary);
        expect([left, mode(path.join(temporary, left))]).toEqual([expect.stringMatching(/^azure-bcdr-guard-/), "700"]);
        const files = readdirSync(path.join(temporary, left));
        expect(files.sort()).toEqual(["record.json", "state.json"]);
        expect(new Set(files.map((file) => mode(path.join(temporary, left, file))))).toEqual(new Set(["600"]));
        gate(["preview"], { env: { PATH: programs(PULUMI_THAT_WRITES_NOTHING), TMPDIR: temporary } });
        expect(readdirSync(temporary)).toEqual([]);
    });

    test("is left alone where it may be somebody else's, or of a run that goes on", async () => {
        const temporary = scratchFolder();
        await killedRun(temporary);
        const [ours = ""] = readdirSync(temporary);
        const [pid = "", place = ""] = ours.split("-").slice(3);
        const elsewhere = scratchFolder();
        writeFileSync(path.join(elsewhere, "kept"), "");
        const folder = (name: string, openTo = 0o700): string => {
            mkdirSync(path.join(temporary, name), { mode: openTo });
            chmodSync(path.join(temporary, name), openTo);
            return name;
        };
        const kept = [
            // This test runs, too.
            folder(`azure-bcdr-guard-${process.pid}-${place}-AAAAAA`),
            // Of another VM, on which that process may well run.
            folder(`azure-bcdr-guard-${pid}-00000000-BBBBBB`),
            folder(`azure-bcdr-guard-${pid}-${place}-CCCCCC`, 0o755),
            folder(`azure-bcdr-guard-${pid}-${place}-DDDDDD-more`),
            folder("azure-bcdr-guard-EEEEEE"),
        ];
        const link = `azure-bcdr-guard-${pid}-${place}-FFFFFF`;
        symlinkSync(elsewhere, path.join(temporary, link));
        gate(["preview"], { env: { PATH: programs(PULUMI_THAT_WRITES_NOTHING), TMPDIR: temporary } });
        expect(readdirSync(temporary).sort()).toEqual([...kept, link].sort());
        expect(readdirSync(elsewhere)).toEqual(["kept"]);
    });
});
