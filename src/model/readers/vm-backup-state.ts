import { known, mapValue, type Value } from "../values";
import type { BackupItem } from "../resources";

/** The state of an item that is about to be deleted; Azure reports it in a separate flag. */
export const WAITING_FOR_DELETION = "ScheduledForDeferredDelete";

/** States in which no backup is taken, though the item is there (RD-15), in lower case. */
const INACTIVE = new Set([
    "protectionstopped",
    "protectionpaused",
    "backupssuspended",
    WAITING_FOR_DELETION.toLowerCase(),
]);

/** What is not said is protected. */
export function protection(state: Value<string>): Pick<BackupItem, "active" | "state"> {
    const active =
        state.state === "absent" ? known(true) : mapValue(state, (text) => !INACTIVE.has(text.toLowerCase()));
    return { active, state };
}
