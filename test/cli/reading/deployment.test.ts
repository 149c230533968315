import { readFileSync } from "node:fs";
import * as path from "node:path";
import { isUnreadable, Property, UNKNOWN_VALUE } from "../../../src/model/property-bag";
import { RECORD_VERSION } from "../../../src/findings/record";
import { readDeployment } from "../../../src/cli/reading/deployment";
import { readRecord } from "../../../src/cli/reading/record";
import { UnreadableInput } from "../../../src/cli/reading/unreadable";

const FIXTURES = path.join(__dirname, "../fixtures/events");
const fixture = (file: string): string => readFileSync(path.join(FIXTURES, file), "utf8");
const STATE = fixture("state.json");
const read = (text: string) => readDeployment([text], "state.json");

type Resource = Record<string, unknown>;

function depthOf(value: unknown): number {
    let depth = 0;
    for (let inner = value; Array.isArray(inner); inner = (inner as readonly unknown[])[0]) {
        depth += 1;
    }
    return depth;
}

const DISK = {
    urn: "urn:pulumi:dev::shop::azure-native:compute:Disk::os",
    type: "azure-native:compute:Disk",
    id: "/subscriptions/s/resourceGroups/shop/providers/Microsoft.Compute/disks/os",
};

const stateOf = (resources: readonly Resource[] | null, more: Resource = {}, version: unknown = 3): string =>
    JSON.stringify({ version, deployment: { manifest: {}, resources, ...more } });

