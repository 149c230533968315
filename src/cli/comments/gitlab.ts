import { isRecord } from "../reading/json";
import { UsageError } from "../usage-error";
import { apiOf } from "./api";
import type { CommentHost, CommentTarget, PostedComment, Timing } from "./host";
import { addressIn, numberIn, pageIn, settingIn, tokenIn, variableIn, type Variables } from "./settings";

export interface GitlabOptions {
    readonly project?: string;
    readonly mergeRequest?: string;
    readonly apiUrl?: string;
    readonly tokenVariable: string;
}

/** What the notes API says of a note's body. */
const MAXIMUM_LENGTH = 1_000_000;

const MERGE_REQUEST = {
    option: "--merge-request",
    variable: "CI_MERGE_REQUEST_IID",
    what: "the number of the merge request",
};

const TOKEN_ADVICE =
    "Set it to an access token of the project with the scope api. CI_JOB_TOKEN can read notes, but not write them.";

/** @throws UsageError */
export function gitlabTarget(options: GitlabOptions, variables: Variables): CommentTarget {
    const project = settingIn(variables, {
        option: "--project",
        given: options.project,
        variable: "CI_PROJECT_ID",
        what: "the project",
    });
    const number = numberIn(settingIn(variables, { ...MERGE_REQUEST, given: options.mergeRequest }), MERGE_REQUEST);
    const url = addressIn(
        options.apiUrl ?? variableIn(variables, "CI_API_V4_URL") ?? "https://gitlab.com/api/v4",
        options.apiUrl === undefined ? "CI_API_V4_URL" : "--api-url",
    );
    const notes = `/projects/${encodeURIComponent(project)}/merge_requests/${number}/notes`;
    return {
        place: `merge request ${number} of project ${project} on GitLab`,
        address: `${url}${notes}`,
        maximumLength: MAXIMUM_LENGTH,
        run: pageIn(variableIn(variables, "CI_JOB_URL")),
        connect: (timing) => {
            const token = tokenIn(variables, options.tokenVariable, TOKEN_ADVICE);
            if (token === variables["CI_JOB_TOKEN"]) {
                throw new UsageError(`${options.tokenVariable} is the job's own token. ${TOKEN_ADVICE}`);
            }
            return connect({ url, notes, number, project, token, timing });
        },
    };
}

interface Connection {
    readonly url: string;
    /** `/projects/5/merge_requests/7/notes` */
    readonly notes: string;
    readonly number: string;
    readonly project: string;
    readonly token: string;
    readonly timing: Timing;
}

function connect({ url, notes, number, project, token, timing }: Connection): CommentHost {
    const api = apiOf({
        host: "GitLab",
        url,
        headers: { "PRIVATE-TOKEN": token },
        secrets: [token],
        hints: {
            401: "The token is not valid, has expired, or is a job token, which cannot write notes.",
            403: "The token needs the scope api, and at least the role Reporter in the project.",
            404: `There is no merge request ${number} in project ${project}, or the token cannot see the project.`,
        },
        elsewhere: "It sends requests on to another address. Check CI_API_V4_URL or --api-url.",
        timing,
    });
    return {
        async comments() {
            const author = await ownId();
            const entries = await api.all(notes, "read the notes");
            return entries
                .flatMap((entry) => (isRecord(entry) && isOwn(entry, author) ? noteIn(entry) : []))
                .sort((a, b) => Number(a.id) - Number(b.id));
        },
        async create({ body }) {
            await api.ask({ method: "POST", path: notes, body: { body }, purpose: "write the note" });
        },
        async update({ id }, { body }) {
            await api.ask({ method: "PUT", path: `${notes}/${id}`, body: { body }, purpose: "update the note" });
        },
        async remove({ id }) {
            const path = `${notes}/${id}`;
            await api.ask({ method: "DELETE", path, purpose: "delete an earlier note", accepted: [404] });
        },
    };

    /** Undefined where a token with few scopes may not ask for it. */
    async function ownId(): Promise<unknown> {
        const purpose = "say whose token this is";
        const answer = await api.ask({ method: "GET", path: "/user", purpose, accepted: [403, 404] });
        return answer.status === 200 && isRecord(answer.content) ? answer.content["id"] : undefined;
    }
}

/** Notes of the system are nobody's to write over. */
function isOwn({ author, system }: Readonly<Record<string, unknown>>, id: unknown): boolean {
    return system !== true && (id === undefined || (isRecord(author) && author["id"] === id));
}

function noteIn({ id, body }: Readonly<Record<string, unknown>>): readonly PostedComment[] {
    return typeof id === "number" && typeof body === "string" ? [{ id: String(id), body }] : [];
}
