// What can be told of the recipes without running them: that CI systems would take them, and that their links lead somewhere.
// Their shell lines are run by test/engine/ci.test.ts.
import { existsSync } from "node:fs";
import * as path from "node:path";
import MarkdownIt from "markdown-it";
import { parse } from "yaml";

import { ROOT } from "../../dev/docs/generated";
import { type Block, blocksOf, pageOf, RECIPES, yamlBlocks } from "../../dev/docs/recipes";
import { complaintsAboutWorkflow, runs } from "./github";

interface Workflow {
    readonly jobs: Readonly<Record<string, { readonly steps: readonly { name?: string; if?: string }[] }>>;
}

function conditionOf(step: string, { text }: Block): string {
    const steps = Object.values((parse(text) as Workflow).jobs).flatMap((job) => job.steps);
    return steps.find(({ name }) => name === step)?.if ?? "";
}

/** Keys of a pipeline of steps, as the YAML schema of Azure Pipelines has them. */
const OF_AZURE_PIPELINE = ["trigger", "schedules", "pool", "variables", "steps"];
const OF_AZURE_STEP = ["task", "bash", "publish", "artifact", "displayName", "condition", "inputs", "env"];

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
    "extends",
    "rules",
];
const OF_GITLAB_ARTIFACTS = ["when", "expire_in", "paths", "reports"];

describe("github-actions.md", () => {
    const workflows = yamlBlocks("github-actions.md");

    test("has four workflows", () => {
        expect(workflows).toHaveLength(4);
    });
    test.each(workflows)("GitHub takes the one under $heading", ({ text }) => {
        expect(complaintsAboutWorkflow(text)).toEqual([]);
    });
    test("GitHub would complain", () => {
        const wrong = workflows[0]!.text.replace("contents: read", "content: read").replace("steps.gate", "step.gate");
        expect(complaintsAboutWorkflow(wrong)).toEqual([
            expect.stringMatching(/Unexpected value 'content'/),
            expect.stringMatching(/Unrecognized named-value: 'step'/),
        ]);
    });

    const [pullRequests, drift] = workflows;
    const ended = (outcome: string, outputs: object): object => ({ steps: { gate: { outcome, outputs } } });
    const found = ended("failure", { whole: "true" });
    const clean = ended("success", { whole: "true" });
    const broken = ended("failure", {});
    const notReached = ended("skipped", {});

    test.each([pullRequests!, drift!])("code scanning gets what is whole, under $heading", (workflow) => {
        const condition = conditionOf("Code scanning", workflow);
        expect([clean, found, broken, notReached].map((contexts) => runs(condition, contexts))).toEqual([
            true,
            true,
            false,
            false,
        ]);
    });
    test("an issue is made for findings only", () => {
        const condition = conditionOf("Issue", drift!);
        expect([clean, found, broken, notReached].map((contexts) => runs(condition, contexts))).toEqual([
            false,
            true,
            false,
            false,
        ]);
    });
    test.each([
        ["contoso/shop", false],
        ["somebody/shop", true],
    ])("a pull request from %s is refused: %s", (from, isRefused) => {
        const github = { repository: "contoso/shop", event: { pull_request: { head: { repo: { full_name: from } } } } };
        expect(runs(conditionOf("Refuse forks", pullRequests!), { github })).toBe(isRefused);
    });
});

test.each(yamlBlocks("azure-devops.md"))(
    "azure-devops.md has no key that Azure Pipelines does not know",
    ({ text }) => {
        const pipeline = parse(text) as { readonly steps: readonly object[] };
        expect(OF_AZURE_PIPELINE).toEqual(expect.arrayContaining(Object.keys(pipeline)));
        expect(OF_AZURE_STEP).toEqual(expect.arrayContaining(pipeline.steps.flatMap((step) => Object.keys(step))));
    },
);

test.each(yamlBlocks("gitlab.md"))("gitlab.md has no key that GitLab does not know", ({ text }) => {
    const jobs = Object.values(parse(text) as Readonly<Record<string, { readonly artifacts?: object }>>);
    expect(OF_GITLAB_JOB).toEqual(expect.arrayContaining(jobs.flatMap((job) => Object.keys(job))));
    expect(OF_GITLAB_ARTIFACTS).toEqual(
        expect.arrayContaining(jobs.flatMap(({ artifacts }) => Object.keys(artifacts ?? {}))),
    );
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
