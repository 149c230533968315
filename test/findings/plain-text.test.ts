import fc from "fast-check";
import type { Message } from "../../src/findings/message";
import { formatMessage } from "../../src/findings/text";
import { forDisplay } from "../../src/findings/plain-text";
import { referenceTo } from "../../policies/documentation";
import { HOSTILE, harmIn } from "../hostile-texts";

const messageOf = (text: string): Message => ({
    headline: `VM "${text}" is broken.`,
    why: `${text} is broken.`,
    facts: [text],
    fix: {
        kind: "in order",
        intro: `${text}:`,
        steps: [{ do: text, commands: [text], where: text, note: text }, { do: text }],
    },
    notes: [text],
    sources: [],
});

const POLICY = referenceTo({ id: "BCDR121", name: "restored-os-disk-not-replicated" });

test("what Pulumi displays of a finding has the lines of its parts, and none that a CI system or a terminal obeys", () => {
    fc.assert(
        fc.property(HOSTILE, (text) => {
            const shown = forDisplay(formatMessage(POLICY, messageOf(text)));
            expect(shown.split("\n")).toHaveLength(11);
            expect(harmIn(shown)).toEqual([]);
            expect(shown).not.toContain("<{%");
        }),
        { numRuns: 500 },
    );
});

test("a text without any of that stays as it is", () => {
    const shown = formatMessage(POLICY, messageOf("Größe 日本 urn:pulumi:dev::fleet::a:b:C::app #1 ## [x] 50% 😀"));
    expect(forDisplay(shown)).toBe(shown);
});
