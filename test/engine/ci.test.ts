// The shell lines of the recipes in docs/ci, run as the CI system runs them: on the real engine, with the built command.
// Stand-ins are only what the CI system brings along, and what would reach out: its variables, the API for comments, gh, az, curl,
// npm and git.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import sarifSchema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { parse as parseJunit, type TestSuites } from "junit2json";
import type { Log } from "sarif";

import { exampleFolder } from "../../dev/offline/examples";
import { playPortal } from "../../dev/offline/portal";
import { runPulumi } from "../../dev/offline/run";
import { type Environment, HOME_VARIABLE, placesOf, projectRoot } from "../../dev/offline/setting";
import {
    azureScripts,
    githubScripts,
    gitlabScripts,
    type Script,
    shellScripts,
    yamlBlocks,
} from "../../dev/docs/recipes";
import { playHost, variablesOf, type HostName, type PlayedHost } from "../cli/comments/played-hosts";
import { folderOfPrograms, removeScratchFolders, scratchFolder } from "../dev/offline/scratch";
import { GATE, type GateRun, pulumiEnvironment, runProgram } from "./gate-command";

const EXAMPLE = path.join(exampleFolder("restored-machine"), "yaml");
const RESTORE_BY_HAND = path.join(exampleFolder("portal-restore"), "replace-os-disk.json");

/** What the plan of the example breaks, and what a restore in the portal has broken. */
const IN_PLAN = "BCDR121";
const IN_AZURE = "BCDR131";

/** Each call is a line in a file, and answers what the recipe goes on with. */
const STAND_INS = folderOfPrograms({
    npm: 'echo "npm $*" >> "$CALLS"',
    gh: 'echo "gh $*" >> "$CALLS"; case "$1 $2" in "issue list") printf "%s\\n" "$EARLIER" ;; esac',
    az: 'echo "az $*" >> "$CALLS"; echo 00000000-0000-0000-0000-000000000001',
    curl: 'echo "curl $*" >> "$CALLS"',
    git: 'echo "git $*" >> "$CALLS"; cat "${2#origin/main:}"',
});

/** What GitHub puts in the place of expressions. */
const EXPRESSIONS: Readonly<Record<string, string>> = {
    "vars.AZURE_CLIENT_ID": "client",
    "vars.AZURE_TENANT_ID": "tenant",
    "vars.AZURE_SUBSCRIPTION_ID": "subscription",
    "github.token": "token",
};

const evaluated = (text: string): string =>
    text.replace(/\$\{\{ (.*?) \}\}/g, (whole, expression: string) => {
        const value = EXPRESSIONS[expression];
        if (value === undefined) {
            throw new Error(`The test knows no value for ${whole}`);
        }
        return value;
    });

const BY_CI: Environment = {
    GITHUB_REPOSITORY: "contoso/shop",
    BUILD_REASON: "PullRequest",
    servicePrincipalId: "client",
    tenantId: "tenant",
    idToken: "token",
};

let home: string;
let deployed: string;
let pulumi: Environment;

/** A checkout, in which the steps of a job run one after another. */
class Workspace {
    readonly folder = mkdtempSync(path.join(home, "workspace-"));
    private readonly summary = path.join(this.folder, "summary.md");
    private readonly output = path.join(this.folder, "output.txt");
    private readonly calls = path.join(this.folder, "calls.txt");

    constructor() {
        cpSync(deployed, path.join(this.folder, "infra"), { recursive: true });
        cpSync(path.join(EXAMPLE, "after"), path.join(this.folder, "infra"), { recursive: true });
        const modules = path.join(this.folder, "node_modules");
        mkdirSync(path.join(modules, ".bin"), { recursive: true });
        symlinkSync(projectRoot(), path.join(modules, "azure-bcdr-guard"));
        writeFileSync(
            path.join(modules, ".bin", "azure-bcdr-guard"),
            `#!/bin/sh\nexec "${process.execPath}" "${GATE}" "$@"\n`,
            { mode: 0o755 },
        );
        writeFileSync(path.join(this.folder, "package.json"), JSON.stringify({ name: "shop", private: true }));
        writeFileSync(path.join(this.folder, "bcdr.json"), "{}");
    }

