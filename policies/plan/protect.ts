import type { Tense } from "./tense";

/** Pulumi itself refuses to delete what is under `protect`; then nothing is lost, but the plan does not run through. */
export function protectFacts(name: string, isProtected: boolean, now: Tense): readonly string[] {
    return isProtected && now === "planned"
        ? [
              `"${name}" has protect set, so Pulumi refuses to delete it. Keep protect until the rest of the fix below is done.`,
          ]
        : [];
}
