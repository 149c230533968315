/** A usage error: exit code 2. The message says all of it. */
export class UsageError extends Error {
    /** The message line by line: a sentence, then what belongs to it. */
    readonly lines: readonly string[];

    constructor(sentence: string, details: readonly string[] = []) {
        const lines = [sentence, ...details.map((each) => `  ${each}`)];
        super(lines.join("\n"));
        this.lines = lines;
    }
}
