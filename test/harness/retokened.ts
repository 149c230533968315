import type { SentRound } from "./stack";

/** The same round with types under other tokens, which the stand-in providers need not know. */
export function retokened(round: SentRound, tokens: Readonly<Record<string, string>>): SentRound {
    const text = Object.entries(tokens).reduce(
        (all, [token, other]) => all.replaceAll(`${token}"`, `${other}"`).replaceAll(`${token}::`, `${other}::`),
        JSON.stringify(round),
    );
    return JSON.parse(text) as SentRound;
}
