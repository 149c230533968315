// When a host is asked once more, and after which time.

/** What an answer says about that. */
export interface AnswerSigns {
    readonly status: number;
    /** By names in lower case. */
    readonly header: (name: string) => string | null;
    /** The host's own words. */
    readonly said: string | undefined;
}

/** For a host that limits requests and does not say for how long; GitHub asks for at least this. */
const UNSPECIFIED_LIMIT = 60_000;

const TRANSIENT: ReadonlySet<number> = new Set([408, 500, 502, 503, 504]);

/** True where the host has refused to do anything because of too many requests. */
export function isRateLimited({ status, header, said }: AnswerSigns): boolean {
    // GitHub refuses with 403 as well: without requests left, and at its second limit with or without a header.
    return (
        status === 429 ||
        (status === 403 &&
            (header("retry-after") !== null ||
                header("x-ratelimit-remaining") === "0" ||
                /\brate limit\b/i.test(said ?? "")))
    );
}

/** True where the host is busy or broken for now, and may have done what was asked. */
export function isTransient({ status }: AnswerSigns): boolean {
    return TRANSIENT.has(status);
}

/**
 * In milliseconds, before one more try.
 *
 * @param tried how often it was asked already
 */
export function waitAfter(answer: AnswerSigns, tried: number, now: number): number {
    const asked = retryAfter(answer.header("retry-after"), now);
    if (asked !== undefined) {
        return asked;
    }
    if (!isRateLimited(answer)) {
        return backoff(tried);
    }
    // GitHub, then GitLab: the second of the epoch at which there are requests again.
    const reset = answer.header("x-ratelimit-reset") ?? answer.header("ratelimit-reset");
    return reset !== null && /^\d+$/.test(reset) ? Math.max(Number(reset) * 1000 - now, 0) : UNSPECIFIED_LIMIT;
}

/** One second, then twice as long each time. */
export function backoff(tried: number): number {
    return 1000 * 2 ** (tried - 1);
}

/** Seconds or a date. */
function retryAfter(header: string | null, now: number): number | undefined {
    if (header === null) {
        return undefined;
    }
    if (/^\d+(?:\.\d+)?$/.test(header)) {
        return Math.ceil(Number(header) * 1000);
    }
    const date = Date.parse(header);
    return Number.isNaN(date) ? undefined : Math.max(date - now, 0);
}
