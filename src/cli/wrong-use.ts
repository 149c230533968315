/** The command was used wrongly: exit code 2. The message is the whole story. */
export class WrongUse extends Error {
    /** The message line by line: a sentence, then what belongs to it. */
    readonly lines: readonly string[];

    constructor(sentence: string, details: readonly string[] = []) {
        const lines = [sentence, ...details.map((each) => `  ${each}`)];
        super(lines.join("\n"));
        this.lines = lines;
    }
}
