import type { Fix, Step } from "../advice/fix";
import type { Page } from "../facts/page";
import { singleLine } from "./plain-text";

/** What a finding says, in parts; each report puts them together in its own way. */
export interface Message {
    /** One sentence with the name of what it is about, of at most 160 characters. */
    readonly headline: string;
    /** What happens if nobody acts, in one or two sentences. */
    readonly why: string;
    /** What it was read from: rows of a table, members of a list. */
    readonly facts?: readonly string[];
    readonly fix: Fix;
    /** What to know if a step fails, and remarks that are not part of the finding itself: an exemption that has ended. */
    readonly notes?: readonly string[];
    /** The pages that all of this rests on. */
    readonly sources: readonly Page[];
}

export function withFacts(message: Message, more: readonly string[]): Message {
    return more.length === 0 ? message : { ...message, facts: [...(message.facts ?? []), ...more] };
}

export function withNotes(message: Message, more: readonly string[]): Message {
    return more.length === 0 ? message : { ...message, notes: [...(message.notes ?? []), ...more] };
}

const LONGEST_HEADLINE = 160;

/** More lines than these nobody reads, and thousands of findings may each have thousands. */
const MOST_FACTS = 100;
/** The first and the last steps of a sequence matter, whatever comes between them. */
const MOST_STEPS = 60;
/** No text of this pack is as long; one of a program's names may be. */
const LONGEST_TEXT = 8_000;

/** A message with an end: what is cut out of it is counted. */
export function bounded(message: Message): Message {
    const { headline, why, facts, fix, notes } = message;
    return {
        ...message,
        headline: cut(headline),
        why: cut(why),
        ...(facts === undefined ? {} : { facts: fewer(facts).map(cut) }),
        fix: { ...fix, intro: cut(fix.intro), steps: withoutMiddle(fix.steps).map(cutStep) },
        ...(notes === undefined ? {} : { notes: fewer(notes).map(cut) }),
    };
}

function fewer(lines: readonly string[]): readonly string[] {
    const left = lines.length - MOST_FACTS;
    return left > 0 ? [...lines.slice(0, MOST_FACTS), `and ${left.toLocaleString("en-US")} more`] : lines;
}

function withoutMiddle(steps: readonly Step[]): readonly Step[] {
    const half = MOST_STEPS / 2;
    const left = steps.length - MOST_STEPS;
    return left > 0
        ? [
              ...steps.slice(0, half),
              { do: `(${left.toLocaleString("en-US")} more steps of the same kind are left out here.)` },
              ...steps.slice(-half),
          ]
        : steps;
}

/** A command is whole or left out: half of one must not be run. */
function cutStep({ do: text, commands, where, note }: Step): Step {
    const whole = commands?.filter(({ length }) => length <= LONGEST_TEXT) ?? [];
    return {
        do: cut(text),
        ...(whole.length === 0 ? {} : { commands: whole }),
        ...(where === undefined ? {} : { where: cut(where) }),
        ...(note === undefined ? {} : { note: cut(note) }),
    };
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
