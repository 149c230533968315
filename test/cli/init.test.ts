// `azure-bcdr-guard init`: the files that it writes, what it refuses, and its questions.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { projectRoot } from "../../dev/offline/setting";
import { REPOSITORY, VERSION } from "../../policies/package";
import { choices, type Choices } from "../../src/cli/commands/init";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";
import { complaintsAboutWorkflow } from "../docs/github";

const ROOT = projectRoot();
const CONFIGURATION = "bcdr.json";
const PROJECT = new URL(REPOSITORY).pathname.slice(1);

const PIPELINES = {
    github: ".github/workflows/azure-bcdr-guard.yml",
    "azure-devops": "azure-pipelines-bcdr-guard.yml",
    gitlab: "azure-bcdr-guard.gitlab-ci.yml",
} as const;

class Folder {
    readonly place = mkdtempSync(path.join(scratchFolder(), "init-"));

    command(...args: readonly string[]): { status: number; stdout: string; stderr: string } {
        const main = path.join(ROOT, "dist", "src", "cli", "main.js");
        const run = spawnSync(process.execPath, [main, ...args], { cwd: this.place, input: "", encoding: "utf8" });
        return { status: run.status ?? -1, stdout: run.stdout, stderr: run.stderr };
    }

    read(file: string): string {
        return readFileSync(path.join(this.place, file), "utf8");
    }

    has(file: string): boolean {
        return existsSync(path.join(this.place, file));
    }
}

afterAll(removeScratchFolders);

describe("the configuration", () => {
    test.each(["advisory-first", "core", "strict"])("of %s is the profile, and passes config check", (profile) => {
        const folder = new Folder();
        expect(folder.command("init", "--profile", profile)).toMatchObject({ status: 0, stderr: "" });
        expect(folder.read(CONFIGURATION)).toBe(readFileSync(path.join(ROOT, "profiles", `${profile}.json`), "utf8"));
        expect(folder.command("config", "check", CONFIGURATION).status).toBe(0);
    });

    test.each(["advisory-first", "core", "strict"])("of %s has the tag of the tier, too", (profile) => {
        const folder = new Folder();
        folder.command("init", "--profile", profile, "--tier-tag", "protection");
        const { "shared-settings": shared } = JSON.parse(folder.read(CONFIGURATION)) as Record<string, object>;
        expect(shared).toMatchObject({ enforcementLevel: "advisory", tierTag: "protection" });
        expect(folder.command("config", "check", CONFIGURATION).status).toBe(0);
    });

    test("goes where --config says", () => {
        const folder = new Folder();
        folder.command("init", "--profile", "core", "--config", "policy/guard.json");
        expect([folder.has("policy/guard.json"), folder.has(CONFIGURATION)]).toEqual([true, false]);
    });
});

