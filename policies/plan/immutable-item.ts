import { equalsIgnoringCase } from "../../src/model/letter-case";
import { valueOf, withDefault } from "../../src/model/values";
import type { BackupItem } from "../../src/model/resources";
import type { Plan } from "../../src/model/plan";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { type Answer, NO, unknownAnswer, YES } from "../../src/model/answers";

/** Whether the vault of an item refuses to delete it, because it is immutable when the deletion comes (INT-94). */
export function isKeptByImmutability(plan: Plan, item: BackupItem): Answer {
    const link = plan.before.vaults.of(item);
    if (link.state !== "linked") {
        return NO;
    }
    // Pulumi deletes last of all; a vault that goes, too, is as it was.
    const vault = plan.afterwards(link.to) ?? link.to;
    const { whenUnset } = VAULT_SETTINGS.IMMUTABILITY.limit;
    const state = withDefault(vault.immutability.value, whenUnset);
    if (state.state === "unknown") {
        return unknownAnswer(vault, state.property);
    }
    return equalsIgnoringCase(valueOf(state), whenUnset) ? NO : YES;
}
