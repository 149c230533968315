import type { Provider } from "../model/ids/type-token";
import type { Step } from "./fix";
import { WORDS } from "./property-names";

const SCHEDULE: Readonly<Record<Provider, string>> = {
    "azure-native": ", properties.schedulePolicy.schedulePolicyType = SimpleSchedulePolicyV2",
    "azure-classic": "",
};

/** How an Enhanced policy takes the place of an item's Standard one. */
export function enhancedPolicySteps(item: string, provider: Provider): readonly Step[] {
    const { policyToken, followsPolicy } = WORDS[provider].backup;
    return [
        {
            do: `Choose an Enhanced policy in the item's vault: the one named EnhancedPolicy that Azure creates with the vault, or a new ${policyToken}.`,
            where: `${WORDS[provider].backupPolicyType} = V2${SCHEDULE[provider]}`,
        },
        {
            do: `Assign that policy to item "${item}".`,
            where: followsPolicy,
            note: "You cannot go back: a VM under an Enhanced policy never returns to a Standard one.",
        },
    ];
}

/** The other way out of what a Standard policy lacks. An Enhanced one never becomes a Standard one again (VMB-28). */
export function toEnhanced(policy: string, provider: Provider): Step {
    return {
        do: `Make "${policy}" an Enhanced policy. If it backs up VMs already, declare a second policy like this instead, and assign it to their backup items.`,
        where: `${WORDS[provider].backupPolicyType} = V2${SCHEDULE[provider]}`,
        note: "You cannot go back: a VM under an Enhanced policy never returns to a Standard one.",
    };
}
