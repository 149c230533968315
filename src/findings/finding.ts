import { type Answer, type OpenQuestion, openQuestionsOf } from "../model/answers";
import type { AzureResource } from "../model/resources";
import type { Urn } from "../model/planned-resource";
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
    /** What else it rests on, as far as that may be outside of the stack: the message tells then who says so. */
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
    return openQuestionsOf(answer).map(({ resource, property }) => undecided(resource, property));
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

/** Something that a policy could not decide, for BCDR490's list. */
export interface OpenFinding {
    readonly policyId: PolicyId;
    readonly urn: Urn | undefined;
    /** The resource whose property is not known, by the name under which the program has it. */
    readonly resource: string;
    readonly property: string;
    /** It is not known because the plan changes a resource that exists. */
    readonly changing: boolean;
    /** It is not known because a template made this replicated item, of which Pulumi reads nothing back. */
    readonly inTemplate: boolean;
    /** It is not known because `--target` left the resource out. */
    readonly skipped: boolean;
    /** A finding of the policy tells it: no question for a list of them. */
    readonly isReported?: true;
}

/** What is left open without a finding that says so. */
export function notReported(open: readonly OpenFinding[]): readonly OpenFinding[] {
    return open.filter(({ isReported }) => isReported !== true);
}

export function openFinding(
    policyId: PolicyId,
    { openQuestion: { resource, property }, isReported }: Pick<Undecided, "openQuestion" | "isReported">,
): OpenFinding {
    const { kind, urn, pulumiName, lifetime, skipped, embeddedIn } = resource;
    const inTemplate = kind === "replicated item" && embeddedIn?.deployment !== undefined && lifetime !== "new";
    return {
        policyId,
        urn,
        resource: pulumiName ?? displayName(resource),
        property: writtenAt(resource, property),
        changing: lifetime === "changing" && !skipped && !inTemplate,
        inTemplate,
        skipped,
        ...(isReported === true ? { isReported } : {}),
    };
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
