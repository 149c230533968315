import { ABSENT, known, mapKnown, type Known } from "../known";
import type { BackupPolicyType } from "../model";

/** A policy that does not say its type is a Standard one (facts 5.3); any other word is refused by Azure. */
export function backupPolicyType(text: Known<string>): Known<BackupPolicyType> {
    if (text.state !== "known") {
        return text.state === "absent" ? known("V1") : text;
    }
    const type = text.value.toUpperCase();
    return type === "V1" || type === "V2" ? known(type) : ABSENT;
}

/** The one word that the property takes; without it the agent makes the snapshots application-consistent. */
export function isOnlyCrashConsistent(text: Known<string>): Known<boolean> {
    return text.state === "absent"
        ? known(false)
        : mapKnown(text, (word) => word.toLowerCase() === "onlycrashconsistent");
}
