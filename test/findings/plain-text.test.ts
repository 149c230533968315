import fc from "fast-check";
import type { Message } from "../../src/findings/message";
import { formatMessage } from "../../src/findings/text";
import { forDisplay } from "../../src/findings/plain-text";
import { HOSTILE, harmIn } from "../hostile-texts";

const messageOf = (text: string): Message => ({
    headline: `VM "${text}" is broken.`,
    why: `${text} is broken.`,
    details: [text],
    steps: { occasion: `${text}:`, list: [text, text] },
    notes: [text],
});

test("what Pulumi displays of a finding has the lines of its parts, and none that a CI system or a terminal obeys", () => {
    fc.assert(
        fc.property(HOSTILE, (text) => {
            const shown = forDisplay(formatMessage("BCDR121", messageOf(text)));
            expect(shown.split("\n")).toHaveLength(7);
            expect(harmIn(shown)).toEqual([]);
            expect(shown).not.toContain("<{%");
        }),
        { numRuns: 500 },
    );
});

test("a text without any of that stays as it is", () => {
    const shown = formatMessage("BCDR121", messageOf("Größe 日本 urn:pulumi:dev::fleet::a:b:C::app #1 ## [x] 50% 😀"));
    expect(forDisplay(shown)).toBe(shown);
});
