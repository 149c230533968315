import { readConfiguration } from "../configuration";
import { readDigest } from "../reading/digest";
import { nameOfFile, readLines, readTexts } from "../files";
import { externalOf } from "../inventory";
import { projectIn } from "../locations";
import { unreadableInspection, type Inspection } from "../judging/inspection";
import { inspectPlan, projectOf } from "../judging/plan-inspection";
import { readPlan } from "../reading/plan-reading";
import { UnreadableInput } from "../reading/unreadable";

export interface ReportOptions {
    /** An event log, the output of a streaming preview or of `policy analyze --json`; `-` for standard input. */
    readonly events: string;
    readonly state: string | undefined;
    readonly record: string | undefined;
    /** The output of `pulumi preview --json`, which has the place of each resource in the program. */
    readonly digest: string | undefined;
    readonly project: string;
    readonly config: string | undefined;
    readonly inventory: readonly string[] | undefined;
}

/** Looks at a saved stream of engine events. */
export async function report(options: ReportOptions): Promise<Inspection> {
    const { events, state, record, digest, project } = options;
    const { configuration } = readConfiguration(options.config);
    const subject = nameOfFile(events);
    try {
        const places = digest === undefined ? undefined : await readDigest(readTexts(digest), nameOfFile(digest));
        const reading = await readPlan({
            events: { name: subject, texts: readLines(events) },
            state: state === undefined ? undefined : { name: nameOfFile(state), texts: readTexts(state) },
            record: record === undefined ? undefined : { name: nameOfFile(record), texts: readLines(record) },
            kind: undefined,
            external: externalOf(configuration, options.inventory),
        });
        const inProject = projectIn(project);
        const locationOf = inProject.locations({
            run: places ?? new Map(),
            recorded: reading.recordedPlaces ?? new Map(),
            parents: reading.parents,
        });
        const language = inProject.languageFor(projectOf(reading));
        return inspectPlan(subject, reading, configuration, locationOf, language);
    } catch (error) {
        if (error instanceof UnreadableInput) {
            return unreadableInspection(subject, error.message);
        }
        throw error;
    }
}
