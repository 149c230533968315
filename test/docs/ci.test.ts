// Checks of the action, the templates and the recipes without running them: CI systems would take them, and their links work.
// Their shell lines are run by test/engine/ci.test.ts.
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import MarkdownIt from "markdown-it";
import { parse, parseAllDocuments } from "yaml";

import { ROOT } from "../../dev/docs/generated";
import { blocksOf, pageOf, RECIPES, yamlBlocks } from "../../dev/docs/recipes";
import { asWorkflow, complaintsAboutAction, complaintsAboutWorkflow, runs } from "./github";

interface Steps {
    readonly steps: readonly { readonly name?: string; readonly if?: string; readonly [key: string]: unknown }[];
}

const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
const action = read("action.yml");
const template = read("templates/azure-devops/steps.yml");
const component = read("templates/azure-bcdr-guard.yml");

const conditionOf = (wanted: string, { steps }: Steps): string => steps.find(({ name }) => name === wanted)?.if ?? "";

/** Keys of a pipeline of steps, as the YAML schema of Azure Pipelines has them. */
const OF_AZURE_PIPELINE = ["trigger", "pr", "schedules", "resources", "pool", "variables", "steps"];
const OF_AZURE_STEP = ["task", "bash", "publish", "artifact", "displayName", "condition", "inputs", "env"];
const OF_AZURE_REFERENCE = ["template", "parameters"];
const OF_AZURE_PARAMETER = ["name", "type", "default", "values"];

/** Keywords of a job, as GitLab's reference of .gitlab-ci.yml has them. */
const OF_GITLAB_JOB = [
    "stage",
    "image",
    "id_tokens",
    "variables",
    "before_script",
    "script",
    "after_script",
    "artifacts",
    "rules",
];
const OF_GITLAB_ARTIFACTS = ["when", "expire_in", "paths", "reports"];
const OF_GITLAB_INPUT = ["description", "type", "default", "options"];

describe("github-actions.md", () => {
    const blocks = yamlBlocks("github-actions.md");
    const workflows = blocks.map(({ heading, text }) => ({
        heading,
        text: Array.isArray(parse(text)) ? asWorkflow(text) : text,
    }));

    test("has two workflows, and the steps of two others", () => {
        expect(blocks.map(({ text }) => Array.isArray(parse(text)))).toEqual([false, false, true, true]);
    });
    test.each(workflows)("GitHub takes the one under $heading", ({ text }) => {
        expect(complaintsAboutWorkflow(text)).toEqual([]);
    });
    test("GitHub would complain", () => {
        const wrong = workflows[1]!.text.replace("contents: read", "content: read").replace("steps.gate", "step.gate");
        expect(complaintsAboutWorkflow(wrong)).toEqual([
            expect.stringMatching(/Unexpected value 'content'/),
            expect.stringMatching(/Unrecognized named-value: 'step'/),
        ]);
    });
    test("an issue is made for findings only", async () => {
        const { jobs } = parse(workflows[1]!.text) as { readonly jobs: Readonly<Record<string, Steps>> };
        const condition = conditionOf("Issue", jobs["drift"]!);
        const made = await Promise.all(
            ["passed", "failed", "not-checked", ""].map((verdict) =>
                runs(condition, { steps: { gate: { outputs: { verdict } } } }, true),
            ),
        );
        expect(made).toEqual([false, true, false, false]);
    });
});

test.each(["github-actions.md", "azure-devops.md", "gitlab.md"])("%s begins with at most 15 lines", (recipe) => {
    expect(yamlBlocks(recipe)[0]!.text.trimEnd().split("\n").length).toBeLessThanOrEqual(15);
});

describe("action.yml", () => {
    const {
        inputs,
        outputs,
        runs: composite,
    } = parse(action) as {
        readonly inputs: Readonly<Record<string, { readonly description?: string; readonly default?: unknown }>>;
        readonly outputs: Readonly<Record<string, { readonly description?: string }>>;
        readonly runs: Steps;
    };

    test("GitHub takes it", () => {
        expect(complaintsAboutAction(action)).toEqual([]);
    });
    test("GitHub would complain", () => {
        const wrong = action.replace("required: true", "requird: true").replace("steps.gate", "step.gate");
        expect(complaintsAboutAction(wrong)).not.toEqual([]);
    });
    test("says what each input and output is", () => {
        [...Object.values(inputs), ...Object.values(outputs)].forEach(({ description }) =>
            expect(description).toMatch(/^[A-Za-z].*\.$/s),
        );
    });
    test("every default is a text, as GitHub passes it", () => {
        Object.values(inputs).forEach(({ default: value = "" }) => expect(typeof value).toBe("string"));
    });
    test.each([
        ["a report of a pull request", { json: "guard.json" }, "contoso/shop", true],
        ["a report of a fork", { json: "guard.json" }, "somebody/shop", false],
        ["no report", { json: "" }, "contoso/shop", false],
        ["a report of no pull request", { json: "guard.json" }, "", false],
    ])("%s is written as a comment", async (_, gate, from, isWritten) => {
        const contexts = {
            inputs: { comment: "true" },
            steps: { gate: { outputs: gate } },
            github: { repository: "contoso/shop", event: { pull_request: { head: { repo: { full_name: from } } } } },
        };
        expect(await runs(conditionOf("Comment", composite), contexts, true)).toBe(isWritten);
    });
});

