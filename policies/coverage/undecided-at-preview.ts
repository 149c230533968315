import { getOrCreate } from "../../src/model/lists";
import type { TemplateGap } from "../../src/model/entities";
import { OPEN_CAUSES, type OpenCause, type OpenFinding, type Verdict } from "../../src/findings/finding";
import { describeError } from "../../src/findings/internal-error";
import type { Message } from "../../src/findings/message";
import type { PolicyId } from "../../src/findings/policy-id";
import { stackSubject } from "../../src/findings/subject";
import type { Fix, Step } from "../../src/advice/fix";
import { linesOf, more, namesOf, quoted } from "../../src/advice/names";
import { NIST } from "../../src/facts/frameworks";
import { stackPolicy } from "../policy";

interface Parameters {
    readonly open: readonly OpenFinding[];
    /** Resources with a template that takes too much work. */
    readonly tooLarge: readonly string[];
    /** Resources with a template that is not in the program. */
    readonly elsewhere: readonly string[];
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
    remediationSteps: "Use values that a preview knows, or check the stack again after the deployment.",

    *evaluate({ estate, open }): Iterable<Verdict<Parameters>> {
        // Nobody is going to deploy what --target left out, so waiting for it would be noise; it is only counted.
        const waiting = withoutReported(open()).filter(({ cause }) => cause !== "target");
        const templates = (reason: TemplateGap["why"]): readonly string[] => [
            ...new Set(estate.gaps.all.filter(({ why }) => why === reason).map(({ name }) => name)),
        ];
        const unread = estate.unread.map(({ urn, error }) => `${urn}: ${describeError(error)}`);
        const {
            externalReferences,
            skippedResources,
            inputsCollected,
            external: { notices: inventory },
        } = estate;
        if (waiting.length > 0 || unread.length > 0 || inventory.length > 0 || !inputsCollected) {
            yield {
                verdict: "violated",
                subject: stackSubject(estate.stackUrn),
                parameters: {
                    open: waiting,
                    tooLarge: templates("too much"),
                    elsewhere: templates("elsewhere"),
                    unread,
                    externalReferences,
                    skippedResources,
                    inputsCollected,
                    inventory,
                },
            };
        }
    },

    message: (parameters, { dryRun }): Message => messageOf(parameters, dryRun),
});

/** BCDR122 names VM, disk and item of an undecided restore; BCDR111 and BCDR121 wait for the same. */
const REPORTED_BY_BCDR122: ReadonlySet<PolicyId> = new Set<PolicyId>(["BCDR111", "BCDR121", "BCDR122"]);

function withoutReported(open: readonly OpenFinding[]): readonly OpenFinding[] {
    const questionKey = ({ urn, resource, property }: OpenFinding): string => JSON.stringify([urn, resource, property]);
    const reported = new Set(open.filter(({ isReported }) => isReported === true).map(questionKey));
    return open.filter((each) => !(REPORTED_BY_BCDR122.has(each.policyId) && reported.has(questionKey(each))));
}

function messageOf(parameters: Parameters, dryRun: boolean): Message {
    const { open, unread, externalReferences, skippedResources, inputsCollected, inventory } = parameters;
    const isOfTypesAlone = open.length > 0 && open.every(isUnknownType);
    return {
        headline: headlineOf(parameters, dryRun, isOfTypesAlone),
        why: isOfTypesAlone
            ? open.length === 1
                ? "It may be a VM, a disk, or an item that protects VMs. What it protects counts as unprotected, and problems in it are not found."
                : "They may be VMs, disks, or items that protect VMs. What they protect counts as unprotected, and problems in them are not found."
            : "Policies neither passed nor failed on what is listed here. A problem in it stays hidden until the value is known.",
        facts: [
            ...someOf(waitingLines(open, dryRun)),
            ...someOf(unread.map((line) => `Internal error of this pack in reading ${line}`)),
            ...someOf(inventory),
            ...(externalReferences > 0
                ? [
                      `${count(externalReferences, "reference")} to resources outside of this stack, which were not checked.`,
                  ]
                : []),
            ...(skippedResources > 0 ? [`${count(skippedResources, "resource")} left out by --target.`] : []),
            ...(inputsCollected ? [] : ["The pack received no inputs, so it knows only what Azure has answered."]),
        ],
        fix: fixOf(parameters, dryRun),
        sources: [],
    };
}

