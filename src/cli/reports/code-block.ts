import { singleLine } from "../../findings/plain-text";

/** Commands as a block of Markdown: nothing in a name ends it, and no forge looks for mentions in it. */
export function codeBlock(commands: readonly string[]): string {
    const lines = commands.map(singleLine);
    const longest = lines
        .flatMap((line) => line.match(/`+/g) ?? [])
        .reduce((most, { length }) => Math.max(most, length), 0);
    const fence = "`".repeat(Math.max(3, longest + 1));
    return [`${fence}sh`, ...lines, fence].join("\n");
}
