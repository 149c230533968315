// Where there is nothing to find, nothing is said.
import { readFileSync } from "node:fs";
import * as path from "node:path";

import { exampleFolder, policyOutput } from "../../dev/offline/examples";
import { policies } from "../../policies";
import type { Policy } from "../../policies/policy";
import { removeScratchFolders } from "../dev/offline/scratch";
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

const VMS = readFileSync(path.join(exampleFolder("protected-by-both"), "yaml", "Pulumi.yaml"), "utf8").replace(
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

const names = (of: readonly Policy[]): readonly string[] =>
    of
        .filter(({ level }) => level !== "disabled")
        .map(({ name }) => name)
        .sort();

const RESOURCE_POLICIES = policies.filter(({ scope }) => scope === "resource");
/** They look at whatever there is. All others name the kinds of resources without which they do not apply (SEE-58). */
const OF_EVERY_STACK = policies.filter((policy) => policy.scope === "stack" && policy.kinds === undefined);

interface Summary {
    readonly passed?: readonly string[];
}

/** The policies that the engine says have passed: once for the stack, and for each resource. */
const passed = (log: string): Readonly<Record<"stack" | "resources", readonly (readonly string[])[]>> => {
    const events = readFileSync(log, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Readonly<Record<string, Summary | undefined>>);
    const of = (kind: string): readonly (readonly string[])[] =>
        events.flatMap(({ [kind]: summary }) => (summary === undefined ? [] : [[...(summary.passed ?? [])].sort()]));
    return { stack: of("policyAnalyzeStackSummaryEvent"), resources: of("policyAnalyzeSummaryEvent") };
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
        // The SDK runs a resource policy only where it may have something to say (SEE-32); the engine counts all as passed.
        const { stack, resources } = passed(outcome.log);
        expect(stack).toEqual([names(OF_EVERY_STACK)]);
        expect(OF_EVERY_STACK.length).toBeGreaterThan(0);
        const each = [...names(RESOURCE_POLICIES), "shared-settings"].sort();
        expect(resources).toEqual(Array.from({ length: resources.length }, () => each));
        expect(resources.length).toBeGreaterThan(300);
    });

    test("for a VM under both services whose protection is left out by --target", async () => {
        project.write(VMS);
        const outcome = await project.preview(
            ...["--target", urn("resources:ResourceGroup", "shop")],
            ...["--target", urn("compute:VirtualMachine", "web")],
        );
        expect(outcome.stdout).toContain("azure-native:compute:VirtualMachine web create");
        expect(outcome.stdout).not.toContain("azure-native:recoveryservices:ProtectedItem");
        expectQuiet(outcome);
    });
});
