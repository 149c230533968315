import { CommentFailure } from "./failure";
import type { CommentHost, Draft, PostedComment, Timing } from "./host";
import { hasMarker } from "./marker";
import { backoff } from "./retries";

export const BEHAVIORS = ["update", "new", "delete-and-new"] as const;
export type Behavior = (typeof BEHAVIORS)[number];

export interface PublishOptions {
    readonly behavior: Behavior;
    readonly marker: string;
    /** Whether there is nothing that a pull request without such a comment needs to be told. */
    readonly isDispensable: boolean;
    readonly timing: Timing;
}

export interface Published {
    readonly done: "wrote" | "updated" | "skipped";
    /** How many earlier comments were deleted. */
    readonly deleted: number;
}

/**
 * Writes a comment, or writes over an earlier one.
 *
 * @throws CommentFailure
 */
export async function publish(host: CommentHost, draft: Draft, options: PublishOptions): Promise<Published> {
    const { behavior, marker, isDispensable } = options;
    const earlier = await markedComments(host, marker);
    const latest = earlier.at(-1);
    if (latest === undefined && isDispensable) {
        return { done: "skipped", deleted: 0 };
    }
    if (behavior === "update" && latest !== undefined) {
        await host.update(latest, draft);
        return { done: "updated", deleted: 0 };
    }
    await createOnce(host, draft, earlier, options);
    if (behavior !== "delete-and-new") {
        return { done: "wrote", deleted: 0 };
    }
    // Only now: had the new one failed, the pull request would have none.
    for (const comment of earlier) {
        await host.remove(comment);
    }
    return { done: "wrote", deleted: earlier.length };
}

async function markedComments(host: CommentHost, marker: string): Promise<readonly PostedComment[]> {
    return (await host.comments()).filter(({ body }) => hasMarker(body, marker));
}

/** Where only the answer was lost, the comment may be there: then a second one would be one too many. */
async function createOnce(
    host: CommentHost,
    draft: Draft,
    earlier: readonly PostedComment[],
    { marker, timing }: PublishOptions,
): Promise<void> {
    const known = new Set(earlier.map(({ id }) => id));
    for (let tried = 1; ; tried++) {
        try {
            await host.create(draft);
            return;
        } catch (error) {
            if (!(error instanceof CommentFailure && error.isUncertain)) {
                throw error;
            }
            await timing.pause(backoff(tried));
            const now = await markedComments(host, marker);
            if (now.some(({ id }) => !known.has(id))) {
                return;
            }
            if (tried === timing.tries) {
                throw error;
            }
        }
    }
}
