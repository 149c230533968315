import { type Answer, type OpenQuestion, openQuestionsOf } from "../model/answers";
import { getOrCreate } from "../model/lists";
import type { AzureResource } from "../model/resources";
import type { Urn } from "../model/planned-resource";
import type { Unknown } from "../model/values";
import { writtenAt } from "../advice/property-names";
import type { Message } from "./message";
import type { PolicyId } from "./policy-id";
import { displayName } from "../model/ids/display-name";
import { type Subject } from "./subject";

/** What a policy says of one thing that it looked at. What holds, or is not concerned, is not said at all. */
export type Verdict<Parameters> = Violated<Parameters> | Undecided;

export interface Violated<Parameters> {
    readonly verdict: "violated";
    readonly subject: Subject;
    /** The facts that the message is made of. */
    readonly parameters: Parameters;
    /**
     * The resources that it rests on, the subject among them. Of those outside of the stack, the message says who knows
     * them; where all exist and the plan leaves them alone, what breaks a limit is in place.
     */
    readonly restsOn?: readonly AzureResource[];
}

/** The plan does not know yet. Never blocks, never is silent: `undecided-at-preview` lists them (BCDR490). */
export interface Undecided {
    readonly verdict: "undecided";
    readonly openQuestion: OpenQuestion;
    /** True where a finding of the same policy tells it. */
    readonly isReported?: true;
}

export function undecided(resource: AzureResource, property: string): Undecided {
    return { verdict: "undecided", openQuestion: { resource, property } };
}

/** The undecided verdicts for an answer that is unknown. */
export function undecidedBy(answer: Answer<unknown>): readonly Undecided[] {
    return openQuestionsOf(answer).map((openQuestion) => ({ verdict: "undecided", openQuestion }));
}

/** A question that a finding of the same policy tells, so that BCDR490 does not tell it once more. */
export function told(resource: AzureResource, property: string): Undecided {
    return { ...undecided(resource, property), isReported: true };
}

/** A violation with everything that a report needs of it. */
export interface Finding {
    readonly policyId: PolicyId;
    readonly subject: Subject;
    readonly message: Message;
    /** What would cure it; only policies whose level may be `remediate` say that. */
    readonly remediation?: readonly InputChange[];
}

/** A change to a resource's inputs, in its provider's words. */
export interface InputChange {
    /** `properties.publicNetworkAccess` */
    readonly property: string;
    readonly value: string | number | boolean;
}

/**
 * Why a question is open, and so what would decide it. `output`: the value is made from an output that the plan does not
 * know. `azure`: the program does not set it, so only Azure's answer tells. `change`: the plan changes the resource.
 * `template`: a template made the replicated item, and Pulumi reads nothing of it back. `unread template`: the template
 * itself is not in the program, or takes too much work. `external`: something outside of the stack. `target`: `--target`
 * left the resource out. `version`: this version does not know the type or the value.
 */
export const OPEN_CAUSES = [
    "output",
    "azure",
    "change",
    "template",
    "unread template",
    "external",
    "version",
    "target",
] as const;
export type OpenCause = (typeof OPEN_CAUSES)[number];

/** Something that a policy could not decide, for BCDR490's list. */
export interface OpenFinding {
    readonly policyId: PolicyId;
    readonly urn: Urn | undefined;
    /** The resource whose property is not known, by the name under which the program has it. */
    readonly resource: string;
    readonly property: string;
    readonly cause: OpenCause;
    /** A finding of the policy tells it: no question for a list of them. */
    readonly isReported?: true;
}

/** What is left open without a finding that says so. */
export function notReported(open: readonly OpenFinding[]): readonly OpenFinding[] {
    return open.filter(({ isReported }) => isReported !== true);
}

export function openFinding(
    policyId: PolicyId,
    { openQuestion, isReported }: Pick<Undecided, "openQuestion" | "isReported">,
): OpenFinding {
    const { resource, property } = openQuestion;
    return {
        policyId,
        urn: resource.urn,
        resource: resource.pulumiName ?? displayName(resource),
        property: writtenAt(resource, property),
        cause: causeOf(openQuestion),
        ...(isReported === true ? { isReported } : {}),
    };
}

function causeOf({ resource, property, decidedBy }: OpenQuestion): OpenCause {
    const { kind, urn, lifetime, skipped, embeddedIn } = resource;
    if (skipped) {
        return "target";
    }
    if (decidedBy === "external" || decidedBy === "version") {
        return decidedBy;
    }
    if (
        (kind === "replicated item" || kind === "replication intent") &&
        embeddedIn?.deployment !== undefined &&
        lifetime !== "new"
    ) {
        return "template";
    }
    if (urn === undefined) {
        return "external";
    }
    if (lifetime === "changing") {
        return "change";
    }
    return decidedBy === "azure" || isLeftToAzure(resource, property) ? "azure" : "output";
}

/** Whether the program leaves a property, or a place above it, to Azure. */
function isLeftToAzure(resource: AzureResource, property: string): boolean {
    const left = getOrCreate(leftToAzure, resource, () => new Set(propertiesLeftToAzure(resource)));
    for (let end = property.length; end > 0; end = property.lastIndexOf(".", end - 1)) {
        if (left.has(property.slice(0, end))) {
            return true;
        }
    }
    return false;
}

/** A resource may have thousands of questions open, so it is gone through once. */
const leftToAzure = new WeakMap<AzureResource, ReadonlySet<string>>();

function* propertiesLeftToAzure(part: unknown): Iterable<string> {
    if (typeof part !== "object" || part === null) {
        return;
    }
    const value = part as Partial<Unknown>;
    if (value.state === "unknown") {
        if (value.decidedBy === "azure" && value.property !== undefined) {
            yield value.property;
        }
        return;
    }
    // Thousands of disks may each have a list of the URNs of all of them.
    if (Array.isArray(part) && typeof part[0] === "string") {
        return;
    }
    const parts: Iterable<unknown> = part instanceof Map ? part.values() : Object.values(part);
    for (const each of parts) {
        yield* propertiesLeftToAzure(each);
    }
}

/**
 * The undecided verdicts for answers that are not there yet, each open question once: what may belong to any VM
 * would otherwise be told again for every VM.
 */
export class Undecideds {
    private readonly told = new Set<readonly OpenQuestion[] | OpenQuestion>();

    *of(...answers: readonly Answer<unknown>[]): Iterable<Undecided> {
        for (const answer of answers) {
            if (answer.answer === "unknown" && !this.told.has(answer.openQuestions)) {
                this.told.add(answer.openQuestions);
                for (const openQuestion of answer.openQuestions) {
                    if (!this.told.has(openQuestion)) {
                        this.told.add(openQuestion);
                        yield { verdict: "undecided", openQuestion };
                    }
                }
            }
        }
    }
}
