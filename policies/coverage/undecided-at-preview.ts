import { asSteps } from "../../src/advice/fix";
import type { TemplateGap } from "../../src/model/entities";
import type { OpenFinding, Verdict } from "../../src/findings/finding";
import { describeError } from "../../src/findings/internal-error";
import type { Message } from "../../src/findings/message";
import { singleLine } from "../../src/findings/text";
import type { PolicyId } from "../../src/findings/policy-id";
import { stackSubject } from "../../src/findings/subject";
import { linesOf, namesOf, quoted } from "../../src/advice/names";
import { NIST } from "../../src/facts/frameworks";
import { stackPolicy } from "../policy";

interface Parameters {
    /** One line for each. */
    readonly questions: readonly string[];
    /** True where one of them is open because the plan changes an existing resource. */
    readonly isChanging: boolean;
    /** Deployments that made something which a question is about: no look at the stack will ever tell more. */
    readonly templates: readonly string[];
    /** Resources with a template that takes too much work. */
    readonly tooLarge: readonly string[];
    /** Resources with a template that is not in the program. */
    readonly elsewhere: readonly string[];
    /** How many are open because the pack does not know the type of a resource. */
    readonly unknownTypes: number;
    /** True where there are other questions, too. */
    readonly hasOthers: boolean;
    /** Resources that could not be read, and why. */
    readonly unread: readonly string[];
    readonly externalReferences: number;
    readonly skippedResources: number;
    readonly inputsCollected: boolean;
    /** What is old or missing in the inventory. */
    readonly inventory: readonly string[];
}

const REPLICATED_ITEM_TYPE = "azure-native:recoveryservices:ReplicationProtectedItem";

/** BCDR490: what the policies that ran in this round could not decide, in one finding for the stack. */
export const undecidedAtPreview = stackPolicy<Parameters>({
    id: "BCDR490",
    name: "undecided-at-preview",
    level: "advisory",
    severity: "low",
    summary: "The plan does not know yet what a policy depends on.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Each finding says what it takes.",

    *evaluate({ estate, open }): Iterable<Verdict<Parameters>> {
        // What --target left out is not going to be made, so waiting for it would be noise; it is only counted.
        const waiting = withoutReported(open()).filter(({ skipped }) => !skipped);
        const questions = questionLines(waiting);
        const isChanging = waiting.some(({ changing }) => changing);
        const templates = [...new Set(waiting.filter(({ inTemplate }) => inTemplate).map(({ resource }) => resource))];
        const namesOfGaps = (reason: TemplateGap["why"]): readonly string[] => [
            ...new Set(estate.gaps.all.filter(({ why }) => why === reason).map(({ name }) => name)),
        ];
        const hasOthers =
            waiting.some(({ policyId, inTemplate }) => !inTemplate && policyId !== "BCDR490") ||
            namesOfGaps("not known").length > 0;
        const { unknownTypes } = estate;
        const unread = estate.unread.map(({ urn, error }) => `${urn}: ${describeError(error)}`);
        const {
            externalReferences,
            skippedResources,
            inputsCollected,
            external: { notices: inventory },
        } = estate;
        if (questions.length > 0 || unread.length > 0 || inventory.length > 0 || !inputsCollected) {
            yield {
                verdict: "violated",
                subject: stackSubject(estate.stackUrn),
                parameters: {
                    questions,
                    isChanging,
                    templates,
                    tooLarge: namesOfGaps("too much"),
                    elsewhere: namesOfGaps("elsewhere"),
                    unknownTypes: unknownTypes.length,
                    hasOthers,
                    unread,
                    externalReferences,
                    skippedResources,
                    inputsCollected,
                    inventory,
                },
            };
        }
    },

    message: (parameters, { dryRun }): Message => told(parameters, dryRun),
});

/** BCDR122 names VM, disk and item where a restore waits; BCDR111 and BCDR121 wait for the same. */
const TOLD_BY_BCDR122: ReadonlySet<PolicyId> = new Set<PolicyId>(["BCDR111", "BCDR121", "BCDR122"]);

function withoutReported(open: readonly OpenFinding[]): readonly OpenFinding[] {
    const questionKey = ({ urn, resource, property }: OpenFinding): string => JSON.stringify([urn, resource, property]);
    const told = new Set(open.filter(({ isReported }) => isReported === true).map(questionKey));
    return open.filter((each) => !(TOLD_BY_BCDR122.has(each.policyId) && told.has(questionKey(each))));
}

