// Plays the parts of GitHub, GitLab and Azure DevOps that comments need, on this machine: tokens, pages, authors, limits and
// threads. Whatever else a test wants to happen, it answers itself.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import type { Timing } from "../../../src/cli/comments/host";

/** As long as a real one. It must be in nothing that the command prints. */
export const TOKEN = "glpat-0nly-f0r-the-test5_s3cr3t.value";

export type HostName = "github" | "gitlab" | "azure-repos";

export interface Call {
    readonly method: string;
    readonly path: string;
    readonly query: URLSearchParams;
    readonly body: Readonly<Record<string, unknown>>;
}

export interface StoredComment {
    readonly id: number;
    body: string;
    readonly author: string;
    /** Of a thread in Azure Repos. */
    status?: string;
    /** A note that GitLab itself has written. */
    readonly system?: boolean;
}

/** True where it has answered. */
export type Misbehaviour = (call: Call, response: ServerResponse) => boolean;

export interface PlayedHost {
    /** As the variable of the CI system has it. */
    readonly url: string;
    readonly calls: Call[];
    /** Oldest first. */
    comments: StoredComment[];
    /** Asked before anything else. */
    misbehave: Misbehaviour;
    pageSize: number;
    /** Whose the token is; undefined where the host does not say. */
    owner: string | undefined;
    readonly close: () => Promise<void>;
}

/** Whom comments are by that the token writes. */
export const OWN = "guard";
/** What GitHub's API says of the author of what GITHUB_TOKEN writes. */
export const ACTIONS_BOT = "github-actions[bot]";

const MAXIMUM_LENGTHS = { github: 65_536, gitlab: 1_000_000, "azure-repos": 150_000 } as const;
const BASES = { github: "", gitlab: "/api/v4", "azure-repos": "/contoso/" } as const;

/** Pull request 7: of contoso/shop, of project 5, of the repository `repo` in the project `My shop`. */
const LISTS = {
    github: "/repos/contoso/shop/issues/7/comments",
    gitlab: "/api/v4/projects/5/merge_requests/7/notes",
    "azure-repos": "/contoso/My%20shop/_apis/git/repositories/repo/pullRequests/7/threads",
} as const;

const WHO = { github: "/user", gitlab: "/api/v4/user", "azure-repos": "/contoso/_apis/connectionData" } as const;

const LEADS: Readonly<Record<HostName, (id: string) => string>> = {
    github: (id) => `/repos/contoso/shop/issues/comments/${id}`,
    gitlab: (id) => `${LISTS.gitlab}/${id}`,
    "azure-repos": (id) => `${LISTS["azure-repos"]}/${id}/comments/1`,
};

