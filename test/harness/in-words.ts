/** Syntax of a program. Where nobody knows its language, a message must have none of it. */
const SYNTAX = /\$\{|fn::|=>|\blambda\b|\b(?:protect|retainOnDelete|deleteBeforeReplace|aliases): |^\s*options:/m;

/** The lines of a message that speak to programmers of one language. */
export const syntaxIn = (message: string): readonly string[] => message.split("\n").filter((line) => SYNTAX.test(line));
