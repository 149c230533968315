import * as fc from "fast-check";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { elementsIn, Unbounded } from "../../../src/cli/reading/json-elements";
import { UNKNOWN_VALUE } from "../../../src/model/property-bag";
import { linesOf } from "../../../src/cli/reading/lines";
import { readDigest } from "../../../src/cli/reading/digest";
import { readEngineRun, type EngineRun } from "../../../src/cli/reading/engine-run";
import { UnreadableInput } from "../../../src/cli/reading/unreadable";

const FIXTURES = path.join(__dirname, "../fixtures/events");
const fixture = (file: string): string => readFileSync(path.join(FIXTURES, file), "utf8");
const read = (text: string): Promise<EngineRun> => readEngineRun(text.split("\n"), "events.json");

async function problemOf(reading: Promise<unknown>): Promise<UnreadableInput> {
    try {
        await reading;
    } catch (error) {
        if (error instanceof UnreadableInput) {
            return error;
        }
        throw error;
    }
    throw new Error("It could be read.");
}

const event = (sequence: number, content: unknown): string =>
    JSON.stringify({ sequence, timestamp: 1, ...(content as Record<string, unknown>) });
const END = { summaryEvent: { resourceChanges: {}, PolicyPacks: {}, isPreview: true, result: "succeeded" } };
const stream = (...contents: readonly unknown[]): string =>
    [...contents, END].map((content, index) => event(index, content)).join("\n");

