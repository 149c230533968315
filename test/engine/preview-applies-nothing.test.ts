// `preview` on the real engine, with all that would make a deployment of it: the state is what it was, byte for byte.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { changeCloud } from "../../dev/offline/providers/cloud";
import { runPulumi, type PulumiRun } from "../../dev/offline/run";
import { HOME_VARIABLE, placesOf, projectRoot, type Environment } from "../../dev/offline/setting";
import { OPERATIONS, type PulumiOperation } from "../../src/cli/commands/preview";
import { readPulumiOptions } from "../../src/cli/pulumi-options";
import { UsageError } from "../../src/cli/usage-error";
import { yamlOf } from "../harness/yaml";
import { resourceGroup } from "../harness/azure";
import { removeScratchFolders } from "../dev/offline/scratch";
import { GATE, pulumiEnvironment, runProgram, type GateRun } from "./gate-command";
import { Project } from "./project";

const deployed = { shop: resourceGroup("shop"), spare: resourceGroup("spare") };
const changed = { shop: resourceGroup("shop"), more: resourceGroup("more") };

/** Each of them alone deploys, where Pulumi gets it. */
const CONFIRMING = {
    PULUMI_SKIP_CONFIRMATIONS: "true",
    PULUMI_OPTION_YES: "true",
    PULUMI_OPTION_SKIP_PREVIEW: "true",
    PULUMI_OPTION_PREVIEW_ONLY: "false",
    PULUMI_OPTION_REMOVE: "true",
};

const UNDOING = [
    ["--preview-only=false", "-yf"],
    ["--preview-only=false", "--yes"],
    ["-dyf"],
    ["--yes=true", "--skip-preview=true"],
    ["--", "--yes"],
    ["--remove"],
    ["--clear-pending-creates"],
    ["--config", "shop:a=b"],
];

describe("preview", () => {
    let project: Project;
    let env: Environment;

    const everything = async (): Promise<readonly string[]> => [
        await project.exportState(),
        ...readdirSync(project.folder, { withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map(({ name }) => `${name}\n${readFileSync(path.join(project.folder, name), "utf8")}`)
            .sort(),
    ];

    const gate = (operation: PulumiOperation, args: readonly string[], more: Environment = {}): Promise<GateRun> =>
        runProgram(
            process.execPath,
            [GATE, "preview", "--operation", operation, "--", "-s", "dev", ...args],
            project.folder,
            { ...env, ...more },
        );

    beforeAll(async () => {
        project = await Project.start(yamlOf("shop", deployed));
        env = await pulumiEnvironment(project.home);
        await project.deploys();
        // Something to do for each operation: a program, and an Azure, that are not as the state has them.
        writeFileSync(path.join(project.folder, "Pulumi.yaml"), yamlOf("shop", changed));
        const { cloud } = placesOf(projectRoot(), { [HOME_VARIABLE]: project.home });
        changeCloud(cloud, () => ({}));
    });

    afterAll(removeScratchFolders);

    describe.each(OPERATIONS)("--operation %s", (operation) => {
        test("changes nothing", async () => {
            const before = await everything();
            const run = await gate(operation, []);
            expect([run.status, await everything()]).toEqual([0, before]);
        });

        test("changes nothing where variables confirm deployments", async () => {
            const before = await everything();
            const run = await gate(operation, ["--refresh"].slice(operation === "refresh" ? 1 : 0), CONFIRMING);
            expect([run.status, await everything()]).toEqual([0, before]);
        });

        test("refuses what would make more of it, and changes nothing", async () => {
            const before = await everything();
            for (const args of UNDOING) {
                const run = await gate(operation, args, { PULUMI_SKIP_CONFIRMATIONS: "true" });
                expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(/^Leave .* out of the arguments/)]);
            }
            expect(await everything()).toEqual(before);
        });
    });

    test.each([
        ["preview", 30],
        ["destroy", 30],
        ["refresh", 30],
    ])("knows every option of pulumi %s, and how its value is given", async (command, atLeast) => {
        const help = await runPulumi([command, "--help"], {
            folder: project.folder,
            home: project.home,
            env: { PULUMI_DEBUG_COMMANDS: "true", PULUMI_EXPERIMENTAL: "true" },
        });
        const flags = [...help.stdout.matchAll(/^ {2,6}(?:-(\w), )?--([\w-]+)(.*)$/gm)];
        expect(flags.length).toBeGreaterThan(atLeast);
        for (const [, letter, name = "", described = ""] of flags) {
            // pflag names the kind of value one space behind the name; what is in brackets stands in where none is given.
            const kind = /^ (\S+)/.exec(described)?.[1] ?? "";
            const isAlone = kind === "" || kind.includes("[") || name === "show-secrets";
            for (const written of [`--${name}`, ...(letter === undefined ? [] : [`-${letter}`])]) {
                expect(`${written}: ${readingOf(written)}`).toMatch(
                    isAlone ? /: (alone|refused)$/ : /: (value|refused)$/,
                );
            }
        }
    });

    // Last: it is what the tests above would see if anything were let through.
    test("is not all that Pulumi could do here", async () => {
        const run: PulumiRun = await runPulumi(["destroy", "--yes", "--skip-preview", "-s", "dev"], {
            folder: project.folder,
            home: project.home,
        });
        expect([run.status, (await project.exportState()).includes("ResourceGroup")]).toEqual([0, false]);
    });
});

/** Whether an option goes through by itself or with a value behind it, or not, for a reason of its own. */
function readingOf(written: string): string {
    try {
        readPulumiOptions([written]);
        return "alone";
    } catch (error) {
        const message = error instanceof UsageError ? error.message : "";
        return message.includes("value is missing")
            ? "value"
            : message.includes("none of the options")
              ? "unknown"
              : "refused";
    }
}
