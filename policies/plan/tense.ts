import type { PlanContent } from "../../src/model/plan";
import type { Fix, Step } from "../../src/advice/fix";
import type { Circumstances } from "../check";

/** Whether what a plan policy reports is still to come, has been done by Pulumi, or by somebody outside of it. */
export type Tense = "planned" | "applied" | "found";

/** A refresh shows what has been done already, at a preview, too. */
export function tense(kind: PlanContent["kind"], { dryRun }: Circumstances): Tense {
    return kind === "refresh" ? "found" : dryRun ? "planned" : "applied";
}

/**
 * What the plan does, or has done: `The plan deletes VM "web"`, `VM "web" was deleted outside of Pulumi`.
 *
 * @param done ends in the participle
 */
export function says(now: Tense, planned: string, done: string): string {
    switch (now) {
        case "planned":
            return planned;
        case "applied":
            return done;
        case "found":
            return `${done} outside of Pulumi`;
    }
}

/** `The plan deletes backup policy "nightly"`, `Backup policy "nightly" was replaced` */
export function saysDeleted(now: Tense, isReplaced: boolean, thing: string): string {
    const verb = isReplaced ? "replace" : "delete";
    return says(now, `The plan ${verb}s ${thing}`, `${capitalised(thing)} was ${verb}d`);
}

export function capitalised(text: string): string {
    return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/**
 * Steps that follow one another.
 *
 * @param instead what to do in place of all of them, where the change is still to come
 */
export function inOrder(now: Tense, steps: readonly Step[], instead?: string): Fix {
    if (steps.length === 1 && instead === undefined) {
        return oneOf(now, steps);
    }
    return now === "planned"
        ? {
              kind: "in order",
              intro: `${instead === undefined ? "" : `${instead} `}To apply this change safely, in this order:`,
              steps,
          }
        : { kind: "in order", intro: "This has already happened. To fix it, in this order:", steps };
}

/** Ways of which one is enough. */
export function oneOf(now: Tense, steps: readonly Step[]): Fix {
    const intro = now === "planned" ? "Before you apply this plan" : "This has already happened. To fix it";
    return { kind: "one of", intro: steps.length === 1 ? `${intro}:` : `${intro}, do one of these:`, steps };
}

/** The last step of a change that has been prepared. */
export function applyStep(kind: PlanContent["kind"]): Step {
    return kind === "destroy"
        ? { do: "Run the same pulumi destroy again." }
        : { do: "Apply your changes:", commands: ["pulumi up"] };
}
