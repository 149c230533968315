import { NEVER_EXEMPTED } from "../../configuration/configuration";
import type { RuleId } from "../../findings/rule-id";
import { formatMessage } from "../../findings/message";
import { planPolicies, policies } from "../../policies";
import type { CataloguePolicy } from "../../policies/policy";
import type { Page } from "../../support/page";
import type { Row } from "../../support/row";
import { ROWS } from "../../support/rows";
import { SURROUNDINGS } from "../harness/azure";
import type { Configuration, PackProcess, Violation } from "../harness/pack";
import { examplePlan, planFindings, type PlanCases } from "../harness/plan-cases";
import type { Declaration, Program } from "../harness/program";
import { exampleRound, type RuleCases } from "../harness/rule-cases";
import { yamlOf } from "../harness/yaml";
import { table } from "./generated";
import { SOON } from "../harness/days";

/** A rule with everything that its page is made of. */
export interface Documented {
    readonly id: RuleId;
    readonly finds: string;
    readonly policy: CataloguePolicy;
}

export const DOCUMENTED: readonly Documented[] = policies.flatMap(rulesOf);
/** The rules about plans, which the pack itself does not run. */
export const DOCUMENTED_OF_PLANS: readonly Documented[] = planPolicies.flatMap(rulesOf);

function rulesOf(policy: CataloguePolicy): readonly Documented[] {
    return policy.configure({}).rules.map(({ id, finds }) => ({ id, finds, policy }));
}

const ONLY_THE_COMMAND =
    "Needs the command `azure-bcdr-guard`: Pulumi shows a policy pack neither the steps of a plan nor the old state.";

const day = "2027-01-31";

export function rowsOf(id: RuleId): readonly Row<unknown>[] {
    return ROWS.filter(({ rules }) => rules.includes(id));
}

/** What the pack says of a rule's example. */
export async function findingsOf(pack: PackProcess, cases: RuleCases, over: Configuration = {}): Promise<Violation[]> {
    const { rule, example, exampleConfiguration = {} } = cases;
    // Also of the policies that are disabled by default.
    const levels = policies.map(({ name, level }) => {
        const enforcementLevel = level === "disabled" ? "advisory" : level;
        return [name, { enforcementLevel, ...exampleConfiguration[name], ...over[name] }] as const;
    });
    await pack.configure({ ...exampleConfiguration, ...over, ...Object.fromEntries(levels) });
    const violations = await pack.analyze(exampleRound(cases, example));
    return violations.filter((violation) => violation.rule === rule);
}

/** The same cases with an example in which each machine carries an exemption in its tag. */
export function underTag(cases: RuleCases): RuleCases {
    const tag = { "bcdr-exempt": `${cases.rule} ${SOON} An example.` };
    const tagged = Object.entries(cases.example).map(([name, declaration]) => [
        name,
        isMachine(declaration) ? withTags(declaration, tag) : declaration,
    ]);
    return { ...cases, example: Object.fromEntries(tagged) as Program };
}

function withTags(declaration: Declaration, tags: Readonly<Record<string, string>>): Declaration {
    const { properties } = declaration;
    return { ...declaration, properties: { ...properties, tags: { ...(properties["tags"] as object), ...tags } } };
}

export function isMachine(declaration: Declaration | undefined): boolean {
    return /:(Linux|Windows)?VirtualMachine$/.test(declaration?.type ?? "");
}

/** The same cases with an example in which nothing stands that only other programs need. */
export function shortened(cases: RuleCases): RuleCases {
    const text = yamlOf("all", cases.example);
    const kept = Object.entries(cases.example).filter(
        ([name]) => !Object.hasOwn(SURROUNDINGS, name) || text.includes(`\${${name}.`),
    );
    return { ...cases, example: Object.fromEntries(kept) };
}

