import { planPolicies, policies } from "../../../policies";
import { documentation, pageOf } from "../../../policies/documentation";
import type { CataloguePolicy } from "../../../policies/policy";
import type { ReportedPolicy } from "../report";

/** Every policy, in reading order; those that only the gate can check come last. */
export const catalogue: readonly CataloguePolicy[] = [...policies, ...planPolicies];

/** Every policy as reports have it, in the order of the catalogue. */
export const reportedPolicies: readonly ReportedPolicy[] = catalogue.map((policy) => ({
    id: policy.id,
    policy: policy.name,
    finds: policy.summary,
    level: policy.level === "remediate" ? "mandatory" : policy.level,
    severity: policy.severity,
    tags: policy.tags,
    remediation: policy.remediationSteps,
    url: documentation(pageOf(policy)),
}));

export function policyNamed(name: string): CataloguePolicy | undefined {
    return catalogue.find((policy) => policy.name === name);
}