describe("what the engine tells", () => {
    test("a preview", async () => {
        const run = await read(fixture("changes.jsonl"));
        expect(run).toMatchObject({
            kind: "update",
            outcome: "succeeded",
            isPreview: true,
            errors: [],
            changes: { delete: 2, replace: 2, same: 7, update: 1 },
        });
        expect(run.packs.get("azure-bcdr-guard")).toBe("0.1.0");
        expect([...run.evaluated.stackPolicies].sort()).toContain("replicated-disks-match-machine");
        expect([...run.evaluated.resourcePolicies]).toContain("restored-disk");
        expect(run.evaluated.resources).toBe(11);
        expect(run.violations.map(({ policy, level }) => `${policy} ${level}`)).toEqual([
            "vault-immutability advisory",
            "vault-redundancy advisory",
            "machine-coverage advisory",
            "machine-coverage advisory",
            "machine-coverage advisory",
        ]);
    });

    test.each([
        ["destroy.jsonl", "destroy", "failed", true],
        ["refresh.jsonl", "refresh", "succeeded", true],
        ["refresh-first.jsonl", "update", "succeeded", true],
        ["streaming.jsonl", "update", "succeeded", true],
        ["unchanged.jsonl", "update", "succeeded", true],
        ["analyze.jsonl", "update", "succeeded", false],
    ])("%s is a run of kind %s", async (file, kind, outcome, isPreview) => {
        expect(await read(fixture(file))).toMatchObject({ kind, outcome, isPreview });
    });

    test("policies that a state was held against", async () => {
        const run = await read(fixture("analyze.jsonl"));
        expect(run.packs).toEqual(new Map([["azure-bcdr-guard", "0.1.0"]]));
        expect(run.violations).toHaveLength(5);
        expect(run.steps).toEqual([]);
    });

    test("the violations of another pack, and their colours are gone", async () => {
        const run = await read(fixture("two-packs.jsonl"));
        const others = run.violations.filter(({ pack }) => pack === "house-rules");
        expect([...run.packs.keys()].sort()).toEqual(["azure-bcdr-guard", "house-rules"]);
        expect(others).toContainEqual({
            pack: "house-rules",
            version: "2.0.0",
            policy: "owner-tag",
            level: "mandatory",
            severity: "low",
            urn: "urn:pulumi:dev::shop::azure-native:compute:Disk::web-os",
            text: "Everything has an owner.\nNo owner <b>&",
            exceptions: [],
        });
        expect(run.evaluated.stackPolicies).not.toContain("unsure");
        // It failed because of violations, which are told; there is nothing else to tell.
        expect(run).toMatchObject({ outcome: "failed", errors: [] });
    });

    test("the exceptions of Pulumi's that a violation matches", async () => {
        const run = await read(fixture("excepted-in-part.jsonl"));
        expect(run.violations.map(({ policy, level, exceptions }) => [policy, level, exceptions])).toEqual([
            [
                "vault-soft-delete",
                "mandatory",
                [
                    { id: "EXC-2", reason: "Ticket OPS-7." },
                    { id: "EXC-10", reason: "The vault is emptied in May." },
                ],
            ],
            ["vault-customer-managed-key", "mandatory", []],
            ["vault-immutability", "mandatory", [{ id: "EXC-10", reason: "The vault is emptied in May." }]],
            ["vault-cross-region-restore", "mandatory", []],
            ["exemption-in-use", "mandatory", [{ id: "EXC-2", reason: "Ticket OPS-7." }]],
        ]);
        expect(run.violations.at(-1)?.urn).toBe("urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev");
        expect(run).toMatchObject({ outcome: "failed", errors: [] });
        expect(await read(fixture("excepted.jsonl"))).toMatchObject({ outcome: "succeeded", errors: [] });
    });

    test("that a run failed without a reason where all its violations are excepted", async () => {
        const text = fixture("excepted.jsonl").replace('"result":"succeeded"', '"result":"failed"');
        expect((await read(text)).errors).toEqual(["Pulumi ended with a failure and did not say why."]);
    });

    test.each<[string, unknown, readonly unknown[]]>([
        ["none", [], []],
        ["something else than a list", "EXC-1", []],
        ["nothing", null, []],
        ["more than is known", [{ id: "EXC-1", reason: "r", until: 1 }], [{ id: "EXC-1", reason: "r" }]],
        ["less than is known", [{ name: "EXC-1" }, 7], [{ id: "", reason: "" }]],
        ["colours", [{ id: "EXC-1", reason: "<{%reset%}>r\n" }], [{ id: "EXC-1", reason: "r" }]],
    ])("exceptions of a later form: %s", async (_, exceptions, expected) => {
        const pack = { policyPackName: "house-rules", policyPackVersion: "1", policyName: "owner-tag" };
        const run = await read(stream({ policyEvent: { ...pack, message: "m", exceptions } }));
        expect(run.violations.map((violation) => violation.exceptions)).toEqual([expected]);
    });

    test("why a program failed", async () => {
        const run = await read(fixture("broken-program.jsonl"));
        expect(run.outcome).toBe("failed");
        expect(run.errors).toHaveLength(1);
        expect(run.errors[0]).toContain("nothing does not exist on group");
    });

    test("why the engine refused", async () => {
        const { errors } = await read(fixture("destroy.jsonl"));
        expect(errors).toHaveLength(1);
        expect(errors[0]).toContain("cannot be deleted\nbecause it is protected");
    });

    test("that a policy of this pack could not run is a failure, and it has not looked at anything", async () => {
        const pack = { policyPackName: "azure-bcdr-guard", policyPackVersion: "0.1.0" };
        const message = "can't run policy 'backup-support' from policy pack 'azure-bcdr-guard@v0.1.0' during preview";
        const run = await read(
            stream(
                { policyEvent: { ...pack, policyName: "backup-support", enforcementLevel: "advisory", message } },
                {
                    policyAnalyzeStackSummaryEvent: {
                        ...pack,
                        passed: ["replication-support"],
                        failed: ["backup-support"],
                    },
                },
            ),
        );
        expect(run.errors).toEqual([message]);
        expect(run.violations).toEqual([]);
        expect(run.evaluated.stackPolicies).toEqual(new Set(["replication-support"]));
    });

    test("what is secret, nowhere", async () => {
        for (const file of ["changes.jsonl", "destroy.jsonl", "two-packs.jsonl"]) {
            const text = JSON.stringify((await read(fixture(file))).steps);
            expect(text).not.toMatch(/\[secret\]|4dabf18193072939515e22adb298388d|ciphertext|plaintext/);
        }
    });

    test("kinds of events that are not known yet are passed over", async () => {
        const run = await read(stream({ somethingNewEvent: { a: 1 } }, {}, { policyLoadEvent: null }));
        expect(run).toMatchObject({ outcome: "succeeded", steps: [], errors: [] });
    });

    test("marks of colour", async () => {
        const marked = "<{%fg 1%}>[BCDR110]<{%reset%}> \u001b[31mred\u001b[0m <{ %x%}>\n";
        const policyEvent = { policyPackName: "p", policyName: "q", enforcementLevel: "mandatory", message: marked };
        const run = await read(stream({ policyEvent }));
        expect(run.violations[0]?.text).toBe("[BCDR110] red <{ %x%}>");
    });
});