describe("templates/azure-devops/steps.yml", () => {
    const { parameters, steps } = parse(template) as {
        readonly parameters: readonly { readonly type: string }[];
        readonly steps: readonly (object & { readonly bash?: string; readonly inputs?: { inlineScript?: string } })[];
    };

    test("has no key that Azure Pipelines does not know", () => {
        expect(OF_AZURE_STEP).toEqual(expect.arrayContaining(steps.flatMap((step) => Object.keys(step))));
        expect(OF_AZURE_PARAMETER).toEqual(expect.arrayContaining(parameters.flatMap((each) => Object.keys(each))));
        parameters.forEach(({ type }) => expect(["string", "boolean", "object"]).toContain(type));
    });
    test("puts no parameter into a script", () => {
        for (const { bash = "", inputs } of steps) {
            expect(bash + (inputs?.inlineScript ?? "")).not.toContain("${{");
        }
    });
});

test.each(yamlBlocks("azure-devops.md"))(
    "azure-devops.md has no key that Azure Pipelines does not know, under $heading",
    ({ text }) => {
        const pipeline = parse(text) as { readonly steps: readonly object[] };
        expect(OF_AZURE_PIPELINE).toEqual(expect.arrayContaining(Object.keys(pipeline)));
        expect([...OF_AZURE_STEP, ...OF_AZURE_REFERENCE]).toEqual(
            expect.arrayContaining(pipeline.steps.flatMap((step) => Object.keys(step))),
        );
    },
);

describe("templates/azure-bcdr-guard.yml", () => {
    const [header, jobs] = parseAllDocuments(component).map((document) => document.toJS() as object);

    test("has no key that GitLab does not know", () => {
        const { spec } = header as { readonly spec: { readonly inputs: Readonly<Record<string, object>> } };
        expect(OF_GITLAB_INPUT).toEqual(
            expect.arrayContaining(Object.values(spec.inputs).flatMap((input) => Object.keys(input))),
        );
        for (const job of Object.values(jobs as Readonly<Record<string, { readonly artifacts: object }>>)) {
            expect(OF_GITLAB_JOB).toEqual(expect.arrayContaining(Object.keys(job)));
            expect(OF_GITLAB_ARTIFACTS).toEqual(expect.arrayContaining(Object.keys(job.artifacts)));
        }
    });
    test("puts no input into a script", () => {
        const scripts = Object.values(jobs as Readonly<Record<string, Readonly<Record<string, unknown>>>>).flatMap(
            (job) => [job["before_script"], job["script"], job["after_script"]],
        );
        expect(JSON.stringify(scripts)).not.toContain("$[[");
    });
});

describe("the action, the template and the component", () => {
    /** The lines of a step, from its first to its last, without their indentation. */
    const installs = (text: string): string =>
        /^( *)rm -rf "\$GUARD_TOOL"\n[^]*?\n\1ln -s .*$/m.exec(text)?.[0].replace(/^ +/gm, "") ?? "";

    test("install the gate in the same way", () => {
        expect(installs(action)).toContain("npm ci");
        expect(installs(template)).toBe(installs(action));
        expect(installs(component)).toBe(installs(action));
    });
    test("are of this version, and so are their pages", () => {
        const { version } = JSON.parse(read("package.json")) as { readonly version: string };
        for (const text of [action, template, component]) {
            expect([...text.matchAll(/GUARD_RELEASE: (.*)/g)].map(([, each]) => each)).toEqual([version]);
        }
        const pages = [...RECIPES.map(pageOf), read("README.md")].join("\n");
        const named = [...pages.matchAll(/azure-bcdr-guard(?:@|\/)v([\d.]+\d)|refs\/tags\/v(.*)/g)];
        expect(named.length).toBeGreaterThan(4);
        named.forEach(([, one, other]) => expect(one ?? other).toBe(version));
    });
});

describe.each(RECIPES)("%s", (recipe) => {
    test("asks only for a command that is installed", () => {
        for (const { text } of blocksOf(recipe)) {
            expect(text.match(/npx (?!--no-install azure-bcdr-guard )/g) ?? []).toEqual([]);
        }
    });

    test("leads to pages and headings that there are", () => {
        const links = new MarkdownIt()
            .parse(pageOf(recipe), {})
            .flatMap(({ children }) => children ?? [])
            .flatMap((token) => (token.type === "link_open" ? [String(token.attrGet("href"))] : []))
            .filter((link) => !link.startsWith("https:"));
        for (const link of links) {
            const [file, heading] = link.split("#");
            const target = file === "" ? recipe : file!;
            expect(existsSync(path.join(ROOT, "docs", "ci", target))).toBe(true);
            if (heading !== undefined) {
                expect(headingsOf(target)).toContain(heading);
            }
        }
    });
});

/** As GitHub makes anchors of them. */
function headingsOf(page: string): readonly string[] {
    return [...pageOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
        heading!
            .toLowerCase()
            .replace(/[^a-z0-9 -]/g, "")
            .replaceAll(" ", "-"),
    );
}
