import { isRecord } from "../reading/json";
import { plainText } from "../reports/plain";
import { CommentFailure } from "./failure";
import type { Timing } from "./host";
import { backoff, isRateLimited, isTransient, waitAfter, type AnswerSigns } from "./retries";

export interface ApiOptions {
    /** `GitHub` */
    readonly host: string;
    /** Without a slash at the end. */
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    /** Texts that nothing may repeat. */
    readonly secrets: readonly string[];
    /** What a status means, and what to do about it. */
    readonly hints: Readonly<Record<number, string>>;
    /** What it means to be sent to another address. */
    readonly elsewhere: string;
    readonly timing: Timing;
}

export interface Request {
    readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
    /** Below the address of the API, with the query. */
    readonly path: string;
    readonly body?: unknown;
    /** For a failure: `read the comments`. */
    readonly purpose: string;
    /** Failures that the caller knows what to do with. */
    readonly accepted?: readonly number[];
}

export interface Answer {
    readonly status: number;
    readonly header: (name: string) => string | null;
    /** Undefined where there is none. */
    readonly content: unknown;
}

export interface Api {
    /** @throws CommentFailure */
    readonly ask: (request: Request) => Promise<Answer>;
    /**
     * The entries of a list on all its pages.
     *
     * @param path without a query
     * @throws CommentFailure
     */
    readonly all: (path: string, purpose: string) => Promise<readonly unknown[]>;
}

const PAGE_SIZE = 100;

/** Far more than any pull request has comments: an end for a host that names none. */
const MOST_PAGES = 500;

const MOST_REDIRECTS = 3;

/** Of the host's own words in a failure. */
const LONGEST_QUOTE = 200;

/** Asks the API of a host, and asks again where that can help. */
export function apiOf(options: ApiOptions): Api {
    const ask = (request: Request): Promise<Answer> => askPatiently(options, request);
    return {
        ask,
        async all(path, purpose) {
            const pages: unknown[][] = [];
            for (let page = 1; page <= MOST_PAGES; page++) {
                const answer = await ask({
                    method: "GET",
                    path: `${path}?per_page=${PAGE_SIZE}&page=${page}`,
                    purpose,
                });
                if (!Array.isArray(answer.content)) {
                    throw foreign(options, purpose);
                }
                pages.push(answer.content as unknown[]);
                if (!hasNextPage(answer)) {
                    return pages.flat();
                }
            }
            throw new CommentFailure(`${options.host} has more than ${MOST_PAGES} pages of comments. ${NOTHING_DONE}`);
        },
    };
}

const NOTHING_DONE = "Nothing was written.";

/** The address of the next page is not followed: a token goes only where the options say. */
function hasNextPage({ header }: Answer): boolean {
    const next = header("x-next-page");
    return next === null ? /;\s*rel="?next"?/i.test(header("link") ?? "") : next !== "";
}

/** @throws CommentFailure */
async function askPatiently(options: ApiOptions, request: Request): Promise<Answer> {
    const { tries, longestWait, pause } = options.timing;
    // What is asked for a second time would be done a second time, unless the first was refused.
    const isRepeatable = request.method !== "POST";
    for (let tried = 1; ; tried++) {
        const isLast = tried >= tries;
        const answer = await askOnce(options, request);
        if (answer instanceof Unreachable) {
            if (isLast || (answer.isUncertain && !isRepeatable)) {
                throw new CommentFailure(unreachableSentence(options, request, answer), answer.isUncertain);
            }
            await pause(Math.min(backoff(tried), longestWait));
            continue;
        }
        const { status } = answer;
        if (status >= 200 && status < 300 && options.hints[status] === undefined) {
            if (answer.isForeign) {
                throw foreign(options, request.purpose);
            }
            return answer;
        }
        if (isRateLimited(answer)) {
            const wait = waitAfter(answer, tried, Date.now());
            if (isLast || wait > longestWait) {
                throw new CommentFailure(limitSentence(options, answer, wait));
            }
            await pause(wait);
            continue;
        }
        if (request.accepted?.includes(status) === true) {
            return answer;
        }
        if (isTransient(answer) && isRepeatable && !isLast) {
            await pause(Math.min(waitAfter(answer, tried, Date.now()), longestWait));
            continue;
        }
        throw new CommentFailure(refusalSentence(options, request, answer), isTransient(answer));
    }
}

interface Heard extends Answer, AnswerSigns {
    readonly header: (name: string) => string | null;
    /** It has content, and that is no JSON. */
    readonly isForeign: boolean;
    readonly isElsewhere: boolean;
}