describe("the export of a stack", () => {
    test("has all that the estate is made of", async () => {
        const { stack, project, resources, retained, places, parents, interrupted } = await read(STATE);
        expect([stack, project, interrupted]).toEqual(["dev", "shop", []]);
        expect(resources).toHaveLength(13);
        const web = resources.find(({ name }) => name === "web");
        const [os, data] = ["web-os", "web-data"].map(
            (name) => `urn:pulumi:dev::shop::azure-native:compute:Disk::${name}`,
        );
        expect(web?.dependenciesOf("storageProfile")).toEqual([data, os]);
        expect(web?.dependenciesOf("constructor")).toEqual([]);
        expect(web?.provider?.subscription).toEqual({ state: "known", value: "8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60" });
        expect(web?.outputs["id"]).toMatch(/virtualMachines\/web$/);
        expect(web?.inputs?.["tags"]).toEqual({ owner: UNKNOWN_VALUE });
        expect(resources.find(({ name }) => name === "vault")?.protect).toBe(true);
        expect([...retained]).toEqual(["urn:pulumi:dev::shop::azure-native:compute:Disk::old-disk"]);
        // A program in YAML has places in the source of Pulumi's host.
        expect(places.size).toBe(0);
        expect(parents.get(web?.urn ?? "")).toBe("urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev");
    });

    test.each([3, 4])("may have version %d", async (version) => {
        expect((await read(stateOf([DISK], {}, version))).resources).toHaveLength(1);
    });

    test.each([
        ["no resources", stateOf(null)],
        ["an empty list", stateOf([])],
        ["no list", JSON.stringify({ version: 3, deployment: { manifest: { time: "" } } })],
    ])("may be that of a new stack: %s", async (_, text) => {
        expect(await read(text)).toMatchObject({ stack: undefined, resources: [] });
    });

    test("keeps apart what is not Pulumi's own, and leaves out what is not there", async () => {
        const called = (name: string, over: Resource): Resource => ({ ...DISK, urn: `${DISK.urn}-${name}`, ...over });
        const { resources, readOnly, replacedByNothing } = await read(
            stateOf([
                DISK,
                called("old", { delete: true }),
                called("read", { external: true }),
                called("deleted", { pendingReplacement: true }),
            ]),
        );
        expect(resources.map(({ urn }) => urn)).toEqual([DISK.urn]);
        expect(readOnly.map(({ urn }) => urn)).toEqual([`${DISK.urn}-read`]);
        expect(replacedByNothing).toEqual([`${DISK.urn}-deleted`]);
    });

    test("counts what no reader knows, but for what is Pulumi's", async () => {
        const set = "urn:pulumi:dev::shop::azure-native:compute:AvailabilitySet::set";
        const { others } = await read(
            stateOf([
                DISK,
                { urn: set, type: "azure-native:compute:AvailabilitySet" },
                { urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev", type: "pulumi:pulumi:Stack" },
                { urn: "urn:pulumi:dev::shop::pulumi:providers:random::default", type: "pulumi:providers:random" },
            ]),
        );
        expect([...others]).toEqual([[set, "azure-native:compute:AvailabilitySet"]]);
    });

    test("tells what others in it need and it has not", async () => {
        const urn = (name: string): string => `urn:pulumi:dev::shop::azure-native:compute:Disk::${name}`;
        const { leftOut } = await read(
            stateOf([
                {
                    ...DISK,
                    parent: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev",
                    dependencies: [urn("a"), urn("old")],
                    propertyDependencies: { sku: [urn("b"), DISK.urn] },
                },
                { ...DISK, urn: urn("old"), delete: true },
                { ...DISK, urn: urn("older"), delete: true, dependencies: [urn("c")] },
            ]),
        );
        expect(leftOut).toEqual([urn("a"), urn("b")]);
    });

    test("may have inputs that are a secret as a whole: nothing of them is known, or kept", async () => {
        const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", plaintext: '"pass"' };
        const { resources } = await read(stateOf([{ ...DISK, inputs: secret }, DISK]));
        expect(resources.map(({ inputs }) => isUnreadable(inputs))).toEqual([true, false]);
        expect(
            Property.of(resources[0]?.inputs ?? {})
                .at("sku", "name")
                .text().state,
        ).toBe("unknown");
        expect(JSON.stringify(resources[0])).not.toContain("pass");
    });

    test("may be nested deeply where nobody looks", async () => {
        const text = stateOf([{ ...DISK, inputs: { deep: "DEEP", sku: { name: "Premium_LRS" } } }]);
        const { resources } = await read(text.replace('"DEEP"', "[".repeat(5000) + "]".repeat(5000)));
        expect(resources[0]?.inputs?.["sku"]).toEqual({ name: "Premium_LRS" });
        expect(depthOf(resources[0]?.inputs?.["deep"])).toBeLessThan(150);
        expect(JSON.stringify(resources[0]?.inputs?.["deep"])).toContain(UNKNOWN_VALUE);
    });

    test("tells what was interrupted", async () => {
        const { interrupted } = await read(stateOf([], { pending_operations: [{ type: "creating", resource: DISK }] }));
        expect(interrupted).toEqual([{ urn: DISK.urn, operation: "creating" }]);
    });

    test("keeps no secret, however it was exported", async () => {
        const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", plaintext: '"pass"' };
        const { resources } = await read(stateOf([{ ...DISK, inputs: { a: secret, b: [secret], c: { d: secret } } }]));
        expect(resources[0]?.inputs).toEqual({ a: UNKNOWN_VALUE, b: [UNKNOWN_VALUE], c: { d: UNKNOWN_VALUE } });
    });

    test.each([
        ["torn", STATE.slice(0, -20), expect.stringMatching(/^after deployment\.resources\[\d+\]$/) as string],
        ["torn in a resource", stateOf([DISK, DISK, DISK]).slice(0, -80), "after deployment.resources[1]"],
        ["torn before its resources", '{\n  "version": 3,\n  "deployment": {\n    "mani', "line 4"],
        ["empty", "", "line 1"],
        ["a text", "pulumi says hello", "line 1"],
        ["a list", "[]", "line 1"],
        ["of a newer version", stateOf([DISK], {}, 5), "version"],
        ["without a version", JSON.stringify({ deployment: { manifest: {} } }), "version"],
        ["another document", '{"a":1}', "deployment"],
        ["without a deployment", '{"version":3}', "deployment"],
        ["of another shape", '{"version":3,"deployment":{"manifest":{},"resources":{}}}', "deployment.resources"],
        ["of other resources", stateOf([DISK, { ...DISK, urn: 7 }]), "deployment.resources[1].urn"],
        ["with a text for a URN", stateOf([{ ...DISK, urn: "os" }]), "deployment.resources[0].urn"],
        ["with inputs that are a list", stateOf([{ ...DISK, inputs: [] }]), "deployment.resources[0].inputs"],
        ["with a text for a flag", stateOf([{ ...DISK, delete: "true" }]), "deployment.resources[0].delete"],
        ["with the id of a component", stateOf([{ ...DISK, custom: false }]), "deployment.resources[0].custom"],
        ["with a list in other letters", stateOf(null, { Resources: [DISK] }), "deployment.Resources"],
        ["with a long s for an s", stateOf(null, { "re\u017fources": [DISK] }), "deployment.re\u017fources"],
        ["with a property in other letters", stateOf([{ ...DISK, Inputs: {} }]), "deployment.resources[0].Inputs"],
        ["with another deployment", '{"version":3,"Deployment":{"manifest":{}}}', "Deployment"],
        [
            "with two lists",
            `${stateOf([DISK]).slice(0, -1)},"deployment":{"resources":[]}}`,
            "after deployment.resources[0]",
        ],
        ["with operations that are none", stateOf([], { pending_operations: {} }), "deployment.pending_operations"],
        ...[{ type: "creating" }, { type: "creating", resource: {} }, { resource: DISK }, null].map(
            (operation): [string, string, string] => [
                `with the operation ${JSON.stringify(operation)}`,
                stateOf([], { pending_operations: [{ type: "updating", resource: DISK }, operation] }),
                "deployment.pending_operations[1]",
            ],
        ),
        [
            "with a feature that is not known",
            JSON.stringify({ version: 4, features: ["taint", "magic"], deployment: { manifest: {} } }),
            "features",
        ],
        ["nested without end", `{"version":3,"a":${"[".repeat(20_000)}`, "character 0"],
        [
            "nested without end in a resource",
            stateOf([DISK, { ...DISK, inputs: {} }]).replace("{}}", `{"a":${"[".repeat(20_000)}}}`),
            "after deployment.resources[0]",
        ],
        ["a stream of events", fixture("analyze.jsonl"), "line 2"],
    ])("is not what is %s", async (_, text, position) => {
        const reading = read(text);
        await expect(reading).rejects.toBeInstanceOf(UnreadableInput);
        await expect(reading).rejects.toMatchObject({ file: "state.json", position });
    });

    test("is not taken for whole when it is cut off anywhere", async () => {
        const text = stateOf([DISK, { ...DISK, inputs: { a: ["]}", "\\"] } }]);
        for (let length = 0; length < text.length; length += 1) {
            await expect(read(text.slice(0, length))).rejects.toBeInstanceOf(UnreadableInput);
        }
    });
});

describe("what the pack has written down", () => {
    const RECORD = fixture("changes.record.jsonl");
    const readLines = (text: string) => readRecord(text.split("\n"), "record");

    test("is all there", async () => {
        const { resources, findings, open, evaluated } = await readLines(RECORD);
        const web = resources.get("urn:pulumi:dev::shop::azure-native:compute:VirtualMachine::web");
        expect(web?.dependencies["storageProfile"]).toHaveLength(2);
        expect(findings.map(({ policyId }) => policyId)).toContain("BCDR401");
        expect(open).toEqual([]);
        expect(evaluated.size).toBe(8);
    });

    test("is the same with lines as Windows ends them", async () => {
        expect(await readLines(`${RECORD}\n`.replaceAll("\n", "\r\n"))).toEqual(await readLines(RECORD));
    });

    test("counts from its last start", async () => {
        const twice = await readLines(`${RECORD}${RECORD}`);
        expect(twice).toEqual(await readLines(RECORD));
    });

    test.each([
        ["empty", ""],
        ["torn", RECORD.slice(0, -30)],
        ["without a start", RECORD.split("\n").slice(1).join("\n")],
        ["of a newer version", JSON.stringify({ line: "start", version: RECORD_VERSION + 1 })],
        ["another line", `${RECORD}{"line":"hello"}`],
        ["a line without what it should hold", `${RECORD}{"line":"evaluated"}`],
        ["a line with a value of another kind", `${RECORD}{"line":"evaluated","policy":{}}`],
        [
            "an exemption without a last day",
            `${RECORD}{"line":"finding","policy":"p","policyId":"BCDR101","exemption":{"reason":"r"}}`,
        ],
        [
            "a resource whose dependencies are no lists",
            RECORD.replace(/"dependencies":\{[^}]*\}/, '"dependencies":{"a":1}'),
        ],
        ["a line called like something of JavaScript's", `${RECORD}{"line":"constructor"}`],
        ["no object", `${RECORD}7`],
    ])("is not what is %s", async (_, text) => {
        await expect(readLines(text)).rejects.toBeInstanceOf(UnreadableInput);
    });
});
