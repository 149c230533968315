import { existsSync } from "node:fs";
import * as path from "node:path";
import { NEVER_EXEMPTED } from "../../src/config/exemptions";
import { SHARED_SETTINGS } from "../../src/config/shared-settings";
import type { PolicyId } from "../../src/findings/policy-id";
import { formatMessage } from "../../src/findings/text";
import { planPolicies, policies } from "../../policies";
import { pageOf, referenceTo } from "../../policies/documentation";
import type { CataloguePolicy } from "../../policies/policy";
import type { Page } from "../../src/facts/page";
import type { Row } from "../../src/facts/row";
import { ROWS } from "../../src/facts/rows";
import { SURROUNDINGS } from "../../test/harness/azure";
import type { Configuration, PackProcess, Violation } from "../../test/harness/pack";
import { examplePlan, planFindings, type PlanCases } from "../../test/harness/plan-cases";
import type { Declaration, Program } from "../../test/harness/program";
import { exampleRound, type PolicyCases } from "../../test/harness/policy-cases";
import { yamlOf } from "../../test/harness/yaml";
import { ROOT, table } from "./generated";
import { SOON } from "../../test/harness/days";

const ONLY_THE_COMMAND =
    "Needs the command `azure-bcdr-guard`: Pulumi shows a policy pack neither the steps of a plan nor the old state.";

const day = "2027-01-31";

export function rowsOf(id: PolicyId): readonly Row<unknown>[] {
    return ROWS.filter(({ policies }) => policies.includes(id));
}

/** What the pack says of a policy's example. */
export async function findingsOf(
    pack: PackProcess,
    cases: PolicyCases,
    over: Configuration = {},
): Promise<Violation[]> {
    const { policyId, example, exampleConfiguration = {} } = cases;
    // Also of the policies that are disabled by default.
    const levels = policies.map(({ name, level }) => {
        const enforcementLevel = level === "disabled" ? "advisory" : level;
        return [name, { enforcementLevel, ...exampleConfiguration[name], ...over[name] }] as const;
    });
    await pack.configure({ ...exampleConfiguration, ...over, ...Object.fromEntries(levels) });
    const violations = await pack.analyze(exampleRound(cases, example));
    return violations.filter((violation) => violation.policyId === policyId);
}

/** The same cases with an example in which each VM carries an exemption in its tag. */
export function underTag(cases: PolicyCases): PolicyCases {
    const tag = { "bcdr-exempt": `${cases.policyId} ${SOON} An example.` };
    const tagged = Object.entries(cases.example).map(([name, declaration]) => [
        name,
        isVm(declaration) ? withTags(declaration, tag) : declaration,
    ]);
    return { ...cases, example: Object.fromEntries(tagged) as Program };
}

function withTags(declaration: Declaration, tags: Readonly<Record<string, string>>): Declaration {
    const { properties } = declaration;
    return { ...declaration, properties: { ...properties, tags: { ...(properties["tags"] as object), ...tags } } };
}

export function isVm(declaration: Declaration | undefined): boolean {
    return /:(Linux|Windows)?VirtualMachine$/.test(declaration?.type ?? "");
}

/** The same cases, with an example that has nothing that only other programs need. */
export function shortened(cases: PolicyCases): PolicyCases {
    const text = yamlOf("all", cases.example);
    const kept = Object.entries(cases.example).filter(
        ([name]) => !Object.hasOwn(SURROUNDINGS, name) || text.includes(`\${${name}.`),
    );
    return { ...cases, example: Object.fromEntries(kept) };
}

