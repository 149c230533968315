import { packConfiguration, type PackConfiguration } from "../../src/config/configuration-file";
import { Estate } from "../../src/model/estate";
import { Plan } from "../../src/model/plan";
import { parseUrn } from "../../src/model/ids/urn";
import type { OpenFinding } from "../../src/findings/finding";
import { referenceTo } from "../../policies/documentation";
import { formatMessage } from "../../src/findings/text";
import { evaluatePlan, evaluateStack, type LevelledFinding } from "../../src/cli/judging/evaluation";
import { catalogue } from "../../src/cli/judging/reported-policies";
import { OFFLINE_SUBSCRIPTION } from "../../dev/offline/providers/azure-native-responses";
import { plannedOf } from "../harness/estate-of";
import { hidesParts } from "../harness/hidden-parts";
import { Hidden, Ref, Text, type Content, type Program, type Properties } from "../harness/program";
import { Stack, type SentRound } from "../harness/stack";
import { casePrograms, examplePrograms, type NamedProgram } from "./estates-in-examples";
import strict from "../../profiles/strict.json";

/**
 * An estate, and the same once more in a second subscription: all names alike, and only ids and providers tell them
 * apart. Each must be told what it is told by itself, and nothing of the other.
 */

const OTHER = "0000000f-0000-4000-8000-00000000000f";
/** Short, because names have a limit. */
const SECOND = "Two";

const configuration: PackConfiguration = packConfiguration(strict, catalogue);

/** The same program for another subscription, with a provider of its own. */
function twinOf(program: Program): Program {
    return Object.fromEntries(
        Object.entries(program).map(([name, { parent, options, ...declaration }]) => [
            `${name}${SECOND}`,
            {
                ...declaration,
                provider: "second",
                properties: elsewhere(declaration.properties) as Properties,
                ...(parent === undefined ? {} : { parent: `${parent}${SECOND}` }),
                ...(options === undefined
                    ? {}
                    : {
                          options: {
                              ...options,
                              ...(options.dependsOn && {
                                  dependsOn: options.dependsOn.map((each) => `${each}${SECOND}`),
                              }),
                          },
                      }),
            },
        ]),
    );
}

function elsewhere(content: Content): Content {
    if (content instanceof Ref) {
        return new Ref(`${content.resource}${SECOND}`, content.path);
    }
    if (content instanceof Text) {
        return new Text(content.parts.map((part) => elsewhere(part) as string | Ref));
    }
    if (content instanceof Hidden) {
        return new Hidden(
            elsewhere(content.content),
            content.madeFrom.map((each) => elsewhere(each) as Ref),
        );
    }
    if (typeof content === "string") {
        return inOther(content);
    }
    if (Array.isArray(content)) {
        return (content as readonly Content[]).map(elsewhere);
    }
    return typeof content === "object" && content !== null
        ? Object.fromEntries(Object.entries(content as Properties).map(([key, value]) => [key, elsewhere(value)]))
        : content;
}

/** Ids of any subscription as ids of another one, each of its own. */
function inOther(text: string): string {
    return text.replace(/(\/subscriptions\/)([^/]+)/gi, (_, start: string, subscription: string) =>
        subscription === OFFLINE_SUBSCRIPTION ? `${start}${OTHER}` : `${start}${subscription.slice(0, -1)}f`,
    );
}

function stackOf(isConfigured: boolean): Stack {
    return new Stack("shop", isConfigured ? { subscriptionId: OFFLINE_SUBSCRIPTION } : {}, {
        second: { subscriptionId: OTHER },
    });
}

interface Said {
    readonly found: readonly string[];
    readonly open: readonly string[];
}

/** Names are told with what tells them apart, where two are alike; that and the program's own names differ rightly. */
function alike(text: string): string {
    return (
        text
            // Where two VMs have one name, a message says from which backup a disk comes.
            .replaceAll(/\n +"[^"\n]*" comes from an Azure Backup recovery point [^\n]*/g, "")
            .replaceAll(/ \((subscription|group|in the program) [^)]*\)/g, "")
            .replaceAll(new RegExp(SECOND, "gi"), "")
            // An ID is quoted where its subscription is left to the reader.
            .replaceAll(/(?<=--scope )('<vault ID>'|\S+)/g, "SCOPE")
            .replaceAll(/'([^'\n]*)<subscription>([^'\n]*)'/g, "$1SUBSCRIPTION$2")
            .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "SUBSCRIPTION")
            // Random letters, of names that Pulumi or Azure makes.
            .replaceAll(/(?<=_OsDisk_1_)[0-9a-f]+/g, "")
            .replaceAll(/(?<=[\w-])[0-9a-f]{7,8}\b/g, "")
    );
}

