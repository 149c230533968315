import { existsSync } from "node:fs";
import * as path from "node:path";
import { NEVER_EXEMPTED } from "../../src/config/exemptions";
import { SHARED_SETTINGS } from "../../src/config/shared-settings";
import type { PolicyId } from "../../src/findings/policy-id";
import { formatMessage } from "../../src/findings/text";
import { planPolicies, policies } from "../../policies";
import { unsupportedProtectionInPlace } from "../../policies/coverage/unsupported-protection-in-place";
import { pageOf, referenceTo } from "../../policies/documentation";
import type { CataloguePolicy } from "../../policies/policy";
import type { Page } from "../../src/facts/page";
import type { Row } from "../../src/facts/row";
import { ROWS } from "../../src/facts/rows";
import { SURROUNDINGS } from "../../test/harness/azure";
import type { Configuration, PackProcess, Violation } from "../../test/harness/pack";
import { AzureRefusal } from "../offline/providers/azure-native-responses";
import { deployed, examplePlan, planFindings, type PlanCases } from "../../test/harness/plan-cases";
import type { Declaration, Program } from "../../test/harness/program";
import { updated } from "../../test/harness/phases";
import { exampleRound, type PolicyCases } from "../../test/harness/policy-cases";
import type { SentRound } from "../../test/harness/stack";
import { yamlOf } from "../../test/harness/yaml";
import { excerptsOf, fenced, wholeProgram } from "./excerpts";
import { ROOT, table } from "./generated";
import { SOON } from "../../test/harness/days";

const ONLY_THE_COMMAND =
    "Needs the command `azure-bcdr-guard`: Pulumi shows a policy pack neither the steps of a plan nor the old state.";

const day = "2027-01-31";

export function rowsOf(id: PolicyId): readonly Row<unknown>[] {
    return ROWS.filter(({ policies }) => policies.includes(id));
}

/** What the pack reports at a moment. Policies that are disabled by default are enabled. */
export async function everyFinding(
    pack: PackProcess,
    round: SentRound,
    configuration: Configuration = {},
): Promise<readonly Violation[]> {
    const levels = policies.map(({ name, level }) => {
        const enforcementLevel = level === "disabled" ? "advisory" : level;
        return [name, { enforcementLevel, ...configuration[name] }] as const;
    });
    await pack.configure({ ...configuration, ...Object.fromEntries(levels) });
    return pack.analyze(round);
}

/** What the policy itself reports on its example. */
export async function findingsOf(
    pack: PackProcess,
    cases: PolicyCases,
    over: Configuration = {},
): Promise<readonly Violation[]> {
    const { policyId, exampleConfiguration = {} } = cases;
    const names = Object.keys({ ...exampleConfiguration, ...over });
    const configuration = Object.fromEntries(
        names.map((name) => [name, { ...exampleConfiguration[name], ...over[name] }]),
    );
    const found = await everyFinding(pack, exampleRound(cases, cases.example), configuration);
    return found.filter((violation) => violation.policyId === policyId);
}

/** A process for previews, and one for what is no preview. */
export interface Packs {
    readonly preview: PackProcess;
    readonly state: PackProcess;
}

/** What the policy says of its example at other moments than on its page, where that differs. */
export async function otherMoments(
    packs: Packs,
    { policyId, example, exampleConfiguration, exampleLater }: PolicyCases,
    { on, message }: Violation,
): Promise<readonly OtherMoment[]> {
    const { state } = exampleLater ?? {};
    const moments: readonly (readonly [string, PackProcess, () => SentRound])[] =
        exampleLater === undefined
            ? [
                  ["In a preview of an update", packs.preview, () => deployed(example).preview(updated(example))],
                  ["In an exported state", packs.state, () => deployed(example).state()],
              ]
            : state === undefined
              ? []
              : [["In an exported state", packs.state, () => state(example)]];
    const others: OtherMoment[] = [];
    for (const [when, pack, round] of moments) {
        const sent = unlessRefused(round);
        if (sent === undefined) {
            continue;
        }
        const found = await everyFinding(pack, sent, exampleConfiguration);
        const [same] = found.filter((violation) => violation.policyId === policyId && violation.on === on);
        const earlier = others.pop();
        const isAsEarlier = same?.message === (earlier === undefined ? message : earlier.message);
        if (earlier !== undefined) {
            others.push(isAsEarlier ? { ...earlier, when: `${earlier.when} and i${when.slice(1)}` } : earlier);
        }
        if (!isAsEarlier) {
            others.push({ when, message: same?.message });
        }
    }
    return others;
}

