import { stripVTControlCharacters } from "node:util";
import { text } from "../../../src/cli/reports/text";
import { cleanReport, failedReport, richReport } from "./a-report";

const inColour = text(richReport(), { colours: true });
const bare = text(richReport(), { colours: false });

test("colours change nothing but the colours", () => {
    expect(stripVTControlCharacters(inColour)).toBe(bare);
    expect(inColour).not.toBe(bare);
});

test("the last line is the verdict", () => {
    expect(bare.trimEnd().split("\n").at(-1)).toBe(richReport().verdict.sentence);
    expect(text(cleanReport(), { colours: true })).toContain("\u001b[32mClean: ");
    expect(text(failedReport(), { colours: true })).toContain("\u001b[31mFailed: ");
});

test("a width wraps all lines but commands and addresses, which people copy", () => {
    const lines = text(richReport(), { colours: false, width: 60 }).split("\n");
    const long = lines.filter((line) => line.length > 60);
    expect(long.length).toBeGreaterThan(0);
    long.forEach((line) => expect(line).toMatch(/^ +(?:az|pulumi) |^ +(?:Policy|Source): |^ +\S+$/));
    const words = (page: string): readonly string[] => page.split(/\s+/);
    expect(words(lines.join("\n"))).toEqual(words(bare));
});

test("wrapped lines stay coloured one by one, and as wide as without colours", () => {
    const wrapped = text(richReport(), { colours: true, width: 60 });
    expect(stripVTControlCharacters(wrapped)).toBe(text(richReport(), { colours: false, width: 60 }));
});

test("of a state, a question is open because of the state, whatever a plan would do", () => {
    const ofState = text({ ...richReport(), changes: undefined }, { colours: false });
    expect(bare).toContain("(the plan changes the resource)");
    expect(ofState).toContain("(not in the state)");
    expect(ofState).not.toMatch(/\(the plan /);
});
