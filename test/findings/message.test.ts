import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import * as fc from "fast-check";
import { headline, type Message } from "../../src/findings/message";
import { formatMessage, parseMessage, singleLine } from "../../src/findings/text";
import { exampleFolder, exampleNames } from "../../dev/offline/examples";
import { combinationMessage } from "../../policies/restores/combination";
import { disk, resourceGroup } from "../harness/azure";
import { RESTORE_POLICIES } from "../harness/catalogue";
import { Pack } from "../harness/pack";
import { roundOf } from "../harness/phases";
import { PAGES } from "../../src/facts/page";

const message: Message = {
    headline: 'VM "web" is broken.',
    why: "Because.",
    details: ["first", "second"],
    steps: { occasion: "Now:", list: ["Do this.", "Do that."] },
    source: { title: "A page", publisher: "Microsoft Learn", date: "2025-12-08" },
    notes: ["A remark."],
};

/** Names as Azure has them, and as nobody should have them. */
const anyName = fc.oneof(
    fc.string({ minLength: 1, maxLength: 20 }),
    fc.string({ unit: "grapheme", minLength: 60, maxLength: 300 }),
    fc.string({ unit: fc.constantFrom("a", "\n", "\r", "\u2028", "\u0000", '"'), minLength: 1, maxLength: 300 }),
);

test("format: each part in its place", () => {
    expect(formatMessage("BCDR111", message).split("\n")).toEqual([
        '[BCDR111] VM "web" is broken.',
        "Because.",
        "  first",
        "  second",
        "Now:",
        "  1. Do this.",
        "  2. Do that.",
        "A remark.",
        'Source: "A page", Microsoft Learn, 2025-12-08.',
    ]);
});

test("format: a page without a date", () => {
    const undated: Message = { ...message, source: { title: "A thread", publisher: "GitHub", date: undefined } };
    expect(formatMessage("BCDR111", undated).split("\n").at(-1)).toBe('Source: "A thread", GitHub.');
});

test("format: nothing stands for a part that is missing", () => {
    const least: Message = { headline: "Broken.", why: "Because.", steps: { occasion: "Now:", list: [] } };
    expect(formatMessage("BCDR111", least)).toBe("[BCDR111] Broken.\nBecause.");
});

test("a line break in any part cannot forge a line", () => {
    const forged = '\n[BCDR999] "forged"\r\n';
    const hostile: Message = {
        headline: `VM ${forged}`,
        why: forged,
        details: [forged],
        steps: { occasion: forged, list: [forged] },
        notes: [`An exemption ended: ${forged}`],
    };
    const lines = formatMessage("BCDR111", hostile).split(/\r\n|[\n\r\u0085\u2028\u2029]/);
    expect(lines).toHaveLength(6);
    expect(lines.filter((line) => line.startsWith("[BCDR999]"))).toEqual([]);
});

