import type { Steps } from "../advice/steps";
import type { Page } from "../facts/page";
import { singleLine } from "./text";

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
