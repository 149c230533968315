/** A comment that is on the pull request already. */
export interface PostedComment {
    readonly id: string;
    readonly body: string;
}

/** What is to be written. */
export interface Draft {
    readonly body: string;
    /** Nothing in it needs to be acted on: a host that has open and closed threads closes it. */
    readonly isResolved: boolean;
}

/**
 * The comments of one pull request. Whatever fails is a CommentFailure.
 */
export interface CommentHost {
    /** The comments that the same author has written, as far as the host shows that; the newest is the last. */
    readonly comments: () => Promise<readonly PostedComment[]>;
    readonly create: (draft: Draft) => Promise<void>;
    readonly update: (comment: PostedComment, draft: Draft) => Promise<void>;
    readonly remove: (comment: PostedComment) => Promise<void>;
}

/** Where comments go to, and what the host lets them be. */
export interface CommentTarget {
    /** `pull request 7 of contoso/shop on GitHub` */
    readonly place: string;
    /** The address of the API for the comments of that pull request. It has no token in it. */
    readonly address: string;
    /** In bytes of UTF-8, which are at least as many as the characters that hosts count. */
    readonly maximumLength: number;
    /** The page of the run, from the variables of the CI system. */
    readonly run: string | undefined;
    /** @throws UsageError where there is no token */
    readonly connect: (timing: Timing) => CommentHost;
}

/** How long to wait, and for what. */
export interface Timing {
    /** For one answer, in milliseconds. */
    readonly timeout: number;
    /** How often one thing is asked. */
    readonly tries: number;
    /** Before one more try, in milliseconds. A host that asks for more is not waited for. */
    readonly longestWait: number;
    readonly pause: (milliseconds: number) => Promise<void>;
}

export const TIMING: Timing = {
    timeout: 30_000,
    tries: 5,
    longestWait: 120_000,
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
