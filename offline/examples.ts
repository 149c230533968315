// The programs below examples/ and the findings that each must give. Every run of one takes place in a copy: Pulumi
// writes its stack settings beside the program.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

import { type PolicyEvent, readPolicyEvents, resourceName } from "./policy-events";
import { type PulumiRun, runPulumi } from "./run";
import { projectRoot, SettingError } from "./setting";

/** One finding that an example must give. */
export interface ExpectedFinding {
    readonly rule: string;
    /** The resource's name in the program. */
    readonly resource: string;
    /** The same in words. */
    readonly shows?: string;
}

export interface Preview {
    readonly run: PulumiRun;
    readonly events: readonly PolicyEvent[];
}

const examplesFolder = (): string => path.join(projectRoot(), "examples");

export const exampleFolder = (name: string): string => path.join(examplesFolder(), name);

export const exampleNames = (): readonly string[] =>
    readdirSync(examplesFolder(), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort();

// The settings of a stack that somebody made in the example's folder itself are not part of the example.
const isStackSettings = (file: string): boolean => /^Pulumi\..+\.yaml$/.test(path.basename(file));

export const expectedFindings = (name: string): readonly ExpectedFinding[] =>
    JSON.parse(readFileSync(path.join(exampleFolder(name), "expected.json"), "utf8")) as ExpectedFinding[];

export const missingFindings = (
    expected: readonly ExpectedFinding[],
    events: readonly PolicyEvent[],
): readonly ExpectedFinding[] =>
    expected.filter(
        ({ rule, resource }) => !events.some((event) => event.rule === rule && resourceName(event.urn) === resource),
    );

/** Previews an example as a new stack with the pack of this folder, in a throw-away home. */
export const previewExample = async (name: string, output: "capture" | "show" = "capture"): Promise<Preview> => {
    if (!existsSync(exampleFolder(name))) {
        throw new SettingError(`There is no example "${name}" in ${examplesFolder()}.`);
    }
    const home = realpathSync(mkdtempSync(path.join(tmpdir(), "azure-bcdr-guard-")));
    try {
        const folder = path.join(home, name);
        cpSync(exampleFolder(name), folder, { recursive: true, filter: (file) => !isStackSettings(file) });
        const init = await runPulumi(["stack", "init", "dev"], { folder, home });
        if (init.status !== 0) {
            throw new SettingError(`"pulumi stack init dev" failed for examples/${name}:\n${init.stderr}`);
        }
        const log = path.join(home, "events.json");
        // Pulumi hides --event-log unless it is asked for its debugging commands (ENG-07).
        const run = await runPulumi(["preview", "--policy-pack", projectRoot(), "--event-log", log], {
            folder,
            home,
            output,
            env: { PULUMI_DEBUG_COMMANDS: "true" },
        });
        return { run, events: existsSync(log) ? readPolicyEvents(log) : [] };
    } finally {
        rmSync(home, { recursive: true, force: true });
    }
};
