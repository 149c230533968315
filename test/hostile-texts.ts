// Texts as somebody would write them who wants a name to do something where it is printed, and what it must not do there.
import fc from "fast-check";

const PARTS = [
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "::error::forged",
    "::set-output name=x::y",
    "::add-mask::x",
    "::",
    "error::",
    "##vso[task.complete result=Succeeded;]",
    "##[error]forged",
    "##[command]x",
    "#",
    "##",
    "vso[task.setvariable variable=X]Y",
    "##teamcity[buildStatus status='SUCCESS']",
    "\u001b[31m",
    "\u001b]8;;https://example.invalid\u0007",
    "\u001b[2J",
    "\u009b2J",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u00ad",
    "\ufeff",
    "\u2028",
    "\u0085",
    "\u0000",
    "\u007f",
    "\ud83d",
    "\u{e0001}",
    "<{%reset%}>",
    "<{%",
    "web",
    "]",
] as const;

/** What a name may hold: parts of commands in any order, and anything else. */
export const HOSTILE: fc.Arbitrary<string> = fc
    .array(
        fc.oneof(
            { weight: 5, arbitrary: fc.constantFrom<string>(...PARTS) },
            fc.string({ unit: "binary", maxLength: 3 }),
        ),
        {
            minLength: 1,
            maxLength: 8,
        },
    )
    .map((parts) => parts.join(""));

/** All of it in one name. */
export const ALL_HOSTILE = PARTS.join("");

/** The lines of a printed text that a CI system or a terminal would obey, or that nobody would see as they are. */
export function harmIn(printed: string): readonly string[] {
    return printed
        .split("\n")
        .filter(
            (line) => /^\s*::\w/.test(line) || /##\w*\[/.test(line) || /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(line),
        )
        .map((line) => JSON.stringify(line));
}
