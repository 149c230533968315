// The command against hosts that this process plays. It runs in this process, because a process for each case takes longer
// than the case; some run the built command, as a pipeline does.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import * as path from "node:path";

import { projectRoot } from "../../../dev/offline/setting";
import { main } from "../../../src/cli/main";
import type * as hosts from "../../../src/cli/comments/host";
import { markerOf } from "../../../src/cli/comments/marker";
import type * as printing from "../../../src/cli/printing";
import type { Report } from "../../../src/cli/report";
import { json } from "../../../src/cli/reports/json";
import { removeScratchFolders, scratchFolder } from "../../dev/offline/scratch";
import { OWN, playHost, send, TOKEN, variablesOf, type HostName, type PlayedHost } from "../comments/played-hosts";
import { cleanReport, hostileReport, richReport } from "../reports/a-report";
import { largeReport } from "../reports/large-reports";

const MAIN = path.join(projectRoot(), "dist", "src", "cli", "main.js");
const HOSTS = ["github", "gitlab", "azure-repos"] as const;

/** What this process prints in a run; undefined outside of one. */
let output: { stdout: string; stderr: string } | undefined;

jest.mock("../../../src/cli/printing", () => {
    const actual = jest.requireActual<typeof printing>("../../../src/cli/printing");
    const print = (text: string): void => void (output!.stdout += text);
    return {
        ...actual,
        print,
        printLines: (lines: readonly string[]) => print(actual.textOf(lines)),
        printNotes: (lines: readonly string[]) => void (output!.stderr += actual.textOf(lines)),
    };
});

/** How long the command would have waited, in milliseconds. */
const waits: number[] = [];

jest.mock("../../../src/cli/comments/host", () => {
    const host = jest.requireActual<typeof hosts>("../../../src/cli/comments/host");
    const pause = (milliseconds: number): Promise<void> => (waits.push(milliseconds), Promise.resolve());
    return { ...host, TIMING: { ...host.TIMING, pause } };
});