function told(parameters: Parameters, dryRun: boolean): Message {
    const { questions, unread, unknownTypes, externalReferences, skippedResources, inputsCollected, inventory } =
        parameters;
    const isOfTypesAlone = questions.length > 0 && questions.length === unknownTypes;
    return {
        // A bug comes first: where something was not checked, nothing else that this says is a clean bill.
        headline:
            unread.length > 0
                ? `Internal error: ${count(unread.length, "resource")} could not be read, so what depends on them was not checked.`
                : isOfTypesAlone
                  ? `${count(unknownTypes, "resource")} of Azure ${unknownTypes === 1 ? "was" : "were"} not checked: this version does not know the type.`
                  : questions.length > 0
                    ? `${count(questions.length, "question")} could not be decided: ${dryRun ? "the plan does not know the answer yet" : "the state does not tell"}.`
                    : inputsCollected
                      ? "What is known of other stacks is too old, or not whole, so it is not sure."
                      : "No inputs were collected: every resource policy of this pack is disabled, so this stack is seen by its outputs alone.",
        why: isOfTypesAlone
            ? "They may be VMs, disks or what protects them. What they protect counts as unprotected, and what they break is not found."
            : "Undecided is neither a violation nor a clean bill. What is listed here is decided once the property is known.",
        facts: [
            ...someOf(questions),
            ...someOf(unread.map((line) => `Internal error of this pack in reading ${line}`)),
            ...someOf(inventory),
            ...(externalReferences > 0
                ? [
                      `${count(externalReferences, "reference")} to resources outside of this stack, which were not looked at.`,
                  ]
                : []),
            ...(skippedResources > 0 ? [`${count(skippedResources, "resource")} left out by --target.`] : []),
            ...(inputsCollected ? [] : ["No inputs were collected: that alone leaves much open."]),
        ],
        fix: {
            kind: "in order",
            intro: "To have it decided:",
            steps: asSteps(remedies(parameters, dryRun)),
        },
        sources: [],
    };
}

function remedies(
    { templates, tooLarge, elsewhere, unknownTypes, hasOthers, isChanging, inputsCollected, inventory }: Parameters,
    dryRun: boolean,
): string[] {
    const collect =
        "Enable at least one resource policy of this pack, such as restored-disk: it hands the inputs over.";
    const ofChange =
        "Where the plan changes what exists, Azure's answer is not known before it is applied. An edit of a replicated item's list " +
        "re-protects nothing: after a restore, disable replication and run pulumi refresh first, and this plan makes the item anew.";
    const ofPlan = [
        "Give the property a value that is known before the deployment, or refer to the resource's id directly, so that the plan shows which one is meant.",
        "Or look again after the deployment: pulumi policy analyze --stack <stack> --policy-pack <this pack>.",
    ];
    const ofState = ["Run pulumi refresh, then look again."];
    const ofTemplates =
        `Of what the template in ${quoted(templates)} made, Pulumi reads nothing back, and pulumi refresh does not change that. ` +
        "Look in the vault (Replicated items > the VM > Disks), or make the replicated item a resource of its own, whose disks Pulumi does read: " +
        `pulumi import ${REPLICATED_ITEM_TYPE} <name> <id of the item>; then take it out of the template, which in Incremental mode leaves it in place.`;
    return [
        ...(inputsCollected ? [] : [collect]),
        ...(inventory.length > 0
            ? [
                  "Export the state of each stack that is named here again; make an inventory again with: azure-bcdr-guard inventory from-states, or from-azure.",
              ]
            : []),
        ...(unknownTypes > 0 ? [OF_UNKNOWN_TYPES] : []),
        ...(templates.length > 0 ? [ofTemplates] : []),
        ...(tooLarge.length > 0
            ? [
                  `Split the template in ${quoted(tooLarge)}, or declare its VMs, disks, vaults and items as resources of the program: it takes more to work out than a template may.`,
              ]
            : []),
        ...(elsewhere.length > 0
            ? [
                  `Put the template to which ${quoted(elsewhere)} leads into the program, or look in the portal at what it makes.`,
              ]
            : []),
        ...(dryRun && isChanging ? [ofChange] : []),
        ...(hasOthers ? (dryRun ? ofPlan : ofState) : []),
    ];
}

const OF_UNKNOWN_TYPES =
    "For a resource whose type is not known: use a newer version of azure-bcdr-guard, or declare the resource with a type that this version reads (docs/shapes.md). Until then, check by hand what it protects.";

/** One line for each property that is not known, with all policies that wait for it. */
function questionLines(open: readonly OpenFinding[]): readonly string[] {
    const policies = new Map<string, Set<string>>();
    for (const { policyId, resource, property } of open) {
        const question = singleLine(`"${resource}": ${property}`);
        policies.set(question, (policies.get(question) ?? new Set()).add(policyId));
    }
    return [...policies].map(([question, waiting]) => `${[...waiting].join(", ")} on ${question}`);
}

/** More lines would bury what matters; the rest is counted. */
function someOf(lines: readonly string[]): readonly string[] {
    return linesOf(namesOf(lines, (line) => line));
}

function count(number: number, noun: string): string {
    return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
