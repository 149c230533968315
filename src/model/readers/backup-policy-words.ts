import { ABSENT, known, mapValue, type Value } from "../values";
import type { BackupFrequency, BackupPolicyType, DiskRetentionTakes } from "../resources";

/** A policy that does not say its type is a Standard one; any other word is refused by Azure. */
export function backupPolicyType(text: Value<string>): Value<BackupPolicyType> {
    return text.state === "absent" ? known("V1") : wordOf(text, { v1: "V1", v2: "V2" });
}

/** The one word that the property takes; without it the agent makes the snapshots application-consistent. */
export function isOnlyCrashConsistent(text: Value<string>): Value<boolean> {
    return text.state === "absent"
        ? known(false)
        : mapValue(text, (word) => word.toLowerCase() === "onlycrashconsistent");
}

export function backupFrequency(text: Value<string>): Value<BackupFrequency> {
    return wordOf(text, { hourly: "hourly", daily: "daily", weekly: "weekly" });
}

/** Which backups a retention rule of Disk Backup takes, by its `absoluteCriteria`. */
export function retentionTakes(text: Value<string>): Value<DiskRetentionTakes> {
    return wordOf(text, {
        allbackup: "all",
        firstofday: "first of day",
        firstofweek: "first of week",
        firstofmonth: "first of month",
        firstofyear: "first of year",
    });
}

function wordOf<T extends string>(text: Value<string>, words: Readonly<Record<string, T>>): Value<T> {
    if (text.state !== "known") {
        return text;
    }
    const word = text.value.toLowerCase();
    const meaning = Object.hasOwn(words, word) ? words[word] : undefined;
    return meaning === undefined ? ABSENT : known(meaning);
}
