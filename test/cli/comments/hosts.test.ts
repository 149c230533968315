// Each host's API, played on this machine: where comments go, whose they are, and what happens when something is in the way.
import { azureReposTarget } from "../../../src/cli/comments/azure-repos";
import { CommentFailure } from "../../../src/cli/comments/failure";
import { githubTarget } from "../../../src/cli/comments/github";
import { gitlabTarget } from "../../../src/cli/comments/gitlab";
import type { CommentTarget } from "../../../src/cli/comments/host";
import { markerOf } from "../../../src/cli/comments/marker";
import { publish, type Published, type PublishOptions } from "../../../src/cli/comments/publish";
import type { Variables } from "../../../src/cli/comments/settings";
import { UsageError } from "../../../src/cli/usage-error";
import {
    ACTIONS_BOT,
    OWN,
    playedTiming,
    playHost,
    send,
    TOKEN,
    variablesOf,
    type HostName,
    type PlayedHost,
    type StoredComment,
} from "./played-hosts";

const TARGETS: Readonly<Record<HostName, (variables: Variables) => CommentTarget>> = {
    github: (variables) =>
        githubTarget({ tokenVariable: "GITHUB_TOKEN" }, variables, () => '{"pull_request":{"number":7}}'),
    gitlab: (variables) => gitlabTarget({ tokenVariable: "GITLAB_TOKEN" }, variables),
    "azure-repos": (variables) => azureReposTarget({ tokenVariable: "SYSTEM_ACCESSTOKEN" }, variables),
};
const HOSTS = Object.keys(TARGETS) as readonly HostName[];

const DEV = markerOf({ stack: "dev", tag: undefined });
const PROD = markerOf({ stack: "prod", tag: undefined });

let host: PlayedHost;
let timing: ReturnType<typeof playedTiming>;
beforeEach(() => {
    timing = playedTiming();
});
afterEach(() => host.close());

const play = async (name: HostName): Promise<void> => {
    host = await playHost(name);
};

const byOwn = (id: number, body: string): StoredComment => ({ id, body, author: OWN, status: "active" });
const bodies = (): readonly string[] =>
    host.comments.filter(({ status }) => status !== "deleted").map(({ body }) => body);

async function write(name: HostName, text: string, options: Partial<PublishOptions> = {}): Promise<Published> {
    const marker = options.marker ?? DEV;
    const draft = { body: `${marker}\n${text}`, isResolved: text === "passed" };
    return publish(TARGETS[name](variablesOf(name, host)).connect(timing), draft, {
        behavior: "update",
        marker,
        isDispensable: false,
        timing,
        ...options,
    });
}

/** What the failure of a comment says. It must not have the token in it. */
async function failure(name: HostName, options: Partial<PublishOptions> = {}): Promise<string> {
    const error: unknown = await write(name, "failed", options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CommentFailure);
    const { message } = error as CommentFailure;
    expect(message).not.toContain(TOKEN);
    expect(message).not.toContain(Buffer.from(`:${TOKEN}`).toString("base64"));
    return message;
}

