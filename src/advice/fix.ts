/** One thing to do. */
export interface Step {
    /** What to do, in the imperative. */
    readonly do: string;
    /** Commands for a POSIX shell, each whole and quoted where the shell needs it. */
    readonly commands?: readonly string[];
    /** The property that the step changes: `properties.providerSpecificDetails.vmManagedDisks[].diskId`. */
    readonly where?: string;
    /** What to know while doing it. */
    readonly note?: string;
}

/** What to do about a finding: steps that follow one another, or ways of which one is enough. */
export interface Fix {
    readonly kind: "in order" | "one of";
    /** `To apply this change safely, in this order:` */
    readonly intro: string;
    readonly steps: readonly Step[];
}

/** A fix and what to know if a step of it fails. */
export interface Advice {
    readonly fix: Fix;
    readonly notes: readonly string[];
}

/** Several ways to fix something, of which one is enough, the best first. */
export function ways(steps: readonly Step[], dryRun: boolean): Fix {
    return { kind: "one of", intro: intro(steps, dryRun, ", do one of these:"), steps };
}

/** Steps that belong together. */
export function inOrder(steps: readonly Step[], dryRun: boolean): Fix {
    return { kind: "in order", intro: intro(steps, dryRun, ", in this order:"), steps };
}

function intro({ length }: readonly Step[], dryRun: boolean, end: string): string {
    return `${dryRun ? "Before you apply this plan" : "This is already deployed. To fix it"}${length === 1 ? ":" : end}`;
}

/** What brings a policy of Azure's own within its limits: one of several ways, the best first. */
export function withinLimit(steps: readonly Step[]): Fix {
    return {
        kind: "one of",
        intro: `To bring the policy within the limit${steps.length === 1 ? ":" : ", do one of these:"}`,
        steps,
    };
}
