import { writeFileSync, existsSync } from "node:fs";
import * as path from "node:path";
import { withoutPlanPolicies, type ConfigurationFile } from "../../configuration/configuration-file";
import { parseUrn } from "../../estate/urn";
import { RECORD_FILE_VARIABLE } from "../../findings/record";
import { INVENTORY_VARIABLE } from "../../inventory/files";
import { stackName } from "../../inventory/outside";
import { readConfiguration } from "../configuration";
import { readLines, readTexts } from "../files";
import { WrongUse } from "../wrong-use";
import { outsideOf } from "../inventory";
import { locationsIn, projectFolderFrom } from "../locations";
import { failedLook, unreadableLook, type Look } from "../judging/look";
import { packageFolder } from "../package";
import { lookAtPlan } from "../judging/plan-look";
import { readPlan, type PlanReading } from "../reading/plan-reading";
import { optionsNamed, runPulumi, stackOptions, type PulumiRun } from "../pulumi";
import { catalogue } from "../judging/reported-rules";
import { withScratchFolder } from "../scratch";
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
}

/** Runs the operation as a preview, shows Pulumi's own display as it comes, and looks at what came of it. */
export async function preview(options: PreviewOptions): Promise<Look> {
    const { operation, pulumiArgs } = options;
    refuseOwnOptions(pulumiArgs);
    const { file, configuration } = readConfiguration(options.config);
    const outside = outsideOf(configuration, options.inventory);
    const stack = stackOptions(pulumiArgs);
    const projectFolder = projectFolderFrom(path.resolve(stack.folder ?? "."));
    return withScratchFolder(async (scratch) => {
        const log = path.join(scratch, "events.json");
        const recordFile = path.join(scratch, "record.json");
        const env = {
            ...process.env,
            PULUMI_DEBUG_COMMANDS: "true",
            [RECORD_FILE_VARIABLE]: recordFile,
            ...inventoryFor(options),
        };
        // Before the operation, so that nobody else's change comes between.
        const stateFile = path.join(scratch, "state.json");
        const state = await runPulumi(["stack", "export", "--non-interactive", "--file", stateFile, ...stack.args], {
            folder: ".",
            env: process.env,
            output: "capture",
        });
        const command = `pulumi ${COMMANDS[operation].join(" ")}`;
        if (state.interruptedBy !== undefined) {
            return failedLook(command, [
                `The command was ended by ${state.interruptedBy} before anything was looked at.`,
            ]);
        }
        const run = await runPulumi(
            [
                ...COMMANDS[operation],
                "--event-log",
                log,
                ...(operation === "up" ? packOptions(pulumiArgs, file, scratch) : []),
                ...pulumiArgs,
            ],
            { folder: ".", env, output: options.displayOnStderr ? "show on stderr" : "show" },
        );
        try {
            const reading = await readPlan({
                events: { name: "Pulumi's event log", texts: readLines(log) },
                state: state.status === 0 ? { name: "pulumi stack export", texts: readTexts(stateFile) } : undefined,
                record: existsSync(recordFile)
                    ? { name: "the pack's record", texts: readLines(recordFile) }
                    : undefined,
                kind: KINDS[operation],
                outside,
            });
            const locationOf = locationsIn(projectFolder, reading.sourcePositions);
            const look = lookAtPlan(`${command}${ofStack(reading)}`, reading, configuration, locationOf);
            // A status that the log does not explain is a failure of its own.
            const isUnexplained = run.status !== 0 && reading.run.outcome !== "failed";
            return {
                ...look,
                failures: [...notExported(state), ...look.failures, ...(isUnexplained ? [endedWith(run)] : [])],
            };
        } catch (error) {
            if (!(error instanceof UnreadableInput || error instanceof WrongUse)) {
                throw error;
            }
            return run.status === 0
                ? unreadableLook(command, error.message)
                : failedLook(command, [...notExported(state), endedWith(run)]);
        }
    });
}

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

/** What the command gives Pulumi itself, or would be misled by. */
const OWN_OPTIONS = new Map([
    ["--event-log", "the command reads the event log itself"],
    ["--json", "it takes the event log away; ask for --report json instead"],
    ["--yes", "nothing is applied here"],
    ["-y", "nothing is applied here"],
    ["--skip-preview", "a preview is all that is run here"],
    ["-f", "a preview is all that is run here"],
]);

function refuseOwnOptions(args: readonly string[]): void {
    for (const arg of args) {
        const why = OWN_OPTIONS.get(arg.split("=", 1)[0] ?? arg);
        if (why !== undefined) {
            throw new WrongUse(`Leave ${arg} out of the arguments for Pulumi: ${why}.`);
        }
    }
}

/** This pack beside those of the caller. Pulumi wants as many configurations as packs, so empty ones fill up. */
function packOptions(args: readonly string[], file: ConfigurationFile, scratch: string): readonly string[] {
    const packs = optionsNamed(args, new Set(["--policy-pack"]));
    const configurations = optionsNamed(args, new Set(["--policy-pack-config"]));
    const own = withoutPlanPolicies(file, catalogue);
    const pack = ["--policy-pack", packageFolder()];
    if (configurations.length === 0 && Object.keys(own).length === 0) {
        return pack;
    }
    const written = (name: string, content: ConfigurationFile): readonly string[] => {
        const target = path.join(scratch, name);
        writeFileSync(target, JSON.stringify(content));
        return ["--policy-pack-config", target];
    };
    const others = configurations.length === 0 ? packs.map((_, index) => written(`other-${index}.json`, {})) : [];
    return [...pack, ...written("configuration.json", own), ...others.flat()];
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
