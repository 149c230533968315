import type { Tense } from "./tense";

/** Pulumi itself refuses to delete what is under `protect`; then nothing is lost, but the plan does not run through. */
export function protectWords(isProtected: boolean, now: Tense): readonly string[] {
    return isProtected && now === "planned"
        ? ["It is under protect, so Pulumi refuses this step. Do not take protect off before the steps below are done."]
        : [];
}