function headlineOf({ open, unread, inputsCollected }: Parameters, dryRun: boolean, isOfTypesAlone: boolean): string {
    // A bug comes first: where something was not checked, nothing else that this says is a pass.
    if (unread.length > 0) {
        return `Internal error: ${count(unread.length, "resource")} could not be read, so what depends on them was not checked.`;
    }
    if (isOfTypesAlone) {
        const [resources, types] = open.length === 1 ? ["resource was", "its type"] : ["resources were", "their types"];
        return `${open.length} Azure ${resources} not checked, because this version does not know ${types}.`;
    }
    if (open.length > 0) {
        return `${count(questionsIn(open), "question")} could not be decided from this ${dryRun ? "plan" : "state"}.`;
    }
    return inputsCollected
        ? "The inventory of other stacks is too old or incomplete, so this result is not certain."
        : "Every resource policy of this pack is disabled, so this stack was checked by its outputs alone.";
}

function isUnknownType({ policyId, cause }: OpenFinding): boolean {
    return policyId === "BCDR490" && cause === "version";
}

function questionsIn(open: readonly OpenFinding[]): number {
    return new Set(open.map(({ resource, property }) => JSON.stringify([resource, property]))).size;
}

/** Why a policy waits, behind what it waits for. */
const REASONS: Readonly<Record<OpenCause, string>> = {
    output: "made from an unknown output",
    azure: "not set in the program",
    change: "changed by this plan",
    template: "made by a template",
    "unread template": "template not evaluated",
    external: "outside of this stack",
    version: "not known to this version",
    target: "left out by --target",
};

/** More names, or properties, than these in one line nobody reads. */
const MOST_NAMES = 5;
const MOST_PROPERTIES = 5;

/** One line a policy and cause, by cause; policies that wait for the same share a line. */
function waitingLines(open: readonly OpenFinding[], dryRun: boolean): readonly string[] {
    return OPEN_CAUSES.flatMap((cause) => {
        const ofPolicies = new Map<PolicyId, Map<string, Set<string>>>();
        for (const { policyId, property, resource } of open.filter((each) => each.cause === cause)) {
            const properties = getOrCreate(ofPolicies, policyId, () => new Map<string, Set<string>>());
            getOrCreate(properties, property, () => new Set<string>()).add(resource);
        }
        const policies = new Map<string, PolicyId[]>();
        for (const [policyId, properties] of ofPolicies) {
            getOrCreate(policies, propertiesInWords(properties), () => []).push(policyId);
        }
        const reason = !dryRun && IN_STATE.has(cause) ? "not in the state" : REASONS[cause];
        return [...policies].map(([what, ids]) => `${ids.join(", ")} on ${what} (${reason})`);
    });
}

/** Causes of a plan alone: a state has these values or not. */
const IN_STATE: ReadonlySet<OpenCause> = new Set<OpenCause>(["output", "azure", "change"]);

/** `"data", "logs": creationData.sourceResourceId; "web": hardwareProfile.vmSize` */
function propertiesInWords(properties: ReadonlyMap<string, ReadonlySet<string>>): string {
    const parts = [...properties].map(([property, names]) => `${quoted([...names], MOST_NAMES)}: ${property}`);
    const left = parts.length - MOST_PROPERTIES;
    return [...parts.slice(0, MOST_PROPERTIES), ...(left > 0 ? [more(left)] : [])].join("; ");
}

