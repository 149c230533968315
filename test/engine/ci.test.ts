// The shell lines of the action, the templates and the recipes in docs/ci, run as the CI system runs them: on the real engine, with
// the built command.
// Stand-ins are only what the CI system brings along, and what would reach out: its variables, the API for comments, gh, az, curl,
// npm and git.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
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
import { type Script, shellScripts, yamlBlocks } from "../../dev/docs/recipes";
import { playHost, TOKEN, variablesOf, type PlayedHost } from "../cli/comments/played-hosts";
import { folderOfPrograms, removeScratchFolders, scratchFolder } from "../dev/offline/scratch";
import { asWorkflow } from "../docs/github";
import { runPipeline } from "./ci-systems/azure-pipelines";
import { type Known, runAction, runWorkflow, type WorkflowRun } from "./ci-systems/github";
import { jobsOf, runJob } from "./ci-systems/gitlab";
import type { Ran } from "./ci-systems/shell";
import { GATE, type GateRun, pulumiEnvironment, runProgram } from "./gate-command";

const EXAMPLE = path.join(exampleFolder("restored-machine"), "yaml");
const RESTORE_BY_HAND = path.join(exampleFolder("portal-restore"), "replace-os-disk.json");

/** What the plan of the example breaks, and what a restore in the portal has broken. */
const IN_PLAN = "BCDR121";
const IN_AZURE = "BCDR131";

/** Each call is a line in a file, and answers what the recipe goes on with. */
const STAND_INS = folderOfPrograms({
    npm: 'echo "npm $*" >> "$CALLS"; case "$1 $3" in "pack --pack-destination") tar -czf "$4/guard.tgz" -C "$PACKED" package ;; esac',
    gh: 'echo "gh $*" >> "$CALLS"; case "$1 $2" in "issue list") printf "%s\\n" "$EARLIER" ;; esac',
    az: 'echo "az $*" >> "$CALLS"; echo 00000000-0000-0000-0000-000000000001',
    curl: 'echo "curl $*" >> "$CALLS"',
    git: 'echo "git $*" >> "$CALLS"; cat "${2#origin/main:}"',
});

const BY_CI: Environment = {
    GITHUB_REPOSITORY: "contoso/shop",
    servicePrincipalId: "client",
    tenantId: "tenant",
    idToken: "token",
};

let home: string;
let deployed: string;
/** An archive of the package would have this in it. */
let packed: string;
let pulumi: Environment;