describe.each(HOSTS)("%s", (name) => {
    beforeEach(() => play(name));

    test("the first comment is written, and the next run writes over it", async () => {
        expect(await write(name, "failed")).toEqual({ done: "wrote", deleted: 0 });
        expect(await write(name, "passed")).toEqual({ done: "updated", deleted: 0 });
        expect(bodies()).toEqual([`${DEV}\npassed`]);
    });

    test("two stacks have a comment each", async () => {
        await write(name, "failed");
        await write(name, "failed", { marker: PROD });
        expect(await write(name, "passed", { marker: PROD })).toEqual({ done: "updated", deleted: 0 });
        expect(bodies()).toEqual([`${DEV}\nfailed`, `${PROD}\npassed`]);
    });

    test("of several, the newest is written over", async () => {
        host.comments = [byOwn(1, `${DEV}\n1`), byOwn(2, `${DEV}\n2`), byOwn(10, `${DEV}\n10`)];
        await write(name, "failed");
        expect(bodies()).toEqual([`${DEV}\n1`, `${DEV}\n2`, `${DEV}\nfailed`]);
    });

    test("new: leaves earlier ones alone", async () => {
        host.comments = [byOwn(1, `${DEV}\nfailed`)];
        expect(await write(name, "passed", { behavior: "new" })).toEqual({ done: "wrote", deleted: 0 });
        expect(bodies()).toEqual([`${DEV}\nfailed`, `${DEV}\npassed`]);
    });

    test("delete-and-new: deletes the earlier ones of the same stack, and no others", async () => {
        host.comments = [byOwn(1, `${DEV}\n1`), byOwn(2, `${PROD}\n2`), byOwn(3, "Nice."), byOwn(4, `${DEV}\n4`)];
        expect(await write(name, "passed", { behavior: "delete-and-new" })).toEqual({ done: "wrote", deleted: 2 });
        expect(bodies()).toEqual([`${PROD}\n2`, "Nice.", `${DEV}\npassed`]);
    });

    test("delete-and-new: an earlier one that somebody deletes meanwhile is no failure", async () => {
        host.comments = [byOwn(1, `${DEV}\n1`)];
        host.misbehave = ({ method }, response) => {
            if (method === "DELETE") {
                send(response, 404, { message: "Not Found" });
            }
            return method === "DELETE";
        };
        expect(await write(name, "passed", { behavior: "delete-and-new" })).toEqual({ done: "wrote", deleted: 1 });
    });

    test("delete-and-new: where the new one fails, the earlier one stays", async () => {
        host.comments = [byOwn(1, `${DEV}\n1`)];
        host.misbehave = ({ method }, response) => {
            if (method === "POST") {
                send(response, 400, { message: "No." });
            }
            return method === "POST";
        };
        await failure(name, { behavior: "delete-and-new" });
        expect(bodies()).toEqual([`${DEV}\n1`]);
    });

    test("the comment of somebody else with the same marker is not touched", async () => {
        host.comments = [{ ...byOwn(1, `${DEV}\nforged`), author: "mallory" }];
        expect(await write(name, "failed")).toEqual({ done: "wrote", deleted: 0 });
        expect(await write(name, "passed", { behavior: "delete-and-new" })).toEqual({ done: "wrote", deleted: 1 });
        expect(bodies()).toEqual([`${DEV}\nforged`, `${DEV}\npassed`]);
    });

    test("a comment that quotes the marker is not touched", async () => {
        host.comments = [byOwn(1, `> ${DEV}\n> failed\n\nWhy?`)];
        await write(name, "failed");
        expect(bodies()).toHaveLength(2);
    });

    test.each([false, true])("nothing to report, with an earlier comment: %s", async (hasEarlier) => {
        host.comments = hasEarlier ? [byOwn(1, `${DEV}\nfailed`)] : [];
        const { done } = await write(name, "passed", { isDispensable: true });
        expect([done, ...bodies()]).toEqual(hasEarlier ? ["updated", `${DEV}\npassed`] : ["skipped"]);
    });

    test("403: says which permission is missing", async () => {
        host.misbehave = ({ method }, response) => {
            if (method === "POST") {
                send(response, 403, { message: `No, ${TOKEN} may not.` });
            }
            return method === "POST";
        };
        const permission = {
            github: "pull-requests: write",
            gitlab: "scope api",
            "azure-repos": '"Contribute to pull requests"',
        }[name];
        expect(await failure(name)).toMatch(
            /refused to write the (?:comment|note) \(403: No, \(secret\) may not\.\)\. /,
        );
        expect(await failure(name)).toContain(permission);
    });

    test("404: says which pull request cannot be found", async () => {
        host.misbehave = ({ path }, response) => {
            const isList = /\/7\/(?:comments|notes|threads)$/.test(path);
            if (isList) {
                send(response, 404, { message: "Not Found" });
            }
            return isList;
        };
        expect(await failure(name)).toMatch(
            /\(404: Not Found\)\. There is no (?:pull|merge) request 7 in .*cannot see/,
        );
    });

    test("401: says that the token is not valid", async () => {
        host.misbehave = (_, response) => {
            send(response, 401, { message: "Bad credentials" });
            return true;
        };
        expect(await failure(name)).toMatch(/\(401: Bad credentials\)\. .*token is not valid/);
        expect(timing.waits).toEqual([]);
    });

    test("a limit of requests: waits as long as the host asks, and goes on", async () => {
        let refused = 0;
        host.misbehave = ({ method }, response) => {
            const isRefused = method === "POST" && refused++ < 2;
            if (isRefused) {
                send(response, name === "github" ? 403 : 429, { message: "Slow down." }, { "Retry-After": "7" });
            }
            return isRefused;
        };
        expect(await write(name, "failed")).toEqual({ done: "wrote", deleted: 0 });
        expect(timing.waits).toEqual([7000, 7000]);
        expect(bodies()).toHaveLength(1);
    });

    test("a limit that lasts: waits for some time only", async () => {
        host.misbehave = (_, response) => {
            send(response, 429, { message: "Slow down." }, { "Retry-After": "60" });
            return true;
        };
        expect(await failure(name)).toMatch(
            /limits the requests.* \(429: Slow down\.\)\. Run the command again in 1 min/,
        );
        expect(timing.waits).toEqual([60_000, 60_000, 60_000, 60_000]);
    });

    test("a limit that is longer than anybody would wait: ends at once", async () => {
        host.misbehave = (_, response) => {
            send(response, 429, {}, { "Retry-After": "2700" });
            return true;
        };
        expect(await failure(name)).toMatch(/Run the command again in 45 minutes\.$/);
        expect(timing.waits).toEqual([]);
    });

    test("a host that is broken for a moment is asked again", async () => {
        let broken = 0;
        host.misbehave = ({ method }, response) => {
            const isBroken = method !== "POST" && broken++ < 2;
            if (isBroken) {
                response.writeHead(502, { "Content-Type": "text/html" }).end("<h1>Bad gateway</h1>");
            }
            return isBroken;
        };
        expect(await write(name, "failed")).toEqual({ done: "wrote", deleted: 0 });
        expect(timing.waits).toEqual([1000, 2000]);
    });

    test("a host that stays broken is a failure", async () => {
        host.misbehave = (_, response) => {
            send(response, 503);
            return true;
        };
        expect(await failure(name)).toMatch(/refused to say whose token this is \(503\)\.$/);
        expect(host.calls).toHaveLength(5);
    });

    test.each([
        ["the answer of which is lost", true],
        ["that did not arrive", false],
    ])("a comment %s is written once", async (_, isStored) => {
        let lost = 0;
        host.misbehave = (call, response) => {
            const isLost = call.method === "POST" && lost++ === 0;
            if (isLost) {
                if (isStored) {
                    host.comments.push(byOwn(5, `${DEV}\nfailed`));
                }
                response.socket?.destroy();
            }
            return isLost;
        };
        host.comments = [byOwn(1, `${DEV}\nearlier`)];
        expect(await write(name, "failed", { behavior: "new" })).toEqual({ done: "wrote", deleted: 0 });
        expect(bodies()).toEqual([`${DEV}\nearlier`, `${DEV}\nfailed`]);
    });

    test("a host that does not answer is given up", async () => {
        host.misbehave = () => true;
        timing = { ...timing, timeout: 50, tries: 2 };
        expect(await failure(name)).toMatch(
            /could not be reached at http:\/\/127\.0\.0\.1:\d+ to say whose token this is \(no answer within 0\.05 s\)\.$/,
        );
    });

    test("a host that is not there is given up", async () => {
        const { url } = host;
        await host.close();
        const target = TARGETS[name](variablesOf(name, { url })).connect(timing);
        await expect(target.create({ body: DEV, isResolved: false })).rejects.toThrow(/\(ECONNREFUSED\)\.$/);
        expect(timing.waits).toEqual([1000, 2000, 4000, 8000]);
        await play(name);
    });

    test("something else that answers in its place is a failure", async () => {
        host.misbehave = (_, response) => {
            response.writeHead(200, { "Content-Type": "text/html" }).end("<h1>Sign in to the network</h1>");
            return true;
        };
        expect(await failure(name)).toMatch(/is not the API of .* Check the address, and whether a proxy answers/);
    });

    test("a token goes to no other host, and no further than it has to", async () => {
        const other = await playHost(name);
        host.misbehave = (_, response) => {
            send(response, 307, undefined, { Location: `${other.url}/somewhere` });
            return true;
        };
        expect(await failure(name)).toMatch(/\(307\)\. /);
        expect(other.calls).toEqual([]);
        await other.close();
    });

    test("a place that has moved on the same host is followed, with the same method", async () => {
        host.misbehave = ({ path, method }, response) => {
            const isOld = path.startsWith("/old/");
            if (isOld && method === "POST") {
                send(response, 301, undefined, { Location: path.replace("/old", "") });
            }
            return isOld && method === "POST";
        };
        const moved = { url: host.url.replace(/(:\d+)/, "$1/old") };
        const target = TARGETS[name](variablesOf(name, moved)).connect(timing);
        await target.create({ body: `${DEV}\nfailed`, isResolved: false });
        expect(bodies()).toEqual([`${DEV}\nfailed`]);
    });
});

