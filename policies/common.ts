import type { Common } from "../findings/many-in-one";
import type { RuleId } from "../findings/rule-id";
import type { CataloguePolicy } from "./policy";

/** What the findings of each rule of a policy have in common. */
export function commonOf(policy: CataloguePolicy): ReadonlyMap<RuleId, Common> {
    const { rules } = policy.configure({}) as { readonly rules: readonly { id: RuleId; finds: string }[] };
    return new Map(rules.map(({ id, finds }) => [id, { finds, remediation: policy.remediationSteps }]));
}
