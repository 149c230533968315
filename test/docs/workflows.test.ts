// The project's own workflows, action and forms: what GitHub would refuse, and what a careful reviewer would.
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";

import { ROOT } from "../../dev/docs/generated";
import { complaintsAboutWorkflow } from "./github";

interface Job {
    readonly permissions?: Readonly<Record<string, string>>;
    readonly "timeout-minutes"?: number;
    readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: object }[];
}

const WORKFLOWS = path.join(ROOT, ".github", "workflows");
const FORMS = path.join(ROOT, ".github", "ISSUE_TEMPLATE");

const PINNED = /^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

function files(folder: string): readonly { readonly name: string; readonly text: string }[] {
    return readdirSync(folder).map((name) => ({ name, text: readFileSync(path.join(folder, name), "utf8") }));
}

describe.each(files(WORKFLOWS))("$name", ({ text }) => {
    const { permissions, jobs } = parse(text) as { permissions: object; jobs: Readonly<Record<string, Job>> };

    test("is a workflow that GitHub takes", () => {
        expect(complaintsAboutWorkflow(text)).toEqual([]);
    });
    test("pins each action to a commit, and says which version that is", () => {
        const used = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action);
        expect(used.length).toBeGreaterThan(0);
        used.forEach((action) => expect(action).toMatch(PINNED));
    });
    test("lets each job do what it needs, and nothing beside it", () => {
        expect(permissions).toEqual({});
        for (const job of Object.values(jobs)) {
            expect(job.permissions).toBeDefined();
            expect(job["timeout-minutes"]).toBeGreaterThan(0);
        }
    });
    test("leaves no token in a checkout, and puts nothing that others write into a script", () => {
        for (const { uses = "", run = "", with: inputs } of Object.values(jobs).flatMap(({ steps }) => steps)) {
            if (uses.startsWith("actions/checkout@")) {
                expect(inputs).toEqual({ "persist-credentials": false });
            }
            expect(run).not.toContain("${{");
        }
    });
});

describe("action.yml", () => {
    const text = readFileSync(path.join(ROOT, "action.yml"), "utf8");

    test("pins each action to a commit, and says which version that is", () => {
        const used = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action);
        expect(used).toHaveLength(3);
        used.forEach((action) => expect(action).toMatch(PINNED));
    });
    test("puts nothing that others write into a script", () => {
        const { runs } = parse(text) as { readonly runs: Pick<Job, "steps"> };
        runs.steps.forEach(({ run = "" }) => expect(run).not.toContain("${{"));
    });
});

test("one version of an action is used everywhere", () => {
    const all = [...files(WORKFLOWS), { text: readFileSync(path.join(ROOT, "action.yml"), "utf8") }];
    const used = all.flatMap(({ text }) => [...text.matchAll(/uses: ([\w-]+\/[\w-]+)\S*(@.*)/g)]);
    const versions = new Map(used.map(([, action, version]) => [action, version]));
    used.forEach(([, action, version]) => expect([action, version]).toEqual([action, versions.get(action)]));
});

test("only the job that publishes may, and only it can speak for the project at npm", () => {
    const { jobs } = parse(readFileSync(path.join(WORKFLOWS, "release.yml"), "utf8")) as {
        readonly jobs: Readonly<Record<string, Job & { readonly environment?: string }>>;
    };
    const publishing = Object.entries(jobs).filter(([, { steps }]) =>
        steps.some(({ run = "" }) => /\bnpm publish\b/.test(run)),
    );
    expect(publishing.map(([name, { environment }]) => [name, environment])).toEqual([["publish", "npm"]]);
    expect(jobs["build"]?.permissions).toEqual({ contents: "read" });
    expect(jobs["publish"]?.permissions).toEqual({ "id-token": "write", attestations: "write" });
});

describe.each(files(FORMS).filter(({ name }) => name !== "config.yml"))("the form $name", ({ text }) => {
    const { name, description, body } = parse(text) as {
        readonly name: string;
        readonly description: string;
        readonly body: readonly {
            readonly type: string;
            readonly id?: string;
            readonly attributes: { readonly label?: string };
        }[];
    };

    test("has what GitHub asks of a form", () => {
        expect([typeof name, typeof description]).toEqual(["string", "string"]);
        const fields = body.filter(({ type }) => type !== "markdown");
        expect(fields.length).toBeGreaterThan(0);
        fields.forEach(({ type, id, attributes }) => {
            expect(["input", "textarea", "dropdown", "checkboxes"]).toContain(type);
            expect(id).toMatch(/^[\w-]+$/);
            expect(attributes.label).toMatch(/\S/);
        });
        expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
    });
});