/** Undefined for a program that Azure refuses to deploy: nothing comes after its first preview. */
function unlessRefused(round: () => SentRound): SentRound | undefined {
    try {
        return round();
    } catch (error) {
        if (error instanceof AzureRefusal) {
            return undefined;
        }
        throw error;
    }
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
    const { example, fixed } = cases;
    const short = withoutUnused(example, fixed.program ?? {});
    return {
        ...cases,
        example: short(example),
        ...(fixed.program === undefined ? {} : { fixed: { ...fixed, program: short(fixed.program) } }),
    };
}

/** Leaves out the surroundings to which none of these programs refers. */
function withoutUnused(...programs: readonly Program[]): (program: Program) => Program {
    const text = programs.map((program) => yamlOf("all", program)).join("\n");
    return (program) =>
        Object.fromEntries(
            Object.entries(program).filter(
                ([name]) => !Object.hasOwn(SURROUNDINGS, name) || text.includes(`\${${name}.`),
            ),
        );
}

/** A message at another moment than the one on the page. */
export interface OtherMoment {
    /** `In an exported state` */
    readonly when: string;
    /** Undefined where nothing is reported then. */
    readonly message: string | undefined;
}

/** What the page of a policy says. */
export function policyPage(
    policy: CataloguePolicy,
    cases: PolicyCases,
    { message, on }: Violation,
    others: readonly OtherMoment[],
    reachedByTag: boolean,
): string {
    const { example, exampleConfiguration, exampleLater, fixed, shows = [] } = cases;
    const { before, after } = excerptsOf(example, fixed.program ?? example, on, shows);
    return page(policy, {
        level: "",
        message,
        fails: [
            before,
            wholeProgram("The whole program", example),
            ...(exampleConfiguration === undefined
                ? []
                : ["With this configuration:", fenced("json", json(exampleConfiguration))]),
            `${exampleLater?.says ?? "At its first preview"}, the pack reports on ${on === undefined ? "the stack" : `\`${on}\``}:`,
            fenced("text", message),
        ],
        passes: [
            ...(fixed.says === undefined ? [] : [fixed.says]),
            // Nothing is to be seen of a fix that only removes resources.
            ...(fixed.program === undefined || after === "" ? [] : [after]),
            ...(fixed.configuration === undefined ? [] : [fenced("json", json(fixed.configuration))]),
        ],
        others,
        exemption: exemptionOf(policy, on ?? "*", reachedByTag),
    }).replaceAll(SOON, day);
}

/** The page of a policy about plans. */
export function planPolicyPage(policy: CataloguePolicy, cases: PlanCases): string {
    const found = exampleFindings(cases);
    const [finding, ...others] = found;
    if (finding === undefined || others.length > 0) {
        throw new Error(`the example of ${policy.id} breaks the policy ${found.length} times`);
    }
    const { example, exampleLater, fixed, shows = [] } = cases;
    const change = excerptsOf(example.before, example.after, finding.on, shows);
    return page(policy, {
        level: ` ${ONLY_THE_COMMAND}`,
        message: finding.message,
        fails: [
            "What is deployed:",
            change.before,
            wholeProgram("The whole program", withoutUnused(example.before, example.after)(example.before)),
            ...changed(example.before, example.after, change.after),
            `${exampleLater?.says ?? "At the plan of this change"}, the command reports on \`${finding.on}\`:`,
            fenced("text", finding.message),
        ],
        passes: [
            fixed.says,
            ...(fixed.after === undefined ? [] : [excerptsOf(example.before, fixed.after, finding.on, shows).after]),
        ],
        others: [],
        exemption: exemptionOf(policy, finding.on, finding.isAboutVm),
    });
}

/** @param excerpt what there is to see of the program after the change */
function changed(before: Program, after: Program, excerpt: string): readonly string[] {
    const removed = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
    const names = removed.map((name) => `\`${name}\``).join(", ");
    return [
        ...(removed.length === 0 ? [] : [`The change removes ${names} from the program.`]),
        ...(excerpt === "" ? [] : ["After the change:", excerpt]),
    ];
}

interface PageParts {
    /** What to say after the level. */
    readonly level: string;
    readonly message: string;
    readonly fails: readonly string[];
    readonly passes: readonly string[];
    readonly others: readonly OtherMoment[];
    readonly exemption: string;
}

