import * as fc from "fast-check";
import { headline } from "../../findings/message";
import { Secrets } from "../../findings/secrets";

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
    ["no part of a longer word, where it is short", "web", "web webserver", "(secret) webserver"],
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
    const message = { headline: "a", why: "b", steps: { occasion: "", list: [] } };
    expect(hiding().hideIn(message)).toBe(message);
});

test("hides in every text of a message, and leaves its source alone", () => {
    const source = { title: "topsecret", publisher: "Microsoft Learn", date: undefined } as never;
    const message = {
        headline: "topsecret",
        why: "topsecret",
        details: ["topsecret"],
        notes: ["topsecret"],
        steps: { occasion: "topsecret", list: ["topsecret"] },
        source,
    };
    const hidden = hiding("topsecret").hideInMessage(message);
    expect(hidden.source).toBe(source);
    expect(JSON.stringify({ ...hidden, source: undefined })).not.toContain("topsecret");
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
