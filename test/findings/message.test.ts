import * as fc from "fast-check";
import { bounded, headline, type Message } from "../../src/findings/message";
import { singleLine } from "../../src/findings/plain-text";
import { formatMessage, headlineIn } from "../../src/findings/text";
import { referenceTo } from "../../policies/documentation";
import { combinationMessage } from "../../policies/restores/combination";
import { disk, resourceGroup } from "../harness/azure";
import { RESTORE_POLICIES } from "../harness/catalogue";
import { Pack } from "../harness/pack";
import { roundOf } from "../harness/phases";
import { PAGES } from "../../src/facts/page";

const POLICY = referenceTo({ id: "BCDR111", name: "a-policy" });
const LAST = `Policy: a-policy  ${POLICY.url}`;

const message: Message = {
    headline: 'VM "web" is broken.',
    why: "Because.",
    facts: ["first", "second"],
    fix: {
        kind: "in order",
        intro: "Now, in this order:",
        steps: [
            { do: "Do this:", commands: ["az vm start --ids /a", "pulumi up"], where: "properties.x", note: "Slowly." },
            { do: "Do that." },
        ],
    },
    sources: [{ ...PAGES.INTEROPERABILITY, title: "A page", date: "2025-12-08" }],
    notes: ["A remark."],
};

/** Names as Azure has them, and as nobody should have them. */
const anyName = fc.oneof(
    fc.string({ minLength: 1, maxLength: 20 }),
    fc.string({ unit: "grapheme", minLength: 60, maxLength: 300 }),
    fc.string({ unit: fc.constantFrom("a", "\n", "\r", "\u2028", "\u0000", '"'), minLength: 1, maxLength: 300 }),
);

test("format: each part in its place", () => {
    expect(formatMessage(POLICY, message).split("\n")).toEqual([
        '[BCDR111] VM "web" is broken.',
        "Why: Because.",
        "  first",
        "  second",
        "Now, in this order:",
        "  1. Do this:",
        "       az vm start --ids /a",
        "       pulumi up",
        "     where: properties.x",
        "     Slowly.",
        "  2. Do that.",
        "A remark.",
        LAST,
        `Source: A page, Microsoft Learn, 2025-12-08  ${PAGES.INTEROPERABILITY.address}`,
    ]);
});

test("format: ways have no numbers", () => {
    const ways: Message = { ...message, fix: { ...message.fix, kind: "one of", intro: "Do one of these:" } };
    expect(formatMessage(POLICY, ways).split("\n").slice(4, 10)).toEqual([
        "Do one of these:",
        "  - Do this:",
        "      az vm start --ids /a",
        "      pulumi up",
        "    where: properties.x",
        "    Slowly.",
    ]);
});

test("format: a page without a date", () => {
    const undated: Message = { ...message, sources: [{ ...PAGES.DISKS_MISSING, title: "A thread" }] };
    expect(formatMessage(POLICY, undated).split("\n").at(-1)).toBe(
        `Source: A thread, GitHub  ${PAGES.DISKS_MISSING.address}`,
    );
});

test("format: nothing stands for a part that is missing", () => {
    const least: Message = {
        headline: "Broken.",
        why: "",
        fix: { kind: "in order", intro: "Now:", steps: [] },
        sources: [],
    };
    expect(formatMessage(POLICY, least)).toBe(`[BCDR111] Broken.\n${LAST}`);
});

test("a line break in any part cannot forge a line", () => {
    const forged = '\n[BCDR999] "forged"\r\n';
    const hostile: Message = {
        headline: `VM ${forged}`,
        why: forged,
        facts: [forged],
        fix: {
            kind: "in order",
            intro: forged,
            steps: [{ do: forged, commands: [forged], where: forged, note: forged }],
        },
        notes: [`An exemption ended: ${forged}`],
        sources: [{ ...PAGES.INTEROPERABILITY, title: forged }],
    };
    const lines = formatMessage(POLICY, hostile).split(/\r\n|[\n\r\u0085\u2028\u2029]/);
    expect(lines).toHaveLength(11);
    expect(lines.filter((line) => line.startsWith("[BCDR999]"))).toEqual([]);
});

describe("bounded", () => {
    test("counts facts and steps that it leaves out, and keeps both ends of the steps", () => {
        const many = Array.from({ length: 1_000 }, (_, index) => `${index}`);
        const { facts = [], fix } = bounded({
            ...message,
            facts: many,
            fix: { ...message.fix, steps: many.map((each) => ({ do: each })) },
        });
        expect([facts.length, facts.at(-1)]).toEqual([101, "and 900 more"]);
        expect(fix.steps).toHaveLength(61);
        expect([fix.steps[0]?.do, fix.steps[30]?.do, fix.steps[60]?.do]).toEqual([
            "0",
            "(940 more steps of the same kind are left out here.)",
            "999",
        ]);
    });

    test("leaves out a command that is too long, because half of one must not be run", () => {
        const commands = [`az vm start --ids ${"x".repeat(10_000)}`, "pulumi up"];
        const { fix } = bounded({ ...message, fix: { ...message.fix, steps: [{ do: "Do this:", commands }] } });
        expect(fix.steps).toEqual([{ do: "Do this:", commands: ["pulumi up"] }]);
    });
});

describe("the first line in a text", () => {
    test.each([
        ["the message alone", '[BCDR111] VM "web".\nWhy: x.'],
        ["the policy's description above it", 'VMs must be small.\n[BCDR111] VM "web".\nWhy: x.'],
        ["line ends of Windows", 'VMs must be small.\r\n[BCDR111] VM "web".\r\nWhy: x.'],
    ])("is found: %s", (_, text) => {
        expect(headlineIn(text)).toEqual({ policyId: "BCDR111", headline: 'VM "web".' });
    });

    test.each([
        ["nothing", ""],
        ["a text of another pack", "VMs must be small.\nThis one is not."],
        ["an id of another pack", "[ABCD111] VMs must be small."],
        ["an id further down", "VMs must be small.\nThis one is not.\n[BCDR111] VM."],
        ["an id within a line", "See [BCDR111] for more."],
    ])("is none of this pack: %s", (_, text) => {
        expect(headlineIn(text)).toBeUndefined();
    });
});

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
                    kind: "replicated item",
                    item: vm,
                    listsDisks: true,
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
