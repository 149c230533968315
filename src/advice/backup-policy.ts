import type { Provider } from "../model/ids/type-token";
import { WORDS } from "./property-names";

const SCHEDULE: Readonly<Record<Provider, string>> = {
    "azure-native": " and properties.schedulePolicy.schedulePolicyType to SimpleSchedulePolicyV2",
    "azure-classic": "",
};

/** How an Enhanced policy takes the place of an item's Standard one. */
export function enhancedPolicySteps(item: string, provider: Provider): readonly string[] {
    const { policyToken, followsPolicy } = WORDS[provider].backup;
    return [
        `Choose an Enhanced policy of the item's vault: the one named EnhancedPolicy that Azure makes with the vault, or a new ${policyToken}: set ${WORDS[provider].backupPolicyType} to V2${SCHEDULE[provider]}.`,
        `Let the item "${item}" follow it by ${followsPolicy}. There is no way back: a VM under an Enhanced policy stays under one.`,
    ];
}

/** The other way out of what a Standard policy lacks. An Enhanced one never becomes a Standard one again (VMB-28). */
export function toEnhanced(policy: string, provider: Provider): string {
    return (
        `Or make it an Enhanced policy: set ${WORDS[provider].backupPolicyType} to V2${SCHEDULE[provider]}. ` +
        `If VMs are backed up under "${policy}" already, declare a second policy like this and let their backup items name it. ` +
        "There is no way back: a VM under an Enhanced policy stays under one."
    );
}