describe("parse", () => {
    /** A line as a policy may write it: never empty, and never with the spaces in front that mark details and steps. */
    const line = fc
        .oneof(
            fc.string({ minLength: 1 }),
            fc.string({ unit: "grapheme", minLength: 1 }),
            fc.constantFrom("1. one", "Now:", "Source: the plan", '[BCDR111] "web"', "a\nb", 'Source: "A", B.'),
        )
        .map((text) => singleLine(text).trim())
        .filter((text) => text !== "");
    const lines = fc.array(line, { minLength: 1, maxLength: 12 });
    const anyMessage: fc.Arbitrary<Message> = fc.record(
        {
            headline: line,
            why: line,
            details: lines.map((all) => all.map((text, index) => (index % 3 === 1 ? `  ${text}` : text))),
            steps: fc.oneof(
                fc.record({ occasion: line, list: lines }),
                fc.constant({ occasion: "", list: [] as string[] }),
            ),
            source: fc.constantFrom(...Object.values(PAGES)),
            notes: fc.array(
                line.map((text) => `An exemption ended: "${text}".`),
                { minLength: 1, maxLength: 3 },
            ),
        },
        { requiredKeys: ["headline", "why", "steps"] },
    );

    test("gives back what was formatted, with or without the policy's description above it", () => {
        fc.assert(
            fc.property(anyMessage, fc.constantFrom("", "A policy found something.\n"), (original, description) => {
                const parsed = parseMessage(description + formatMessage("BCDR121", original));
                expect(parsed).toEqual({ policyId: "BCDR121", message: original });
            }),
            { numRuns: 1_000 },
        );
    });

    test("loses the occasion of steps that are none, which is not printed", () => {
        const without: Message = { ...message, steps: { occasion: "Now:", list: [] } };
        expect(parseMessage(formatMessage("BCDR111", without))?.message).toEqual({
            ...without,
            steps: { occasion: "", list: [] },
        });
    });

    test("takes line ends of other VMs, and a line end at the end", () => {
        const text = `${formatMessage("BCDR111", message)}\n`.replaceAll("\n", "\r\n");
        expect(parseMessage(text)).toEqual({ policyId: "BCDR111", message });
    });

    test("takes only a page of a publisher that policies cite for the source", () => {
        const note = 'Source: "A page", Somebody, 2025-12-08.';
        const remarked: Message = { headline: "a", why: "b", steps: { occasion: "", list: [] }, notes: [note] };
        expect(parseMessage(`[BCDR111] a\nb\n${note}`)?.message).toEqual(remarked);
    });

    test.each([
        ["nothing", ""],
        ["a text of another pack", "VMs must be small.\nThis one is not."],
        ["an id of another pack", "[ABCD111] VMs must be small."],
        ["an id further down", "VMs must be small.\nThis one is not.\n[BCDR111] VM."],
        ["an id within a line", "See [BCDR111] for more."],
    ])("%s is no finding", (_, text) => {
        expect(parseMessage(text)).toBeUndefined();
    });

    test("never fails", () => {
        const parts = fc.constantFrom("[BCDR111] ", "\n", "  ", "1. ", "Source: ", '"', ", ", "a", ".");
        fc.assert(
            fc.property(fc.array(parts), (texts) => {
                const text = texts.join("");
                expect(parseMessage(text) === undefined).toBe(!/^(.*\n)?\[BCDR111\] /.test(text));
            }),
        );
    });

    /** Each text that an example shows, below the policy's description. */
    const examples = exampleNames().flatMap((name) =>
        readdirSync(exampleFolder(name))
            .filter((file) => /^expected-output.*\.txt$/.test(file))
            .flatMap((file) => printedMessages(readFileSync(path.join(exampleFolder(name), file), "utf8"))),
    );
    const policyPages = path.join(__dirname, "../../docs/policies");
    const onPages = readdirSync(policyPages).flatMap((file) =>
        [...readFileSync(path.join(policyPages, file), "utf8").matchAll(/```text\n(.*?)\n```/gs)].map(
            ([, text = ""]) => text,
        ),
    );

    test.each([
        ["example", examples],
        ["page of a policy", onPages],
    ])("understands every text of every %s", (_, texts) => {
        expect(texts.length).toBeGreaterThan(30);
        for (const text of texts) {
            const parsed = parseMessage(text);
            expect(parsed && formatMessage(parsed.policyId, parsed.message)).toBe(text.slice(text.indexOf("[BCDR")));
            expect(parsed?.message.why).toMatch(/\.$/);
            expect(parsed?.message.source !== undefined).toBe(text.includes("\nSource: "));
            expect(parsed?.message.steps.occasion).toMatch(/:$/);
            expect(parsed?.message.notes).toBeUndefined();
        }
    });
});

