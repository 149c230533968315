import { PAGES } from "../../src/facts/page";
import type { Message } from "../../src/findings/message";
import * as fc from "fast-check";
import { headline } from "../../src/findings/message";
import { Secrets } from "../../src/findings/secrets";

function hiding(...values: readonly unknown[]): Secrets {
    const secrets = new Secrets();
    values.forEach((value) => secrets.add(value));
    return secrets;
}

test.each<[string, unknown, string, string]>([
    ["a text", "hunter2", "The disk hunter2 is", "The disk (secret) is"],
    ["a text within a name", "correct-horse", "vm;group;xcorrect-horse9", "vm;group;x(secret)9"],
    ["a text in another case", "Correct-Horse", "correct-horse", "(secret)"],
    [
        "every text of an object",
        { a: ["first-one"], b: { c: "second-one" } },
        "first-one second-one",
        "(secret) (secret)",
    ],
    ["the longer of two", ["alphabet", "alphabet-soup"], "alphabet-soup", "(secret)"],
    ["a text with signs of its own", "a.*(b)[c]|$", "is a.*(b)[c]|$ here", "is (secret) here"],
    ["a text of several lines", "line one\nline two", "is line one line two here", "is (secret) here"],
    ["a text in quotes of a shell", "it's-mine", "--name 'it'\\''s-mine'", "--name '(secret)'"],
    ["a text in JSON", 'say "friend"', 'is "say \\"friend\\"".', 'is "(secret)".'],
    [
        "an id, and the subscription in it",
        "/subscriptions/0000-1111/resourceGroups/shop/providers/Microsoft.Compute/disks/os",
        "az disk show --subscription 0000-1111; in group shop",
        "az disk show --subscription (secret); in group shop",
    ],
    [
        "what a message tells of the id of a recovery point",
        "/subscriptions/0000-1111/resourceGroups/AzureBackupRG_westeurope_1/providers/Microsoft.Compute/restorePointCollections/AzureBackup_web_545359511612843/restorePoints/AzureBackup_20260301_084023/disks/os",
        'Disk "a" of VM "web" is restored from an Azure Backup recovery point of VM "web" (2026-03-01 08:40 UTC).',
        'Disk "a" of VM "web" is restored from an Azure Backup recovery point of (secret).',
    ],
    ["no part of a longer word, where it is short", "web", "web webserver", "(secret) webserver"],
    ["a short text beside signs", "x1y", "(x1y)-x1y_x1y.", "((secret))-(secret)_(secret)."],
    ["a short text not beside letters of two places", "x1y", "\u{1D400}x1y x1y\u{1D400}", "\u{1D400}x1y x1y\u{1D400}"],
    ["a text after a letter whose small one takes more room", "correct-horse", "İ correct-horse!", "İ (secret)!"],
    ["two texts side by side", ["alphabet", "bet-and-win"], "alphabetalphabet-and-win", "(secret)(secret)-and-win"],
    [
        "the shorter of two where the longer does not stand",
        ["alphabet", "alphabet-soup"],
        "alphabet-sou",
        "(secret)-sou",
    ],
    ["nothing of one or two letters", "ab", "ab", "ab"],
    ["no flag", ["true", "FALSE", "none"], "true false none", "true false none"],
    ["no number", 4711, "4711 GiB", "4711 GiB"],
    [
        "nothing that is not known yet",
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    ],
])("hides %s", (_, value, text, expected) => {
    expect(hiding(value).hide(text)).toBe(expected);
});

test("what is a name in a URN is no secret, whenever that is learnt", () => {
    const secrets = hiding("storefront");
    expect(secrets.hide("storefront")).toBe("(secret)");
    secrets.publish("storefront");
    expect(secrets.hide("storefront")).toBe("storefront");
});

test("without a secret, everything stays what it is", () => {
    const message = { headline: "a", why: "b", fix: { kind: "in order" as const, intro: "", steps: [] }, sources: [] };
    expect(hiding().hideIn(message)).toBe(message);
});

test("hides in every text of a message, and leaves its pages and the kind of its fix alone", () => {
    const sources = [{ ...PAGES.INTEROPERABILITY, title: "topsecret" }];
    const message: Message = {
        headline: "topsecret",
        why: "topsecret",
        facts: ["topsecret"],
        notes: ["topsecret"],
        fix: {
            kind: "in order",
            intro: "topsecret",
            steps: [{ do: "topsecret", commands: ["topsecret"], where: "topsecret", note: "topsecret" }],
        },
        sources,
    };
    const hidden = hiding("topsecret", "in order").hideInMessage(message);
    expect(hidden.sources).toBe(sources);
    expect(hidden.fix.kind).toBe("in order");
    expect(JSON.stringify({ ...hidden, sources: undefined })).not.toContain("topsecret");
});

test("no four letters from an end of a secret are left where a headline has shortened a name that holds it", () => {
    const secret = fc.string({ unit: fc.constantFrom("Q", "X", "Z"), minLength: 8, maxLength: 60 });
    const around = fc.string({ unit: fc.constantFrom("a", "b", "-"), maxLength: 60 });
    fc.assert(
        fc.property(around, secret, around, (before, text, after) => {
            const long = headline((name) => `Disk ${name} ${"is not replicated ".repeat(6)}.`, before + text + after);
            const hidden = hiding(text).hide(long);
            expect(hidden).not.toMatch(/[QXZ]{4}/);
        }),
        { numRuns: 2_000 },
    );
});

test("hides what one regular expression of all of them would hide", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "B", "b", "-", "1", "/", "é", "É"), maxLength: 24 });
    const secrets = fc.array(letters, { minLength: 1, maxLength: 12 });
    fc.assert(
        fc.property(secrets, fc.array(fc.oneof(letters, fc.nat())), (all, parts) => {
            const text = parts
                .map((part) => (typeof part === "number" ? (all[part % all.length] ?? "") : part))
                .join("");
            const long = all.filter((each) => each.trim().length >= 3).flatMap((each) => [each, each.trim()]);
            const pattern = long
                .sort((a, b) => b.length - a.length)
                .map((each) =>
                    (each.length < 8 ? `(?<![\\p{L}\\p{N}])${each}(?![\\p{L}\\p{N}])` : each).replaceAll("/", "\\/"),
                );
            const expected =
                pattern.length === 0 ? text : text.replace(new RegExp(pattern.join("|"), "giu"), "(secret)");
            expect(hiding(all).hide(text)).toBe(expected);
        }),
        { numRuns: 300 },
    );
});

test("looks at each place of a text once, however many secrets there are", () => {
    const secrets = hiding(Array.from({ length: 20_000 }, (_, index) => `/subscriptions/s/resourceGroups/${index}`));
    const text = "The disk /subscriptions/s/resourceGroups/19999 is not replicated, nor /subscriptions/other. ";
    const hidden = "The disk (secret) is not replicated, nor /subscriptions/other. ";
    expect(secrets.hide(text.repeat(1_000))).toBe(hidden.repeat(1_000));
});
