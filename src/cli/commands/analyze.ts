import type { PackedEntries } from "../../inventory/packed-entries";
import { readConfiguration } from "../configuration";
import { isReadOnce, nameOfFile } from "../files";
import { knownInventories } from "../inventory";
import { repeatedStacks } from "../inventory-of-states";
import type { Inspection } from "../judging/inspection";
import { unpackedSummary, type StateInspection } from "../state-analysis";
import { stateFiles } from "../state-files";
import { stateWorkers, threadsFor, type StateWorkers } from "../state-workers";
import { UsageError } from "../usage-error";

export interface AnalyzeOptions {
    /** Files that `pulumi stack export` wrote, or folders with such. */
    readonly states: readonly string[];
    readonly project: string;
    readonly config: string | undefined;
    readonly inventory: readonly string[] | undefined;
    /** Each as `name=value`. An exported state has none. */
    readonly stackTags?: readonly string[];
}

/**
 * Looks at exported states, without Pulumi and without Azure. Of several, each one is looked at with what the others
 * hold; so they are read twice, one at a time in each thread.
 *
 * @param threadsOf how many threads look at these files
 */
export async function analyze(
    options: AnalyzeOptions,
    threadsOf: (files: readonly string[]) => number = threadsFor,
): Promise<readonly Inspection[]> {
    const { states, project, config, inventory } = options;
    const stackTags = new Map((options.stackTags ?? []).map(stackTag));
    const { file: content, configuration } = readConfiguration(config);
    const { files, passedOver } = stateFiles(states);
    const settings = { project, configuration: content, stackTags };
    // Standard input belongs to this thread.
    const readOnce = files.filter(isReadOnce);
    const again = files.filter((file) => !readOnce.includes(file));
    const workers = stateWorkers(settings, threadsOf(again));
    const inspections = new Map<string, StateInspection>();
    try {
        // No variable holds what the states have: the index has all of it.
        const known = knownInventories(
            configuration,
            inventory,
            files.length > 1 ? await othersIn(workers, again) : [],
        );
        for (const [those, by] of [
            [again, workers],
            [readOnce, stateWorkers(settings, 1)],
        ] as const) {
            await by.know(known);
            (await by.inspect(those)).forEach((inspection, at) => inspections.set(those[at] ?? "", inspection));
        }
    } finally {
        await workers.end();
    }
    // What concerns none of the files, or all of them, is told once.
    const common = [...passedOver, ...(files.length > 1 ? [...readOnce.map(notForOthers), OF_ITS_OWN_STATE] : [])];
    return files
        .flatMap((file) => inspections.get(file) ?? [])
        .map(({ locations, summary, ...inspection }, index) => ({
            ...inspection,
            missing: index === 0 ? [...common, ...inspection.missing] : inspection.missing,
            summary: summary === undefined ? undefined : () => unpackedSummary(summary),
            locationOf: (urn) => locations.get(urn),
        }));
}

/** @throws UsageError */
function stackTag(text: string): readonly [name: string, value: string] {
    const end = text.indexOf("=");
    if (end < 1) {
        throw new UsageError(
            `--stack-tag ${JSON.stringify(text)} is not a tag. Write name=value, such as bcdr-tier=backup.`,
        );
    }
    return [text.slice(0, end), text.slice(end + 1)];
}

function notForOthers(file: string): string {
    return `What ${nameOfFile(file)} holds, for the other states: it can be read only once. Give a file to have all of them looked at together.`;
}

/** What no inventory holds (docs/inventory.md). */
const OF_ITS_OWN_STATE =
    "Links between states for storage accounts, extensions, disk attachments and resource guards: checks about these use one state at a time.";

/** @throws UsageError for more than one state of a stack: only one of them is how things are */
async function othersIn(workers: StateWorkers, files: readonly string[]): Promise<readonly PackedEntries[]> {
    const packed = await workers.pack(files);
    const sources = new Map(
        packed.flatMap(({ source }, at) => (source === undefined ? [] : [[files[at] ?? "", source] as const])),
    );
    const [first] = repeatedStacks(sources);
    if (first !== undefined) {
        throw new UsageError(`${first.files.join(" and ")} are states of ${first.name}. Give the newest one alone.`);
    }
    return packed.flatMap(({ parts }) => parts);
}
