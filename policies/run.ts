import type { OpenQuestion } from "../src/model/answers";
import type { Estate } from "../src/model/estate";
import { addAll, getOrCreate } from "../src/model/lists";
import { type AzureResource, isLeftAlone, isReplicatedItem } from "../src/model/resources";
import { valueOf } from "../src/model/values";
import { exempt, type PolicyExemptions, type Suppressed } from "../src/findings/exemption";
import { openFinding, type Finding, type OpenFinding, type Violated } from "../src/findings/finding";
import { internalError } from "../src/findings/internal-error";
import { bounded, withFacts, withNotes } from "../src/findings/message";
import type { Subject } from "../src/findings/subject";
import { knownFromLines } from "../src/advice/known-from";
import type { ConfiguredPolicy, ConfiguredResourcePolicy, FoundInPlace } from "./policy";
import type { Circumstances } from "./check";

/** What a policy says of one target. */
export interface PolicyFindings {
    readonly reported: readonly Finding[];
    /** What exemptions took out; only reports show that. */
    readonly suppressed: readonly Suppressed[];
    /** What Azure has accepted and this plan leaves alone: BCDR430 reports it. */
    readonly inPlace: readonly FoundInPlace[];
}

/**
 * Runs a policy over one target and gives what is to be reported. A policy that throws has a bug: that is reported as a
 * finding of that very policy, and nothing of what it had found so far counts.
 *
 * @param about whom an internal error is reported on
 * @param open takes what could not be decided, policy by policy, so that a later one can tell it
 */
export function run<Target>(
    policy: ConfiguredPolicy<Target>,
    target: Target,
    about: () => Subject,
    circumstances: Circumstances,
    exemptions: PolicyExemptions,
    open: OpenFinding[],
): PolicyFindings {
    try {
        const outcome = outcomeOf(policy, target);
        const findings = findingsFrom(outcome.violated, policy, target, circumstances, exemptions);
        addAll(open, outcome.open);
        return findings;
    } catch (error) {
        const finding = { policyId: policy.id, subject: about(), message: internalError(error) };
        const exempted = exempt(finding, exemptions);
        return exempted.state === "suppressed"
            ? { reported: [], suppressed: [{ ...exempted, finding }], inPlace: [] }
            : { reported: [noted(finding, exempted.notes)], suppressed: [], inPlace: [] };
    }
}

/** Messages come last: of thousands of violations, one summary may be all that is reported. */
function findingsFrom<Target>(
    all: readonly Violated<unknown>[],
    policy: ConfiguredPolicy<Target>,
    target: Target,
    circumstances: Circumstances,
    exemptions: PolicyExemptions,
): PolicyFindings {
    const findingOf = ({ subject, parameters, restsOn = [] }: Violated<unknown>): Finding => ({
        policyId: policy.id,
        subject,
        // Its source comes last, and must not be what is cut off.
        message: withFacts(bounded(policy.message(parameters, circumstances)), knownFromLines(restsOn)),
        remediation: policy.remediation?.(parameters) ?? [],
    });
    const reported: { readonly violated: Violated<unknown>; readonly notes: readonly string[] }[] = [];
    const suppressed: Suppressed[] = [];
    const inPlace: FoundInPlace[] = [];
    for (const violated of all) {
        const { subject, parameters, restsOn = [] } = violated;
        const exempted = exempt({ policyId: policy.id, subject }, exemptions);
        if (exempted.state === "suppressed") {
            suppressed.push({ ...exempted, finding: findingOf(violated) });
        } else if (policy.isCheckedByAzure(parameters) && isInPlace(restsOn)) {
            inPlace.push({ ...findingOf(violated), policyName: policy.name, restsOn });
        } else {
            reported.push({ violated, notes: exempted.notes });
        }
    }
    const summary = policy.summarise(
        reported.map(({ violated }) => violated.subject),
        target,
    );
    return {
        reported:
            summary === undefined
                ? reported.map(({ violated, notes }) => noted(findingOf(violated), notes))
                : [{ policyId: policy.id, ...summary }],
        suppressed,
        inPlace,
    };
}

