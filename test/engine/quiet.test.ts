// Where there is nothing to find, nothing is said.
import { readFileSync } from "node:fs";
import * as path from "node:path";

import { exampleFolder, policyOutput } from "../../offline/examples";
import { removeScratchFolders } from "../offline/scratch";
import { type Outcome, Project, TROUBLE } from "./project";

const EMPTY = "name: quiet\nruntime: yaml\n";

const WITHOUT_AZURE = `${EMPTY}variables:\n  greeting: hello\noutputs:\n  greeting: \${greeting} there\n`;

const declared = (name: string, type: string, properties: readonly string[]): string =>
    [
        `  ${name}:`,
        `    type: azure-native:${type}`,
        "    properties:",
        ...properties.map((line) => `      ${line}`),
    ].join("\n");

const UNRELATED = [
    `${EMPTY}resources:`,
    ...Array.from({ length: 150 }, (_, index) =>
        [
            declared(`group${index}`, "resources:ResourceGroup", ["location: westeurope"]),
            declared(`network${index}`, "network:VirtualNetwork", [
                `resourceGroupName: \${group${index}.name}`,
                `addressSpace: { addressPrefixes: [10.${index}.0.0/16] }`,
            ]),
        ].join("\n"),
    ),
    "",
].join("\n");

const MACHINES = readFileSync(path.join(exampleFolder("protected-by-both"), "Pulumi.yaml"), "utf8").replace(
    /^name: .*$/m,
    "name: quiet",
);

const urn = (type: string, name: string): string => `urn:pulumi:dev::quiet::azure-native:${type}::${name}`;

// Pulumi says by itself what it found on PATH, and the stand-in provider says what it is.
const saidBySetting = /^.*(warning: using pulumi-\S+ from \$PATH|This is the OFFLINE stand-in).*\n/gm;

const expectQuiet = ({ status, printed, stdout, events }: Outcome): void => {
    expect(events).toEqual([]);
    expect(policyOutput(stdout)).toBe("    ✅ azure-bcdr-guard\n");
    expect(printed).not.toMatch(TROUBLE);
    expect(printed.replace(saidBySetting, "")).not.toMatch(/warning:|error:|BCDR/);
    expect(status).toBe(0);
};

describe("no finding and no noise", () => {
    let project: Project;

    beforeAll(async () => {
        project = await Project.start(WITHOUT_AZURE);
    });
    afterAll(removeScratchFolders);

    test("for a stack without Azure", async () => {
        expectQuiet(await project.preview());
    });

    test("for 300 resources that have nothing to do with it", async () => {
        project.write(UNRELATED);
        const outcome = await project.preview();
        expect(outcome.stdout).toContain("+ 301 to create");
        expectQuiet(outcome);
    });

    test("for a machine under both services whose protection is left out by --target", async () => {
        project.write(MACHINES);
        const outcome = await project.preview(
            ...["--target", urn("resources:ResourceGroup", "shop")],
            ...["--target", urn("compute:VirtualMachine", "web")],
        );
        expect(outcome.stdout).toContain("azure-native:compute:VirtualMachine web create");
        expect(outcome.stdout).not.toContain("azure-native:recoveryservices:ProtectedItem");
        expectQuiet(outcome);
    });
});
