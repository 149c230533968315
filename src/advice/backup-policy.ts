import type { Provider } from "../model/ids/type-token";
import type { Step } from "./fix";
import { WORDS } from "./property-names";

const SCHEDULE: Readonly<Record<Provider, string>> = {
    "azure-native": ", properties.schedulePolicy.schedulePolicyType = SimpleSchedulePolicyV2",
    "azure-classic": "",
};

/** VMB-28 */
const NO_WAY_BACK = "You cannot go back: a VM under an Enhanced policy never returns to a Standard one.";

/** How an Enhanced policy takes the place of an item's Standard one. */
export function assignEnhanced(item: string, provider: Provider, beforehand?: string): Step {
    const { policyToken, followsPolicy } = WORDS[provider].backup;
    return {
        do: `Assign an Enhanced policy from the same vault to backup item "${item}".`,
        where: `${followsPolicy}; in a new policy, ${enhanced(provider)}`,
        note: [
            `Use EnhancedPolicy, which Azure creates with each vault, or declare an ${policyToken}.`,
            ...(beforehand === undefined ? [] : [beforehand]),
            NO_WAY_BACK,
        ].join(" "),
    };
}

/** The other way out of what a Standard policy lacks. */
export function toEnhanced(policy: string, provider: Provider): Step {
    return {
        do: `Make "${policy}" an Enhanced policy.`,
        where: enhanced(provider),
        note: `If it already backs up VMs, declare a second policy like this instead, and assign it to their backup items. ${NO_WAY_BACK}`,
    };
}

function enhanced(provider: Provider): string {
    return `${WORDS[provider].backupPolicyType} = V2${SCHEDULE[provider]}`;
}
