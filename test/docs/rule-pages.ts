import type { RuleId } from "../../findings/rule-id";
import { policies } from "../../policies";
import type { Policy } from "../../policies/policy";
import type { Page } from "../../support/page";
import type { Row } from "../../support/row";
import { ROWS } from "../../support/rows";
import { SURROUNDINGS } from "../harness/azure";
import type { Configuration, PackProcess, Violation } from "../harness/pack";
import type { Declaration, Program } from "../harness/program";
import { exampleRound, type RuleCases } from "../harness/rule-cases";
import { yamlOf } from "../harness/yaml";
import { table } from "./generated";

/** A rule with everything that its page is made of. */
export interface Documented {
    readonly id: RuleId;
    readonly finds: string;
    readonly policy: Policy;
}

export const DOCUMENTED: readonly Documented[] = policies.flatMap((policy) =>
    policy.configure({}).rules.map(({ id, finds }) => ({ id, finds, policy })),
);

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
    const tag = { "bcdr-exempt": `${cases.rule} 9999-12-31 An example.` };
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
        .concat("\n");
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

function frameworksOf({ framework }: Policy): string {
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
              ["Fact", "What is said", "Where", "Changed"],
              rows.map(({ fact, says, page, changed = "", isUnverified }) => [
                  fact,
                  isUnverified === true ? `${says} (No page of Microsoft's says so.)` : says,
                  pageName(page),
                  changed,
              ]),
          );
}

export function pageName({ title, publisher, date }: Page): string {
    return `“${title}”, ${publisher}${date === undefined ? "" : `, ${date}`}`;
}

function settingsOf({ settings }: Policy): string {
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

function exemptionOf(id: RuleId, { name }: Policy, resource: string, reachedByTag: boolean): string {
    const exemption = { rules: [id], resource, reason: "Say why.", expires: day };
    const tag = reachedByTag
        ? `A machine's tag does the same: \`bcdr-exempt: ${id} ${day} Say why.\``
        : "A tag on a machine does not reach it.";
    return [
        `In the configuration, in this block or in \`shared-settings\` ([more](../configuration.md#exemptions)):`,
        fenced("json", json({ [name]: { exemptions: [exemption] } })),
        tag,
    ].join("\n\n");
}

function json(value: unknown): string {
    return JSON.stringify(value, undefined, 4).replace(/\[\s+("[^"]*")\s+\]/g, "[$1]");
}

/** What `docs/rules.md` says. */
export function rulesTable(): string {
    return policies
        .map((policy) =>
            [
                `## ${policy.name}`,
                `${policy.description} ${capital(policy.level)}, severity ${policy.severity}.`,
                policy.remediationSteps,
                table(
                    ["Rule", "Finds", "Rests on"],
                    DOCUMENTED.filter((each) => each.policy === policy).map(({ id, finds }) => [
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
        policies.map(({ name, level, severity, description, ruleIds }) => [
            `[\`${name}\`](docs/rules.md#${name})`,
            `${level}, ${severity}`,
            description,
            ruleIds.map((id) => `[${id}](docs/rules/${id}.md)`).join(", "),
        ]),
    );
}
