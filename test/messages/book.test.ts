import { existsSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { packConfiguration } from "../../src/config/configuration-file";
import { formatMessage } from "../../src/findings/text";
import type { Message } from "../../src/findings/message";
import { RESTORES } from "../../src/facts/restores";
import { Estate } from "../../src/model/estate";
import { evaluateStack } from "../../src/cli/judging/evaluation";
import { catalogue } from "../../src/cli/judging/reported-policies";
import { areaOf } from "../../dev/docs/policy-pages";
import { referenceTo } from "../../policies/documentation";
import { plannedOf } from "../harness/estate-of";
import { allPlanCases, examplePlan, planFindings } from "../harness/plan-cases";
import { updated } from "../harness/phases";
import { allCases, exampleRound, roundOf, type Case, type PolicyCases } from "../harness/policy-cases";
import type { Configuration } from "../harness/pack";
import { Stack, type SentRound } from "../harness/stack";

// Every message of every policy in every wording, an area a file, to be read like a book. Two messages that differ in nothing
// but names and numbers are one wording. UPDATE_BOOK=1 writes the files.

interface Wording {
    readonly when: string;
    readonly message: Message;
}

const EVERY = Object.fromEntries(catalogue.map(({ name }) => [name, "mandatory"]));

/** Names, ids and numbers stand for themselves. */
function patternOf(message: Message): string {
    return JSON.stringify(message)
        .replace(/\\"(?:[^"\\]|\\[^"])*\\"/g, "NAME")
        .replace(/\/subscriptions\/[^\s"']*/g, "ID")
        .replace(/\d[\d,.]*/g, "N")
        .replace(/(?:NAME(?:, | and )?)+/g, "NAMES ");
}

function distinct(wordings: Iterable<Wording>): readonly Wording[] {
    const byPattern = new Map<string, Wording>();
    for (const wording of wordings) {
        const pattern = patternOf(wording.message);
        if (!byPattern.has(pattern)) {
            byPattern.set(pattern, wording);
        }
    }
    return [...byPattern.values()];
}

function* wordingsOf(cases: PolicyCases): Iterable<Wording> {
    const { policyId, exampleConfiguration = {} } = cases;
    const all: readonly Case[] = [
        { name: "the example", round: () => exampleRound(cases, cases.example), configuration: exampleConfiguration },
        ...cases.violated,
        ...cases.limits.map(({ refused }) => refused),
    ];
    for (const each of all) {
        for (const [moment, round] of momentsOf(each, cases)) {
            const when = `${each.name}, ${moment}`;
            for (const message of messagesOf(policyId, round, each.configuration)) {
                yield { when, message };
            }
        }
    }
}

/** A program at its first preview is looked at as it is deployed, too, and when it changes after that. */
function* momentsOf(each: Case, { example, exampleLater }: PolicyCases): Iterable<readonly [string, SentRound]> {
    const round = roundOf(each);
    yield [round.dryRun ? "preview" : "state", round];
    const program = each.name === "the example" && exampleLater === undefined ? example : each.round;
    if (typeof program !== "function") {
        const stack = new Stack();
        try {
            stack.up(program);
        } catch {
            // Azure refuses what the policy finds, so nobody gets to see it deployed.
            return;
        }
        yield ["update", stack.preview(updated(program))];
        yield ["state", stack.state()];
    }
}

function messagesOf(policyId: string, round: SentRound, configuration: Configuration = {}): readonly Message[] {
    const resources = plannedOf(round);
    const settings = Object.fromEntries(
        Object.entries(configuration).map(([name, block]) => [name, { enforcementLevel: "mandatory", ...block }]),
    );
    const { findings } = evaluateStack(
        resources,
        new Estate(resources),
        packConfiguration({ ...EVERY, ...settings }, catalogue),
        round,
    );
    return findings.flatMap((finding) => (finding.policyId === policyId ? [finding.message] : []));
}

function* planWordings(): Iterable<readonly [string, readonly Wording[]]> {
    for (const cases of allPlanCases()) {
        const all = [
            { name: "the example", plan: () => examplePlan(cases) },
            ...cases.violated,
            ...(cases.limits ?? []).map(({ refused }) => refused),
        ];
        const wordings = all.flatMap(({ name, plan }) =>
            [true, false].flatMap((dryRun) =>
                planFindings(cases.policyId, plan(), { dryRun }).reported.map(({ message }) => ({
                    when: `${name}, ${dryRun ? "preview" : "after the update"}`,
                    message,
                })),
            ),
        );
        yield [cases.policyId, distinct(wordings)];
    }
}

const wordings = new Map<string, readonly Wording[]>([
    ...allCases().map((cases) => [cases.policyId, distinct(wordingsOf(cases))] as const),
    ...planWordings(),
]);
const areas = [...new Set(catalogue.map(areaOf))];

/** Azure gives an OS disk that it creates another name each time. */
function withoutChance(text: string): string {
    return text.replaceAll(/_OsDisk_1_[0-9a-f]{32}/g, "_OsDisk_1_0123456789abcdef");
}

function chapter(policy: (typeof catalogue)[number]): string {
    const texts = (wordings.get(policy.id) ?? []).map(
        ({ when, message }) => `--- ${when}\n\n${withoutChance(formatMessage(referenceTo(policy), message))}\n`,
    );
    // Azure makes up names of disks, other ones in each run.
    return [`=== ${policy.id} ${policy.name}\n`, ...texts].join("\n").replace(/_[0-9a-f]{32}\b/g, `_${"0".repeat(32)}`);
}

test.each(areas)("the messages of %s are those of its book", (area) => {
    const file = path.join(__dirname, `${area}.txt`);
    const book = catalogue
        .filter((policy) => areaOf(policy) === area)
        .map(chapter)
        .join("\n");
    if (process.env["UPDATE_BOOK"] === "1") {
        writeFileSync(file, book);
    }
    expect(existsSync(file) ? readFileSync(file, "utf8") : "").toBe(book);
});

test.each(catalogue.map(({ id }) => id))("%s says something", (id) => {
    expect(wordings.get(id)?.length).toBeGreaterThan(0);
});

/** Everything that a message says, without its commands. */
function proseOf({ headline, why, facts = [], fix, notes = [] }: Message): readonly string[] {
    return [
        headline,
        why,
        ...facts,
        fix.intro,
        ...fix.steps.flatMap((step) => [step.do, step.where ?? "", step.note ?? ""]),
        ...notes,
    ];
}

const messages = [...wordings].flatMap(([id, each]) => each.map(({ message }) => ({ id, message })));
const commands = messages.flatMap(({ id, message: { fix } }) =>
    fix.steps.flatMap(({ commands: all = [] }) => all.map((command) => ({ id, command }))),
);

// Whoever copies a command may be signed in to another subscription, with a vault of the same name.
test("each command of the Azure CLI says in which subscription", () => {
    const ofAzure = commands.filter(({ command }) => command.startsWith("az "));
    expect(ofAzure.length).toBeGreaterThan(0);
    expect(ofAzure.filter(({ command }) => !/ --(?:ids|subscription|scope) \S/.test(command))).toEqual([]);
});

test("commands of the Azure CLI are on lines of their own", () => {
    const inProse = messages.flatMap(({ id, message }) =>
        proseOf(message)
            .filter((text) => /\baz [a-z-]+ [a-z]/.test(text))
            .map((text) => ({ id, text })),
    );
    expect(inProse).toEqual([]);
});

test("each command quotes what a shell would not take as it is", () => {
    const words = (command: string): string => command.replace(/'[^']*'|"[^"$`\\]*"|\\'/g, "Q");
    expect(commands.filter(({ command }) => !/^[\w./:@%+= -]+$/.test(words(command)))).toEqual([]);
});

test("a message that says what to do with a VM that is off rests on the report that says so", () => {
    const says = messages.filter(({ message }) => proseOf(message).some((text) => /for a VM that is off/.test(text)));
    expect(says.length).toBeGreaterThan(0);
    expect(says.filter(({ id }) => !RESTORES.DISABLING_NEEDS_VM.policies.some((policy) => policy === id))).toEqual([]);
});
