import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";

/**
 * `npm run new-policy -- BCDRnnn name area` writes what a new policy consists of: its file, its test file, its page and
 * its rows in both lists. What a person has to say is marked with TODO, and the tests fail until it is said.
 */

const USAGE =
    "Usage: npm run new-policy -- BCDRnnn name area [--level advisory|mandatory|disabled] [--severity low|medium|high|critical]";

/** The folders of policies, in reading order, with the hundred that each takes its ids from. */
const AREAS: readonly string[] = ["restores", "replication", "backup", "coverage", "vaults", "plan"];
const LEVELS: readonly string[] = ["advisory", "mandatory", "disabled"];
const SEVERITIES: readonly string[] = ["low", "medium", "high", "critical"];

const INDEX = "policies/index.ts";
const CONTRACT = "test/policies/catalogue.test.ts";

const LONGEST_NAME = 50;

interface NewPolicy {
    readonly id: string;
    readonly name: string;
    readonly area: string;
    readonly level: string;
    readonly severity: string;
}

interface KnownPolicy {
    readonly id: string;
    readonly name: string;
    readonly area: string;
}

/** What is wrong with the arguments, a line each. */
export class WrongArguments extends Error {}

/** @returns the files that it has written, or written to, relative to the root */
export function newPolicy(root: string, args: readonly string[]): readonly string[] {
    const policy = policyOf(args);
    const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
    const [index, contract] = [read(INDEX), read(CONTRACT)];
    const known = knownPolicies(index, contract);
    const problems = problemsOf(policy, known, givenUp(contract));
    const { id, name, area } = policy;
    const made: Readonly<Record<string, string>> = {
        [`policies/${area}/${name}.ts`]: policyFile(policy),
        [`test/policies/${area}/${name}.test.ts`]: testFile(policy),
        [`docs/policies/${id}-${name}.md`]: page(policy),
    };
    const taken = Object.keys(made).filter((file) => existsSync(path.join(root, file)));
    const all = [...problems, ...taken.map((file) => `${file} exists already.`)];
    if (all.length > 0) {
        throw new WrongArguments(all.join("\n"));
    }
    const place = placeOf(policy, known);
    const changed = {
        [INDEX]: withImport(inserted(index, place, exportLine(place.neighbour.name), exportLine(name)), policy),
        [CONTRACT]: inserted(contract, place, rowOf(contract, place.neighbour), newRow(policy)),
    };
    const files = Object.entries({ ...made, ...changed });
    for (const [file, text] of files) {
        mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
        writeFileSync(path.join(root, file), text);
    }
    return files.map(([file]) => file);
}