describe("the pipeline", () => {
    const written = (ci: keyof typeof PIPELINES, ...args: readonly string[]): string => {
        const folder = new Folder();
        expect(folder.command("init", "--profile", "core", "--ci", ci, ...args)).toMatchObject({ status: 0 });
        return folder.read(PIPELINES[ci]);
    };

    test("of GitHub uses the action of this version, in few lines", () => {
        const text = written("github", "--stack", "contoso/shop/dev");
        const { jobs } = parse(text) as { jobs: { check: { steps: unknown[] } } };
        expect(jobs.check.steps.at(-1)).toEqual({
            uses: `${PROJECT}@v${VERSION}`,
            with: { stack: "contoso/shop/dev", config: CONFIGURATION, comment: "true" },
        });
        expect(complaintsAboutWorkflow(text)).toEqual([]);
        expect((text.split("steps:\n")[1] ?? "").trimEnd().split("\n").length).toBeLessThanOrEqual(15);
    });

    test("of Azure DevOps uses the template of this version", () => {
        expect(parse(written("azure-devops"))).toMatchObject({
            resources: { repositories: [{ repository: "guard", name: PROJECT, ref: `refs/tags/v${VERSION}` }] },
            steps: [
                {
                    template: "templates/azure-devops/steps.yml@guard",
                    parameters: { stack: "prod", config: CONFIGURATION, comment: true },
                },
            ],
        });
    });

    test("of GitLab includes the component of this version", () => {
        expect(parse(written("gitlab", "--stack", "1.0"))).toEqual({
            include: [
                {
                    remote: `https://raw.githubusercontent.com/${PROJECT}/v${VERSION}/templates/azure-bcdr-guard.yml`,
                    inputs: { stack: "1.0", config: CONFIGURATION, comment: true },
                },
            ],
        });
    });

    test("names nothing that action, template and component do not take", () => {
        const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
        const { inputs } = parse(read("action.yml")) as { inputs: object };
        const { parameters } = parse(read("templates/azure-devops/steps.yml")) as { parameters: { name: string }[] };
        const [spec = ""] = read("templates/azure-bcdr-guard.yml").split(/^---$/m);
        const component = (parse(spec) as { spec: { inputs: object } }).spec.inputs;
        const named = {
            github: Object.keys(inputs),
            "azure-devops": parameters.map(({ name }) => name),
            gitlab: Object.keys(component),
        };
        for (const ci of ["github", "azure-devops", "gitlab"] as const) {
            const list = /(?:with|parameters|inputs):\n((?: +[\w-]+: .*\n?)+)/.exec(written(ci))?.[1] ?? "";
            const used = [...list.matchAll(/^ +([\w-]+):/gm)].map(([, name = ""]) => name);
            expect(used).toEqual(expect.arrayContaining(["stack", "config", "comment"]));
            expect(used.filter((name) => !named[ci].includes(name))).toEqual([]);
        }
    });

    test.each([
        [["--stack", 'prod"'], /--stack is "prod\\""/],
        [["--config", "my guard.json"], /--config is "my guard\.json"/],
        [["--config", path.join(ROOT, "guard.json")], /path from the root of the repository/],
    ])("is not written with %j", (args, says) => {
        const folder = new Folder();
        const run = folder.command("init", "--profile", "core", "--ci", "github", ...args);
        expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(says)]);
        expect(folder.has(PIPELINES.github)).toBe(false);
    });
});

describe("a file that exists", () => {
    test("is left alone if it has this content", () => {
        const folder = new Folder();
        const args = ["init", "--profile", "core", "--ci", "github"];
        const first = folder.command(...args);
        const second = folder.command(...args);
        expect(first.stdout).toContain(`Wrote ${CONFIGURATION}.`);
        expect(second).toEqual({
            status: 0,
            stderr: "",
            stdout: first.stdout.replace(/^Wrote (.*)\.$/gm, "$1 is already up to date."),
        });
    });

    test("is overwritten with --force only, and nothing else is written before", () => {
        const folder = new Folder();
        writeFileSync(path.join(folder.place, CONFIGURATION), "{}\n");
        const args = ["init", "--profile", "core", "--ci", "gitlab"];
        expect(folder.command(...args)).toEqual({
            status: 2,
            stdout: "",
            stderr: `Nothing was written, because --force is needed to overwrite:\n  ${CONFIGURATION}\n`,
        });
        expect([folder.read(CONFIGURATION), folder.has(PIPELINES.gitlab)]).toEqual(["{}\n", false]);
        expect(folder.command(...args, "--force").status).toBe(0);
        expect(folder.read(CONFIGURATION)).not.toBe("{}\n");
    });
});

describe("without --profile", () => {
    test("and without a terminal, it names the options", () => {
        const folder = new Folder();
        const run = folder.command("init", "--ci", "github");
        expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(/--profile.*--tier-tag.*--ci/)]);
        expect(folder.has(CONFIGURATION)).toBe(false);
    });

    test.each<[string, readonly string[], string | undefined, Choices]>([
        ["Enter takes the defaults", ["", ""], undefined, { profile: "advisory-first", tierTag: undefined }],
        ["a number chooses", ["2", " tier "], undefined, { profile: "core", tierTag: "tier" }],
        ["a name chooses", ["strict", ""], undefined, { profile: "strict", tierTag: undefined }],
        ["it asks again", ["4", "all", "3", ""], undefined, { profile: "strict", tierTag: undefined }],
        ["an option answers", ["1"], "tier", { profile: "advisory-first", tierTag: "tier" }],
    ])("at a terminal, %s", async (_, answers, tierTag, chosen) => {
        const left = [...answers];
        await expect(choices(tierTag, () => Promise.resolve(left.shift() ?? "none left"))).resolves.toEqual(chosen);
        expect(left).toEqual([]);
    });
});
