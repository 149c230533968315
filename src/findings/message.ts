import type { Steps } from "../advice/steps";
import { PAGES, type Page } from "../facts/page";
import type { PolicyId } from "./policy-id";

/** What a finding says, in parts; each report puts them together in its own way. */
export interface Message {
    /** One sentence with the name of what it is about, of at most 160 characters. */
    readonly headline: string;
    /** Why it matters, one or two sentences. */
    readonly why: string;
    /** Lines that stand on their own: rows of a table, members of a list. */
    readonly details?: readonly string[];
    /** What to do, in order. */
    readonly steps: Steps;
    /** The page that all of this rests on. */
    readonly source?: Page;
    /** Remarks that are not part of the finding itself: an exemption that has ended. */
    readonly notes?: readonly string[];
}

export function withDetails(message: Message, more: readonly string[]): Message {
    return more.length === 0 ? message : { ...message, details: [...(message.details ?? []), ...more] };
}

const LONGEST_HEADLINE = 160;

/** More lines than these nobody reads, and thousands of findings may each have thousands. */
const MOST_DETAILS = 100;
/** The first steps of a sequence and its last ones matter, whatever stands between them. */
const MOST_STEPS = 60;
/** No text of this pack is as long; one of a program's names may be. */
const LONGEST_TEXT = 8_000;

/** A message with an end: what is cut out of it is counted. */
export function bounded(message: Message): Message {
    const { headline, why, details, steps, notes } = message;
    return {
        ...message,
        headline: cut(headline),
        why: cut(why),
        ...(details === undefined ? {} : { details: fewer(details).map(cut) }),
        steps: { occasion: cut(steps.occasion), list: withoutMiddle(steps.list).map(cut) },
        ...(notes === undefined ? {} : { notes: fewer(notes).map(cut) }),
    };
}

function fewer(lines: readonly string[]): readonly string[] {
    const left = lines.length - MOST_DETAILS;
    return left > 0 ? [...lines.slice(0, MOST_DETAILS), `and ${left.toLocaleString("en-US")} more`] : lines;
}

function withoutMiddle(steps: readonly string[]): readonly string[] {
    const half = MOST_STEPS / 2;
    const left = steps.length - MOST_STEPS;
    return left > 0
        ? [
              ...steps.slice(0, half),
              `(${left.toLocaleString("en-US")} more steps of the same kind are left out here.)`,
              ...steps.slice(-half),
          ]
        : steps;
}

function cut(text: string): string {
    return text.length > LONGEST_TEXT
        ? `${text.slice(0, LONGEST_TEXT)}… (${(text.length - LONGEST_TEXT).toLocaleString("en-US")} more characters)`
        : text;
}

/** The text of a finding as Pulumi prints it below the policy's description. */
export function formatMessage(policyId: PolicyId, message: Message): string {
    const { headline, why, details = [], steps, source, notes = [] } = message;
    return [
        `[${policyId}] ${headline}`,
        why,
        ...details.map((line) => `${INDENT}${line}`),
        ...formatSteps(steps),
        ...notes,
        ...(source === undefined ? [] : [formatSource(source)]),
    ]
        .map(singleLine)
        .join("\n");
}

/** Steps as lines of text. */
export function formatSteps({ occasion, list }: Steps): readonly string[] {
    return list.length === 0 ? [] : [occasion, ...list.map((step, index) => `${numbered(index)}${step}`)];
}

/** What tells details and steps from the lines around them. */
const INDENT = "  ";

function numbered(index: number): string {
    return `${INDENT}${index + 1}. `;
}

/** The last line of a finding. */
export function formatSource({ title, publisher, date }: Page): string {
    return `Source: "${title}", ${publisher}${date === undefined ? "" : `, ${date}`}.`;
}

/**
 * A finding read back from its text, for where nothing but the text is left: a saved stream of events. The policy's
 * description, which Pulumi puts above it, may stand there. Undefined for a text that is no finding of this pack.
 *
 * The occasion of steps that are none is not printed, and so comes back empty.
 */
export function parseMessage(text: string): { readonly policyId: PolicyId; readonly message: Message } | undefined {
    const lines = text.replace(/[\r\n]+$/, "").split(/\r?\n/);
    const start = lines.slice(0, 2).findIndex((line) => HEADLINE.test(line));
    const [, policyId, headline = ""] = HEADLINE.exec(lines[start] ?? "") ?? [];
    if (policyId === undefined) {
        return undefined;
    }
    const [why = "", ...rest] = lines.slice(start + 1);
    const details = linesWhile(rest, (line) => line.startsWith(INDENT));
    const afterDetails = rest.slice(details.length);
    const steps = linesWhile(afterDetails.slice(1), (line, index) => line.startsWith(numbered(index)));
    const remarks = steps.length === 0 ? afterDetails : afterDetails.slice(1 + steps.length);
    const source = parseSource(remarks.at(-1) ?? "");
    const notes = source === undefined ? remarks : remarks.slice(0, -1);
    return {
        policyId: policyId as PolicyId,
        message: {
            headline,
            why,
            ...(details.length > 0 ? { details: details.map((line) => line.slice(INDENT.length)) } : {}),
            steps: {
                occasion: steps.length === 0 ? "" : (afterDetails[0] ?? ""),
                list: steps.map((line, index) => line.slice(numbered(index).length)),
            },
            ...(source === undefined ? {} : { source }),
            ...(notes.length > 0 ? { notes } : {}),
        },
    };
}

const HEADLINE = /^\[(BCDR\d{3})\] (.*)$/;

function linesWhile(lines: readonly string[], belongs: (line: string, index: number) => boolean): readonly string[] {
    const end = lines.findIndex((line, index) => !belongs(line, index));
    return end < 0 ? lines : lines.slice(0, end);
}

/** Only what `formatSource` makes of a page that can be one: a remark may begin with the same word. */
function parseSource(line: string): Page | undefined {
    const [, title, name, date] = /^Source: "(.*)", ([^"]*?)(?:, (\d{4}-\d{2}-\d{2}))?\.$/.exec(line) ?? [];
    const publisher = Object.values(PAGES).find((page) => page.publisher === name)?.publisher;
    return title === undefined || publisher === undefined ? undefined : { title, publisher, date };
}

/**
 * A headline that names things, kept to its length: where the names are too long for it, they are shortened in the
 * middle, because both ends of a name tell it from its neighbours.
 */
export function headline(sentence: (...names: string[]) => string, ...names: readonly string[]): string {
    const quoted = (longest: number): string =>
        sentence(...names.map((name) => `"${shorten(singleLine(name), longest)}"`));
    for (let longest = 80; longest > 8; longest -= 4) {
        const text = quoted(longest);
        if (text.length <= LONGEST_HEADLINE) {
            return text;
        }
    }
    return quoted(8);
}

function shorten(name: string, longest: number): string {
    if (name.length <= longest) {
        return name;
    }
    const half = Math.floor((longest - 1) / 2);
    // Without the halves of characters that the cut has left: they are no text.
    return `${name.slice(0, half)}…${name.slice(name.length - half)}`.replace(/\p{Cs}/gu, "");
}

/** Names come from the program; one with line breaks in it must not be able to forge lines of a report. */
export function singleLine(text: string): string {
    return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
}