function noted(finding: Finding, notes: readonly string[]): Finding {
    return notes.length === 0 ? finding : { ...finding, message: withNotes(finding.message, notes) };
}

/**
 * A resource policy sees one resource by its inputs and leaves open what the whole estate may know. So its policies are
 * asked once more, of the estate, and only what is still open then is told.
 */
export function openOfResources(policies: Iterable<ConfiguredResourcePolicy>, estate: Estate): readonly OpenFinding[] {
    return [...policies].flatMap((policy) =>
        estate.entities.flatMap((entity) =>
            policy.kinds.has(entity.kind) ? openOf(policy, { entity, sources: estate.restores.sources }) : [],
        ),
    );
}

/** What no policy can look at: parts of templates and generic resources, and resources of unknown types. */
export function openOfStack(estate: Estate): readonly OpenFinding[] {
    return [...openOfTemplates(estate), ...openOfUnknownTypes(estate)];
}

/** What of templates and generic resources could not be looked at: no policy knows what is in there. */
function openOfTemplates({ gaps: { all: gaps } }: Estate): readonly OpenFinding[] {
    return gaps.map(({ urn, name, property, why }) => ({
        policyId: "BCDR490",
        urn,
        resource: name,
        property: `${property}${WHY[why]}`,
        cause: why === "not known" ? "output" : "unread template",
    }));
}

/** Resources that may make or protect a VM, and that no policy has looked at: the pack does not know their types. */
function openOfUnknownTypes({ unknownTypes }: Estate): readonly OpenFinding[] {
    return unknownTypes.map(({ urn, name, type }) => ({
        policyId: "BCDR490",
        urn,
        resource: name,
        property: `type ${type}`,
        cause: "version",
    }));
}

const WHY = {
    "not known": "",
    elsewhere: ", which leads to a template that is not in the program",
    "too much": ", which is too large to evaluate",
} as const;

/** What a policy leaves open, without its findings. */
function openOf<Target>(policy: ConfiguredPolicy<Target>, target: Target): readonly OpenFinding[] {
    const open: OpenFinding[] = [];
    const questions = new Questions();
    try {
        for (const verdict of policy.evaluate(target, undefined)) {
            const openQuestion = verdict.verdict === "undecided" ? verdict.openQuestion : verdict.subject.waitsFor;
            if (openQuestion !== undefined && questions.isNew(openQuestion)) {
                open.push(openFinding(policy.id, { openQuestion }));
            }
        }
    } catch {
        // The bug has been reported where the policy was run for its findings.
    }
    return open;
}

function outcomeOf<Target>(
    policy: ConfiguredPolicy<Target>,
    target: Target,
): { readonly violated: readonly Violated<unknown>[]; readonly open: readonly OpenFinding[] } {
    const violated: Violated<unknown>[] = [];
    const open: OpenFinding[] = [];
    const questions = new Questions();
    for (const verdict of policy.evaluate(target, undefined)) {
        if (verdict.verdict === "undecided") {
            if (questions.isNew(verdict.openQuestion)) {
                open.push(openFinding(policy.id, verdict));
            }
            continue;
        }
        const { waitsFor } = verdict.subject;
        if (waitsFor === undefined) {
            violated.push(verdict);
        } else if (questions.isNew(waitsFor)) {
            open.push(openFinding(policy.id, { openQuestion: waitsFor }));
        }
    }
    return { violated, open };
}

/** Whether all of it exists and is left alone. An item that Azure calls critical is not accepted: replication does not work. */
function isInPlace(restsOn: readonly AzureResource[]): boolean {
    return restsOn.length > 0 && restsOn.every(isLeftAlone) && !restsOn.some(isCritical);
}

function isCritical(resource: AzureResource): boolean {
    return isReplicatedItem(resource) && valueOf(resource.health.state)?.toLowerCase() === "critical";
}

/** What a policy has asked. On its way from VM to VM it may come to one question again and again. */
class Questions {
    private readonly asked = new Map<AzureResource, Set<string>>();

    isNew({ resource, property }: OpenQuestion): boolean {
        const properties = getOrCreate(this.asked, resource, () => new Set<string>());
        const { size } = properties;
        return properties.add(property).size > size;
    }
}