/** A checkout, in which the steps of a job run one after another. */
class Workspace {
    readonly folder = mkdtempSync(path.join(home, "workspace-"));
    private readonly summary = path.join(this.folder, "summary.md");
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
        writeFileSync(file, text);
        return runProgram(command, [...options, file], this.folder, {
            ...pulumi,
            ...BY_CI,
            GITHUB_STEP_SUMMARY: this.summary,
            CALLS: this.calls,
            PACKED: packed,
            ...env,
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

const THE_COMMENT = new RegExp(`^<!-- azure-bcdr-guard comment stack=prod -->\n[^]*${IN_PLAN}`);

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

    packed = path.join(home, "packed");
    const command = path.join(packed, "package", "dist", "src", "cli", "main.js");
    mkdirSync(path.dirname(command), { recursive: true });
    writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${GATE}" "$@"\n`);
    writeFileSync(path.join(packed, "package", "dist", "npm-shrinkwrap.json"), "{}");

    const real = await pulumiEnvironment(home);
    const memoize = folderOfPrograms({
        pulumi: `case "$1" in
            install) echo "pulumi $*" >> "$CALLS" ;;
            *) exec "${process.execPath}" "${path.join(__dirname, "pulumi-once.js")}" "$@" ;;
        esac`,
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

/** Pull request 7 of contoso/shop, from a branch of it, or from a fork. */
const pullRequest = (from = "contoso/shop"): Known => ({
    github: {
        repository: "contoso/shop",
        workspace: "/workspace",
        token: TOKEN,
        event: { pull_request: { number: 7, head: { repo: { full_name: from } } } },
    },
    vars: { AZURE_CLIENT_ID: "client", AZURE_TENANT_ID: "tenant", AZURE_SUBSCRIPTION_ID: "subscription" },
    secrets: { PULUMI_ACCESS_TOKEN: "pul-0" },
});

const outcomes = (ran: readonly Ran[]): Readonly<Record<string, string>> =>
    Object.fromEntries(ran.map(({ name, outcome }) => [name, outcome]));

const ranAs = (ran: readonly Ran[], name: string): Ran => {
    const found = ran.find((each) => each.name === name);
    if (found === undefined) {
        throw new Error(`No step "${name}" among ${ran.map((each) => each.name).join(", ")}`);
    }
    return found;
};

/** A program that cannot run: it names what it does not have. */
const BROKEN = "name: restored-machine\nruntime: yaml\noutputs:\n  vm: ${nothing.id}\n";

/** What is deployed, unchanged: there is nothing to do. */
const unchanged = (): Workspace => {
    const workspace = new Workspace();
    cpSync(path.join(EXAMPLE, "before"), path.join(workspace.folder, "infra"), { recursive: true });
    return workspace;
};

const broken = (): Workspace => {
    const workspace = new Workspace();
    writeFileSync(path.join(workspace.folder, "infra", "Pulumi.yaml"), BROKEN);
    return workspace;
};

/** A PATH whose Pulumi installs, and can do nothing else. */
const withoutLogin = (): string => {
    const refused = folderOfPrograms({ pulumi: '[ "$1" = install ] || { echo no login >&2; exit 255; }' });
    return [refused, pulumi["PATH"]].join(path.delimiter);
};

describe("the action, and github-actions.md", () => {
    const [pullRequests, drift, beside] = yamlBlocks("github-actions.md");
    const INPUTS = { stack: "prod", "working-directory": "infra" };
    const WITH_ALL = { ...INPUTS, comment: "true", "code-scanning": "true", artifact: "guard" };

    let host: PlayedHost;
    beforeEach(async () => {
        host = await playHost("github");
    });
    afterEach(() => host.close());

    const action = (
        workspace: Workspace,
        inputs: Readonly<Record<string, string>>,
        known = pullRequest(),
        more: Environment = {},
    ): Promise<WorkflowRun> => runAction(inputs, workspace, known, { ...variablesOf("github", host), ...more });

    test("the workflow of the page: fails, with annotations, a summary and a comment that is updated", async () => {
        const workspace = new Workspace();
        for (const attempt of [1, 2]) {
            const { ran, hasFailed } = await runWorkflow(
                pullRequests!.text,
                workspace,
                pullRequest(),
                variablesOf("github", host),
            );
            expect({ attempt, hasFailed }).toEqual({ attempt, hasFailed: true });
            expect(outcomes(ran)).toMatchObject({ Gate: "failure", Comment: "success", Page: "skipped" });
            expect(ranAs(ran, "Gate").stdout).toMatch(/^::error .*BCDR121/m);
            expect(ranAs(ran, "Gate").stdout).toMatch(/^Failed: /m);
        }
        expect(workspace.read("summary.md")).toContain(IN_PLAN);
        expect(host.comments.map(({ body }) => body)).toEqual([expect.stringMatching(THE_COMMENT)]);
        expect(workspace.takeCalls()[0]).toBe("pulumi install --cwd infra --non-interactive");
    }, 120_000);

    test("a plan with findings: outputs, files, code scanning and an artifact", async () => {
        const { ran, outputs } = await action(new Workspace(), WITH_ALL);
        const { json = "", sarif = "", html = "" } = outputs;
        expect(outputs).toMatchObject({ verdict: "failed", "exit-code": "1", mandatory: "2", undecided: "0" });
        expect((JSON.parse(readFileSync(json, "utf8")) as { readonly verdict: object }).verdict).toMatchObject({
            exitCode: 1,
        });
        expect(policiesInSarif(readFileSync(sarif, "utf8"))).toContain(IN_PLAN);
        expect(readFileSync(html, "utf8")).toMatch(/^<!doctype html>/i);
        expect(ranAs(ran, "Code scanning")).toMatchObject({
            outcome: "success",
            inputs: { sarif_file: sarif, category: "azure-bcdr-guard/prod" },
        });
        expect(ranAs(ran, "Page")).toMatchObject({ outcome: "success", inputs: { name: "guard", path: html } });
    }, 120_000);

    test("a clean plan passes", async () => {
        const workspace = unchanged();
        const { ran, outputs, hasFailed } = await action(workspace, WITH_ALL);
        expect(hasFailed).toBe(false);
        expect(outputs).toMatchObject({ verdict: "passed", "exit-code": "0", mandatory: "0" });
        expect(outcomes(ran)).toMatchObject({ Comment: "success", "Code scanning": "success", Page: "success" });
        expect(workspace.read("summary.md")).toContain("Passed");
    }, 120_000);

    test("a broken program is not checked: its comment says why, and code scanning gets nothing", async () => {
        const workspace = broken();
        const { ran, outputs, hasFailed } = await action(workspace, WITH_ALL);
        expect(hasFailed).toBe(true);
        expect(outputs).toMatchObject({ verdict: "not-checked", "exit-code": "3", sarif: "" });
        expect(outcomes(ran)).toMatchObject({ Comment: "success", "Code scanning": "skipped", Page: "success" });
        expect(workspace.read("summary.md")).toContain("nothing");
        expect(host.comments).toHaveLength(1);
    }, 120_000);

    test("options reach the command, and a wrong one leaves nothing to upload", async () => {
        const workspace = new Workspace();
        writeFileSync(path.join(workspace.folder, "known.json"), '{"version":1,"findings":[]}');
        const passed = await action(workspace, {
            ...INPUTS,
            config: "bcdr.json",
            baseline: "known.json",
            "fail-on": "never",
        });
        expect(passed.outputs).toMatchObject({ verdict: "passed", mandatory: "2" });
        const wrong = await action(workspace, { ...WITH_ALL, "fail-on": "sometimes" });
        expect(wrong.outputs).toMatchObject({ verdict: "not-checked", "exit-code": "2", json: "", html: "" });
        expect(outcomes(wrong.ran)).toMatchObject({ Comment: "skipped", "Code scanning": "skipped", Page: "skipped" });
    }, 120_000);

    test("an input is text, and never run", async () => {
        const workspace = new Workspace();
        const { outputs } = await action(workspace, { ...INPUTS, config: '"; touch taken; $(touch taken)' });
        expect(outputs).toMatchObject({ "exit-code": "2" });
        expect(workspace.has("taken")).toBe(false);
    }, 120_000);

    test("a fork cannot log in: the log says so, and no comment is tried", async () => {
        const PATH = withoutLogin();
        const { ran, outputs } = await action(new Workspace(), WITH_ALL, pullRequest("somebody/shop"), { PATH });
        expect(outputs).toMatchObject({ verdict: "not-checked", "exit-code": "3" });
        expect(ranAs(ran, "Gate").stdout).toMatch(/^::error::.* fork\./m);
        expect(outcomes(ran)).toMatchObject({ Comment: "skipped" });
        expect(host.calls).toEqual([]);
    }, 120_000);

    test("where there is no Pulumi, Pulumi's own action installs it", async () => {
        const PATH = [path.dirname(process.execPath), "/usr/bin", "/bin"].join(path.delimiter);
        const { ran } = await action(new Workspace(), INPUTS, pullRequest(), { PATH });
        expect(ran[1]).toMatchObject({ uses: expect.stringMatching(/^pulumi\/actions@/) as string });
        expect(ran[1]?.inputs).toEqual({ "pulumi-version": "^3" });
    });

    test.each([
        ["the version of the action", {}, "azure-bcdr-guard@0.1.0"],
        ["another version", { version: "0.0.9" }, "azure-bcdr-guard@0.0.9"],
        ["an archive", { version: "vendor/guard.tgz" }, "vendor/guard.tgz"],
    ])(
        "where nobody depends on the package, it installs %s, as pinned",
        async (_, inputs, archive) => {
            const workspace = new Workspace();
            rmSync(path.join(workspace.folder, "node_modules"), { recursive: true });
            const { outputs } = await action(workspace, { ...INPUTS, install: "false", ...inputs });
            expect(outputs).toMatchObject({ verdict: "failed", "exit-code": "1" });
            const tool = path.join(workspace.folder, "temporary", "azure-bcdr-guard");
            expect(workspace.takeCalls()).toEqual([
                `npm pack ${archive} --pack-destination ${tool} --silent`,
                `npm pkg delete devDependencies --prefix ${tool}/package`,
                `npm ci --prefix ${tool}/package --ignore-scripts --silent`,
            ]);
            expect(readFileSync(path.join(tool, "package", "npm-shrinkwrap.json"), "utf8")).toBe("{}");
        },
        120_000,
    );

    test("drift: a restore by hand fails, and makes one issue", async () => {
        const workspace = new Workspace();
        const env = variablesOf("github", host);
        const { ran } = await runWorkflow(drift!.text, workspace, pullRequest(), env);
        expect(outcomes(ran)).toMatchObject({ Gate: "failure", "Code scanning": "success", Issue: "success" });
        expect(workspace.read("summary.md")).toContain(IN_AZURE);
        expect(workspace.takeCalls().at(-1)).toMatch(/^gh issue create .* --body-file \/.*guard\.md$/);
        await runWorkflow(drift!.text, workspace, pullRequest(), { ...env, EARLIER: "12" });
        expect(workspace.takeCalls().at(-1)).toMatch(/^gh issue edit 12 --body-file \/.*guard\.md$/);
    }, 120_000);

    test("drift: what could not be looked at makes no issue", async () => {
        const { ran } = await runWorkflow(drift!.text, new Workspace(), pullRequest(), {
            ...variablesOf("github", host),
            PATH: withoutLogin(),
        });
        expect(outcomes(ran)).toMatchObject({ Gate: "failure", "Code scanning": "skipped", Issue: "skipped" });
    }, 120_000);

    test("beside Pulumi's own action: fails, and the summary has what that action does not say", async () => {
        const workspace = new Workspace();
        const steps = beside!.text.replaceAll("contoso/prod", "prod");
        const { ran } = await runWorkflow(asWorkflow(steps), workspace, pullRequest(), variablesOf("github", host));
        expect(outcomes(ran)).toMatchObject({ Gate: "failure", Comment: "skipped" });
        expect(workspace.read("summary.md")).toContain(IN_PLAN);
    }, 120_000);
});

describe("the template, and azure-devops.md", () => {
    const [pullRequests, drift] = yamlBlocks("azure-devops.md");
    const PULL_REQUEST = {
        "Build.Reason": "PullRequest",
        "Build.Repository.Provider": "TfsGit",
        "System.AccessToken": TOKEN,
        PULUMI_ACCESS_TOKEN: "pul-0",
    };

    let host: PlayedHost;
    beforeEach(async () => {
        host = await playHost("azure-repos");
    });
    afterEach(() => host.close());

    const pipeline = (
        text: string,
        workspace: Workspace,
        more: Environment = {},
        variables: Readonly<Record<string, string>> = PULL_REQUEST,
    ): Promise<readonly Ran[]> =>
        runPipeline(text, workspace, variables, { ...variablesOf("azure-repos", host), ...more });
    const withParameters = (more: string): string =>
        pullRequests!.text.replace("comment: true", `comment: true, ${more}`);

    test("the pipeline of the page: issues in the log, tests that fail, and a thread", async () => {
        const workspace = new Workspace();
        const ran = await pipeline(pullRequests!.text, workspace);
        const { stdout } = ranAs(ran, "Gate");
        expect(outcomes(ran)).toMatchObject({ Gate: "failure", Comment: "success", SARIF: "skipped", Page: "skipped" });
        expect(stdout).toMatch(/^##vso\[task\.logissue type=error;.*BCDR121/m);
        expect(stdout).toMatch(/^##vso\[task\.uploadsummary\]\/.*guard\.md$/m);
        const { searchFolder = "" } = ranAs(ran, "Tests").inputs ?? {};
        expect(await failuresInJunit(readFileSync(path.join(searchFolder, "guard.xml"), "utf8"))).toEqual([
            expect.stringContaining(IN_PLAN) as string,
            expect.stringContaining("BCDR601") as string,
        ]);
        expect(host.comments).toMatchObject([{ body: expect.stringMatching(THE_COMMENT) as string, status: "active" }]);
        expect(workspace.takeCalls().filter((call) => !call.startsWith("az "))).toEqual([
            "pulumi install --cwd infra --non-interactive",
        ]);
    }, 120_000);

    test("a plan with findings: artifacts", async () => {
        const ran = await pipeline(withParameters("sarif: CodeAnalysisLogs, artifact: guard"), new Workspace());
        const [sarif, page] = ["SARIF", "Page"].map((name) => ranAs(ran, name).inputs ?? {});
        expect([sarif?.["artifact"], page?.["artifact"]]).toEqual(["CodeAnalysisLogs", "guard"]);
        expect(policiesInSarif(readFileSync(`${sarif?.["path"]}/guard.sarif`, "utf8"))).toContain(IN_PLAN);
        expect(readFileSync(`${page?.["path"]}/guard.html`, "utf8")).toMatch(/^<!doctype html>/i);
    }, 120_000);

    test("a clean plan passes, and its thread is closed", async () => {
        const ran = await pipeline(pullRequests!.text, unchanged());
        expect(outcomes(ran)).toMatchObject({ Gate: "success", Comment: "success", Tests: "success" });
        expect(host.comments).toMatchObject([{ status: "closed" }]);
    }, 120_000);

    test("a broken program fails: a thread says why, and nothing is published as SARIF", async () => {
        const ran = await pipeline(withParameters("sarif: CodeAnalysisLogs"), broken());
        expect(ranAs(ran, "Gate").stdout).toMatch(/^##vso\[task\.setvariable variable=guardExitCode\]3$/m);
        expect(outcomes(ran)).toMatchObject({ Gate: "failure", Comment: "success", SARIF: "skipped" });
        expect(host.comments).toHaveLength(1);
    }, 120_000);

    test("where there is no Pulumi, it is installed, and put on PATH", async () => {
        const PATH = [STAND_INS, path.dirname(process.execPath), "/usr/bin", "/bin"].join(path.delimiter);
        const workspace = new Workspace();
        const ran = await pipeline(withParameters("install: false"), workspace, { PATH });
        expect(ranAs(ran, "Install Pulumi").stdout).toMatch(/^##vso\[task\.prependpath\]/m);
        expect(workspace.takeCalls()[0]).toBe("curl -fsSL https://get.pulumi.com");
        expect(outcomes(ran)).toMatchObject({ "Install the program": "skipped" });
    }, 120_000);

    test("where the gate did not start, nothing else does", async () => {
        const ran = await pipeline(pullRequests!.text.replace("infra", "nowhere"), new Workspace(), {
            PATH: [folderOfPrograms({ pulumi: "exit 1" }), pulumi["PATH"]].join(path.delimiter),
        });
        expect(outcomes(ran)).toMatchObject({ Gate: "skipped", Comment: "skipped", Tests: "skipped" });
    });

    test("every night: what a restore by hand has broken", async () => {
        const workspace = new Workspace();
        const ran = await pipeline(drift!.text, workspace, {}, { ...PULL_REQUEST, "Build.Reason": "Schedule" });
        expect(outcomes(ran)).toMatchObject({ Gate: "failure", Comment: "skipped" });
        expect(workspace.read("staging/azure-bcdr-guard/page/guard.md")).toContain(IN_AZURE);
    }, 120_000);
});

describe("the component, and gitlab.md", () => {
    const [jobs] = yamlBlocks("gitlab.md");

    interface CodeQualityIssue {
        readonly check_name: string;
    }
    const policiesInCodeQuality = (text: string): readonly string[] =>
        (JSON.parse(text) as readonly CodeQualityIssue[]).map(({ check_name: policyId }) => policyId);

    let host: PlayedHost;
    beforeEach(async () => {
        host = await playHost("gitlab");
    });
    afterEach(() => host.close());

    const job = (name: string, workspace: Workspace, more: Environment = {}): Promise<readonly Ran[]> =>
        runJob(name, jobsOf(jobs!.text)[name]!, workspace, { ...variablesOf("gitlab", host), ...more });

    test("one job is for merge requests, one for the night", () => {
        const rules = Object.entries(jobsOf(jobs!.text)).map(([name, each]) => [name, each.rules]);
        expect(rules).toEqual([
            ["azure-bcdr-guard", [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }]],
            ["azure-bcdr-guard-nightly", [{ if: '$CI_PIPELINE_SOURCE == "schedule"' }]],
        ]);
    });

    test("a merge request: fails, with reports for the widgets, and a note that is updated", async () => {
        const workspace = new Workspace();
        for (const attempt of [1, 2]) {
            const [gate, comment] = await job("azure-bcdr-guard", workspace);
            expect({ attempt, outcomes: [gate?.outcome, comment?.outcome] }).toEqual({
                attempt,
                outcomes: ["failure", "success"],
            });
        }
        expect(policiesInCodeQuality(workspace.read("reports/guard-codequality.json"))).toContain(IN_PLAN);
        expect(await failuresInJunit(workspace.read("reports/guard.xml"))).not.toEqual([]);
        expect(workspace.read("reports/guard.html")).toMatch(/^<!doctype html>/i);
        expect(host.comments.map(({ body }) => body)).toEqual([expect.stringMatching(THE_COMMENT)]);
        expect(workspace.takeCalls()[0]).toBe("pulumi install --cwd infra --non-interactive");
    }, 120_000);

    test("a clean plan passes", async () => {
        const workspace = unchanged();
        const [gate] = await job("azure-bcdr-guard", workspace);
        expect(gate).toMatchObject({ outcome: "success" });
        expect(await failuresInJunit(workspace.read("reports/guard.xml"))).toEqual([]);
        expect(host.comments).toHaveLength(1);
    }, 120_000);

    test("a broken program fails, and the note says why", async () => {
        const workspace = broken();
        const [gate, comment] = await job("azure-bcdr-guard", workspace);
        expect([gate?.outcome, comment?.outcome]).toEqual(["failure", "success"]);
        expect(workspace.read("reports/guard-codequality.json")).toContain("blocker");
        expect(host.comments).toHaveLength(1);
    }, 120_000);

    test("every night: what a restore by hand has broken, and no note", async () => {
        const workspace = new Workspace();
        const [gate] = await job("azure-bcdr-guard-nightly", workspace);
        expect(gate).toMatchObject({ outcome: "failure" });
        expect(policiesInCodeQuality(workspace.read("reports/guard-codequality.json"))).toContain(IN_AZURE);
        expect(host.calls).toEqual([]);
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