/** What `docs/rules/BCDRnnn.md` says. */
export function rulePage(
    { id, finds, policy }: Documented,
    { example, exampleConfiguration, exampleLater }: RuleCases,
    { message, on }: Violation,
    reachedByTag: boolean,
): string {
    const { why, occasion, steps } = partsOf(message);
    return [
        `# ${id}: ${finds}`,
        `Policy [\`${policy.name}\`](../rules.md#${policy.name}): ${policy.level}, severity ${policy.severity}.`,
        frameworksOf(policy),
        "## Why",
        why,
        "## What to do",
        `${occasion}\n\n${steps.map((step, index) => `${index + 1}. ${step}`).join("\n")}`,
        "The names are those of the example.",
        "## Example",
        fenced("yaml", yamlOf("example", example)),
        ...(exampleConfiguration === undefined
            ? []
            : ["With this configuration:", fenced("json", json(exampleConfiguration))]),
        `${exampleLater?.says ?? "At its first preview"}, the pack says of ${on === undefined ? "the stack" : `\`${on}\``}:`,
        fenced("text", message),
        "## What it rests on",
        restsOn(id),
        "## Settings",
        settingsOf(policy),
        "## Exemptions",
        exemptionOf(id, policy, on ?? "*", reachedByTag),
    ]
        .join("\n\n")
        .concat("\n")
        .replaceAll(SOON, day);
}

/** The page of a rule about plans. */
export function planRulePage({ id, finds, policy }: Documented, cases: PlanCases): string {
    const found = exampleFindings(cases);
    const short = exampleFindings(shortenedPlan(cases));
    const isShort = short[0] !== undefined && short[0].message === found[0]?.message && short.length === found.length;
    const { example, exampleLater } = isShort ? shortenedPlan(cases) : cases;
    const [finding, ...others] = found;
    if (finding === undefined || others.length > 0) {
        throw new Error(`the example of ${id} breaks the rule ${found.length} times`);
    }
    const { why, occasion, steps } = partsOf(`\n${finding.message}`);
    return [
        `# ${id}: ${finds}`,
        `Policy [\`${policy.name}\`](../rules.md#${policy.name}): ${policy.level}, severity ${policy.severity}. ${ONLY_THE_COMMAND}`,
        frameworksOf(policy),
        "## Why",
        why,
        "## What to do",
        `${occasion}\n\n${steps.map((step, index) => `${index + 1}. ${step}`).join("\n")}`,
        "The names are those of the example.",
        "## Example",
        "What is deployed:",
        fenced("yaml", yamlOf("example", example.before)),
        ...(exampleLater === undefined ? changeOf(example) : []),
        `${exampleLater?.says ?? "At the plan of this change"}, the command says of \`${finding.on}\`:`,
        fenced("text", finding.message),
        "## What it rests on",
        restsOn(id),
        "## Settings",
        settingsOf(policy),
        "## Exemptions",
        exemptionOf(id, policy, finding.on, finding.isAboutMachine, { enforcementLevel: policy.level }),
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
            : [`Then ${gone.map((name) => `\`${name}\``).join(", ")} is taken out of the program.`]),
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
    readonly isAboutMachine: boolean;
}[] {
    return planFindings(cases.rule, examplePlan(cases)).reported.map(({ rule, subject, message }) => ({
        message: formatMessage(rule, message),
        on: subject.urn?.split("::").at(-1) ?? "-",
        isAboutMachine: subject.machine !== undefined,
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

/** A message is made of lines with fixed places (findings/message.ts): description, headline, why, …, steps, source. */
function partsOf(message: string): {
    readonly why: string;
    readonly occasion: string;
    readonly steps: readonly string[];
} {
    const lines = message.split("\n");
    const first = lines.findIndex((line) => /^ {2}1\. /.test(line));
    if (first < 0) {
        throw new Error(`a message without steps: ${message}`);
    }
    return {
        why: lines[2] ?? "",
        occasion: lines[first - 1] ?? "",
        steps: lines.flatMap((line) => /^ {2}\d+\. (.*)$/.exec(line)?.slice(1) ?? []),
    };
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

function restsOn(id: RuleId): string {
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

function settingsOf({ settings }: CataloguePolicy): string {
    const names = Object.keys(settings);
    return (
        (names.length === 0
            ? "The policy has none of its own."
            : table(
                  ["Setting", "What it does"],
                  names.map((name) => [`\`${name}\``, settings[name]?.description ?? ""]),
              )) + "\n\nLevels, and what every policy takes: [configuration](../configuration.md#all-settings)."
    );
}

function exemptionOf(
    id: RuleId,
    { name, level, scope }: CataloguePolicy,
    resource: string,
    reachedByTag: boolean,
    needed: Readonly<Record<string, string>> = {},
): string {
    if (NEVER_EXEMPTED.has(id)) {
        return "It cannot be exempted: it tells which exemptions are in use. Where nothing is exempted, it says nothing.";
    }
    const exemption = { rules: [id], resource, reason: "Say why.", expires: day };
    const before = scope === "plan" ? " It counts where it was there before the plan." : "";
    const says = `a machine's tag does the same: \`bcdr-exempt: ${id} ${day} Say why.\`${before}`;
    const tag = !reachedByTag
        ? "A tag on a machine does not reach it."
        : level === "mandatory"
          ? `A tag exempts from advisory findings only. With \`"tagExemptions": "all"\`, ${says}`
          : capital(says);
    return [
        `In the configuration, in this block or in \`shared-settings\` ([more](../configuration.md#exemptions)):`,
        fenced("json", json({ [name]: { ...needed, exemptions: [exemption] } })),
        tag,
    ].join("\n\n");
}

function json(value: unknown): string {
    return JSON.stringify(value, undefined, 4).replace(/\[\s+("[^"]*")\s+\]/g, "[$1]");
}

/** What `docs/rules.md` says. */
export function rulesTable(): string {
    return [...policies, ...planPolicies]
        .map((policy) =>
            [
                `## ${policy.name}`,
                `${policy.description} ${capital(policy.level)}, severity ${policy.severity}.`,
                ...(policy.scope === "plan" ? [ONLY_THE_COMMAND] : []),
                policy.remediationSteps,
                table(
                    ["Rule", "Finds", "Rests on"],
                    rulesOf(policy).map(({ id, finds }) => [
                        `[${id}](rules/${id}.md)`,
                        finds,
                        [...new Set(rowsOf(id).map(({ page }) => pageName(page)))].join("; "),
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
        ["Policy", "Level, severity", "Says", "Rules"],
        [...policies, ...planPolicies].map(({ name, level, severity, description, ruleIds, scope }) => [
            `[\`${name}\`](docs/rules.md#${name})${scope === "plan" ? " (the command only)" : ""}`,
            `${level}, ${severity}`,
            description,
            ruleIds.map((id) => `[${id}](docs/rules/${id}.md)`).join(", "),
        ]),
    );
}

/** What `docs/publishing.md` says of audits of cloud accounts. */
export function cloudAccountsTable(): string {
    return table(
        ["Policy", "Stacks", "Cloud accounts"],
        [...policies, ...planPolicies].map(({ name, scope }) => [
            `[\`${name}\`](rules.md#${name})`,
            scope === "plan" ? "the command only" : "yes",
            scope === "resource" ? "yes" : "no",
        ]),
    );
}
