import { embeddedResources, isTemplate } from "../src/model/templates";
import { Identities } from "../src/model/ids/identify";
import type { PlannedResource } from "../src/model/planned-resource";
import { readerOf } from "../src/model/readers";
import { SOURCES_BY_ID } from "../src/model/disks/restored-disk";
import type { PolicyExemptions } from "../src/findings/exemption";
import type { Finding } from "../src/findings/finding";
import { internalError, isInternalError } from "../src/findings/internal-error";
import { withFacts } from "../src/findings/message";
import { subjectOf, unreadSubject } from "../src/findings/subject";
import type { ConfiguredResourcePolicy } from "./policy";
import type { Circumstances } from "./check";
import { declaredIn } from "../src/advice/property-names";
import { run, type PolicyFindings } from "./run";

const NOTHING: PolicyFindings = { reported: [], suppressed: [], inPlace: [] };

/**
 * What a resource policy finds on one resource, and on those that it holds if it is a template or a generic
 * resource, of all of which they see the inputs alone. What cannot be read is a bug: that is reported of the resource.
 */
export function findingsOnResource(
    resource: PlannedResource,
    policy: ConfiguredResourcePolicy,
    circumstances: Circumstances,
    exemptions: PolicyExemptions,
): PolicyFindings {
    const of = (one: PlannedResource): PolicyFindings =>
        orInternalError(resource, policy, () => findingsOn(one, policy, circumstances, exemptions));
    if (!isTemplate(resource.type)) {
        return of(resource);
    }
    return orInternalError(resource, policy, () => {
        const held = embeddedResources(resource, new Identities([resource])).resources.map((each) =>
            asHeld(of(each), each),
        );
        return {
            ...NOTHING,
            reported: held.flatMap(({ reported }) => reported),
            suppressed: held.flatMap(({ suppressed }) => suppressed),
        };
    });
}

function orInternalError(
    resource: PlannedResource,
    { id }: ConfiguredResourcePolicy,
    find: () => PolicyFindings,
): PolicyFindings {
    try {
        return find();
    } catch (error) {
        return {
            ...NOTHING,
            reported: [{ policyId: id, subject: unreadSubject(resource), message: internalError(error) }],
        };
    }
}

function findingsOn(
    resource: PlannedResource,
    policy: ConfiguredResourcePolicy,
    circumstances: Circumstances,
    exemptions: PolicyExemptions,
): PolicyFindings {
    const reader = readerOf(resource.type);
    if (reader === undefined || !policy.kinds.has(reader.kind)) {
        return NOTHING;
    }
    const entity = reader.read(resource, new Identities([resource]));
    if (entity.skipped) {
        return NOTHING;
    }
    return run(policy, { entity, sources: SOURCES_BY_ID }, () => subjectOf(entity), circumstances, exemptions, []);
}

/**
 * Findings on a resource that a template or list of another resource holds. They say where it is there, because policies
 * name properties as a separate resource has them. And they remediate nothing: a remediation changes a resource's own
 * inputs, not a text or an expression that makes several resources.
 */
function asHeld({ reported, suppressed }: PolicyFindings, held: PlannedResource): PolicyFindings {
    const found = declaredIn(held);
    const notRemediated = ["The level remediate does not change what another resource holds."];
    return {
        ...NOTHING,
        reported: reported.map(({ remediation = [], message, ...finding }): Finding => ({
            ...finding,
            message: isInternalError(message)
                ? message
                : withFacts(message, [...found, ...(remediation.length > 0 ? notRemediated : [])]),
        })),
        suppressed,
    };
}
