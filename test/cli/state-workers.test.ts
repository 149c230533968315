// What several threads say of states is what one thread says. The built command, because a thread starts from a file.
import { spawnSync } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { Report } from "../../src/cli/report";
import { threadsFor } from "../../src/cli/state-workers";
import { projectRoot } from "../../dev/offline/setting";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";

afterAll(removeScratchFolders);

const DIST = path.join(projectRoot(), "dist");

/** Analyzes states with so many threads, and prints three reports, or the error. */
const DRIVER = `
const [dist, threads, ...states] = process.argv.slice(2);
const load = (name) => require(dist + "/src/" + name);
const options = { states, project: ".", config: undefined, inventory: undefined };
const errorIn = (error) => error.lines ?? load("findings/internal-error").describeError(error);
load("cli/commands/analyze").analyze(options, () => Number(threads)).then(
    (inspections) => {
        const tool = load("cli/package").TOOL;
        const report = load("cli/judging/inspection").reportOf(inspections, { threshold: "advisory", baseline: undefined, tool });
        return ["json", "text", "sarif"].map((format) => load("cli/reports").FORMATS[format].print(report, { colours: false }));
    },
    errorIn,
).then((said) => process.stdout.write(JSON.stringify(said)));
`;

const AGES = /read [\d-]+ [\d:]+ UTC, \d+ minutes? ago/g;

/** @param preload code that runs in each thread before any other */
function analyzed(folder: string, threads: number, states: readonly string[], preload = ""): unknown {
    const [driver, before] = [path.join(folder, "driver.js"), path.join(folder, "before.js")];
    writeFileSync(driver, DRIVER);
    writeFileSync(before, preload);
    const args = ["--require", before, driver, DIST, String(threads), ...states];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
    expect(stderr).toBe("");
    return JSON.parse(stdout.replace(AGES, "read just now"));
}

const GROUP = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/shop/providers";
const VAULT = `${GROUP}/Microsoft.RecoveryServices/vaults/recovery`;
const vmId = (name: string): string => `${GROUP}/Microsoft.Compute/virtualMachines/${name}`;

type Resource = readonly [type: string, name: string, id: string, inputs: object];

function stateOf(stack: string, resources: readonly Resource[]): string {
    const written = resources.map(([shortType, name, id, inputs]) => {
        const type = `azure-native:${shortType}`;
        const urn = `urn:pulumi:${stack}::shop::${type}::${name}`;
        return { urn, type, custom: true, id, inputs, outputs: { ...inputs, id } };
    });
    return JSON.stringify({ version: 3, deployment: { manifest: {}, resources: written } });
}

/** A VM with a restored disk, and the item of another stack that replicates it without that disk. */
function pairOf(index: number): readonly string[] {
    const name = `web${index}`;
    const diskId = `${GROUP}/Microsoft.Compute/disks/${name}-os`;
    const sourceResourceId = `${GROUP}/Microsoft.Compute/restorePointCollections/AzureBackup_${name}_545359511612843/restorePoints/AzureBackup_20260301_084023/disks/${name}-os`;
    const osDisk = { createOption: "Attach", osType: "Linux", managedDisk: { id: diskId } };
    const fabric = `${VAULT}/replicationFabrics/west/replicationProtectionContainers/west`;
    const details = { instanceType: "A2A", fabricObjectId: vmId(name) };
    const protectedManagedDisks = [{ diskId: `${diskId}-before` }];
    return [
        stateOf(`apps${index}`, [
            ["compute:Disk", `${name}-os`, diskId, { creationData: { createOption: "Restore", sourceResourceId } }],
            ["compute:VirtualMachine", name, vmId(name), { storageProfile: { osDisk } }],
        ]),
        stateOf(`recovery${index}`, [
            [
                "recoveryservices:ReplicationProtectedItem",
                name,
                `${fabric}/replicationProtectedItems/${name}`,
                { properties: { providerSpecificDetails: { ...details, protectedManagedDisks } } },
            ],
        ]),
    ];
}