describe("what is no whole stream of events", () => {
    test.each([
        ["nothing", "", undefined, "no events"],
        ["empty lines", "\n\n", undefined, "no events"],
        ["a text for people", "Previewing update (dev)\n", "line 1", "the JSON is incomplete or invalid"],
        ["another JSON text", '{"name":"x"}', "line 1", "not an engine event"],
        ["a list", "[1]", "line 1", "not an engine event"],
        ["a stack's export", fixture("state.json"), undefined, "export of a stack"],
        ["a stack's export on one line", '{"version":3,"deployment":{}}', undefined, "export of a stack"],
        ["the digest of a preview", fixture("digest.json"), undefined, "digest of a preview"],
        ["a digest on one line", '{"steps":[]}', undefined, "digest of a preview"],
        ["JSON over several lines", '{\n  "a": 1\n}', "line 1", "not an engine event"],
        ["two runs", `${stream()}\n${stream()}`, "line 2", "another run"],
        ["an event without content", stream({ resourcePreEvent: {} }), "line 1", "metadata"],
        ["an event of another shape", stream({ resourcePreEvent: 7 }), "line 1", "resourcePreEvent"],
        ["bytes", "\u0000\u0001\u0002", "line 1", "the JSON is incomplete or invalid"],
        ["a line after the end", `${stream()}\nPulumi says hello`, "line 2", "the JSON is incomplete or invalid"],
    ])("%s", async (_, text, position, problem) => {
        const error = await problemOf(read(text));
        expect(error).toMatchObject({ file: "events.json", position });
        expect(error.problem).toContain(problem);
        expect(error.remedy).not.toBe("");
        expect(error.message).toContain("events.json");
    });

    test("a property that is nested without end is one of which nothing is known", async () => {
        const inputs = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
        const type = "azure-native:compute:Disk";
        const line = event(0, { resourcePreEvent: { metadata: { op: "same", urn: "u", type, old: { urn: "u" } } } });
        const text = [line.replace('{"urn":"u"}', `{"urn":"u","inputs":{"a":${inputs},"b":1}}`), event(1, END)].join(
            "\n",
        );
        const { steps } = await read(text);
        expect(steps[0]?.old?.inputs["b"]).toBe(1);
        expect(JSON.stringify(steps[0]?.old?.inputs)).toContain(UNKNOWN_VALUE);
    });

    test.each([
        ["the second of a pair", [0, 1, 1, 2], "line 3", "second event with the number 1"],
        ["one that comes too late", [0, 2, 1, 3], "line 3", "not in their order"],
        ["one that is missing", [0, 2, 3], "line 2", "An event is missing: 0 is followed by 2"],
        ["some that are missing", [0, 5, 6], "line 2", "4 events are missing"],
        ["the first that is missing", [1, 2], "line 1", "the first has the number 1"],
        ["a number that is none", [0, 1.5, 2], "line 2", "no number"],
        ["a number below nought", [-1, 0], "line 1", "no number"],
    ])("numbers: %s", async (_, sequences, position, problem) => {
        const lines = sequences.map((sequence, index) => event(sequence, index === sequences.length - 1 ? END : {}));
        const error = await problemOf(read(lines.join("\n")));
        expect(error).toMatchObject({ position });
        expect(error.problem).toContain(problem);
    });

    test.each(["changes.jsonl", "made-anew.jsonl", "refresh.jsonl", "destroy.jsonl"])(
        "an event log without one of its lines: %s",
        async (file) => {
            const lines = fixture(file).trimEnd().split("\n");
            const summary = lines.findIndex((line) => line.includes('"summaryEvent"'));
            for (let left = 0; left <= summary; left += 1) {
                await problemOf(read(lines.filter((_, index) => index !== left).join("\n")));
            }
        },
    );

    describe("a streaming preview, which has no events of the engine's own providers, without", () => {
        const lines = fixture("streaming.jsonl").trimEnd().split("\n");
        // So that what is left out counts for no more than what may be missing.
        const closed = lines.map((line, index) => line.replace(/"sequence":\d+/, `"sequence":${index}`));
        const without = (word: RegExp): string => {
            const left = lines.findLastIndex((line) => word.test(line));
            expect(left).toBeGreaterThan(0);
            return lines.filter((_, index) => index !== left).join("\n");
        };

        test("anything else is whole", async () => {
            expect((await read(lines.join("\n"))).outcome).toBe("succeeded");
        });

        test("a finding", async () => {
            const policies = new Set(
                lines.flatMap((line) => /"policyEvent".*"policyName":"([^"]+)"/.exec(line)?.[1] ?? []),
            );
            for (const policy of policies) {
                const text = closed.filter((line) => !line.includes(`"policyName":"${policy}"`)).join("\n");
                expect((await problemOf(read(text))).problem).toContain(`${policy} failed`);
            }
            expect(policies.size).toBeGreaterThan(0);
        });

        test("what is done with a resource", async () => {
            const step = /"(resourcePreEvent|resOutputsEvent)".*"type":"azure-native:compute:VirtualMachine"/;
            const text = closed.filter((line) => !step.test(line)).join("\n");
            expect((await problemOf(read(text))).problem).toContain("azure-native:compute:VirtualMachine::web");
        });

        test("its end", async () => {
            await problemOf(read(without(/"summaryEvent"/)));
        });

        test("any one more of its events", async () => {
            const summary = lines.findIndex((line) => line.includes('"summaryEvent"'));
            for (let left = 0; left < summary; left += 1) {
                const { problem } = await problemOf(read(lines.filter((_, index) => index !== left).join("\n")));
                expect(problem).toMatch(/5 events are missing/);
            }
        });
    });

    test("one that is cut off anywhere is not taken for whole", async () => {
        const text = fixture("analyze.jsonl").trimEnd();
        const step = 7;
        for (let length = 0; length < text.length; length += step) {
            await problemOf(read(text.slice(0, length)));
        }
        for (let length = text.length - 200; length < text.length; length += 1) {
            await problemOf(read(text.slice(0, length)));
        }
    });

    test("one that is cut off at the end of a line", async () => {
        const lines = fixture("changes.jsonl").trimEnd().split("\n");
        const summary = lines.findIndex((line) => line.includes('"summaryEvent"'));
        for (let count = 1; count <= summary; count += 1) {
            const error = await problemOf(readEngineRun(lines.slice(0, count), "events.json"));
            expect(error).toMatchObject({ position: `line ${count}` });
        }
    });

    test("names and values that mean something to JavaScript change nothing", async () => {
        const inputs = '{"__proto__":{"polluted":true},"constructor":{"a":1},"toString":"x"}';
        const type = "azure-native:compute:Disk";
        const line = event(0, { resourcePreEvent: { metadata: { op: "same", urn: "u", type, old: { urn: "u" } } } });
        const text = [line.replace('{"urn":"u"}', `{"urn":"u","inputs":${inputs}}`), event(1, END)].join("\n");
        const run = await read(text);
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
        expect(Object.keys(run.steps[0]?.old?.inputs ?? {})).toEqual(["constructor", "toString"]);
    });
});

