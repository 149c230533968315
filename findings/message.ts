import type { Steps } from "../guidance/steps";
import type { Page } from "../support/page";
import type { RuleId } from "./rule-id";

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

const LONGEST_HEADLINE = 160;

/** The text of a finding as Pulumi prints it below the policy's description. */
export function formatMessage(rule: RuleId, message: Message): string {
    const { headline, why, details = [], steps, source, notes = [] } = message;
    return [
        `[${rule}] ${headline}`,
        why,
        ...details.map((line) => `  ${line}`),
        ...(steps.list.length > 0 ? [steps.occasion] : []),
        ...steps.list.map((step, index) => `  ${index + 1}. ${step}`),
        ...notes,
        ...(source === undefined ? [] : [formatSource(source)]),
    ]
        .map(singleLine)
        .join("\n");
}

function formatSource({ title, publisher, date }: Page): string {
    return `Source: "${title}", ${publisher}${date === undefined ? "" : `, ${date}`}.`;
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
