/** A word or phrase that no reader of this product should meet, and what to write instead. */
export interface Forbidden {
    readonly pattern: RegExp;
    readonly instead: string;
    /** The files that it is forbidden in; all without it. */
    readonly files?: RegExp;
}

/**
 * Most of them read as translated. A pattern matches in a text whose line breaks are spaces, and leaves out what the same
 * words mean elsewhere: `*` stands for any text, a list is gone through, a vault is
 * of its own region, ways are in order of preference.
 */
export const FORBIDDEN: readonly Forbidden[] = [
    { pattern: /\banew\b/i, instead: "again" },
    { pattern: /\b(?:tells?|told|telling) of\b/i, instead: "reports, names, shows" },
    { pattern: /\bow(?:e|es|ed|ing)\b/i, instead: "must be (backed up, replicated), requires" },
    { pattern: /\bgo(?:es|ing)? on\b/i, instead: "continues" },
    { pattern: /\bstands in\b/i, instead: "is in; replaces" },
    { pattern: /\bstands\b(?! (?:in|for)\b)/i, instead: "is" },
    { pattern: /\bas it is(?= (?:now|today|and|does|goes)\b|[.,;:)]|$)/i, instead: "unchanged" },
    {
        pattern:
            /\bof (?:its|their) own\b(?=[.,;:)]|$| (?:and|or|that|which|in|with|for|is|are|to|by|on|where|as|has)\b)/i,
        instead: "own, separate, itself",
    },
    { pattern: /\bwhat is there\b/i, instead: "what exists" },
    { pattern: /\b(?:for|to|by) who\b/i, instead: "whoever, anyone who, people who" },
    { pattern: /\bLet the\b/, instead: "an imperative: Set, Change, Use" },
    {
        pattern: /(?:^|[.;:,(] ?|\b(?:and|or|to|then) )let\b[^.]{1,80}? (?:hold|have|follow|take|attach|say)\b/i,
        instead: "an imperative: Set, Change, Use",
    },
    { pattern: /\bget(?:s|ting)? on\b/i, instead: "work together; continue" },
    { pattern: /\bat hand\b/i, instead: "current, available" },
    { pattern: /\b(?:is|are|be) gone\b(?! through\b)/i, instead: "no longer exists, is deleted" },
    { pattern: /\bof no account\b|\bno account of\b/i, instead: "name what does not matter, or what does not exist" },
    { pattern: /\bin order\b(?! of\b)/i, instead: "to; correct; in this order" },
    { pattern: /\bput (?:it|them|that|this) right\b/i, instead: "fix" },
    {
        pattern: /(?<!virtual |this |same |another )\bmachines?\b/i,
        instead: "VM",
        files: /^(?:policies|src\/(?:advice|findings|model))\//,
    },
];

/** Literals that are values of the code, not prose. */
export const VALUES: ReadonlySet<string> = new Set(["in order", "one of"]);
