// A command in a message is there to be copied: it is the same in every report, and a shell can read it.
import { spawnSync } from "node:child_process";
import { packConfiguration } from "../../../src/config/configuration-file";
import { Estate } from "../../../src/model/estate";
import { Plan } from "../../../src/model/plan";
import { evaluatePlan, evaluateStack, type LevelledFinding } from "../../../src/cli/judging/evaluation";
import { catalogue, reportedPolicies } from "../../../src/cli/judging/reported-policies";
import type { Report } from "../../../src/cli/report";
import { azureDevOps } from "../../../src/cli/reports/azure-devops";
import { github } from "../../../src/cli/reports/github";
import { htmlReport } from "../../../src/cli/reports/html";
import { json } from "../../../src/cli/reports/json";
import { junit } from "../../../src/cli/reports/junit";
import { markdown } from "../../../src/cli/reports/markdown";
import { sarif } from "../../../src/cli/reports/sarif";
import { text } from "../../../src/cli/reports/text";
import { plannedOf } from "../../harness/estate-of";
import { allPlanCases, examplePlan } from "../../harness/plan-cases";
import { Stack } from "../../harness/stack";
import { examplePrograms, type NamedProgram } from "../../properties/estates-in-examples";
import { aFinding, richReport } from "./a-report";

const EVERY = packConfiguration(Object.fromEntries(catalogue.map(({ name }) => [name, "mandatory"])), catalogue);

/** What is said of an example: of the change that it shows, and of what is deployed then. */
function* said({ before, program }: NamedProgram): Iterable<LevelledFinding> {
    const stack = new Stack();
    const rounds = [];
    if (before !== undefined) {
        stack.up(before);
        yield* evaluatePlan(new Plan(stack.plan(program)), EVERY).findings;
    }
    rounds.push(stack.preview(program));
    stack.up(program);
    rounds.push(stack.state());
    for (const round of rounds) {
        const resources = plannedOf(round);
        yield* evaluateStack(resources, new Estate(resources), EVERY, round).findings;
    }
}

const messages = [
    ...examplePrograms().flatMap((example) => [...said(example)]),
    ...allPlanCases().flatMap((cases) => evaluatePlan(new Plan(examplePlan(cases)), EVERY).findings),
].map(({ message }) => message);

const commands = [...new Set(messages.flatMap(({ fix }) => fix.steps.flatMap((step) => step.commands ?? [])))];

const report: Report = {
    ...richReport(),
    rules: reportedPolicies,
    findings: messages.map((message, index) =>
        aFinding("BCDR101", `finding ${index}`, { urn: `urn:pulumi:dev::shop::a:b:C::${index}`, message }),
    ),
};

const ENTITIES: Readonly<Record<string, string>> = {
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&#39;": "'",
    "&apos;": "'",
    "&amp;": "&",
};
const withoutEntities = (page: string): string =>
    page.replace(/&(?:lt|gt|quot|#39|apos|amp);/g, (each) => ENTITIES[each] ?? each);
const withoutPercents = (page: string): string =>
    page.replaceAll("%0A", "\n").replaceAll("%0D", "\r").replaceAll("%25", "%").replaceAll("%AZP25", "%");
const textsIn = (page: string): string => {
    const texts: string[] = [];
    JSON.parse(page, (_key, value: unknown) => {
        if (typeof value === "string") {
            texts.push(value);
        }
        return value;
    });
    return texts.join("\n");
};

test("examples have commands of all kinds", () => {
    expect(commands.length).toBeGreaterThan(20);
    for (const start of [
        "az site-recovery protected-item remove --ids ",
        "az vm start --ids ",
        "pulumi up --target ",
    ]) {
        expect(commands.some((command) => command.startsWith(start))).toBe(true);
    }
});

test.each<[string, string]>([
    ["text", text(report, { colours: false, width: 80 })],
    ["markdown", markdown(report, { maximumLength: 100_000_000 })],
    ["html", withoutEntities(htmlReport(report))],
    ["json", textsIn(json(report))],
    ["sarif", textsIn(sarif(report))],
    ["junit", withoutEntities(junit(report))],
    ["github", withoutPercents(github(report))],
    ["azure-devops", withoutPercents(azureDevOps(report))],
])("%s has each command byte for byte", (_, page) => {
    expect(commands.filter((command) => !page.includes(command))).toEqual([]);
});

test.each(["sh", "bash"])("%s can read each", (shell) => {
    const { status, stderr } = spawnSync(shell, ["-n"], { input: commands.join("\n"), encoding: "utf8" });
    expect([status, stderr]).toEqual([0, ""]);
});