/** What the page of a policy says. */
export function policyPage(
    policy: CataloguePolicy,
    { example, exampleConfiguration, exampleLater }: PolicyCases,
    { message, on }: Violation,
    reachedByTag: boolean,
): string {
    return [
        `# ${policy.id}: ${policy.name}`,
        policy.summary,
        `${capital(policy.level)}, severity ${policy.severity}.`,
        "## Why",
        whyIn(message),
        "## How to fix",
        policy.remediationSteps,
        "## Example",
        fenced("yaml", yamlOf("example", example)),
        ...(exampleConfiguration === undefined
            ? []
            : ["With this configuration:", fenced("json", json(exampleConfiguration))]),
        `${exampleLater?.says ?? "At its first preview"}, the pack says of ${on === undefined ? "the stack" : `\`${on}\``}:`,
        fenced("text", message),
        "## What it rests on",
        restsOn(policy.id),
        "## Settings",
        settingsOf(policy),
        "## Exemptions",
        exemptionOf(policy, on ?? "*", reachedByTag),
        "## Control frameworks",
        frameworksOf(policy),
    ]
        .join("\n\n")
        .concat("\n")
        .replaceAll(SOON, day);
}

/** The page of a policy about plans. */
export function planPolicyPage(policy: CataloguePolicy, cases: PlanCases): string {
    const found = exampleFindings(cases);
    const short = exampleFindings(shortenedPlan(cases));
    const isShort = short[0] !== undefined && short[0].message === found[0]?.message && short.length === found.length;
    const { example, exampleLater } = isShort ? shortenedPlan(cases) : cases;
    const [finding, ...others] = found;
    if (finding === undefined || others.length > 0) {
        throw new Error(`the example of ${policy.id} breaks the policy ${found.length} times`);
    }
    return [
        `# ${policy.id}: ${policy.name}`,
        policy.summary,
        `${capital(policy.level)}, severity ${policy.severity}. ${ONLY_THE_COMMAND}`,
        "## Why",
        whyIn(finding.message),
        "## How to fix",
        policy.remediationSteps,
        "## Example",
        "What is deployed:",
        fenced("yaml", yamlOf("example", example.before)),
        ...(exampleLater === undefined ? changeOf(example) : []),
        `${exampleLater?.says ?? "At the plan of this change"}, the command says of \`${finding.on}\`:`,
        fenced("text", finding.message),
        "## What it rests on",
        restsOn(policy.id),
        "## Settings",
        settingsOf(policy),
        "## Exemptions",
        exemptionOf(policy, finding.on, finding.isAboutVm),
        "## Control frameworks",
        frameworksOf(policy),
    ]
        .join("\n\n")
        .concat("\n");
}

/** What differs in the program after the change. */
function changeOf({ before, after }: PlanCases["example"]): readonly string[] {
    const text = (program: Program, name: string): string => {
        const declaration = program[name];
        return declaration === undefined ? "" : yamlOf("example", { [name]: declaration });
    };
    const changed = Object.keys(after).filter((name) => text(after, name) !== text(before, name));
    const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
    return [
        ...(gone.length === 0
            ? []
            : [`Then ${gone.map((name) => `\`${name}\``).join(", ")} is removed from the program.`]),
        ...(changed.length === 0
            ? []
            : [
                  "Then this changes in the program:",
                  fenced(
                      "yaml",
                      yamlOf(
                          "example",
                          Object.fromEntries(Object.entries(after).filter(([name]) => changed.includes(name))),
                      ),
                  ),
              ]),
    ];
}

function exampleFindings(cases: PlanCases): readonly {
    readonly message: string;
    readonly on: string;
    readonly isAboutVm: boolean;
}[] {
    const policy = planPolicies.find(({ id }) => id === cases.policyId);
    const reference = referenceTo({ id: cases.policyId, name: policy?.name ?? "" });
    return planFindings(cases.policyId, examplePlan(cases)).reported.map(({ subject, message }) => ({
        message: formatMessage(reference, message),
        on: subject.urn?.split("::").at(-1) ?? "-",
        isAboutVm: subject.vm !== undefined,
    }));
}

/** The same without what only other programs need. */
function shortenedPlan(cases: PlanCases): PlanCases {
    const text = yamlOf("all", cases.example.before) + yamlOf("all", cases.example.after);
    const short = (program: Program): Program =>
        Object.fromEntries(
            Object.entries(program).filter(
                ([name]) =>
                    !Object.hasOwn(SURROUNDINGS, name) ||
                    !Object.hasOwn(cases.example.after, name) ||
                    text.includes(`\${${name}.`),
            ),
        );
    return { ...cases, example: { before: short(cases.example.before), after: short(cases.example.after) } };
}

/** What happens if nobody acts, as the example's message says it. */
function whyIn(message: string): string {
    const [, why] = /^Why: (.*)$/m.exec(message) ?? [];
    if (why === undefined) {
        throw new Error(`a message without a reason: ${message}`);
    }
    return why;
}

function frameworksOf({ framework }: CataloguePolicy): string {
    const { name, version, reference, specification, also } = framework;
    const others = also.map((control) => `${control.name} ${control.version} ${control.reference}`);
    return (
        `Control: ${name} ${version} ${reference}. ${specification}` +
        (others.length === 0 ? "" : ` Also: ${others.join("; ")}.`)
    );
}

function fenced(language: string, text: string): string {
    return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

function restsOn(id: PolicyId): string {
    const rows = rowsOf(id);
    return rows.length === 0
        ? "On no page of Microsoft's: it speaks of the plan itself."
        : table(
              ["What is said", "Where", "Changed"],
              rows.map(({ says, page, changed = "", isUnverified }) => [
                  isUnverified === true ? `${says} (No page of Microsoft's says so.)` : says,
                  pageName(page),
                  changed,
              ]),
          );
}