/** An example, such pairs, and a torn state in their middle. */
function someStates(folder: string): readonly string[] {
    const written = (name: string, text: string): string => {
        writeFileSync(path.join(folder, name), text);
        return path.join(folder, name);
    };
    const example = path.join(folder, "example.json");
    copyFileSync(path.join(projectRoot(), "src", "cli", "try-state.json"), example);
    const [first = "", ...others] = [0, 1, 2, 3].flatMap(pairOf).map((text, index) => written(`${index}.json`, text));
    return [first, example, ...others.slice(0, 4), written("torn.json", '{ "version": 3, "deploy'), ...others.slice(4)];
}

test.each([2, 5])("%i threads write the same reports as one", (threads) => {
    const folder = scratchFolder();
    const states = someStates(folder);
    const one = analyzed(folder, 1, states);
    expect(one).toEqual([expect.any(String), expect.any(String), expect.any(String)]);
    const [json = ""] = one as readonly string[];
    const { findings, failures } = JSON.parse(json) as Report;
    const restored = findings.filter(({ rule: policyId }) => policyId === "BCDR121");
    // They know of each other, and of the torn one.
    expect(restored.map(({ urn }) => urn)).toEqual(
        expect.arrayContaining([expect.stringMatching(/apps0.*web0/), expect.stringMatching(/apps3.*web3/)]),
    );
    expect(failures).toEqual([expect.stringContaining("torn.json")]);
    expect(analyzed(folder, threads, states)).toEqual(one);
});

test("a policy with a bug says so alike", () => {
    const folder = scratchFolder();
    const states = someStates(folder);
    const bug = `
        const { policies } = require("${DIST}/policies");
        policies.find(({ id }) => id === "BCDR121").configure = () => { throw new TypeError("sabotaged"); };`;
    const one = analyzed(folder, 1, states, bug);
    expect(JSON.stringify(one)).toContain("internal error kept BCDR121");
    expect(analyzed(folder, 3, states, bug)).toEqual(one);
});

test("a bug in a thread ends the run as one in the main thread does", () => {
    const folder = scratchFolder();
    const states = someStates(folder);
    const bug = (where: string): string => `
        if (${where}) {
            require("${DIST}/src/cli/judging/inspected").inspected = () => { throw new RangeError("sabotaged"); };
        }`;
    const isMainThread = 'require("node:worker_threads").isMainThread';
    const one = analyzed(folder, 1, states, bug("true"));
    expect(one).toEqual(expect.stringMatching(/^RangeError at /));
    expect(analyzed(folder, 3, states, bug(`!${isMainThread}`))).toEqual(one);
    // So the states are not looked at in the main thread.
    expect(analyzed(folder, 3, states, bug(isMainThread))).toHaveLength(3);
});

test("a file that cannot be read is the usage error that it is without threads", () => {
    const folder = scratchFolder();
    const states = [...someStates(folder), "/dev/null"];
    const one = analyzed(folder, 1, states);
    expect(one).toEqual(["/dev/null cannot be read: it is neither a file nor a pipe."]);
    expect(analyzed(folder, 3, states)).toEqual(one);
});

test("a stack with two states is refused with threads, too", () => {
    const folder = scratchFolder();
    const [first = "", ...others] = someStates(folder);
    const copy = path.join(folder, "copy.json");
    copyFileSync(first, copy);
    const states = [first, ...others, copy];
    const one = analyzed(folder, 1, states);
    expect(one).toEqual([expect.stringContaining(`${first} and ${copy} are states of`)]);
    expect(analyzed(folder, 3, states)).toEqual(one);
});

test("small states need no threads, and no machine gets more than it has cores", () => {
    const folder = scratchFolder();
    const states = someStates(folder);
    expect(threadsFor(states)).toBeLessThan(2);
    states.forEach((file) => writeFileSync(file, Buffer.alloc(1024 * 1024)));
    expect(threadsFor(states.slice(0, 16))).toBeLessThanOrEqual(2);
});
