import { ABSENT, known, type Value } from "../values";
import type { DiskBackup } from "../resources";

/** Values of the read-back under which no backup is taken of a disk, in lower case. */
const INACTIVE = new Set([
    "notprotected",
    "protectionstopped",
    "backupschedulessuspended",
    "softdeleting",
    "softdeleted",
]);

/** Whether Disk Backup backs a disk up, by the state that Azure answers; while it has not, it will. */
export function diskProtection(answered: Value<string>): Pick<DiskBackup, "active" | "state"> {
    const state = answered.state === "known" ? answered : ABSENT;
    return { active: known(state.state === "absent" || !INACTIVE.has(state.value.toLowerCase())), state };
}
