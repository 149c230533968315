import { type Answer, type Evidence, evidenceIn } from "../../src/model/answers";
import type { Estate } from "../../src/model/estate";
import { displayName } from "../../src/model/ids/display-name";
import { linkedTo } from "../../src/model/link";
import type { Plan, PlanContent } from "../../src/model/plan";
import type { AzureResource, Entity, VirtualMachine } from "../../src/model/resources";
import { Undecideds, type Verdict } from "../../src/findings/finding";
import type { Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { named } from "../../src/advice/re-protection";
import type { Circumstances } from "../check";
import { identityOf, planPolicy, type PlanPolicy, type PolicyIdentity } from "../policy";

/** A resource that a plan deletes, for good or to make another one in its place. */
export interface Deletion<R> {
    /** As it is before the plan. */
    readonly resource: R;
    readonly isReplaced: boolean;
    readonly plan: Plan;
}

/** What each message about a deletion is made of. */
export interface DeletionInWords {
    readonly kind: PlanContent["kind"];
    readonly name: string;
    readonly isReplaced: boolean;
    readonly isProtected: boolean;
}

interface DeletionPolicy<R, Harmed, Facts> extends PolicyIdentity {
    readonly plans?: readonly PlanContent["kind"][];
    /** What it looks at, if the plan deletes it. */
    readonly resources: (plan: Plan) => readonly R[];
    /** What is harmed by the deletion. */
    readonly check: (deletion: Deletion<R>) => readonly Answer<Harmed>[];
    /** What else the message is made of. */
    readonly facts: (deletion: Deletion<R>, harmed: Evidence<Harmed>) => Facts;
    readonly message: (parameters: DeletionInWords & Facts, circumstances: Circumstances) => Message;
}

/** A policy about what a plan deletes, or replaces, to the harm of something. */
export function deletionPolicy<R extends Entity, Harmed extends AzureResource, Facts>(
    policy: DeletionPolicy<R, Harmed, Facts>,
): PlanPolicy {
    const { plans, resources, check, facts, message } = policy;
    return planPolicy<DeletionInWords & Facts>({
        ...identityOf(policy),
        ...(plans === undefined ? {} : { plans }),
        message,

        *evaluate(plan): Iterable<Verdict<DeletionInWords & Facts>> {
            const undecideds = new Undecideds();
            for (const resource of resources(plan)) {
                const outcome = plan.outcomeOf(resource);
                if (outcome === "stays") {
                    continue;
                }
                const deletion = { resource, isReplaced: outcome === "replaced", plan };
                const answers = check(deletion);
                for (const answer of answers) {
                    yield* undecideds.of(answer);
                }
                const harmed = evidenceIn(answers);
                if (harmed !== undefined) {
                    yield {
                        verdict: "violated",
                        subject: subjectOf(resource, vmOf(plan.before, resource)),
                        parameters: {
                            kind: plan.kind,
                            name: nameOf(plan.before, resource),
                            isReplaced: deletion.isReplaced,
                            isProtected: resource.protect,
                            ...facts(deletion, harmed),
                        },
                        restsOn: harmed,
                    };
                }
            }
        },
    });
}

/** The VM that a resource is, or protects. */
function vmOf(estate: Estate, resource: Entity): VirtualMachine | undefined {
    switch (resource.kind) {
        case "VM":
            return resource;
        case "backup item":
        case "replicated item":
            return linkedTo(estate.protectedVms.of(resource));
        case "disk backup":
            return estate.protectedVms.withDiskOf(resource)[0];
        default:
            return undefined;
    }
}

function nameOf(estate: Estate, resource: Entity): string {
    switch (resource.kind) {
        case "VM":
            return estate.names.of(resource);
        case "backup item":
        case "replicated item":
        case "disk backup":
            return named(resource).name;
        default:
            return displayName(resource);
    }
}
