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

export function asSteps(list: readonly (string | Step)[]): readonly Step[] {
    return list.map((each) => (typeof each === "string" ? { do: each } : each));
}