export function pageName({ title, publisher, date }: Page): string {
    return `“${title}”, ${publisher}${date === undefined ? "" : `, ${date}`}`;
}

function settingsOf({ name, settings, sharedSettings }: CataloguePolicy): string {
    const all = [
        ...Object.entries(settings).map(([setting, schema]) => ({ block: name, setting, schema })),
        ...Object.entries(sharedSettings).map(([setting, schema]) => ({ block: SHARED_SETTINGS, setting, schema })),
    ];
    return (
        (all.length === 0
            ? "The policy has none beside its level."
            : table(
                  ["Block", "Setting", "What it does"],
                  all.map(({ block, setting, schema }) => [`\`${block}\``, `\`${setting}\``, schema.description ?? ""]),
              )) + "\n\nLevels, and what counts for every policy: [configuration](../configuration.md#all-settings)."
    );
}

function exemptionOf({ id, level, scope }: CataloguePolicy, resource: string, reachedByTag: boolean): string {
    if (NEVER_EXEMPTED.has(id)) {
        return "It cannot be exempted: it tells which exemptions are in use. Where nothing is exempted, it says nothing.";
    }
    const exemption = { policies: [id], resource, reason: "Say why.", expires: day };
    const before = scope === "plan" ? " It counts where it was there before the plan." : "";
    const says = `a VM's tag does the same: \`bcdr-exempt: ${id} ${day} Say why.\`${before}`;
    const tag = !reachedByTag
        ? "A tag on a VM does not reach it."
        : level === "mandatory"
          ? `A tag exempts from advisory findings only. With \`"tagExemptions": "all"\`, ${says}`
          : capital(says);
    return [
        `In the configuration ([more](../configuration.md#exemptions)):`,
        fenced("json", json({ [SHARED_SETTINGS]: { exemptions: [exemption] } })),
        tag,
    ].join("\n\n");
}

function json(value: unknown): string {
    return JSON.stringify(value, undefined, 4).replace(/\[\s+("[^"]*")\s+\]/g, "[$1]");
}

const AREAS: Readonly<Record<string, string>> = {
    restores: "Restores and what they do to replication",
    replication: "What Site Recovery supports",
    backup: "What Azure Backup supports",
    coverage: "Coverage and recovery readiness",
    vaults: "Vaults",
    plan: "What a plan does to protection",
};

/** Where a policy's file lies says its area. */
export function areaOf({ name }: CataloguePolicy): string {
    const area = Object.keys(AREAS).find((folder) => existsSync(path.join(ROOT, "policies", folder, `${name}.ts`)));
    if (area === undefined) {
        throw new Error(`policies/ has no folder with ${name}.ts`);
    }
    return area;
}

const inAreas = (): readonly (readonly [string, readonly CataloguePolicy[]])[] =>
    Object.entries(AREAS).map(([area, title]) => [
        title,
        [...policies, ...planPolicies]
            .filter((policy) => areaOf(policy) === area)
            .sort((a, b) => (a.id < b.id ? -1 : 1)),
    ]);

/** What `docs/policies.md` says. */
export function policiesByArea(): string {
    return inAreas()
        .map(([title, all]) =>
            [
                `## ${title}`,
                ...(all.every(({ scope }) => scope === "plan") ? [ONLY_THE_COMMAND] : []),
                table(
                    ["Id", "Policy", "Finds", "Level, severity", "Rests on"],
                    all.map((policy) => [
                        `[${policy.id}](${pageOf(policy)})`,
                        `\`${policy.name}\``,
                        policy.summary,
                        `${policy.level}, ${policy.severity}`,
                        [...new Set(rowsOf(policy.id).map(({ page }) => pageName(page)))].join("; "),
                    ]),
                ),
            ].join("\n\n"),
        )
        .join("\n\n");
}

function capital(word: string): string {
    return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** What `README.md` says of the policies. */
export function policiesTable(): string {
    return table(
        ["Area", "Policies"],
        inAreas().map(([title, all]) => [
            `${title}${all.every(({ scope }) => scope === "plan") ? " (the command only)" : ""}`,
            all.map((policy) => `[\`${policy.name}\`](docs/${pageOf(policy)})`).join(", "),
        ]),
    );
}

/** What `docs/publishing.md` says of audits of cloud accounts, which run resource policies only. */
export function cloudAccountsTable(): string {
    return table(
        ["Cloud accounts", "Policies"],
        [
            ["yes", policies.filter(({ scope }) => scope === "resource")] as const,
            ["no", policies.filter(({ scope }) => scope === "stack")] as const,
            ["no, and the command only", planPolicies] as const,
        ].map(([where, all]) => [where, all.map((policy) => `[\`${policy.name}\`](${pageOf(policy)})`).join(", ")]),
    );
}