    async run({ shell: [command = "", ...options], text, env }: Script, more: Environment = {}): Promise<GateRun> {
        const file = path.join(this.folder, "step.sh");
        writeFileSync(file, evaluated(text));
        return runProgram(command, [...options, file], this.folder, {
            ...pulumi,
            ...BY_CI,
            GITHUB_OUTPUT: this.output,
            GITHUB_STEP_SUMMARY: this.summary,
            BUILD_ARTIFACTSTAGINGDIRECTORY: path.join(this.folder, "staging"),
            CALLS: this.calls,
            ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, evaluated(value)])),
            ...more,
        });
    }

    has(file: string): boolean {
        return existsSync(path.join(this.folder, file));
    }

    read(file: string): string {
        return readFileSync(path.join(this.folder, file), "utf8");
    }

    /** What the stand-ins were asked, since it was looked at last. */
    takeCalls(): readonly string[] {
        const text = this.has("calls.txt") ? this.read("calls.txt") : "";
        writeFileSync(this.calls, "");
        return text.split("\n").filter(Boolean);
    }
}

/** What a step writes on a pull request, in two runs. */
async function commentsOf(
    name: HostName,
    workspace: Workspace,
    step: Script,
): Promise<Pick<PlayedHost, "calls" | "comments">> {
    const host = await playHost(name);
    try {
        expect(await workspace.run(step, variablesOf(name, host))).toMatchObject({ status: 0 });
        expect(await workspace.run(step, variablesOf(name, host))).toMatchObject({ status: 0 });
        return host;
    } finally {
        await host.close();
    }
}

const THE_COMMENT = new RegExp(`^<!-- azure-bcdr-guard comment stack=prod -->\n[^]*${IN_PLAN}`);

const named = (scripts: readonly Script[], name: string): Script => {
    const found = scripts.find((script) => script.name === name);
    if (found === undefined) {
        throw new Error(`No step "${name}" among ${scripts.map((script) => script.name).join(", ")}`);
    }
    return found;
};

const ajv = new Ajv({ strict: false, unicodeRegExp: false });
addFormats(ajv);
const isSarif = ajv.compile(sarifSchema);

function policiesInSarif(text: string): readonly (string | undefined)[] {
    const log = JSON.parse(text) as Log;
    expect(isSarif(log) ? [] : isSarif.errors).toEqual([]);
    return log.runs[0]!.results!.map(({ ruleId }) => ruleId);
}

async function failuresInJunit(text: string): Promise<readonly string[]> {
    const { testsuite = [] } = (await parseJunit(text)) as TestSuites;
    return testsuite
        .flatMap(({ testcase = [] }) => testcase)
        .flatMap(({ name, failure }) => (failure === undefined ? [] : [name ?? ""]));
}