function page(policy: CataloguePolicy, { level, message, fails, passes, others, exemption }: PageParts): string {
    return [
        `# ${policy.id}: ${policy.name}`,
        policy.summary,
        `${capital(policy.level)}, severity ${policy.severity}.${level}`,
        "## Why it matters",
        whyIn(message),
        "## Fails",
        ...fails,
        ...(passes.length === 0 ? [] : ["## Passes", ...passes]),
        "## How to fix",
        policy.remediationSteps,
        ...otherTimes(policy, others, message),
        "## Settings",
        settingsOf(policy),
        "## Exemptions",
        exemption,
        "## Sources",
        sourcesOf(policy.id),
        "## Control frameworks",
        frameworksOf(policy),
    ]
        .join("\n\n")
        .concat("\n");
}

function otherTimes(
    { checkedByAzure }: CataloguePolicy,
    others: readonly OtherMoment[],
    message: string,
): readonly string[] {
    // Of what is in place BCDR430 speaks; at a moment like that, there is nothing else to say.
    const told = checkedByAzure === true ? others.filter((other) => other.message !== undefined) : others;
    const lines = [...(checkedByAzure === true ? [IN_PLACE] : []), ...otherMomentsText(told, message)];
    return lines.length === 0 ? [] : ["## At other times", ...lines];
}

const IN_PLACE =
    "Where all resources concerned exist and the plan changes none of them, Azure has accepted them. This policy then reports " +
    `nothing, and [${unsupportedProtectionInPlace.id}](../${pageOf(unsupportedProtectionInPlace)}) names it, as advice. ` +
    "So it is in an exported state.";

/** Each is compared with the one before it. */
function otherMomentsText(others: readonly OtherMoment[], message: string): readonly string[] {
    return others.map((other, index) => {
        const earlier = others[index - 1]?.message;
        return other.message === message
            ? `${other.when}, it reports the same as above.`
            : otherwise(other, earlier ?? message, earlier === undefined ? "" : "also ");
    });
}

/** What differs from the message above it, and marks for what is left out between. */
function otherwise({ when, message }: OtherMoment, above: string, also: string): string {
    if (message === undefined) {
        return `${when}, it reports nothing.`;
    }
    const known = new Set(partsOf(above).map(withoutNumber));
    const marked = partsOf(message).map((part) => (known.has(withoutNumber(part)) ? undefined : part));
    const first = marked.findIndex((part) => part !== undefined);
    const last = marked.findLastIndex((part) => part !== undefined);
    const shown = marked
        .slice(first, last + 1)
        .filter((part, index, all) => part !== undefined || all[index - 1] !== undefined)
        .map((part) => part ?? "  …");
    return `${when}, the message ${also}differs here:\n\n${fenced("text", shown.join("\n"))}`;
}

/** The lines of a message, each step with all that belongs to it. */
function partsOf(message: string): readonly string[] {
    return message.split(/\n(?! {4})/);
}

/** A step that only counts on from one more step says the same. */
function withoutNumber(part: string): string {
    return part.replace(/^ {2}\d+\. /, "");
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

function sourcesOf(id: PolicyId): string {
    const rows = rowsOf(id);
    return rows.length === 0
        ? "None: this policy lists what other policies find or leave open."
        : table(
              ["What it says", "Source", "What changed"],
              rows.map(({ says, page: source, changed = "", isUnverified }) => [
                  isUnverified === true ? `${says} (Microsoft has no page on this.)` : says,
                  linked(source),
                  changed,
              ]),
          );
}

function linked({ title, publisher, date, address }: Page): string {
    return `[${title}](${address}), ${publisher}${date === undefined ? "" : `, ${date}`}`;
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
                        [...new Set(mainRowsOf(policy.id).map(({ page }) => pageName(page)))].join("; "),
                    ]),
                ),
            ].join("\n\n"),
        )
        .join("\n\n");
}

/** Without what only others report, where Microsoft says something: the page of the policy has all of it. */
function mainRowsOf(id: PolicyId): readonly Row<unknown>[] {
    const rows = rowsOf(id);
    const verified = rows.filter(({ isUnverified }) => isUnverified !== true);
    return verified.length > 0 ? verified : rows;
}

function capital(word: string): string {
    return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** The policies that `docs/publishing.md` lists: audits of cloud accounts run resource policies only. */
export function cloudAccountPolicies(): string {
    return policies
        .filter(({ scope }) => scope === "resource")
        .map((policy) => `- [\`${policy.name}\`](${pageOf(policy)}): ${policy.summary}`)
        .join("\n");
}
