import { realpathSync, statSync } from "node:fs";
import * as path from "node:path";
import { withoutPlanPolicies, type ConfigurationFile } from "../../config/configuration-file";
import { parseUrn } from "../../model/ids/urn";
import { PROJECT_FOLDER_VARIABLE } from "../../advice/program-language";
import { RECORD_FILE_VARIABLE } from "../../findings/record";
import { INVENTORY_VARIABLE } from "../../inventory/files";
import { stackName } from "../../inventory/external-resources";
import { readConfiguration } from "../configuration";
import { keep, prepareToKeep, withEventLog } from "../event-log";
import { readLines, readTexts } from "../files";
import { UsageError } from "../usage-error";
import { externalOf } from "../inventory";
import { projectFolderFrom, projectIn } from "../locations";
import { failedInspection, unreadableInspection, type Inspection } from "../judging/inspection";
import { packageFolder } from "../../../policies/package";
import { inspectPlan, projectOf } from "../judging/plan-inspection";
import { readPlan, type PlanReading } from "../reading/plan-reading";
import { runPulumi, type PulumiRun } from "../pulumi";
import {
    asElement,
    exportEnvironment,
    folderOf,
    listOf,
    previewEnvironment,
    readPulumiOptions,
    stackArguments,
    type GivenOption,
} from "../pulumi-options";
import { catalogue } from "../judging/reported-policies";
import { withScratchFolder, type ScratchFolder } from "../scratch";
import { UnreadableInput } from "../reading/unreadable";

export const OPERATIONS = ["up", "destroy", "refresh"] as const;
export type PulumiOperation = (typeof OPERATIONS)[number];

export interface PreviewOptions {
    readonly operation: PulumiOperation;
    /** What is handed on to Pulumi. */
    readonly pulumiArgs: readonly string[];
    readonly config: string | undefined;
    /** True where stdout is for a report alone. */
    readonly displayOnStderr: boolean;
    readonly inventory: readonly string[] | undefined;
    /** Where the events of the run are to be kept for the command `report`. */
    readonly eventLog: string | undefined;
}

/**
 * Runs the operation as a preview, shows Pulumi's own display as it comes, and looks at what came of it.
 *
 * @throws UsageError for an argument with which it might be more than a preview
 */
export async function preview(options: PreviewOptions): Promise<Inspection> {
    const { operation, pulumiArgs } = options;
    const given = readPulumiOptions(pulumiArgs);
    const { file, configuration } = readConfiguration(options.config);
    const external = externalOf(configuration, options.inventory);
    const folder = path.resolve(folderOf(given, process.env) ?? ".");
    const packs = operation === "up" ? packsBeside(given, folder) : NO_PACKS;
    const projectFolder = projectFolderFrom(folder);
    const project = projectIn(projectFolder);
    if (options.eventLog !== undefined) {
        // Before anything runs: a run may take long, and the file be one that cannot be written.
        prepareToKeep(options.eventLog);
    }
    return withScratchFolder(async (scratch) => {
        const recordFile = scratch.file("record.json");
        const env = {
            ...previewEnvironment(process.env),
            PULUMI_DEBUG_COMMANDS: "true",
            [RECORD_FILE_VARIABLE]: recordFile,
            [PROJECT_FOLDER_VARIABLE]: projectFolder,
            ...inventoryFor(options),
        };
        // Before the operation, so that nobody else's change comes between.
        const stateFile = scratch.file("state.json");
        const state = await runPulumi(
            ["stack", "export", "--non-interactive", "--file", stateFile, ...stackArguments(given)],
            { folder: ".", env: exportEnvironment(process.env), output: "capture" },
        );
        const command = `pulumi ${COMMANDS[operation].join(" ")}`;
        if (state.interruptedBy !== undefined) {
            return failedInspection(command, [
                `The command was ended by ${state.interruptedBy} before anything was looked at.`,
            ]);
        }
        return withEventLog(scratch.file("events.json"), EVENTS, async (log) => {
            const run = await runPulumi(
                [
                    ...COMMANDS[operation],
                    // Pulumi would offer to make a stack that is not there.
                    ...(state.status === 0 ? [] : ["--non-interactive"]),
                    "--event-log",
                    log.file,
                    ...(operation === "up" ? packOptions(packs, file, scratch) : []),
                    ...pulumiArgs,
                    ...AFTER_THE_CALLERS[operation],
                ],
                { folder: ".", env, output: options.displayOnStderr ? "show on stderr" : "show" },
            );
            if (options.eventLog !== undefined) {
                await keep(log, options.eventLog);
            }
            try {
                const reading = await readPlan({
                    events: { name: EVENTS, texts: log.lines() },
                    state: state.status === 0 ? named("pulumi stack export", stateFile, readTexts) : undefined,
                    record: hasContent(recordFile) ? named("the pack's record", recordFile, readLines) : undefined,
                    kind: KINDS[operation],
                    external,
                });
                // The events have no places (ENG-50).
                const locationOf = project.locations({
                    run: new Map(),
                    recorded: reading.recordedPlaces ?? new Map(),
                    parents: reading.parents,
                });
                const language = project.languageFor(projectOf(reading));
                const inspection = inspectPlan(
                    `${command}${ofStack(reading)}`,
                    reading,
                    configuration,
                    locationOf,
                    language,
                );
                // A status that the log does not explain is a separate failure.
                const isUnexplained = run.status !== 0 && reading.run.outcome !== "failed";
                return {
                    ...inspection,
                    failures: [
                        ...notExported(state),
                        ...inspection.failures,
                        ...(isUnexplained ? [endedWith(run)] : []),
                    ],
                };
            } catch (error) {
                if (!(error instanceof UnreadableInput || error instanceof UsageError)) {
                    throw error;
                }
                return run.status === 0
                    ? unreadableInspection(command, error.message)
                    : failedInspection(command, [...notExported(state), endedWith(run)]);
            }
        });
    });
}

