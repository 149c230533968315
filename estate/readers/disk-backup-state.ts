import { known, mapKnown, type Known } from "../known";

/** Values of the read-back under which no backup is taken of a disk, in lower case. */
const INACTIVE = new Set([
    "notprotected",
    "protectionstopped",
    "backupschedulessuspended",
    "softdeleting",
    "softdeleted",
]);

/** Whether Disk Backup backs a disk up, by the state that Azure answers; while it has not, it will. */
export function isBackedUp(state: Known<string>): Known<boolean> {
    return state.state === "known" ? mapKnown(state, (text) => !INACTIVE.has(text.toLowerCase())) : known(true);
}
