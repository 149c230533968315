/** A file that cannot be taken for what it should be. Nothing is concluded from it (exit code 4). */
export class UnreadableInput extends Error {
    constructor(
        readonly file: string,
        /** Where in the file: `line 12`, `deployment.resources[3].urn`; undefined where it is about all of it. */
        readonly position: string | undefined,
        readonly problem: string,
        readonly remedy: string,
    ) {
        super(`${position === undefined ? file : `${file}, ${position}`}: ${problem} ${remedy}`);
        this.name = "UnreadableInput";
    }
}
