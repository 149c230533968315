import type { Fix } from "../../src/advice/fix";
import { listed, more } from "../../src/advice/names";
import { oneOf, type Tense } from "./tense";

/** What there is to say where an item is replaced only because IDs differ in the case of letters. */

const MOST_TOLD = 3;

/** @param paths `managedDisks[0].diskId` */
export function letterCaseFacts(paths: readonly string[]): readonly string[] {
    const told = paths.slice(0, MOST_TOLD);
    const others = paths.length - told.length;
    return paths.length === 0
        ? []
        : [`Only the letter case of values differs: ${listed(others === 0 ? told : [...told, more(others)])}.`];
}

export function letterCaseFix(item: string, paths: readonly string[], now: Tense): Fix {
    const properties = [...new Set(paths.map((path) => path.replace(/[.[].*$/, "")))];
    return oneOf(now, [
        {
            do: "Write these values in the letter case that the state has. The plan then replaces nothing.",
            where: listed(paths.slice(0, MOST_TOLD)),
        },
        { do: `Add ${listed(properties.map((property) => `"${property}"`))} to ignoreChanges of "${item}".` },
    ]);
}