/** What messages call the log. */
const EVENTS = "Pulumi's event log";

/** The pack reads the inventory itself. Its configuration would win over what the command was given. */
function inventoryFor({ inventory }: PreviewOptions): Readonly<Record<string, string>> {
    return inventory === undefined
        ? {}
        : { [INVENTORY_VARIABLE]: inventory.map((file) => path.resolve(file)).join(path.delimiter) };
}

const COMMANDS: Readonly<Record<PulumiOperation, readonly string[]>> = {
    up: ["preview"],
    destroy: ["destroy", "--preview-only"],
    refresh: ["refresh", "--preview-only"],
};

const KINDS = { up: "update", destroy: "destroy", refresh: "refresh" } as const;

/**
 * Behind all others, because of two Pulumi goes by the last one. Even in a preview, a refresh asks at a terminal what to do
 * about pending creates, and writes the answer down.
 */
const AFTER_THE_CALLERS: Readonly<Record<PulumiOperation, readonly string[]>> = {
    up: [],
    destroy: ["--preview-only"],
    refresh: ["--preview-only", "--skip-pending-creates"],
};

/** A file of the run under a name that says something, unlike its path. */
function named(
    name: string,
    file: string,
    read: (file: string, name: string) => AsyncIterable<string>,
): { readonly name: string; readonly texts: AsyncIterable<string> } {
    return { name, texts: read(file, name) };
}

function hasContent(file: string): boolean {
    return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** The packs of the caller, beside which this one runs. */
interface OtherPacks {
    readonly packs: readonly string[];
    readonly configurations: readonly string[];
    /** As arguments, those that variables name. */
    readonly byVariable: readonly string[];
}

const NO_PACKS: OtherPacks = { packs: [], configurations: [], byVariable: [] };

/** @throws UsageError where this pack is among them: it would run twice, once without the command's configuration */
function packsBeside(given: readonly GivenOption[], folder: string): OtherPacks {
    const packs = listOf("policy-pack", given, process.env);
    const configurations = listOf("policy-pack-config", given, process.env);
    const again = packs.elements.find((pack) => isThisPack(path.resolve(folder, pack)));
    if (again !== undefined) {
        throw new UsageError(
            `Leave --policy-pack ${again} out of the arguments for Pulumi: the command runs this pack itself. Give its configuration with --config.`,
        );
    }
    return {
        packs: packs.elements,
        configurations: configurations.elements,
        byVariable: [...packs.byVariable, ...configurations.byVariable],
    };
}

function isThisPack(pack: string): boolean {
    try {
        return realpathSync(pack) === realpathSync(packageFolder());
    } catch {
        // Pulumi says what is wrong with it.
        return false;
    }
}

/** This pack before those of the caller. Pulumi wants as many configurations as packs, so empty ones fill up. */
function packOptions(
    { packs, configurations, byVariable }: OtherPacks,
    file: ConfigurationFile,
    scratch: ScratchFolder,
): readonly string[] {
    const own = withoutPlanPolicies(file, catalogue);
    const pack = ["--policy-pack", asElement(packageFolder())];
    if (configurations.length === 0 && Object.keys(own).length === 0) {
        return [...pack, ...byVariable];
    }
    const written = (name: string, content: ConfigurationFile): readonly string[] => [
        "--policy-pack-config",
        asElement(scratch.file(name, JSON.stringify(content))),
    ];
    const others = configurations.length === 0 ? packs.map((_, index) => written(`other-${index}.json`, {})) : [];
    return [...pack, ...written("configuration.json", own), ...others.flat(), ...byVariable];
}

/** ` of stack "dev" of "shop"` */
function ofStack({ plan }: PlanReading): string {
    const urn = plan?.after.stackUrn ?? plan?.before.stackUrn;
    if (urn === undefined) {
        return "";
    }
    const { stack, project } = parseUrn(urn);
    return ` of ${stackName(stack, project)}`;
}

function notExported({ status, stderr }: PulumiRun): readonly string[] {
    const said = stderr.trim().split("\n").at(-1) ?? "";
    return status === 0 ? [] : [`"pulumi stack export" ended with status ${status}${said === "" ? "" : ` (${said})`}.`];
}

function endedWith({ status }: PulumiRun): string {
    return `Pulumi ended with status ${status}; its display above says why.`;
}