function policyOf(args: readonly string[]): NewPolicy {
    const options = { level: { type: "string" }, severity: { type: "string" } } as const;
    try {
        const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
        const [id, name, area, ...others] = positionals;
        if (id !== undefined && name !== undefined && area !== undefined && others.length === 0) {
            return { id, name, area, level: values.level ?? "advisory", severity: values.severity ?? "medium" };
        }
    } catch (error) {
        throw new WrongArguments(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    }
    throw new WrongArguments(USAGE);
}

/** In reading order. */
function knownPolicies(index: string, contract: string): readonly KnownPolicy[] {
    const areas = new Map(
        [...index.matchAll(/from "\.\/([\w-]+)\/([\w-]+)";/g)].map(([, area = "", name = ""]) => [name, area]),
    );
    return [...contract.matchAll(/^ {4}\["(BCDR\d+)", "([\w-]+)", /gm)].map(([, id = "", name = ""]) => ({
        id,
        name,
        area: areas.get(name) ?? "",
    }));
}

function givenUp(contract: string): readonly string[] {
    const [, list = ""] = /^const GIVEN_UP\b[^=]*= \[(.*?)\];/ms.exec(contract) ?? [];
    return list.match(/BCDR\d+/g) ?? [];
}

function problemsOf(
    { id, name, area, level, severity }: NewPolicy,
    known: readonly KnownPolicy[],
    gone: readonly string[],
): readonly string[] {
    const hundred = AREAS.indexOf(area) + 1;
    const isId = /^BCDR[1-9]\d\d$/.test(id);
    const isName = name.length <= LONGEST_NAME && /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(name);
    const owner = known.find((each) => each.id === id);
    const namesake = known.find((each) => each.name === name);
    const wrong: readonly (readonly [boolean, string])[] = [
        [!isId, `"${id}" is no id of a policy: BCDR and three digits, such as BCDR417.`],
        [owner !== undefined, `${id} is taken: it is ${owner?.name ?? ""}.`],
        [gone.includes(id), `${id} was given up. An id is never given again.`],
        [hundred === 0, `"${area}" is no area. There are ${AREAS.join(", ")}.`],
        [
            isId && hundred > 0 && !id.startsWith(`BCDR${hundred}`),
            `${id} does not belong to ${area}, whose ids are BCDR${hundred}00 to BCDR${hundred}99.`,
        ],
        [
            !isName,
            `"${name}" is no name of a policy: two or more words in lower case, with hyphens, of at most ${LONGEST_NAME} characters in all.`,
        ],
        [namesake !== undefined, `"${name}" is taken: it is ${namesake?.id ?? ""}.`],
        [
            isName && hundred > 0 && (area === "plan") !== name.startsWith("plan-"),
            area === "plan" ? 'A name in plan begins with "plan-".' : 'Only a name in plan begins with "plan-".',
        ],
        [!LEVELS.includes(level), `"${level}" is no level of a new policy. There are ${LEVELS.join(", ")}.`],
        [!SEVERITIES.includes(severity), `"${severity}" is no severity. There are ${SEVERITIES.join(", ")}.`],
    ];
    return wrong.flatMap(([isWrong, problem]) => (isWrong ? [problem] : []));
}

/** Where in the lists a policy is read. */
interface Place {
    readonly neighbour: KnownPolicy;
    readonly isAfter: boolean;
}

/** After the last one before it in its area, or before the first of that. Two stay last of all, whatever their ids. */
function placeOf({ id, area }: NewPolicy, known: readonly KnownPolicy[]): Place {
    const hundred = id.slice(0, "BCDRn".length);
    const others = known.filter((each) => each.area === area && each.id.startsWith(hundred) && !LAST.has(each.id));
    const before = others.filter((each) => each.id < id).at(-1);
    const neighbour = before ?? others[0];
    if (neighbour === undefined) {
        throw new WrongArguments(
            `${area} has no policy yet. Write its first one, and its rows in ${INDEX} and ${CONTRACT}, by hand.`,
        );
    }
    return { neighbour, isAfter: before !== undefined };
}

const LAST: ReadonlySet<string> = new Set(["BCDR490", "BCDR491"]);

/** `backed-up-spot-vm` is exported as `backedUpSpotVm`. */
function exportOf(name: string): string {
    return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function exportLine(name: string): string {
    return `    ${exportOf(name)},\n`;
}

function inserted(text: string, { isAfter }: Place, line: string, more: string): string {
    const [before, rest, ...others] = text.split(line);
    if (before === undefined || rest === undefined || others.length > 0) {
        throw new Error(`not there, or more than once: ${line}`);
    }
    return isAfter ? `${before}${line}${more}${rest}` : `${before}${more}${line}${rest}`;
}

function rowOf(contract: string, { id }: KnownPolicy): string {
    const [row = ""] = contract.match(new RegExp(`^ {4}\\["${id}".*\n`, "m")) ?? [];
    return row;
}

function newRow({ id, name, area, level, severity }: NewPolicy): string {
    return `    ${JSON.stringify([id, name, SCOPES[area] ?? "stack", level, severity]).replaceAll(",", ", ")},\n`;
}

const SCOPES: Readonly<Record<string, string>> = { vaults: "resource", plan: "plan" };

/** Imports are sorted by what they import. */
function withImport(index: string, { name, area }: NewPolicy): string {
    const line = `import { ${exportOf(name)} } from "./${area}/${name}";\n`;
    const imports = [...index.matchAll(/^import \{ (\w+) \} from .*\n/gm)];
    const next = imports.find(([, imported = ""]) => imported > exportOf(name));
    const place = next?.index ?? 0;
    return `${index.slice(0, place)}${line}${index.slice(place)}`;
}

/** What differs between areas: the factory that fits, and what its policies look at. */
interface Skeleton {
    readonly imports: readonly string[];
    readonly declares: readonly string[];
    readonly factory: string;
    readonly checks: readonly string[];
    readonly about: "vm" | "vault";
}

const HEADLINE = 'import { headline } from "../../src/findings/message";';
const SUBJECT = 'import { subjectOf } from "../../src/findings/subject";';
const FRAMEWORKS = 'import { NIST } from "../../src/facts/frameworks";';

/** One that writes the loop by itself: over the VMs of an estate. */
function overVms(factory: string, takes: string, estate: string, kinds: readonly string[] = []): Skeleton {
    return {
        imports: [
            'import { isTrue } from "../../src/model/answers";',
            'import { Undecideds, type Verdict } from "../../src/findings/finding";',
            HEADLINE,
            SUBJECT,
            FRAMEWORKS,
            `import { ${factory} } from "../policy";`,
        ],
        declares: ["interface Parameters {", "    readonly vm: string;", "}", ""],
        factory: `${factory}<Parameters>`,
        checks: [
            ...kinds,
            `    *evaluate(${takes}): Iterable<Verdict<Parameters>> {`,
            "        const undecideds = new Undecideds();",
            `        for (const vm of ${estate}.vms) {`,
            "            if (vm.skipped) {",
            "                continue;",
            "            }",
            "            // TODO: what the policy asks. This asks whether it is a spot VM.",
            "            const answer = isTrue(vm, vm.isSpot);",
            "            yield* undecideds.of(answer);",
            '            if (answer.answer === "yes") {',
            '                yield { verdict: "violated", subject: subjectOf(vm, vm), parameters: { vm: ' +
                `${estate}.names.of(vm) } };`,
            "            }",
            "        }",
            "    },",
        ],
        about: "vm",
    };
}

/** One that leaves the loop to a factory. */
function ofVms(factory: string, file: string): Skeleton {
    return {
        imports: [
            'import { isTrue, withEvidence } from "../../src/model/answers";',
            HEADLINE,
            FRAMEWORKS,
            `import { ${factory} } from "./${file}";`,
        ],
        declares: [],
        factory,
        checks: [
            "    // TODO: what the policy asks, and the facts for the message. This asks whether it is a spot VM.",
            '    check: ({ vm }) => withEvidence(isTrue(vm, vm.isSpot), () => "Spot"),',
        ],
        about: "vm",
    };
}

const OF_VAULTS: Skeleton = {
    imports: [
        'import { compare } from "../../src/model/answers";',
        'import { undecidedBy, type Verdict } from "../../src/findings/finding";',
        HEADLINE,
        SUBJECT,
        FRAMEWORKS,
        'import { resourcePolicy } from "../policy";',
        'import { type AnyVault, inWords, VAULTS } from "./vaults";',
    ],
    declares: ["interface Parameters {", "    readonly vault: string;", "}", ""],
    factory: 'resourcePolicy<AnyVault["kind"], Parameters>',
    checks: [
        "    kinds: VAULTS,",
        "",
        "    *evaluate({ entity: vault }): Iterable<Verdict<Parameters>> {",
        "        // TODO: what the policy asks. This asks whether the vault is in one region.",
        '        const answer = compare(vault, vault.location, (location) => location === "westeurope");',
        "        yield* undecidedBy(answer);",
        '        if (answer.answer === "yes") {',
        '            yield { verdict: "violated", subject: subjectOf(vault), parameters: { vault: inWords(vault).name } };',
        "        }",
        "    },",
    ],
    about: "vault",
};

function skeletonFor(area: string): Skeleton {
    switch (area) {
        case "replication":
            return ofVms("replicatedVmPolicy", "replicated-vm");
        case "backup":
            return ofVms("backedUpVmPolicy", "backed-up-vm");
        case "vaults":
            return OF_VAULTS;
        case "plan":
            return overVms("planPolicy", "plan", "plan.before");
        default:
            return overVms("stackPolicy", "{ estate }", "estate", ['    kinds: ["VM"],', ""]);
    }
}

function policyFile({ id, name, area, level, severity }: NewPolicy): string {
    const { imports, declares, factory, checks, about } = skeletonFor(area);
    const kind = about === "vm" ? "VM" : "Vault";
    return lines(
        ...imports,
        "",
        ...declares,
        `/** ${id}: TODO: why it matters, with the ids of the facts that it rests on. */`,
        `export const ${exportOf(name)} = ${factory}({`,
        `    id: "${id}",`,
        `    name: "${name}",`,
        `    level: "${level}",`,
        `    severity: "${severity}",`,
        '    summary: "TODO",',
        "    framework: NIST.CONTINGENCY_PLAN,",
        '    tags: ["todo"],',
        '    remediationSteps: "TODO",',
        ...(checks[0]?.startsWith("    kinds") === true ? [] : [""]),
        ...checks,
        "",
        `    message: ({ ${about} }) => ({`,
        `        headline: headline((name) => \`${kind} \${name} TODO.\`, ${about}),`,
        '        why: "TODO",',
        '        fix: { kind: "in order", intro: "TODO", steps: [{ do: "TODO" }] },',
        "        sources: [],",
        "    }),",
        "});",
    );
}

function testFile({ id, area }: NewPolicy): string {
    const table = [
        `    policyId: "${id}",`,
        ...(area === "plan" ? PLAN_EXAMPLE : area === "vaults" ? VAULT_EXAMPLE : STACK_EXAMPLE),
        "    // TODO: the example once it is fixed, and what else its excerpt on the page has to show (`shows`).",
        `    fixed: ${area === "plan" ? '{ says: "TODO:", after: native() }' : "{}"},`,
        "    // TODO: at least one case for each answer, and neighbours: the last that is allowed, the first that is refused.",
        "    holds: [],",
        "    violated: [],",
        "    undecided: [],",
        "    limits: [],",
    ];
    const cases = area === "plan" ? "planCases" : "policyCases";
    const harness = `import { ${cases} } from "../../harness/${area === "plan" ? "plan" : "policy"}-cases";`;
    const imports =
        area === "plan"
            ? [harness, 'import { native } from "../plan-estates";']
            : area === "vaults"
              ? [harness, 'import { nativeVault } from "../../harness/vaults";']
              : ['import { resourceGroup, SURROUNDINGS, vm } from "../../harness/azure";', harness];
    return lines(...imports, "", `export const cases = ${cases}(__filename, {`, ...table, "});");
}

const BREAKS =
    "    // TODO: a short program that breaks the policy at its first preview. It is the one on the policy's page.";

const STACK_EXAMPLE = [
    BREAKS,
    '    example: { ...SURROUNDINGS, rg: resourceGroup("shop"), web: vm({ name: "web" }) },',
];

const VAULT_EXAMPLE = [BREAKS, "    example: nativeVault({}),"];

const PLAN_EXAMPLE = [
    "    // TODO: a short program, and the change that breaks the policy. They are those on the policy's page.",
    "    example: { before: native(), after: native() },",
];

/** Only the place of the page, so that it is there to be written. */
function page({ id, name }: NewPolicy): string {
    return lines(
        `# ${id}: ${name}`,
        "",
        "TODO: `UPDATE_DOCS=1 npm test -- test/docs` writes this page once the policy has its cases.",
    );
}

function lines(...all: readonly string[]): string {
    return all.map((line) => `${line}\n`).join("");
}

if (require.main === module) {
    try {
        const files = newPolicy(process.cwd(), process.argv.slice(2));
        process.stdout.write(
            lines(
                ...files,
                "",
                "Now say what the policy rests on in src/facts, and replace each TODO of its file and of its test file:",
                'CONTRIBUTING.md, "Add a policy in ten minutes".',
            ),
        );
    } catch (error) {
        if (!(error instanceof WrongArguments)) {
            throw error;
        }
        process.stderr.write(`${error.message}\n`);
        process.exitCode = 1;
    }
}