describe("a digest", () => {
    /** As a program in TypeScript has them: a position, or none and the frames of a trace, some of which are Node's. */
    const step = (urn: string, states: Readonly<Record<string, unknown>>): unknown => ({
        op: "update",
        urn,
        ...states,
    });
    const position = (line: number): Readonly<Record<string, unknown>> => ({
        sourcePosition: `project:///index.ts#${line},3`,
    });
    const OF_THE_SDK = { sourcePosition: "project:///node_modules/@pulumi/pulumi/resource.js#7,1" };

    test.each([
        ["in this run", { oldState: position(18), newState: position(26) }, { line: 26, isDeclaration: true }],
        ["of a new resource", { newState: position(16) }, { line: 16, isDeclaration: true }],
        [
            "on the way to an arrow function",
            { newState: { stackTrace: [{}, {}, position(57), position(80)] } },
            { line: 57, isDeclaration: false },
        ],
        [
            "on the way to an installed component",
            { newState: { ...OF_THE_SDK, stackTrace: [OF_THE_SDK, position(9)] } },
            { line: 9, isDeclaration: false },
        ],
        ["of the last deployment alone, which does not count", { oldState: position(18) }, undefined],
        ["that is none", { newState: { sourcePosition: 1, stackTrace: "none" } }, undefined],
    ])("tells the line %s", async (_, states, expected) => {
        const places = await readDigest([JSON.stringify({ steps: [step("web", states)] })], "digest.json");
        expect(places.get("web")).toEqual(expected && { file: "index.ts", column: 3, ...expected });
    });

    test("of a program in YAML has no line of it", async () => {
        expect((await readDigest([fixture("digest.json")], "digest.json")).size).toBe(0);
    });

    test.each([
        ["empty", ""],
        ["torn at once", "{"],
        ["torn", '{"steps":[{"urn":"a"}'],
        ["a stack's export", fixture("state.json")],
        ["a stream of events", fixture("analyze.jsonl")],
        ["a list", "[]"],
        ["another document", '{"a":1}'],
    ])("is not what is %s", async (_, text) => {
        await problemOf(readDigest([text], "digest.json"));
    });
});

