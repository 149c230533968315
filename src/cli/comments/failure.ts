/** A comment that was not written, and not because of how the command was called: exit code 3. The message says why. */
export class CommentFailure extends Error {
    constructor(
        message: string,
        /** True where the host may have done what was asked, and only its answer was lost. */
        readonly isUncertain = false,
    ) {
        super(message);
        this.name = "CommentFailure";
    }
}