beforeAll(async () => {
    home = scratchFolder();
    deployed = path.join(home, "deployed");
    cpSync(path.join(EXAMPLE, "before"), deployed, { recursive: true });
    const succeeds = async (...args: readonly string[]): Promise<void> => {
        const { status, stdout, stderr } = await runPulumi(args, { folder: deployed, home });
        if (status !== 0) {
            throw new Error(`pulumi ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
        }
    };
    await succeeds("stack", "init", "dev");
    await succeeds("stack", "init", "prod");
    await succeeds("up", "--yes", "--skip-preview", "--non-interactive", "--stack", "prod");
    playPortal(placesOf(projectRoot(), { [HOME_VARIABLE]: home }).cloud, RESTORE_BY_HAND);

    const real = await pulumiEnvironment(home);
    const memoize = folderOfPrograms({
        pulumi: `exec "${process.execPath}" "${path.join(__dirname, "pulumi-once.js")}" "$@"`,
    });
    // Whatever npm told the test run is about this repository, and not about the workspace.
    const withoutNpm = Object.entries(real).filter(([name]) => !/^npm_/i.test(name));
    pulumi = {
        ...Object.fromEntries(withoutNpm),
        PATH: [STAND_INS, memoize, real["PATH"]].join(path.delimiter),
        PULUMI_ONCE_PATH: real["PATH"],
        PULUMI_ONCE_MEMORY: scratchFolder(),
    };
}, 300_000);
afterAll(removeScratchFolders);

describe("github-actions.md", () => {
    const [pullRequests = [], drift = [], beside = []] = yamlBlocks("github-actions.md").map(githubScripts);

    describe("pull requests", () => {
        let workspace: Workspace;
        let gate: GateRun;
        beforeAll(async () => {
            workspace = new Workspace();
            gate = await workspace.run(named(pullRequests, "Gate"));
        }, 120_000);

        test("the gate fails with the code of findings", () => {
            expect(gate.status).toBe(1);
            expect(workspace.read("output.txt")).toBe("whole=true\n");
        });
        test("the log has the report and annotations", () => {
            expect(gate.stdout).toMatch(/^::error .*BCDR121/m);
            expect(gate.stdout).toMatch(/^Failed: /m);
        });
        test("the summary has the findings", () => {
            expect(workspace.read("summary.md")).toContain(IN_PLAN);
        });
        test("the file for code scanning is valid", () => {
            expect(policiesInSarif(workspace.read("reports/guard.sarif"))).toContain(IN_PLAN);
        });
        test("the page is one", () => {
            expect(workspace.read("reports/guard.html")).toMatch(/^<!doctype html>/i);
        });
        test("a comment is written, and the next run writes over it", async () => {
            const { comments } = await commentsOf("github", workspace, named(pullRequests, "Comment"));
            expect(comments.map(({ body }) => body)).toEqual([expect.stringMatching(THE_COMMENT)]);
        });
        test("a fork is refused", async () => {
            const run = await workspace.run(named(pullRequests, "Refuse forks"));
            expect(run).toMatchObject({ status: 1, stdout: expect.stringMatching(/^::error::/) as string });
        });
        test("where Pulumi fails, the code says so, the summary what, and nothing is to be uploaded", async () => {
            const elsewhere = new Workspace();
            const broken = folderOfPrograms({ pulumi: "echo no network >&2; exit 255" });
            const PATH = [broken, pulumi["PATH"]].join(path.delimiter);
            expect(await elsewhere.run(named(pullRequests, "Gate"), { PATH })).toMatchObject({ status: 3 });
            expect(elsewhere.has("output.txt")).toBe(false);
            expect(elsewhere.read("summary.md")).toContain("Pulumi ended with status 255");
        });
        test("where the command is called wrongly, there is nothing to upload", async () => {
            const elsewhere = new Workspace();
            const script = named(pullRequests, "Gate");
            const wrong = { ...script, text: script.text.replace("--report text", "--report txet") };
            expect(await elsewhere.run(wrong)).toMatchObject({ status: 2 });
            expect(elsewhere.has("reports")).toBe(false);
            expect(elsewhere.has("summary.md")).toBe(false);
            expect(elsewhere.has("output.txt")).toBe(false);
        });
    });

    test("drift: a restore by hand fails, and makes one issue", async () => {
        const workspace = new Workspace();
        expect(await workspace.run(named(drift, "Look"))).toMatchObject({ status: 1 });
        expect(workspace.read("output.txt")).toBe("whole=true\n");
        expect(workspace.read("summary.md")).toContain(IN_AZURE);
        expect(policiesInSarif(workspace.read("reports/guard.sarif"))).toContain(IN_AZURE);
        const issue = named(drift, "Issue");
        workspace.takeCalls();
        expect(await workspace.run(issue)).toMatchObject({ status: 0 });
        expect(workspace.takeCalls().at(-1)).toMatch(/^gh issue create .* --body-file reports\/guard\.md$/);
        expect(await workspace.run(issue, { EARLIER: "12" })).toMatchObject({ status: 0 });
        expect(workspace.takeCalls().at(-1)).toBe("gh issue edit 12 --body-file reports/guard.md");
    }, 120_000);

    test("beside Pulumi's own action: fails, and the summary has what that action does not say", async () => {
        const workspace = new Workspace();
        expect(await workspace.run(named(beside, "Gate"))).toMatchObject({ status: 1 });
        expect(workspace.read("summary.md")).toContain(IN_PLAN);
    }, 120_000);
});

describe("azure-devops.md", () => {
    const [pipeline = []] = yamlBlocks("azure-devops.md").map(azureScripts);

    test("installs Pulumi and the gate", async () => {
        const workspace = new Workspace();
        const run = await workspace.run(named(pipeline, "Install Pulumi"));
        expect(run).toMatchObject({
            status: 0,
            stdout: expect.stringMatching(/^##vso\[task\.prependpath\]/) as string,
        });
        expect(await workspace.run(named(pipeline, "Install the gate"))).toMatchObject({ status: 0 });
        expect(workspace.takeCalls()).toEqual(["curl -fsSL https://get.pulumi.com", "npm ci"]);
    });

    test("a pull request: issues in the log, tests that fail, files to publish", async () => {
        const workspace = new Workspace();
        const { status, stdout } = await workspace.run(named(pipeline, "Gate"));
        expect(status).toBe(1);
        expect(stdout).toMatch(/^##vso\[task\.logissue type=error;.*BCDR121/m);
        expect(stdout).toMatch(/^##vso\[task\.uploadsummary\]\/.*guard\.md$/m);
        expect(stdout).toMatch(/^##vso\[task\.setvariable variable=guardExitCode\]1$/m);
        expect(await failuresInJunit(workspace.read("staging/junit/guard.xml"))).toEqual([
            expect.stringContaining(IN_PLAN) as string,
            expect.stringContaining("BCDR601") as string,
        ]);
        expect(policiesInSarif(workspace.read("staging/sarif/guard.sarif"))).toContain(IN_PLAN);
        expect(workspace.read("staging/page/guard.html")).toMatch(/^<!doctype html>/i);
        const { comments } = await commentsOf("azure-repos", workspace, named(pipeline, "Comment"));
        expect(comments).toMatchObject([{ body: expect.stringMatching(THE_COMMENT) as string, status: "active" }]);
    }, 120_000);

    test("every night: what a restore by hand has broken", async () => {
        const workspace = new Workspace();
        const run = await workspace.run(named(pipeline, "Gate"), { BUILD_REASON: "Schedule" });
        expect(run.status).toBe(1);
        expect(policiesInSarif(workspace.read("staging/sarif/guard.sarif"))).toContain(IN_AZURE);
    }, 120_000);
});

describe("gitlab.md", () => {
    const [jobs = []] = yamlBlocks("gitlab.md").map(gitlabScripts);

    interface CodeQualityIssue {
        readonly check_name: string;
    }
    const policiesInCodeQuality = (text: string): readonly string[] =>
        (JSON.parse(text) as readonly CodeQualityIssue[]).map(({ check_name: policyId }) => policyId);

    test("a merge request: fails, with reports for the widgets", async () => {
        const workspace = new Workspace();
        expect(await workspace.run(named(jobs, "azure-bcdr-guard"))).toMatchObject({ status: 1 });
        // Without a token there is no note.
        expect(await workspace.run(named(jobs, "after azure-bcdr-guard"))).toMatchObject({ status: 0 });
        expect(workspace.takeCalls()).toEqual(["npm ci"]);
        expect(policiesInCodeQuality(workspace.read("reports/guard-codequality.json"))).toContain(IN_PLAN);
        expect(await failuresInJunit(workspace.read("reports/guard.xml"))).not.toEqual([]);
        expect(workspace.read("reports/guard.html")).toMatch(/^<!doctype html>/i);
    }, 120_000);

    test("a note is written, and the next run writes over it", async () => {
        const workspace = new Workspace();
        expect(await workspace.run(named(jobs, "azure-bcdr-guard"))).toMatchObject({ status: 1 });
        const { comments } = await commentsOf("gitlab", workspace, named(jobs, "after azure-bcdr-guard"));
        expect(comments.map(({ body }) => body)).toEqual([expect.stringMatching(THE_COMMENT)]);
    }, 120_000);

    test("every night: what a restore by hand has broken", async () => {
        const workspace = new Workspace();
        expect(await workspace.run(named(jobs, "azure-bcdr-guard-nightly"))).toMatchObject({ status: 1 });
        expect(policiesInCodeQuality(workspace.read("reports/guard-codequality.json"))).toContain(IN_AZURE);
    }, 120_000);
});

describe("shell.md", () => {
    const scripts = shellScripts("shell.md");
    const under = (heading: string): readonly Script[] => scripts.filter(({ name }) => name === heading);
    let workspace: Workspace;
    beforeAll(() => {
        workspace = new Workspace();
    });

    const statuses = async (heading: string): Promise<readonly number[]> => {
        const all: number[] = [];
        for (const script of under(heading)) {
            all.push((await workspace.run(script)).status);
        }
        return all;
    };

    test("the package is installed, and a configuration is checked", async () => {
        expect(await statuses("Before you begin")).toEqual([0, 0]);
        expect(workspace.takeCalls()).toEqual([
            "npm ci --prefix ../azure-bcdr-guard",
            "npm pack ../azure-bcdr-guard --pack-destination vendor",
            "npm install --save-dev --save-exact ./vendor/azure-bcdr-guard-0.1.0.tgz",
        ]);
    });

    describe("with a baseline", () => {
        const severalStacks = (): Promise<GateRun> => workspace.run(under("Several stacks")[0]!);

        test("what stands in it passes", async () => {
            expect(await statuses("What is known already")).toEqual([0]);
            expect(workspace.read("baselines/prod.json")).toContain(IN_PLAN);
            const { status, stdout } = await severalStacks();
            expect(status).toBe(0);
            expect(stdout.match(/^\w+ ended with \d$/gm)).toEqual(["dev ended with 0", "prod ended with 0"]);
            expect(await failuresInJunit(workspace.read("reports/prod.xml"))).toEqual([]);
            expect(workspace.read("reports/dev.html")).toMatch(/^<!doctype html>/i);
        }, 240_000);
        test("what is new in one stack fails the whole", async () => {
            writeFileSync(
                path.join(workspace.folder, "baselines/dev.json"),
                JSON.stringify({ version: 1, findings: [] }),
            );
            const { status, stdout } = await severalStacks();
            expect(status).toBe(1);
            expect(stdout.match(/^\w+ ended with \d$/gm)).toEqual(["dev ended with 1", "prod ended with 0"]);
        }, 120_000);
        test("a stack without one fails, and is graver than a finding", async () => {
            writeFileSync(path.join(workspace.folder, "baselines/prod.json"), "");
            const { status, stdout } = await severalStacks();
            expect(status).toBe(4);
            expect(stdout.match(/^\w+ ended with \d$/gm)).toEqual(["dev ended with 1", "prod ended with 4"]);
        }, 120_000);
    });

    test("a stack that holds protection is not destroyed", async () => {
        const run = await workspace.run(under("Before a stack is destroyed")[0]!);
        expect(run.status).toBe(1);
        expect(run.stdout).toContain("BCDR606");
        expect(run.stderr).not.toContain("Nothing is applied here");
    }, 120_000);

    test("a restore by hand is seen", async () => {
        expect(await statuses("What has changed in Azure")).toEqual([1]);
        expect(workspace.read("reports/drift.html")).toContain(IN_AZURE);
    }, 120_000);

    test("a preview that ran elsewhere is reported as if it had run here", async () => {
        expect(await statuses("From a preview that ran elsewhere")).toEqual([0, 1]);
        expect(policiesInSarif(workspace.read("reports/guard.sarif"))).toEqual(
            expect.arrayContaining([IN_PLAN, "BCDR601"]),
        );
    }, 120_000);

    test("the runbook of a VM", async () => {
        const run = await workspace.run(under("Re-protect one VM")[0]!);
        expect(run.stdout).toContain("web");
        expect(run.status).toBe(0);
    }, 120_000);
});