describe.each(["github", "gitlab"] as const)("pages of %s", (name) => {
    beforeEach(() => play(name));

    test("a comment on the third page is found", async () => {
        host.pageSize = 2;
        const others = [1, 2, 3, 4, 5, 6].map((id) => ({ ...byOwn(id, `${id}`), author: "somebody" }));
        const own = byOwn(name === "github" ? 9 : 0, `${DEV}\nfailed`);
        host.comments = name === "github" ? [...others.slice(0, 5), own] : [own, ...others.slice(0, 5)];
        expect(await write(name, "passed")).toEqual({ done: "updated", deleted: 0 });
        expect(host.calls.map(({ query }) => query.get("page")).filter((page) => page !== null)).toEqual([
            "1",
            "2",
            "3",
        ]);
        expect(host.calls.find(({ query }) => query.has("page"))?.query.get("per_page")).toBe("100");
        expect(bodies()).toContain(`${DEV}\npassed`);
    });

    test("a host without an end of its pages is given up", async () => {
        host.misbehave = ({ method, query }, response) => {
            const isList = method === "GET" && query.has("page");
            if (isList) {
                send(response, 200, [], { Link: '<http://127.0.0.1/>; rel="next"' });
            }
            return isList;
        };
        expect(await failure(name)).toMatch(/more than 500 pages of comments\. Nothing was written\.$/);
    });
});

