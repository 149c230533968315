import type { PlanContent } from "../../src/model/plan";
import type { Circumstances } from "../check";

/** Whether what a plan policy speaks of is still to come, has been done by Pulumi, or by somebody outside of it. */
export type Tense = "planned" | "applied" | "found";

/** A refresh shows what has been done already, at a preview, too. */
export function tense(kind: PlanContent["kind"], { dryRun }: Circumstances): Tense {
    return kind === "refresh" ? "found" : dryRun ? "planned" : "applied";
}

/** Says of something what the plan does with it: `The plan deletes …`, `… has been deleted`. */
export function says(
    now: Tense,
    planned: string,
    /** Ends in the participle: `VM "web" has been deleted`. */
    done: string,
): string {
    switch (now) {
        case "planned":
            return planned;
        case "applied":
            return done;
        case "found":
            return `${done} outside of Pulumi`;
    }
}

/** `The plan deletes the vault …`, `The vault … has been replaced` */
export function saysDeleted(now: Tense, isReplaced: boolean, thing: string): string {
    const verb = isReplaced ? "replace" : "delete";
    const capitalised = `${thing.slice(0, 1).toUpperCase()}${thing.slice(1)}`;
    return says(now, `The plan ${verb}s ${thing}`, `${capitalised} has been ${verb}d`);
}

export function occasion(now: Tense): string {
    return now === "planned" ? "Before you apply this plan:" : "This is no longer a plan, it has been done. Do now:";
}
