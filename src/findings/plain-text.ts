// What a text must not hold that somebody prints, however a name came into it.
import { stripVTControlCharacters } from "node:util";
import { breakColourMarks } from "./colour-marks";

/** Names come from the program; one with line breaks in it must not be able to forge lines of a report. */
export function singleLine(text: string): string {
    return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
}

/** Without marks of the writing direction and other characters without a shape, and without halves of characters. */
export function withoutInvisible(text: string): string {
    return text.replace(/[\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}]/gu, "");
}

/**
 * Azure Pipelines obeys `##vso[…]` anywhere in a line of the log, GitHub `::error::` where a line begins, which after
 * wrapping may be any word.
 */
export function withoutCommands(text: string): string {
    return text.replace(/##(?=\w*\[)/g, "# #").replace(/(?<=^|\s)::(?=\w)/g, ": :");
}

/**
 * The text of a finding as Pulumi may print it, in a terminal or into the log of a CI system. Its line feeds are those
 * between its parts: names have none (`message.ts`). A colour mark in a name is broken, and still to be seen.
 */
export function forDisplay(text: string): string {
    return text
        .split("\n")
        .map((line) => breakColourMarks(withoutCommands(singleLine(withoutInvisible(stripVTControlCharacters(line))))))
        .join("\n");
}
