import type { RuleId } from "../../findings/rule-id";
import { policies } from "../../policies";
import type { Policy } from "../../policies/policy";

/**
 * The catalogue with some of its rules only, for programs that are about those and break others by being short. A
 * policy without any of them is left out.
 */
export function onlyRules(isWanted: (id: RuleId) => boolean): readonly Policy[] {
    return policies
        .filter(({ ruleIds }) => ruleIds.some(isWanted))
        .map((policy) =>
            policy.scope === "resource"
                ? { ...policy, configure: (values) => only(policy.configure(values), isWanted) }
                : { ...policy, configure: (values) => only(policy.configure(values), isWanted) },
        );
}

function only<Configured extends { readonly rules: readonly { readonly id: RuleId }[] }>(
    policy: Configured,
    isWanted: (id: RuleId) => boolean,
): Configured {
    return { ...policy, rules: policy.rules.filter(({ id }) => isWanted(id)) };
}

const AROUND_RESTORES = new Set(["BCDR225", "BCDR226", "BCDR411", "BCDR414", "BCDR416", "BCDR420", "BCDR490"]);

export function isAboutRestores(id: string): boolean {
    return id.startsWith("BCDR1") || AROUND_RESTORES.has(id);
}

/** The core: restores, what stands in their way, and what is undecided about them. */
export const RESTORE_RULES = onlyRules(isAboutRestores);