type Which = "first" | "second";

function said(findings: readonly LevelledFinding[], open: readonly OpenFinding[], which: Which): Said {
    const isOf = (urn: string | undefined): boolean =>
        urn !== undefined && parseUrn(urn).name.endsWith(SECOND) === (which === "second") && !/::pulumi:/.test(urn);
    return {
        found: findings
            .filter(({ urn }) => isOf(urn))
            .map(({ policy, policyId, urn, message }) =>
                alike(`${urn ?? ""}\n${formatMessage(referenceTo({ id: policyId, name: policy }), message)}`),
            )
            .sort(),
        open: [
            ...new Set(
                open
                    .filter(({ urn }) => isOf(urn))
                    .map(({ policyId, urn, property }) => alike(`${policyId} ${urn ?? ""}: ${property}`)),
            ),
        ].sort(),
    };
}

/** What is said of each estate in a stack, from one evaluation of the whole stack. */
function ofStack(round: SentRound): (which: Which) => Said {
    const resources = plannedOf(round);
    const { findings, open } = evaluateStack(resources, new Estate(resources), configuration, round);
    return (which) => said(findings, open, which);
}

function deployed(stack: Stack, { before, program }: NamedProgram, change: (program: Program) => Program): Stack {
    if (before !== undefined) {
        stack.up(change(before));
    }
    stack.up(change(program));
    return stack;
}

const both = (program: Program): Program => ({ ...program, ...twinOf(program) });
const itself = (program: Program): Program => program;

/** A program that cannot be deployed as it stands, because a property has to be known first, is left out. */
function isDeployable(each: NamedProgram): boolean {
    try {
        deployed(stackOf(false), each, itself);
        return true;
    } catch {
        return false;
    }
}

const PROGRAMS = [...examplePrograms(), ...casePrograms()].filter(isDeployable);

test("there are programs that find something", () => {
    expect(PROGRAMS.length).toBeGreaterThan(350);
});

describe.each([
    { subscription: "the first one's subscription is configured", isConfigured: true },
    { subscription: "the first one's subscription is not", isConfigured: false },
])("$subscription", ({ isConfigured }) => {
    test.each(PROGRAMS)("$name: a state", (each) => {
        const alone = ofStack(deployed(stackOf(isConfigured), each, itself).state())("first");
        const twice = ofStack(deployed(stackOf(isConfigured), each, both).state());
        expect(twice("first")).toEqual(alone);
        expect(twice("second")).toEqual(alone);
    });

    test.each(PROGRAMS)("$name: a first preview", ({ program }) => {
        const twice = ofStack(stackOf(isConfigured).preview(both(program)));
        const first = ofStack(stackOf(isConfigured).preview(program));
        const second = ofStack(stackOf(true).preview(twinOf(program)));
        expect(twice("first")).toEqual(first("first"));
        expect(twice("second")).toEqual(second("second"));
    });

    const unchanged = PROGRAMS.filter(({ program }) => !hidesParts(program));
    test.each(unchanged)("$name: a plan that deletes one of both", (each) => {
        const alone = deployed(stackOf(isConfigured), each, twinOf);
        const twice = deployed(stackOf(isConfigured), each, both);
        const ofPlan = (stack: Stack, after: Program): Said => {
            const { findings, open } = evaluatePlan(new Plan(stack.plan(after)), configuration);
            expect(said(findings, open, "first")).toEqual({ found: [], open: [] });
            return said(findings, open, "second");
        };
        expect(ofPlan(twice, each.program)).toEqual(ofPlan(alone, {}));
    });
});

test("the landing zone, deleted in one subscription: its vaults are told, and nothing that its namesakes need", () => {
    const each = PROGRAMS.find(({ name }) => name === "landing-zone");
    const twice = deployed(stackOf(false), each!, both);
    const { findings } = evaluatePlan(new Plan(twice.plan(each!.program)), configuration);
    expect(findings.map(({ policyId, urn }) => `${policyId} ${parseUrn(urn ?? "").name}`).sort()).toEqual([
        `BCDR606 backup-northeurope${SECOND}`,
        `BCDR606 backup-westeurope${SECOND}`,
        `BCDR606 disks-westeurope${SECOND}`,
    ]);
});
