import { readConfiguration } from "../configuration";
import { readDeployment } from "../deployment";
import { readDigest, readEngineRun } from "../engine-run";
import { nameOfFile, readLines, readTexts } from "../files";
import { locationsIn } from "../locations";
import { unreadableLook, type Look } from "../look";
import { lookAtPlan } from "../plan-look";
import { readRecord } from "../record";
import { UnreadableInput } from "../unreadable";

export interface ReportOptions {
    /** An event log, the output of a streaming preview or of `policy analyze --json`; `-` for standard input. */
    readonly events: string;
    readonly state: string | undefined;
    readonly record: string | undefined;
    /** The output of `pulumi preview --json`, which knows where in the program each resource stands. */
    readonly digest: string | undefined;
    readonly project: string;
    readonly config: string | undefined;
}

/** Looks at a saved stream of engine events. */
export async function report(options: ReportOptions): Promise<Look> {
    const { events, state, record, digest, project } = options;
    const { configuration } = readConfiguration(options.config);
    const subject = nameOfFile(events);
    try {
        const before = state === undefined ? undefined : await readDeployment(readTexts(state), nameOfFile(state));
        const positions =
            digest === undefined ? before?.sourcePositions : await readDigest(readTexts(digest), nameOfFile(digest));
        return lookAtPlan({
            subject,
            run: await readEngineRun(readLines(events), subject),
            before,
            record: record === undefined ? undefined : await readRecord(readLines(record), nameOfFile(record)),
            configuration,
            locationOf: locationsIn(project, positions),
        });
    } catch (error) {
        if (error instanceof UnreadableInput) {
            return unreadableLook(subject, error.message);
        }
        throw error;
    }
}
