import { PolicyPack } from "@pulumi/policy";
import { givenConfiguration, others, selected } from "./src/pack/options";
import { pulumiPolicies } from "./src/pack/pack";
import type * as declared from "./types/policies";

// What `azure-bcdr-guard/policies` exports. Loading it starts nothing: only `policyPack` makes a pack.

/** The name of this package's own pack. */
const NAME = "azure-bcdr-guard";

export const policies: typeof declared.policies = (options = {}) => composed(options, true);

export const policyPack: typeof declared.policyPack = (name = NAME, { policies: own = [], ...options } = {}) =>
    new PolicyPack(name, {
        provider: "azure",
        policies: [
            ...composed(
                options,
                own.some((policy) => "validateStack" in policy),
            ),
            ...own,
        ],
    });

function composed({ select = {}, ...file }: declared.Options, shared: boolean) {
    const chosen = selected(select);
    return pulumiPolicies(chosen, others(chosen), { given: givenConfiguration(file), shared });
}
