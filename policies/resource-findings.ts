import { Identities } from "../estate/identify";
import type { PlannedResource } from "../estate/planned-resource";
import { readerOf } from "../estate/readers";
import { SOURCES_BY_ID } from "../estate/restored-disk";
import type { ExemptionRules } from "../findings/exemption";
import { subjectOf } from "../findings/subject";
import type { ConfiguredResourcePolicy } from "./policy";
import type { Circumstances } from "./rule";
import { run, type PolicyFindings } from "./run";

const NOTHING: PolicyFindings = { reported: [], suppressed: [] };

/** What the rules of a resource policy find on one resource, of which they see the inputs alone. */
export function findingsOnResource(
    resource: PlannedResource,
    policy: ConfiguredResourcePolicy,
    circumstances: Circumstances,
    exemptions: ExemptionRules,
): PolicyFindings {
    const reader = readerOf(resource.type);
    if (reader === undefined || !policy.looksAt.has(reader.kind)) {
        return NOTHING;
    }
    const entity = reader.read(resource, new Identities([resource]));
    if (entity.skipped) {
        return NOTHING;
    }
    return run(policy, { entity, sources: SOURCES_BY_ID }, () => subjectOf(entity), circumstances, exemptions, []);
}
