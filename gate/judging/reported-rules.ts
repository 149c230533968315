import type { RuleId } from "../../findings/rule-id";
import { planPolicies, policies } from "../../policies";
import { documentation } from "../../policies/documentation";
import type { CataloguePolicy } from "../../policies/policy";
import type { ReportedRule } from "../report";

/** Every policy, in reading order; those that only the gate can check come last. */
export const catalogue: readonly CataloguePolicy[] = [...policies, ...planPolicies];

/** Every rule of the catalogue, in its order. */
export const reportedRules: readonly ReportedRule[] = catalogue.flatMap((policy) => {
    const finds = findsOf(policy);
    return policy.ruleIds.map((id) => ({
        id,
        policy: policy.name,
        finds: finds.get(id) ?? policy.description,
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

function findsOf(policy: CataloguePolicy): ReadonlyMap<RuleId, string> {
    const { rules } = policy.configure({}) as { readonly rules: readonly { id: RuleId; finds: string }[] };
    return new Map(rules.map(({ id, finds }) => [id, finds]));
}