export async function playHost(name: HostName): Promise<PlayedHost> {
    const calls: Call[] = [];
    const server = createServer((request, response) => {
        void read(request).then((call) => {
            calls.push(call);
            if (!played.misbehave(call, response)) {
                if (!isAuthorized(name, request)) {
                    send(response, 401, { message: "401 Unauthorized" });
                } else {
                    answer(name, played, call, response);
                }
            }
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const played: PlayedHost = {
        url: `http://127.0.0.1:${port}${BASES[name]}`,
        calls,
        comments: [],
        misbehave: () => false,
        pageSize: 100,
        owner: OWN,
        close: () => {
            server.closeAllConnections();
            return new Promise((resolve) => server.close(() => resolve()));
        },
    };
    return played;
}

async function read(request: IncomingMessage): Promise<Call> {
    const pieces: Buffer[] = [];
    for await (const piece of request) {
        pieces.push(piece as Buffer);
    }
    const { pathname: path, searchParams: query } = new URL(request.url ?? "", "http://host");
    const text = Buffer.concat(pieces).toString("utf8");
    const body = text === "" ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>);
    return { method: request.method ?? "", path, query, body };
}

function isAuthorized(name: HostName, { headers }: IncomingMessage): boolean {
    switch (name) {
        case "github":
            return headers.authorization === `Bearer ${TOKEN}`;
        case "gitlab":
            return headers["private-token"] === TOKEN;
        case "azure-repos":
            return headers.authorization === `Basic ${Buffer.from(`:${TOKEN}`).toString("base64")}`;
    }
}

export function send(
    response: ServerResponse,
    status: number,
    content?: unknown,
    headers: Readonly<Record<string, string>> = {},
): void {
    response.writeHead(status, { "Content-Type": "application/json", ...headers });
    response.end(content === undefined ? undefined : JSON.stringify(content));
}

function answer(name: HostName, played: PlayedHost, call: Call, response: ServerResponse): void {
    const { method, path, body } = call;
    if (path === WHO[name]) {
        sendOwner(name, played, response);
    } else if (path === LISTS[name] && method === "GET") {
        sendList(name, played, call, response);
    } else if (path === LISTS[name] && method === "POST") {
        create(name, played, body, response);
    } else {
        change(name, played, call, response);
    }
}

function sendOwner(name: HostName, { owner }: PlayedHost, response: ServerResponse): void {
    if (owner === undefined) {
        send(response, 403, { message: "Resource not accessible by integration" });
    } else {
        const who = { github: { login: owner }, gitlab: { id: owner }, "azure-repos": {} }[name];
        send(response, 200, name === "azure-repos" ? { authenticatedUser: { id: owner } } : who);
    }
}

function sendList(name: HostName, played: PlayedHost, { query }: Call, response: ServerResponse): void {
    if (name === "azure-repos") {
        const value = played.comments.map(threadOf);
        send(response, 200, { value, count: value.length });
        return;
    }
    const all = name === "gitlab" ? [...played.comments].reverse() : played.comments;
    const size = Math.min(Number(query.get("per_page")), played.pageSize);
    const page = Number(query.get("page"));
    const next = page * size < all.length ? String(page + 1) : "";
    const entries = all.slice((page - 1) * size, page * size);
    if (name === "gitlab") {
        send(response, 200, entries.map(noteOf), { "x-next-page": next });
    } else {
        // Where the token must not go: the command is not to follow it.
        const link =
            next === "" ? '<http://elsewhere.invalid/>; rel="last"' : '<http://elsewhere.invalid/>; rel="next"';
        send(response, 200, entries.map(issueCommentOf), { Link: link });
    }
}

function issueCommentOf({ id, body, author }: StoredComment): unknown {
    return { id, body, user: { login: author, type: author.endsWith("[bot]") ? "Bot" : "User" } };
}

function noteOf({ id, body, author, system = false }: StoredComment): unknown {
    return { id, body, system, author: { id: author } };
}

function threadOf({ id, body, author, status }: StoredComment): unknown {
    const isDeleted = status === "deleted";
    const reply = { id: 2, parentCommentId: 1, content: "I see.", author: { id: "somebody" } };
    return {
        id,
        status,
        isDeleted,
        comments: [{ id: 1, parentCommentId: 0, content: body, author: { id: author }, isDeleted }, reply],
    };
}

function create(
    name: HostName,
    played: PlayedHost,
    body: Readonly<Record<string, unknown>>,
    response: ServerResponse,
): void {
    const [first] = (body["comments"] ?? [{}]) as readonly { readonly content?: string }[];
    const text = name === "azure-repos" ? first?.content : body["body"];
    if (typeof text !== "string" || text.length > MAXIMUM_LENGTHS[name]) {
        send(response, name === "github" ? 422 : 400, { message: "Validation Failed" });
        return;
    }
    const id = Math.max(0, ...played.comments.map((comment) => comment.id)) + 1;
    const status = body["status"];
    const author = played.owner ?? ACTIONS_BOT;
    played.comments.push({ id, body: text, author, ...(typeof status === "string" ? { status } : {}) });
    send(response, 201, { id });
}

function change(name: HostName, played: PlayedHost, { method, path, body }: Call, response: ServerResponse): void {
    const comment = played.comments.find(({ id }) => path === LEADS[name](String(id)));
    const thread = played.comments.find(({ id }) => path === `${LISTS[name]}/${id}`);
    const isOthers = name !== "github" && comment !== undefined && comment.author !== (played.owner ?? ACTIONS_BOT);
    const updates = { github: "PATCH", gitlab: "PUT", "azure-repos": "PATCH" }[name];
    if (isOthers) {
        send(response, 403, { message: "403 Forbidden" });
    } else if (comment !== undefined && method === updates) {
        comment.body = String(body[name === "azure-repos" ? "content" : "body"]);
        send(response, 200, { id: comment.id });
    } else if (comment !== undefined && method === "DELETE") {
        if (name === "azure-repos") {
            comment.status = "deleted";
        } else {
            played.comments = played.comments.filter((each) => each !== comment);
        }
        send(response, name === "azure-repos" ? 200 : 204);
    } else if (name === "azure-repos" && thread !== undefined && method === "PATCH") {
        thread.status = String(body["status"]);
        send(response, 200, { id: thread.id });
    } else {
        send(response, 404, { message: "Not Found" });
    }
}

/** Waits for nothing, and remembers for how long it would have. */
export function playedTiming(): Timing & { readonly waits: number[] } {
    const waits: number[] = [];
    return {
        waits,
        timeout: 5000,
        tries: 5,
        longestWait: 120_000,
        pause: (milliseconds) => {
            waits.push(milliseconds);
            return Promise.resolve();
        },
    };
}

/** The variables of a job for pull request 7, as the CI system of the host sets them. */
export function variablesOf(name: HostName, { url }: Pick<PlayedHost, "url">): Readonly<Record<string, string>> {
    switch (name) {
        case "github":
            return {
                GITHUB_TOKEN: TOKEN,
                GITHUB_API_URL: url,
                GITHUB_REPOSITORY: "contoso/shop",
                GITHUB_REF: "refs/pull/7/merge",
                GITHUB_SERVER_URL: "https://github.com",
                GITHUB_RUN_ID: "123",
            };
        case "gitlab":
            return {
                GITLAB_TOKEN: TOKEN,
                CI_API_V4_URL: url,
                CI_PROJECT_ID: "5",
                CI_MERGE_REQUEST_IID: "7",
                CI_JOB_URL: "https://gitlab.com/contoso/shop/-/jobs/123",
                CI_JOB_TOKEN: "glcbt-of-the-job",
            };
        case "azure-repos":
            return {
                SYSTEM_ACCESSTOKEN: TOKEN,
                SYSTEM_COLLECTIONURI: url,
                SYSTEM_TEAMPROJECT: "My shop",
                BUILD_REPOSITORY_ID: "repo",
                BUILD_REPOSITORY_PROVIDER: "TfsGit",
                SYSTEM_PULLREQUEST_PULLREQUESTID: "7",
                BUILD_BUILDID: "123",
            };
    }
}