/** A step for each cause, so that nobody has to find out which of them applies. */
function fixOf(parameters: Parameters, dryRun: boolean): Fix {
    const { open, tooLarge, elsewhere, inputsCollected, inventory, skippedResources } = parameters;
    const has = (...causes: readonly OpenCause[]): boolean => open.some(({ cause }) => causes.includes(cause));
    const templates = [...new Set(open.filter(({ cause }) => cause === "template").map(({ resource }) => resource))];
    const isWaiting = has("output", "azure", "change");
    return {
        kind: "in order",
        intro: "To get them decided:",
        steps: [
            ...(inputsCollected ? [] : [COLLECT]),
            ...(inventory.length > 0 ? [INVENTORY_AGAIN] : []),
            ...(has("version") ? [NEWER_VERSION] : []),
            ...(templates.length > 0 ? besideTemplates(templates) : []),
            ...(tooLarge.length > 0 ? [smaller(tooLarge)] : []),
            ...(elsewhere.length > 0 ? [inProgram(elsewhere)] : []),
            ...(has("external") ? [OUTSIDE] : []),
            ...(dryRun && has("output") ? [KNOWN_VALUES] : []),
            ...(dryRun && has("azure") ? [SET] : []),
            ...(dryRun && has("change") ? [CHANGED] : []),
            ...(skippedResources > 0 ? [WITHOUT_TARGET] : []),
            ...(isWaiting ? [dryRun ? AFTER_DEPLOYMENT : REFRESH] : []),
        ],
    };
}

const COLLECT: Step = {
    do: "Enable at least one resource policy of this pack, such as disk-restored-from-backup. It passes the inputs on.",
};
const INVENTORY_AGAIN: Step = {
    do: "For an old or incomplete inventory: export the states of the stacks named above, and create the inventory again:",
    commands: ["azure-bcdr-guard inventory from-states '<folder of the states>' --output '<inventory file>'"],
    note: "For an inventory that was read from Azure, use azure-bcdr-guard inventory from-azure.",
};
const NEWER_VERSION: Step = {
    do: "For a type or size that this version does not know: update azure-bcdr-guard.",
    note: "Until then, check by hand what the resource protects, or declare it with a type that this version reads (docs/shapes.md).",
};
const OUTSIDE: Step = {
    do: "For what is outside of this stack: add it to the inventory, or create the inventory again if it is in there.",
};
const KNOWN_VALUES: Step = {
    do: "For a value made from an output: refer to the resource's ID directly, or use a value that is known before the deployment.",
};
const SET: Step = {
    do: "For a value that the program does not set: set it, if it is an input. Otherwise Azure decides it during the deployment.",
};
const CHANGED: Step = {
    do: "For a resource that this plan changes: Azure decides it when you apply the plan.",
    note: "After a restore, first disable replication and run pulumi refresh. To edit a replicated item's list of disks alone re-protects nothing.",
};
const WITHOUT_TARGET: Step = { do: "For what --target leaves out: run the preview without --target." };
const AFTER_DEPLOYMENT: Step = {
    do: "Check the rest after the deployment:",
    commands: ["pulumi policy analyze --stack '<stack>' --policy-pack '<folder of this pack>'"],
};
const REFRESH: Step = { do: "Read the values from Azure, then check again:", commands: ["pulumi refresh"] };

function besideTemplates(templates: readonly string[]): readonly Step[] {
    return [
        {
            do: `For what the ${templates.length === 1 ? "template" : "templates"} in ${quoted(templates)} made: check the disks in the portal (Replicated items > the VM > Disks).`,
            note: "Pulumi reads nothing back from a template, and pulumi refresh does not change that.",
        },
        {
            do: "To check it here as well, import the replicated item as a resource:",
            commands: [`pulumi import ${REPLICATED_ITEM_TYPE} '<name>' '<ID of the item>'`],
            note: "Then remove the item from the template. In Incremental mode, Azure keeps it.",
        },
    ];
}

function smaller(templates: readonly string[]): Step {
    return {
        do: `Split the template in ${quoted(templates)}, or declare its VMs, disks, vaults and items as resources.`,
        note: "It takes more work to evaluate than a template may.",
    };
}

function inProgram(templates: readonly string[]): Step {
    return {
        do: `Put the template that ${quoted(templates)} links to into the program, or check in the portal what it creates.`,
    };
}

/** More lines would bury what matters; the rest is counted. */
function someOf(lines: readonly string[]): readonly string[] {
    return linesOf(namesOf(lines, (line) => line));
}

function count(number: number, noun: string): string {
    return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
