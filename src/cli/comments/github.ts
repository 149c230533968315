import { isRecord, objectIn } from "../reading/json";
import { UsageError } from "../usage-error";
import { apiOf } from "./api";
import type { CommentHost, CommentTarget, PostedComment, Timing } from "./host";
import { addressIn, numberIn, pageIn, settingIn, tokenIn, variableIn, type Variables } from "./settings";

export interface GithubOptions {
    readonly repository?: string;
    readonly pullRequest?: string;
    readonly apiUrl?: string;
    readonly tokenVariable: string;
}

/** GitHub counts characters, and says so only in its refusal. */
const MAXIMUM_LENGTH = 65_536;

const PULL_REQUEST = {
    option: "--pull-request",
    variable: "GITHUB_REF",
    what: "the number of the pull request",
};

/**
 * @param readFile for the event that started the workflow
 * @throws UsageError
 */
export function githubTarget(
    options: GithubOptions,
    variables: Variables,
    readFile: (file: string) => string,
): CommentTarget {
    const repository = settingIn(variables, {
        option: "--repository",
        given: options.repository,
        variable: "GITHUB_REPOSITORY",
        what: "the repository",
    });
    if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
        throw new UsageError("The repository must be written as owner/name. Check --repository or GITHUB_REPOSITORY.");
    }
    const number = numberIn(pullRequestOf(options, variables, readFile), PULL_REQUEST);
    const url = addressIn(
        options.apiUrl ?? variableIn(variables, "GITHUB_API_URL") ?? "https://api.github.com",
        options.apiUrl === undefined ? "GITHUB_API_URL" : "--api-url",
    );
    const comments = `/repos/${repository}/issues`;
    return {
        place: `pull request ${number} of ${repository} on GitHub`,
        address: `${url}${comments}/${number}/comments`,
        maximumLength: MAXIMUM_LENGTH,
        run: runOf(variables),
        connect: (timing) => {
            const token = tokenIn(
                variables,
                options.tokenVariable,
                "In GitHub Actions, set it to ${{ github.token }} in the env of the step, and give the job the permission pull-requests: write.",
            );
            return connect({ url, comments, number, repository, token, timing });
        },
    };
}

/** @throws UsageError where the workflow was not started for a pull request */
function pullRequestOf(
    { pullRequest }: GithubOptions,
    variables: Variables,
    readFile: (file: string) => string,
): string {
    if (pullRequest !== undefined) {
        return pullRequest;
    }
    const event = variableIn(variables, "GITHUB_EVENT_PATH");
    const inEvent = event === undefined ? undefined : numberInEvent(objectIn(readFile(event)));
    const inRef = /^refs\/pull\/(\d+)\//.exec(variableIn(variables, "GITHUB_REF") ?? "")?.[1];
    const number = inEvent ?? inRef;
    if (number === undefined) {
        throw new UsageError(
            "There is no pull request: neither the event (GITHUB_EVENT_PATH) nor GITHUB_REF has its number. Run the command only for pull requests, or give --pull-request.",
        );
    }
    return number;
}

/** Of a pull request, or of a comment on one, which GitHub calls an issue. */
function numberInEvent(event: Readonly<Record<string, unknown>> | undefined): string | undefined {
    const issue = event?.["issue"];
    const ofIssue = isRecord(issue) && isRecord(issue["pull_request"]) ? issue : undefined;
    const about = [event?.["pull_request"], ofIssue].find(isRecord);
    return typeof about?.["number"] === "number" ? String(about["number"]) : undefined;
}

function runOf(variables: Variables): string | undefined {
    const [server, repository, run] = ["GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID"].map((name) =>
        variableIn(variables, name),
    );
    return server === undefined || repository === undefined || run === undefined
        ? undefined
        : pageIn(`${server}/${repository}/actions/runs/${run}`);
}

interface Connection {
    readonly url: string;
    /** `/repos/contoso/shop/issues` */
    readonly comments: string;
    readonly number: string;
    readonly repository: string;
    readonly token: string;
    readonly timing: Timing;
}

function connect({ url, comments, number, repository, token, timing }: Connection): CommentHost {
    const api = apiOf({
        host: "GitHub",
        url,
        headers: {
            Accept: "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
            Authorization: `Bearer ${token}`,
        },
        secrets: [token],
        hints: {
            401: "The token is not valid, or has expired.",
            403: "The token needs the permission pull-requests: write. In a pull request from a fork, GITHUB_TOKEN can only read. A locked conversation takes no comments.",
            404: `There is no pull request ${number} in ${repository}, or the token cannot see the repository.`,
            410: "The repository takes no comments.",
        },
        elsewhere: "It sends requests on to another address. Check GITHUB_API_URL or --api-url.",
        timing,
    });
    return {
        async comments() {
            const isOwn = await authorTest();
            const entries = await api.all(`${comments}/${number}/comments`, "read the comments");
            return entries.flatMap((entry) => (isRecord(entry) && isOwn(entry["user"]) ? commentIn(entry) : []));
        },
        async create({ body }) {
            const path = `${comments}/${number}/comments`;
            await api.ask({ method: "POST", path, body: { body }, purpose: "write the comment" });
        },
        async update({ id }, { body }) {
            const path = `${comments}/comments/${id}`;
            await api.ask({ method: "PATCH", path, body: { body }, purpose: "update the comment" });
        },
        async remove({ id }) {
            const path = `${comments}/comments/${id}`;
            await api.ask({ method: "DELETE", path, purpose: "delete an earlier comment", accepted: [404] });
        },
    };

    /** A token of an app, such as GITHUB_TOKEN, is no user's: then it is one of the bots. */
    async function authorTest(): Promise<(author: unknown) => boolean> {
        const answer = await api.ask({
            method: "GET",
            path: "/user",
            purpose: "say whose token this is",
            accepted: [403, 404],
        });
        const login = answer.status === 200 && isRecord(answer.content) ? answer.content["login"] : undefined;
        return typeof login === "string"
            ? (author) => isRecord(author) && author["login"] === login
            : (author) => isRecord(author) && author["type"] === "Bot";
    }
}

function commentIn({ id, body }: Readonly<Record<string, unknown>>): readonly PostedComment[] {
    return typeof id === "number" && typeof body === "string" ? [{ id: String(id), body }] : [];
}
