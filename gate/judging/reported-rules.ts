import { planPolicies, policies } from "../../policies";
import { commonOf } from "../../policies/common";
import { documentation } from "../../policies/documentation";
import type { CataloguePolicy } from "../../policies/policy";
import type { ReportedRule } from "../report";

/** Every policy, in reading order; those that only the gate can check come last. */
export const catalogue: readonly CataloguePolicy[] = [...policies, ...planPolicies];

/** Every rule of the catalogue, in its order. */
export const reportedRules: readonly ReportedRule[] = catalogue.flatMap((policy) => {
    const common = commonOf(policy);
    return policy.ruleIds.map((id) => ({
        id,
        policy: policy.name,
        finds: common.get(id)?.finds ?? policy.description,
        level: policy.level === "remediate" ? "mandatory" : policy.level,
        severity: policy.severity,
        tags: policy.tags,
        remediation: policy.remediationSteps,
        url: documentation(`rules/${id}.md`),
    }));
});

export function policyNamed(name: string): CataloguePolicy | undefined {
    return catalogue.find((policy) => policy.name === name);
}