/** Pulumi's display puts a bullet before each finding and ten spaces before each of its lines. */
function printedMessages(output: string): readonly string[] {
    const messages: string[][] = [];
    for (const line of output.split("\n")) {
        if (line.startsWith("        - ")) {
            messages.push([]);
        } else if (line.startsWith("          ")) {
            messages.at(-1)?.push(line.slice(10));
        }
    }
    return messages.map((lines) => lines.join("\n"));
}

test.each([
    ["a\nb", "a b"],
    ["a\r\n\t b", "a  b"],
    ["a\u2028b\u2029c", "a b c"],
    ["a\u0000\u001b[31mb", "a [31mb"],
    ["Straße, 東京", "Straße, 東京"],
])("on one line: %j", (text, expected) => {
    expect(singleLine(text)).toBe(expected);
});

describe("headline", () => {
    const sentence = (a: string, b: string): string => `Disk ${a} of VM ${b} is not the one that is replicated.`;

    test("names stand in quotes, as they are", () => {
        expect(headline(sentence, "data", "web")).toBe('Disk "data" of VM "web" is not the one that is replicated.');
    });

    test("a long name keeps both of its ends", () => {
        const text = headline((name) => `VM ${name} is broken.`, `first-${"x".repeat(200)}-last`);
        expect(text).toMatch(/^VM "first-x+…x+-last" is broken\.$/);
    });

    test("as much of the names stays as there is room for", () => {
        expect(headline(sentence, "a".repeat(200), "b".repeat(200)).length).toBeGreaterThan(140);
        expect(headline((name) => `VM ${name} is broken.`, "n".repeat(80))).toContain("n".repeat(80));
    });

    test("is one line of at most 160 characters, whatever the names", () => {
        fc.assert(
            fc.property(anyName, anyName, (a, b) => {
                const text = headline(sentence, a, b);
                expect(text.length).toBeLessThanOrEqual(160);
                expect(text).toBe(singleLine(text));
            }),
        );
    });

    test("no character is cut in half", () => {
        fc.assert(
            fc.property(fc.string({ unit: fc.constantFrom("a", "😀"), minLength: 60, maxLength: 120 }), (name) => {
                const text = headline(sentence, name, name);
                expect(Buffer.from(text, "utf8").toString("utf8")).toBe(text);
            }),
        );
    });

    test("of BCDR101 and BCDR102 is at most 160 characters", () => {
        const kinds = fc.subarray(["file", "disk", "vm"] as const, { minLength: 1 });
        fc.assert(
            fc.property(anyName, kinds, (vm, each) => {
                const { headline: text } = combinationMessage({
                    vm,
                    edition: "2025-12-08",
                    kinds: each,
                    backups: [vm],
                    replicatedItems: [vm],
                    item: vm,
                    diskId: "managedDisks[].diskId",
                    isInTemplate: false,
                    disableCommand: undefined,
                    itemIsClassic: false,
                    home: undefined,
                    takesDisks: "storageProfile",
                });
                expect(text.length).toBeLessThanOrEqual(160);
            }),
        );
    });

    test("of BCDR110 is at most 160 characters, whatever disk and backed-up VM are called", async () => {
        const source = (vm: string): string =>
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute" +
            `/restorePointCollections/AzureBackup_${vm}_545359511612843/restorePoints/AzureBackup_20260301_084023/disks/d`;
        const nameInId = anyName.map((name) => name.replace(/[/?]/g, "-"));
        await fc.assert(
            fc.asyncProperty(anyName, nameInId, async (name, vm) => {
                const creationData = { createOption: "Restore", sourceResourceId: source(vm) };
                const program = { rg: resourceGroup(), restored: disk({ name, creationData }) };
                const [violation] = await new Pack(RESTORE_POLICIES).analyze(roundOf(program, "first preview"));
                const [, line = ""] = violation?.message.split("\n") ?? [];
                expect(line).toMatch(/^\[BCDR110\] Disk ".*" is restored from a/);
                expect(line.length).toBeLessThanOrEqual("[BCDR110] ".length + 160);
            }),
        );
    });
});