/** Nothing came back. */
class Unreachable {
    constructor(
        /** `ECONNREFUSED`, or that it took too long. */
        readonly reason: string,
        /** The request may have arrived. */
        readonly isUncertain: boolean,
    ) {}
}

async function askOnce(options: ApiOptions, { method, path, body }: Request): Promise<Heard | Unreachable> {
    let address = new URL(`${options.url}${path}`);
    for (let redirects = 0; ; redirects++) {
        try {
            const response = await fetch(address, {
                method,
                headers: {
                    "User-Agent": "azure-bcdr-guard",
                    ...options.headers,
                    ...(body === undefined ? {} : { "Content-Type": "application/json" }),
                },
                ...(body === undefined ? {} : { body: JSON.stringify(body) }),
                // A token must not go to another host, and a POST not become a GET.
                redirect: "manual",
                signal: AbortSignal.timeout(options.timing.timeout),
            });
            const text = await response.text();
            const next = response.headers.get("location");
            const isRedirect = response.status >= 301 && response.status <= 308 && next !== null;
            const target = isRedirect && URL.canParse(next, address.href) ? new URL(next, address) : undefined;
            if (target?.origin === address.origin && redirects < MOST_REDIRECTS) {
                address = target;
                continue;
            }
            return heard(response, text, isRedirect);
        } catch (error) {
            return unreachable(error, options.timing.timeout);
        }
    }
}

function heard({ status, headers }: Response, text: string, isElsewhere: boolean): Heard {
    let content: unknown;
    let isForeign = false;
    try {
        content = text === "" ? undefined : JSON.parse(text);
    } catch {
        isForeign = true;
    }
    return { status, header: (name) => headers.get(name), content, said: saidIn(content), isForeign, isElsewhere };
}

/** The sentence that GitHub, Azure DevOps or GitLab has for a refusal. */
function saidIn(content: unknown): string | undefined {
    if (!isRecord(content)) {
        return undefined;
    }
    const said = [content["message"], content["error_description"], content["error"]];
    return said.find((each): each is string => typeof each === "string" && each !== "");
}

/** Never the error's own text, which may hold the request. */
function unreachable(error: unknown, timeout: number): Unreachable {
    const { name, cause } = error as Error;
    if (name === "TimeoutError") {
        return new Unreachable(`no answer within ${timeout / 1000} s`, true);
    }
    const code = isRecord(cause) ? cause["code"] : undefined;
    const isCode = typeof code === "string" && /^[A-Z][A-Z0-9_]{1,60}$/.test(code);
    return new Unreachable(isCode ? code : "the connection failed", !(isCode && NOT_ARRIVED.test(code)));
}

/** The connection was not made, so nothing can have been asked. */
const NOT_ARRIVED = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_CONNECT_TIMEOUT|.*CERT.*)$/;

function unreachableSentence(options: ApiOptions, { purpose }: Request, { reason }: Unreachable): string {
    const { origin } = new URL(options.url);
    return `${options.host} could not be reached at ${origin} to ${purpose} (${reason}).`;
}

function limitSentence(options: ApiOptions, answer: Heard, wait: number): string {
    const minutes = Math.ceil(wait / 60_000);
    return `${options.host} limits the requests of this token (${answer.status}${quoted(options, answer)}). Run the command again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`;
}

function refusalSentence(options: ApiOptions, { purpose }: Request, answer: Heard): string {
    const hint = answer.isElsewhere ? options.elsewhere : options.hints[answer.status];
    return `${options.host} refused to ${purpose} (${answer.status}${quoted(options, answer)}).${hint === undefined ? "" : ` ${hint}`}`;
}

function foreign({ host, url }: ApiOptions, purpose: string): CommentFailure {
    return new CommentFailure(
        `What answered at ${new URL(url).origin} is not the API of ${host}, so it could not ${purpose}. Check the address, and whether a proxy answers in its place.`,
    );
}

/** What the host says about it, on one line, and without anything that it repeats of the request. */
function quoted({ secrets }: ApiOptions, { said }: Heard): string {
    if (said === undefined) {
        return "";
    }
    const clean = secrets.reduce((text, secret) => text.replaceAll(secret, "(secret)"), said);
    const plain = plainText(clean);
    return `: ${plain.length > LONGEST_QUOTE ? `${plain.slice(0, LONGEST_QUOTE)}…` : plain}`;
}