interface Run {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

// Processes start slowly where several suites run at once.
jest.setTimeout(120_000);

/** All that any run has printed. */
const printed: string[] = [];

let folder: string;
let host: PlayedHost;
beforeEach(() => {
    folder = scratchFolder();
    waits.length = 0;
});
afterEach(() => host.close());
afterAll(() => {
    removeScratchFolders();
});

const play = async (name: HostName): Promise<void> => {
    host = await playHost(name);
};

const written = (report: Report, name = "report.json"): string => {
    const file = path.join(folder, name);
    writeFileSync(file, json(report));
    return file;
};

interface Surroundings {
    readonly variables?: Readonly<Record<string, string>>;
    readonly input?: string;
}

/** Runs the command in this process. */
async function run(
    name: HostName,
    args: readonly string[],
    { variables = variablesOf(name, host) }: Omit<Surroundings, "input"> = {},
): Promise<Run> {
    const [env, cwd] = [process.env, process.cwd()];
    const printedHere = { stdout: "", stderr: "" };
    output = printedHere;
    process.env = { PATH: env["PATH"], ...variables };
    process.chdir(folder);
    try {
        return checked({ status: await main(["comment", name, ...args]), ...printedHere });
    } finally {
        output = undefined;
        process.env = env;
        process.chdir(cwd);
    }
}

/** Runs the built command, in a separate process. */
function runProcess(
    name: HostName,
    args: readonly string[],
    { variables = variablesOf(name, host), input = "" }: Surroundings = {},
): Promise<Run> {
    return new Promise((resolve) => {
        const { PATH = "" } = process.env;
        const child = spawn(process.execPath, [MAIN, "comment", name, ...args], {
            cwd: folder,
            env: { PATH, ...variables },
        });
        let [stdout, stderr] = ["", ""];
        child.stdout.on("data", (piece) => (stdout += String(piece)));
        child.stderr.on("data", (piece) => (stderr += String(piece)));
        child.on("close", (status) => resolve(checked({ status, stdout, stderr })));
        child.stdin.end(input);
    });
}

function checked(ended: Run): Run {
    const { stdout, stderr } = ended;
    printed.push(stdout, stderr);
    expect(`${stdout}${stderr}`).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    return ended;
}

const MARKER = markerOf({ stack: "shop/dev", tag: undefined });

describe.each(HOSTS)("comment %s", (name) => {
    beforeEach(() => play(name));
    const place = {
        github: "pull request 7 of contoso/shop on GitHub",
        gitlab: "merge request 7 of project 5 on GitLab",
        "azure-repos": "pull request 7 of project My shop in Azure Repos",
    }[name];

    test("writes the report, and updates it at the next run", async () => {
        const stack = ["--stack", "shop/dev"];
        expect(await runProcess(name, [written(richReport()), ...stack])).toEqual({
            status: 0,
            stdout: `Wrote a comment on ${place}.\n`,
            stderr: "",
        });
        expect(host.comments[0]?.body).toMatch(
            new RegExp(`^${MARKER}\n## azure-bcdr-guard: preview of stack "dev"\n[^]*BCDR121`),
        );
        expect(await runProcess(name, [written(cleanReport()), ...stack])).toMatchObject({
            status: 0,
            stdout: `Updated the comment on ${place}.\n`,
        });
        expect(host.comments).toHaveLength(1);
        expect(host.comments[0]?.body).not.toContain("BCDR121");
    });

    test("reads a report from standard input", async () => {
        const { status } = await runProcess(name, ["-"], { input: json(richReport()) });
        expect([status, host.comments[0]?.body]).toEqual([0, expect.stringContaining("BCDR121")]);
    });

    test("two stacks and a tag have a comment each", async () => {
        const report = written(richReport());
        for (const identity of [["--stack", "dev"], ["--stack", "prod"], ["--stack", "prod", "--tag", "destroy"], []]) {
            await run(name, [report, ...identity]);
            await run(name, [report, ...identity]);
        }
        expect(host.comments.map(({ body }) => body.split("\n")[0])).toEqual([
            "<!-- azure-bcdr-guard comment stack=dev -->",
            "<!-- azure-bcdr-guard comment stack=prod -->",
            "<!-- azure-bcdr-guard comment stack=prod tag=destroy -->",
            "<!-- azure-bcdr-guard comment stack=preview%20of%20stack%20%22dev%22 -->",
        ]);
    });

    test("a report that is too long is cut after a whole finding, and says where the rest is", async () => {
        const count = { github: 250, gitlab: 4000, "azure-repos": 600 }[name];
        const limit = { github: 65_536, gitlab: 1_000_000, "azure-repos": 150_000 }[name];
        await run(name, [written(largeReport(count, count))]);
        const body = host.comments[0]?.body ?? "";
        const shown = body.match(/^#### .*BCDR121/gm)?.length ?? 0;
        expect(Buffer.byteLength(body)).toBeLessThanOrEqual(limit);
        expect(Buffer.byteLength(body)).toBeGreaterThan(limit * 0.9);
        const page = {
            github: "https://github.com/contoso/shop/actions/runs/123",
            gitlab: "https://gitlab.com/contoso/shop/-/jobs/123",
            "azure-repos": `${host.url}My%20shop/_build/results?buildId=123`,
        }[name];
        expect(body.split("\n").at(-2)).toMatch(
            new RegExp(
                `\\*\\* ${count - shown} mandatory findings, .*\\. \\[The run\\]\\(<${page.replace("?", "\\?")}>\\) has the`,
            ),
        );
        await run(name, [written(largeReport(count, count)), "--link", "https://example.com/page?a=1"]);
        expect(host.comments[0]?.body).toContain("[The run](<https://example.com/page?a=1>) has the whole report.");
    });

    test("nothing to report: no first comment with --only-with-findings", async () => {
        const args = [written(cleanReport()), "--only-with-findings"];
        expect(await run(name, args)).toMatchObject({
            status: 0,
            stdout: `Nothing to report, and no earlier comment: wrote nothing on ${place}.\n`,
        });
        expect(host.comments).toEqual([]);
        await run(name, [written(richReport()), "--only-with-findings", "--stack", cleanReport().subject]);
        expect(await run(name, args)).toMatchObject({ status: 0, stdout: `Updated the comment on ${place}.\n` });
    });

    test("delete-and-new says what it did", async () => {
        host.comments = [1, 2].map((id) => ({ id, body: MARKER, author: OWN }));
        const args = [written(richReport()), "--stack", "shop/dev", "--behavior", "delete-and-new"];
        expect((await run(name, args)).stdout).toBe(`Wrote a comment on ${place}, and deleted 2 earlier ones.\n`);
    });

    test("a dry run prints the comment and where it would go, and asks nobody, without a token", async () => {
        const { GITHUB_TOKEN: _1, GITLAB_TOKEN: _2, SYSTEM_ACCESSTOKEN: _3, ...variables } = variablesOf(name, host);
        const args = [written(richReport()), "--stack", "shop/dev", "--dry-run"];
        const { status, stdout, stderr } = await run(name, args, { variables });
        expect(status).toBe(0);
        expect(stdout).toMatch(new RegExp(`^${MARKER}\n`));
        expect(stderr).toMatch(
            new RegExp(`^A dry run\\. .* ${place}, http://127\\.0\\.0\\.1:\\d+/.*/7/\\w+ \\(update\\):\n$`),
        );
        expect(host.calls).toEqual([]);
    });

    test("names that mean harm stay in their comment", async () => {
        await run(name, [written(hostileReport())]);
        const [first = "", ...others] = host.comments[0]?.body.split("\n") ?? [];
        expect(first).toMatch(/^<!-- azure-bcdr-guard comment stack=[\w./%:-]+ -->$/);
        expect(others.join("\n")).not.toContain("<!--");
    });

    test.each([
        ["no token", 2, /has no token\. /],
        ["a token that is not valid", 3, /refused to say whose token this is \(401: 401 Unauthorized\)\. .*not valid/],
        ["no permission", 3, /\(403: no \(secret\)\)\. /],
        [
            "a limit",
            3,
            /limits the requests of this token \(429: no \(secret\)\)\. Run the command again in 45 minutes\.$/m,
        ],
    ])("with %s it ends with %d, and says why", async (problem, code, says) => {
        let variables = variablesOf(name, host);
        const token = { github: "GITHUB_TOKEN", gitlab: "GITLAB_TOKEN", "azure-repos": "SYSTEM_ACCESSTOKEN" }[name];
        const echo = { message: `no ${TOKEN}` };
        switch (problem) {
            case "no token":
                variables = { ...variables, [token]: "" };
                break;
            case "a token that is not valid":
                variables = { ...variables, [token]: `${TOKEN}-of-another` };
                break;
            case "no permission":
                host.misbehave = (_, response) => (send(response, 403, echo), true);
                break;
            case "a limit":
                host.misbehave = (_, response) => (send(response, 429, echo, { "Retry-After": "2700" }), true);
                break;
        }
        const { status, stdout, stderr } = await run(name, [written(richReport())], { variables });
        expect([status, stdout, stderr]).toEqual([code, "", expect.stringMatching(says)]);
        expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    });

    test("waits where the host asks for it", async () => {
        let refused = 0;
        host.misbehave = ({ method }, response) => {
            const isRefused = method === "POST" && refused++ === 0;
            if (isRefused) {
                send(response, 429, {}, { "Retry-After": "1" });
            }
            return isRefused;
        };
        expect(await runProcess(name, [written(richReport())])).toMatchObject({ status: 0 });
        expect(host.comments).toHaveLength(1);
    });
});

describe("comment", () => {
    beforeEach(() => play("github"));

    test.each([
        [["no-such-file.json"], 2, /^no-such-file\.json cannot be read: there is no such file or folder\.$/m],
        [
            ["torn.json"],
            4,
            /^torn\.json: It is no JSON report: torn, or something else\. Write it again with --report/m,
        ],
        [["report.json", "--behavior", "append"], 2, /Allowed choices are update, new, delete-and-new/],
        [["report.json", "--link", "javascript:alert(1)"], 2, /^--link must be an address that begins with https:/m],
        [["report.json", "--pull-request", "seven"], 2, /^The number of the pull request must be a whole number/m],
        [["report.json", "--api-url", "ftp://x"], 2, /^--api-url must be an address that begins with https:/m],
        [[], 2, /missing required argument 'report'/],
    ])("%j ends with %d", async (args, code, says) => {
        written(richReport());
        writeFileSync(path.join(folder, "torn.json"), '{"version": 1,');
        const { status, stderr } = await runProcess("github", args);
        expect([status, stderr]).toEqual([code, expect.stringMatching(says)]);
        expect(host.calls).toEqual([]);
    });

    test("a host that is not there is tried for 15 seconds", async () => {
        const variables = variablesOf("github", { url: "http://127.0.0.1:1" });
        const { status, stderr } = await run("github", [written(richReport())], { variables });
        expect([status, stderr]).toEqual([
            3,
            expect.stringMatching(/^GitHub could not be reached at http:\/\/127\.0\.0\.1:1 to .* \(.+\)\.\n$/),
        ]);
        expect(waits).toEqual([1000, 2000, 4000, 8000]);
    });

    test("an option wins over a variable", async () => {
        const variables = { ...variablesOf("github", host), GITHUB_REPOSITORY: "x/y", GITHUB_REF: "refs/pull/1/merge" };
        const { GITHUB_TOKEN, ...others } = { GITHUB_TOKEN: "", ...variables };
        const given = ["--repository", "contoso/shop", "--pull-request", "7", "--token-variable", "BOT_TOKEN"];
        const options = { variables: { ...others, BOT_TOKEN: GITHUB_TOKEN } };
        expect(await run("github", [written(richReport()), ...given], options)).toMatchObject({ status: 0 });
        expect(host.comments).toHaveLength(1);
    });

    test("the event of the workflow has the number", async () => {
        const event = path.join(folder, "event.json");
        writeFileSync(event, '{"pull_request":{"number":7}}');
        const variables = {
            ...variablesOf("github", host),
            GITHUB_REF: "refs/heads/main",
            GITHUB_EVENT_PATH: event,
        };
        expect(await run("github", [written(richReport())], { variables })).toMatchObject({ status: 0 });
    });

    test("no run has printed a token", () => {
        expect(printed.length).toBeGreaterThan(50);
        const secrets = [TOKEN, Buffer.from(`:${TOKEN}`).toString("base64")];
        expect(printed.filter((text) => secrets.some((secret) => text.includes(secret)))).toEqual([]);
    });
});