describe("the pieces in which a file comes", () => {
    async function* bytesOf(text: string, size: number): AsyncGenerator<Uint8Array> {
        const bytes = Buffer.from(text);
        for (let start = 0; start < bytes.length; start += size) {
            yield await Promise.resolve(bytes.subarray(start, start + size));
        }
    }

    async function collected(lines: AsyncIterable<string>): Promise<readonly string[]> {
        const all: string[] = [];
        for await (const line of lines) {
            all.push(line);
        }
        return all;
    }

    test("make no difference to its lines", async () => {
        const text = "a\u2028b\r\nä€😀\n\n last";
        for (let size = 1; size <= 25; size += 1) {
            expect(await collected(linesOf(bytesOf(text, size), "f"))).toEqual(["a\u2028b\r", "ä€😀", "", " last"]);
        }
    });

    test("are told where they are no text", async () => {
        const utf16 = (async function* () {
            yield await Promise.resolve(Buffer.from('\uFEFF{"sequence":0}', "utf16le"));
        })();
        const error = await problemOf(collected(linesOf(utf16, "f")));
        expect(error.remedy).toContain("Out-File -Encoding utf8");
    });

    test.each<[string, () => Iterable<string>, RegExp]>([
        ["blanks", () => repeated(" "), /more than 64 million characters/],
        ["a text", () => ['{"d":{"list":[{"a":"', ...repeated("x")], /more than 64 million characters/],
        ["objects", () => repeated('{"a":'), /more than 10000 deep/],
        ["lists in a list", () => ['{"d":{"list":[', ...repeated("[")], /more than 10000 deep/],
    ])("are not kept without end: %s", async (_, pieces, problem) => {
        const reading = elementsIn(pieces(), [["d", "list"]], () => undefined);
        await expect(reading).rejects.toBeInstanceOf(Unbounded);
        await expect(reading).rejects.toThrow(problem);
    });

    test("make no line that a parser should not be given", async () => {
        const lines = collected(linesOf(bytesOf(`{}\n${"[".repeat(1_100_000)}\n`, 65_536), "f"));
        expect(await problemOf(lines)).toMatchObject({ position: "line 2", problem: "It is nested too deeply." });
    });

    test("make no difference to the elements of a list in it", async () => {
        await fc.assert(
            fc.asyncProperty(
                fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), { maxLength: 4 }),
                fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }),
                fc.integer({ min: 1, max: 30 }),
                fc.constantFrom(undefined, 1, 4),
                async (elements, more, size, indent) => {
                    const document = {
                        version: 3,
                        d: { manifest: more, list: elements, after: [[elements], 1, "]}"] },
                    };
                    const text = JSON.stringify(document, undefined, indent);
                    const pieces = text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
                    const found: unknown[] = [];
                    const rest = await elementsIn(pieces, [["d", "list"]], (each) => found.push(JSON.parse(each)));
                    expect(found).toEqual(JSON.parse(JSON.stringify(elements)));
                    expect(JSON.parse(rest)).toEqual(
                        JSON.parse(JSON.stringify({ ...document, d: { ...document.d, list: [] } })),
                    );
                },
            ),
        );
    });
});

/** The same piece, as often as a file can have it. */
function* repeated(part: string): Generator<string> {
    const piece = part.repeat(1024 * 1024);
    for (let count = 0; count < 100; count += 1) {
        yield piece;
    }
}