describe("github", () => {
    beforeEach(() => play("github"));

    test("GITHUB_TOKEN is no user's: only comments of bots are its own", async () => {
        host.owner = undefined;
        host.comments = [
            { ...byOwn(1, `${DEV}\nearlier`), author: ACTIONS_BOT },
            { ...byOwn(2, `${DEV}\nforged`), author: "mallory" },
        ];
        expect(await write("github", "passed")).toEqual({ done: "updated", deleted: 0 });
        expect(bodies()).toEqual([`${DEV}\npassed`, `${DEV}\nforged`]);
    });

    test.each([
        [{ "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Math.ceil(Date.now() / 1000) + 50) }, "No."],
        [{}, "You have exceeded a secondary rate limit. Please wait."],
    ] as const)("a limit of requests that is said in another way: %j %s", async (headers, message) => {
        let refused = 0;
        host.misbehave = ({ method }, response) => {
            const isRefused = method === "POST" && refused++ < 1;
            if (isRefused) {
                send(response, 403, { message }, headers);
            }
            return isRefused;
        };
        expect(await write("github", "failed")).toEqual({ done: "wrote", deleted: 0 });
        expect(timing.waits).toEqual([expect.any(Number)]);
        expect(timing.waits[0]).toBeGreaterThan(20_000);
        expect(timing.waits[0]).toBeLessThanOrEqual(60_000);
    });

    const event = (content: unknown): CommentTarget =>
        githubTarget(
            { tokenVariable: "GITHUB_TOKEN" },
            { GITHUB_REPOSITORY: "contoso/shop", GITHUB_EVENT_PATH: "event.json", GITHUB_REF: "refs/heads/main" },
            () => (typeof content === "string" ? content : JSON.stringify(content)),
        );
    test.each([
        ["a pull request", { pull_request: { number: 8 } }],
        ["a comment on one", { issue: { number: 8, pull_request: { url: "https://api.github.com/" } } }],
    ])("the event of %s has the number", (_, content) => {
        expect(event(content).place).toBe("pull request 8 of contoso/shop on GitHub");
    });
    test.each([
        ["a push", { ref: "refs/heads/main" }],
        ["an issue", { issue: { number: 8 } }],
        ["nothing that is JSON", "{"],
    ])("the event of %s has none", (_, content) => {
        expect(() => event(content)).toThrow(/^There is no pull request: /);
    });
    test("without an address, it is GitHub's own", () => {
        expect(event({ pull_request: { number: 8 } }).address).toBe(
            "https://api.github.com/repos/contoso/shop/issues/8/comments",
        );
    });
});

describe("gitlab", () => {
    beforeEach(() => play("gitlab"));

    test("a note of the system is not touched", async () => {
        host.comments = [{ ...byOwn(1, `${DEV}\nfailed`), system: true }];
        expect(await write("gitlab", "failed")).toEqual({ done: "wrote", deleted: 0 });
    });

    test("a token that may not say whose it is finds notes by their marker", async () => {
        host.owner = undefined;
        host.comments = [{ ...byOwn(1, `${DEV}\nfailed`), author: ACTIONS_BOT }];
        expect(await write("gitlab", "passed")).toEqual({ done: "updated", deleted: 0 });
    });

    test("the token of the job is refused before anything is asked", () => {
        const variables = { ...variablesOf("gitlab", host), GITLAB_TOKEN: "glcbt-of-the-job" };
        expect(() => TARGETS.gitlab(variables).connect(timing)).toThrow(/CI_JOB_TOKEN can read notes, but not write/);
    });

    test("a project may be given by its path", () => {
        const target = gitlabTarget(
            { tokenVariable: "GITLAB_TOKEN", project: "contoso/shop" },
            variablesOf("gitlab", host),
        );
        expect(target.address).toBe(`${host.url}/projects/contoso%2Fshop/merge_requests/7/notes`);
    });
});

describe("azure-repos", () => {
    beforeEach(() => play("azure-repos"));

    test("the thread is active as long as the verdict asks for action, and closed after", async () => {
        await write("azure-repos", "failed");
        expect(host.comments.map(({ status }) => status)).toEqual(["active"]);
        await write("azure-repos", "passed");
        expect(host.comments.map(({ status }) => status)).toEqual(["closed"]);
        await write("azure-repos", "failed");
        expect(host.comments.map(({ status }) => status)).toEqual(["active"]);
        await write("azure-repos", "passed", { marker: PROD });
        expect(host.comments.map(({ status }) => status)).toEqual(["active", "closed"]);
    });

    test("System.AccessToken is sent as a bearer token", async () => {
        const jwt = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSJ9.c2ln";
        const variables = { ...variablesOf("azure-repos", host), SYSTEM_ACCESSTOKEN: jwt };
        // The played host knows only the other token, and so refuses this one.
        const comments = TARGETS["azure-repos"](variables).connect(timing).comments();
        await expect(comments).rejects.toThrow(/401/);
    });

    test("a page to sign in is the token's fault", async () => {
        host.misbehave = (_, response) => {
            response.writeHead(203, { "Content-Type": "text/html" }).end("<h1>Sign in</h1>");
            return true;
        };
        expect(await failure("azure-repos")).toMatch(/\(203\)\. Azure DevOps asks to sign in: the token is not valid/);
    });

    test("a list of something else is a failure", async () => {
        host.misbehave = ({ path }, response) => {
            const isList = path.endsWith("/threads");
            if (isList) {
                send(response, 200, []);
            }
            return isList;
        };
        expect(await failure("azure-repos")).toMatch(/not the API of Azure DevOps/);
    });

    test("a repository of another host is a usage error", () => {
        const variables = { ...variablesOf("azure-repos", host), BUILD_REPOSITORY_PROVIDER: "GitHub" };
        expect(() => TARGETS["azure-repos"](variables)).toThrow(/is not in Azure Repos .*"comment github"/);
    });

    test("the page of the run is that of the build", () => {
        expect(TARGETS["azure-repos"](variablesOf("azure-repos", host)).run).toBe(
            `${host.url}My%20shop/_build/results?buildId=123`,
        );
    });
});

describe("what is not known is a usage error that says what to set", () => {
    beforeEach(() => play("github"));

    const REQUIRED: Readonly<Record<HostName, Readonly<Record<string, RegExp>>>> = {
        github: {
            GITHUB_TOKEN: /^GITHUB_TOKEN has no token\. In GitHub Actions, set it to \$\{\{ github\.token \}\}/,
            GITHUB_REPOSITORY: /^The repository is not known\. Give --repository, or set GITHUB_REPOSITORY\.$/,
        },
        gitlab: {
            GITLAB_TOKEN: /^GITLAB_TOKEN has no token\. .*CI_JOB_TOKEN can read notes, but not write them\.$/,
            CI_PROJECT_ID: /^The project is not known\. Give --project, or set CI_PROJECT_ID\.$/,
            CI_MERGE_REQUEST_IID: /^The number of the merge request is not known\. Give --merge-request, or set CI_/,
        },
        "azure-repos": {
            SYSTEM_ACCESSTOKEN:
                /^SYSTEM_ACCESSTOKEN has no token\. In Azure Pipelines, set it to \$\(System\.AccessTok/,
            SYSTEM_COLLECTIONURI: /^The address of the organization is not known\. Give --collection, or set SYSTEM_/,
            SYSTEM_TEAMPROJECT: /^The project is not known\. Give --project, or set SYSTEM_TEAMPROJECT\.$/,
            BUILD_REPOSITORY_ID: /^The repository is not known\. Give --repository, or set BUILD_REPOSITORY_ID\.$/,
            SYSTEM_PULLREQUEST_PULLREQUESTID: /^The ID of the pull request is not known\. Give --pull-request, or set/,
        },
    };
    const missing = HOSTS.flatMap((name) =>
        Object.entries(REQUIRED[name]).flatMap(([variable, says]) =>
            [undefined, ""].map((value) => ({ name, variable, value, says })),
        ),
    );
    test.each(missing)("$name: $variable is $value", ({ name, variable, value, says }) => {
        const connect = (): unknown => TARGETS[name]({ ...variablesOf(name, host), [variable]: value }).connect(timing);
        expect(connect).toThrow(UsageError);
        expect(connect).toThrow(says);
    });

    test.each([
        ["github", "GITHUB_REPOSITORY", "contoso/shop/../..", /owner\/name/],
        ["github", "GITHUB_API_URL", "https://me:pa55word@github.example", /without a user and a password/],
        ["gitlab", "CI_API_V4_URL", "file:///etc/passwd", /begins with https/],
        ["gitlab", "CI_MERGE_REQUEST_IID", "7/../8", /must be a whole number/],
        ["azure-repos", "SYSTEM_COLLECTIONURI", "dev.azure.com", /begins with https/],
        ["azure-repos", "SYSTEM_PULLREQUEST_PULLREQUESTID", "0", /must be a whole number/],
        ["github", "GITHUB_TOKEN", "two\nlines", /a character in it that tokens do not have/],
    ] as const)("%s: %s is %j", (name, variable, value, says) => {
        const connect = (): unknown =>
            TARGETS[name]({ ...variablesOf(name, host), [variable]: value, GITHUB_EVENT_PATH: "event" }).connect(
                timing,
            );
        expect(connect).toThrow(UsageError);
        expect(connect).toThrow(says);
        expect(connect).not.toThrow(/pa55word|two/);
    });
});
