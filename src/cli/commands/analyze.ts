import { buildEstate } from "../../model/build";
import type { PackConfiguration } from "../../config/configuration-file";
import type { ExternalResources } from "../../model/external-resources";
import { readConfiguration } from "../configuration";
import { readDeployment } from "../reading/deployment";
import { ALL_DISABLED, evaluateStack } from "../judging/evaluation";
import { isReadOnce, nameOfFile, readTexts } from "../files";
import { externalOf } from "../inventory";
import { inventoryOfStates } from "../inventory-of-states";
import { projectIn, type Project } from "../locations";
import { inspected } from "../judging/inspected";
import { unreadableInspection, type Inspection } from "../judging/inspection";
import { drawn } from "../summary-of-estate";
import { stateFiles } from "../state-files";
import { unsettledIn } from "../reading/unsettled";
import { UnreadableInput } from "../reading/unreadable";
import { UsageError } from "../usage-error";
import type { StackTags } from "../../../policies/check";
import type { Inventory } from "../../inventory/document";

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
 * hold; so they are read twice, one at a time.
 */
export async function analyze(options: AnalyzeOptions): Promise<readonly Inspection[]> {
    const { states, project, config, inventory } = options;
    const stackTags = new Map((options.stackTags ?? []).map(stackTag));
    const { configuration } = readConfiguration(config);
    const { files, passedOver } = stateFiles(states);
    const memoize = files.filter(isReadOnce);
    const again = files.filter((file) => !memoize.includes(file));
    const external = externalOf(configuration, inventory, files.length > 1 ? [await allOf(again)] : []);
    const inProject = projectIn(project);
    const inspections: Inspection[] = [];
    for (const file of files) {
        inspections.push(await inspectState(file, inProject, configuration, external, stackTags));
    }
    // What concerns none of the files, or all of them, is told once.
    const common = [...passedOver, ...(files.length > 1 ? [...memoize.map(notForOthers), OF_ITS_OWN_STATE] : [])];
    return inspections.map((inspection, index) =>
        index === 0 ? { ...inspection, missing: [...common, ...inspection.missing] } : inspection,
    );
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
async function allOf(files: readonly string[]): Promise<Inventory> {
    const { builder, repeated } = await inventoryOfStates(files, "now");
    const [first] = repeated;
    if (first !== undefined) {
        throw new UsageError(`${first.files.join(" and ")} are states of ${first.name}. Give the newest one alone.`);
    }
    return builder.inventory();
}

async function inspectState(
    file: string,
    project: Project,
    configuration: PackConfiguration,
    external: ExternalResources | undefined,
    stackTags: StackTags,
): Promise<Inspection> {
    const subject = nameOfFile(file);
    try {
        const deployment = await readDeployment(readTexts(file), subject);
        // As Pulumi's own policy analyze, which gives a pack what is only read, too (ENG-15).
        const resources = [...deployment.resources, ...deployment.readOnly];
        const estate = buildEstate(resources, undefined, external);
        const { findings, open, policies } = evaluateStack(resources, estate, configuration, {
            dryRun: false,
            language: project.languageFor(deployment.project),
            stackTags,
        });
        const { summary, missing } = drawn(estate);
        return {
            subject,
            findings,
            undecided: open,
            missing: [...unsettledIn(deployment), ...missing],
            inspected: inspected(estate, resources, [...deployment.others.values()]),
            failures: [],
            unreadable: policies.length > 0 ? undefined : `${subject}: ${ALL_DISABLED}`,
            unread: estate.unread.map(({ urn }) => urn),
            policies,
            changes: undefined,
            summary,
            locationOf: project.locations({ run: new Map(), recorded: deployment.places, parents: deployment.parents }),
        };
    } catch (error) {
        if (error instanceof UnreadableInput) {
            return unreadableInspection(subject, error.message);
        }
        throw error;
    }
}
