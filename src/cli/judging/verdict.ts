import type { Threshold, ExitCode, ReportedFinding, RunVerdict } from "../report";

export interface Outcome {
    readonly findings: readonly (Pick<ReportedFinding, "level" | "state"> &
        Partial<Pick<ReportedFinding, "exceptions">>)[];
    readonly undecided: number;
    /** What failed beside the findings. */
    readonly failures: readonly string[];
    /** Why the input says nothing; undefined where it does. */
    readonly unreadable: string | undefined;
    /** What was not checked, beside what was; undefined where all was. */
    readonly unchecked?: string | undefined;
    readonly threshold: Threshold;
    /** How many resources were looked at, where that is known. */
    readonly resources?: number | undefined;
}

/** What the run amounts to. What was not evaluated never passes. */
export function verdictOf({
    findings,
    undecided,
    failures,
    unreadable,
    unchecked,
    threshold,
    resources,
}: Outcome): RunVerdict {
    const verdict = (exitCode: ExitCode, sentence: string): RunVerdict => ({ exitCode, bar: threshold, sentence });
    const news = findings.filter(({ state }) => state === "new");
    const mandatory = news.filter(({ level }) => level === "mandatory").length;
    const advisory = news.length - mandatory;
    const suppressed = findings.filter(({ state }) => state === "suppressed");
    const excepted = suppressed.filter(({ exceptions }) => exceptions !== undefined).length;
    const counts = inWords([
        [mandatory, "mandatory"],
        [advisory, "advisory"],
        [findings.filter(({ state }) => state === "known").length, "known"],
        [suppressed.length - excepted, "suppressed"],
        [excepted, "excepted by Pulumi"],
        [undecided, "undecided"],
    ]);
    if (failures.length > 0) {
        return verdict(
            3,
            `Failed, and not because of a finding of azure-bcdr-guard: ${failures.join(" ")} Found: ${counts}.`,
        );
    }
    if (unreadable !== undefined) {
        return verdict(4, `Nothing was decided: ${unreadable}`);
    }
    if (unchecked !== undefined) {
        return verdict(4, `Not all was looked at: ${unchecked} Found: ${counts}.`);
    }
    const failing = {
        mandatory,
        advisory: news.length,
        undecided: news.length + undecided,
        never: 0,
    }[threshold];
    if (failing === 0 && resources === 0) {
        return verdict(
            0,
            `Nothing to check: there are no resources. Found: ${counts}. The threshold is "${threshold}".`,
        );
    }
    return failing > 0
        ? verdict(1, `Failed: ${counts}. The threshold is "${threshold}".`)
        : verdict(0, `Passed: ${counts}. The threshold is "${threshold}".`);
}

function inWords(counts: readonly (readonly [number, string])[]): string {
    const reported = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
    return reported.length === 0 ? "no findings" : reported.join(", ");
}
