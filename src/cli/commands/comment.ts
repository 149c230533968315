import { TIMING, type CommentTarget, type Draft, type Timing } from "../comments/host";
import { markerOf } from "../comments/marker";
import { publish, type Behavior, type Published } from "../comments/publish";
import { addressIn } from "../comments/settings";
import { nameOfFile, readText } from "../files";
import { print, printLines, printNotes } from "../printing";
import { readWrittenReport } from "../reading/written-report";
import type { Report } from "../report";
import { markdown } from "../reports/markdown";
import { groupsOf } from "../reports/groups";
import { plain } from "../reports/plain";

export interface CommentOptions {
    readonly stack?: string;
    readonly tag?: string;
    readonly behavior: Behavior;
    readonly link?: string;
    readonly onlyWithFindings?: true;
    readonly dryRun?: true;
}

/**
 * Writes a report as a comment on a pull request.
 *
 * @param file a report in JSON
 * @throws UsageError, UnreadableInput and CommentFailure
 */
export async function comment(
    file: string,
    target: CommentTarget,
    options: CommentOptions,
    timing: Timing = TIMING,
): Promise<void> {
    const { behavior, stack, tag, onlyWithFindings, dryRun } = options;
    const link = options.link === undefined ? target.run : addressIn(options.link, "--link");
    const report = plain(readWrittenReport(readText(file), nameOfFile(file)));
    const marker = markerOf({ stack: stack ?? report.subject, tag });
    const draft: Draft = {
        body: markdown(report, { maximumLength: target.maximumLength, marker, link }),
        isResolved: report.verdict.exitCode === 0,
    };
    if (dryRun === true) {
        printNotes([`A dry run. Without --dry-run, this goes to ${target.place}, ${target.address} (${behavior}):`]);
        print(draft.body);
        return;
    }
    const isDispensable = onlyWithFindings === true && !hasNews(report);
    const published = await publish(target.connect(timing), draft, { behavior, marker, isDispensable, timing });
    printLines([sentenceOf(published, target)]);
}

/** Whether somebody has to read it: new findings, or a run that came to nothing. */
function hasNews(report: Report): boolean {
    const { mandatory, advisory } = groupsOf(report);
    return report.verdict.exitCode !== 0 || mandatory.length + advisory.length > 0;
}

function sentenceOf({ done, deleted }: Published, { place }: CommentTarget): string {
    switch (done) {
        case "skipped":
            return `Nothing to report, and no earlier comment: wrote nothing on ${place}.`;
        case "updated":
            return `Updated the comment on ${place}.`;
        case "wrote":
            return `Wrote a comment on ${place}${deleted === 0 ? "" : `, and deleted ${deleted} earlier ${deleted === 1 ? "one" : "ones"}`}.`;
    }
}
