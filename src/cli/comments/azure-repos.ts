import { isRecord } from "../reading/json";
import { UsageError } from "../usage-error";
import { apiOf } from "./api";
import { CommentFailure } from "./failure";
import type { CommentHost, CommentTarget, Draft, PostedComment, Timing } from "./host";
import { addressIn, numberIn, pageIn, settingIn, tokenIn, variableIn, type Variables } from "./settings";

export interface AzureReposOptions {
    readonly collection?: string;
    readonly project?: string;
    readonly repository?: string;
    readonly pullRequest?: string;
    readonly tokenVariable: string;
}

/** Azure DevOps says so only in its refusal. */
const MAXIMUM_LENGTH = 150_000;

/** That of Azure DevOps Server 2022, which Azure DevOps Services knows as well. */
const VERSION = "api-version=7.0";

const COLLECTION = {
    option: "--collection",
    variable: "SYSTEM_COLLECTIONURI",
    what: "the address of the organization",
};

const PULL_REQUEST = {
    option: "--pull-request",
    variable: "SYSTEM_PULLREQUEST_PULLREQUESTID",
    what: "the ID of the pull request",
};

/** @throws UsageError */
export function azureReposTarget(options: AzureReposOptions, variables: Variables): CommentTarget {
    const provider = variableIn(variables, "BUILD_REPOSITORY_PROVIDER");
    if (options.repository === undefined && provider !== undefined && provider !== "TfsGit") {
        throw new UsageError(
            `The repository of this build is not in Azure Repos (BUILD_REPOSITORY_PROVIDER is ${provider}). Use the command of its host, such as "comment github", or give --repository.`,
        );
    }
    const collection = addressIn(
        settingIn(variables, { ...COLLECTION, given: options.collection }),
        options.collection === undefined ? COLLECTION.variable : COLLECTION.option,
    );
    const project = settingIn(variables, {
        option: "--project",
        given: options.project,
        variable: "SYSTEM_TEAMPROJECT",
        what: "the project",
    });
    const repository = settingIn(variables, {
        option: "--repository",
        given: options.repository,
        variable: "BUILD_REPOSITORY_ID",
        what: "the repository",
    });
    const number = numberIn(settingIn(variables, { ...PULL_REQUEST, given: options.pullRequest }), PULL_REQUEST);
    const [inProject, inRepository] = [project, repository].map(encodeURIComponent);
    const threads = `/${inProject}/_apis/git/repositories/${inRepository}/pullRequests/${number}/threads`;
    const build = variableIn(variables, "BUILD_BUILDID");
    return {
        place: `pull request ${number} of project ${project} in Azure Repos`,
        address: `${collection}${threads}`,
        maximumLength: MAXIMUM_LENGTH,
        run: build === undefined ? undefined : pageIn(`${collection}/${inProject}/_build/results?buildId=${build}`),
        connect: (timing) => {
            const token = tokenIn(
                variables,
                options.tokenVariable,
                "In Azure Pipelines, set it to $(System.AccessToken) in the env of the step.",
            );
            return connect({ url: collection, threads, number, token, timing });
        },
    };
}

interface Connection {
    readonly url: string;
    /** `/shop/_apis/git/repositories/<id>/pullRequests/7/threads` */
    readonly threads: string;
    readonly number: string;
    readonly token: string;
    readonly timing: Timing;
}

function connect({ url, threads, number, token, timing }: Connection): CommentHost {
    const basic = Buffer.from(`:${token}`).toString("base64");
    const notAccepted =
        "Azure DevOps asks to sign in: the token is not valid, has expired, or is for another organization.";
    const api = apiOf({
        host: "Azure DevOps",
        url,
        headers: { Accept: "application/json", Authorization: isJwt(token) ? `Bearer ${token}` : `Basic ${basic}` },
        secrets: [token, basic],
        hints: {
            203: notAccepted,
            401: notAccepted,
            403: 'The identity of the token needs the permission "Contribute to pull requests" in the repository. With System.AccessToken, that is the build service of the project.',
            404: `There is no pull request ${number} in the repository, or the token cannot see the repository.`,
        },
        elsewhere: notAccepted,
        timing,
    });
    return {
        async comments() {
            const author = await ownId();
            const path = `${threads}?${VERSION}`;
            const purpose = "read the threads";
            const { content } = await api.ask({ method: "GET", path, purpose });
            const list = isRecord(content) ? content["value"] : undefined;
            if (!Array.isArray(list)) {
                throw new CommentFailure("What answered is not the API of Azure DevOps. Check the address.");
            }
            return list
                .flatMap((thread: unknown) => (isRecord(thread) ? commentIn(thread, author) : []))
                .sort((a, b) => threadOf(a) - threadOf(b));
        },
        async create(draft) {
            await api.ask({
                method: "POST",
                path: `${threads}?${VERSION}`,
                body: {
                    comments: [{ parentCommentId: 0, content: draft.body, commentType: "text" }],
                    status: statusOf(draft),
                },
                purpose: "write the comment",
            });
        },
        async update({ id }, draft) {
            const purpose = "update the comment";
            await api.ask({ method: "PATCH", path: pathOf(id), body: { content: draft.body }, purpose });
            await api.ask({
                method: "PATCH",
                path: `${threads}/${threadIn(id)}?${VERSION}`,
                body: { status: statusOf(draft) },
                purpose: "set the status of the thread",
            });
        },
        async remove({ id }) {
            const purpose = "delete an earlier comment";
            await api.ask({ method: "DELETE", path: pathOf(id), purpose, accepted: [404] });
        },
    };

    function pathOf(id: string): string {
        return `${threads}/${threadIn(id)}/comments/${id.split("/")[1]}?${VERSION}`;
    }

    /** Undefined where the identity of the token cannot be asked for. */
    async function ownId(): Promise<unknown> {
        const answer = await api.ask({
            method: "GET",
            path: "/_apis/connectionData",
            purpose: "say whose token this is",
            accepted: [400, 403, 404],
        });
        const user = isRecord(answer.content) ? answer.content["authenticatedUser"] : undefined;
        return answer.status === 200 && isRecord(user) ? user["id"] : undefined;
    }
}

/** System.AccessToken is one, and so are tokens of Microsoft Entra ID. A personal access token is not. */
function isJwt(token: string): boolean {
    return /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(token);
}

function statusOf({ isResolved }: Draft): "closed" | "active" {
    return isResolved ? "closed" : "active";
}

/** Of a thread, its first comment. Its ID is that of the thread and that of the comment: `12/1`. */
function commentIn(thread: Readonly<Record<string, unknown>>, author: unknown): readonly PostedComment[] {
    const [first] = Array.isArray(thread["comments"]) ? (thread["comments"] as readonly unknown[]) : [];
    if (thread["isDeleted"] === true || !isRecord(first) || first["isDeleted"] === true) {
        return [];
    }
    const { id, content, author: by } = first;
    const isOwn = author === undefined || (isRecord(by) && by["id"] === author);
    return isOwn && typeof thread["id"] === "number" && typeof id === "number" && typeof content === "string"
        ? [{ id: `${thread["id"]}/${id}`, body: content }]
        : [];
}

function threadIn(id: string): string {
    return id.split("/")[0] ?? "";
}

function threadOf({ id }: PostedComment): number {
    return Number(threadIn(id));
}
