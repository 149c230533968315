import type { ResourceGraphClientOptionalParams } from "@azure/arm-resourcegraph";

/** One question to Azure Resource Graph; without subscriptions and management groups it is about the whole tenant. */
export interface GraphQuestion {
    readonly query: string;
    readonly subscriptions?: readonly string[];
    readonly managementGroups?: readonly string[];
    /** Of the page before. */
    readonly skipToken?: string | undefined;
}

export interface GraphPage {
    readonly rows: readonly unknown[];
    /** The rows of the query on all pages together. */
    readonly total: number;
    /** There are rows that no page will have, unless there is a token for the next one. */
    readonly isTruncated: boolean;
    readonly skipToken: string | undefined;
    /** The scope has more subscriptions than Resource Graph looks at in one question. */
    readonly isScopeCut: boolean;
}

export type AskGraph = (question: GraphQuestion) => Promise<GraphPage>;

interface Cloud {
    /** Azure Resource Manager: where Resource Graph answers, and what a token has to be for. */
    readonly endpoint: string;
    /** Microsoft Entra ID: where the token comes from. */
    readonly authority: string;
}

export const CLOUDS = {
    public: { endpoint: "https://management.azure.com", authority: "https://login.microsoftonline.com" },
    usgov: { endpoint: "https://management.usgovcloudapi.net", authority: "https://login.microsoftonline.us" },
    china: { endpoint: "https://management.chinacloudapi.cn", authority: "https://login.chinacloudapi.cn" },
} as const satisfies Readonly<Record<string, Cloud>>;

export type CloudName = keyof typeof CLOUDS;

/** Resource Graph gives no more rows than this on one page. */
const PAGE_SIZE = 1000;

/** The packages that talk to Azure are not installed; the message says what to do. */
export class AzurePackagesMissing extends Error {}

/** The credential of `@azure/identity` that goes through environment, managed identity and signed-in tools. */
type Credential = InstanceType<(typeof import("@azure/identity"))["DefaultAzureCredential"]>;

/**
 * Loads the clients of Azure and makes a connection that only asks.
 *
 * @param options of the client; the tests have it talk to a server of their own
 * @throws AzurePackagesMissing
 */
export async function connectAzure(
    cloud: CloudName,
    credential?: Pick<Credential, "getToken">,
    options: ResourceGraphClientOptionalParams = {},
): Promise<AskGraph> {
    const { ResourceGraphClient } = await load("@azure/arm-resourcegraph", () => import("@azure/arm-resourcegraph"));
    const { endpoint, authority } = CLOUDS[cloud];
    const scopes = [`${endpoint}/.default`];
    const settings = {
        endpoint,
        // What a token is for has one name in version 5.0.0-beta.4 of the client and another in 5.0.0.
        credentialScopes: scopes,
        credentials: { scopes },
        ...options,
        retryOptions: { maxRetries: 5, ...options.retryOptions },
        additionalPolicies: [
            { policy: quotaPolicy(), position: "perRetry" as const },
            ...(options.additionalPolicies ?? []),
        ],
    };
    const client = new ResourceGraphClient(credential ?? (await defaultCredential(authority)), settings);
    return async ({ query, subscriptions, managementGroups, skipToken }) => {
        let isScopeCut = false;
        const answer = await client.resources(
            {
                query,
                options: { top: PAGE_SIZE, resultFormat: "objectArray", ...(skipToken && { skipToken }) },
                ...(subscriptions && { subscriptions: [...subscriptions] }),
                ...(managementGroups && { managementGroups: [...managementGroups] }),
            },
            {
                onResponse: ({ headers }) => {
                    isScopeCut = headers.get("x-ms-tenant-subscription-limit-hit")?.toLowerCase() === "true";
                },
            },
        );
        const rows = rowsIn(answer.data);
        if (rows === undefined || typeof answer.totalRecords !== "number") {
            throw new ForeignAnswer();
        }
        return {
            rows,
            total: answer.totalRecords,
            isTruncated: answer.resultTruncated === "true",
            skipToken: answer.skipToken,
            isScopeCut,
        };
    };
}

/**
 * Version 5.0.0-beta.4 of the client takes the list of rows for a dictionary, and numbers its keys; 5.0.0 gives the list.
 * Undefined where it is neither.
 */
function rowsIn(data: unknown): readonly unknown[] | undefined {
    if (typeof data !== "object" || data === null) {
        return undefined;
    }
    return Object.keys(data).every((key, index) => key === String(index)) ? Object.values(data) : undefined;
}

/** Something answered, but not as Resource Graph does. */
export class ForeignAnswer extends Error {}

async function defaultCredential(authority: string): Promise<Credential> {
    const { DefaultAzureCredential } = await load("@azure/identity", () => import("@azure/identity"));
    // The variable is the documented way to an authority of one's own.
    return new DefaultAzureCredential(process.env["AZURE_AUTHORITY_HOST"] ? {} : { authorityHost: authority });
}

async function load<Module>(name: string, importing: () => Promise<Module>): Promise<Module> {
    try {
        return await importing();
    } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if ((code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND") && message.includes(`'${name}'`)) {
            throw new AzurePackagesMissing(
                `${name} is not installed. Reading Azure Resource Graph needs it: npm install @azure/arm-resourcegraph@5 @azure/identity@4 beside azure-bcdr-guard.`,
            );
        }
        throw error;
    }
}

type Policy = NonNullable<ResourceGraphClientOptionalParams["additionalPolicies"]>[number]["policy"];

/**
 * Resource Graph reports its quota in its own headers, which the client does not know: how many queries are left, and
 * after which time (`00:00:05`) there are new ones. Waits before a query that would be refused, and makes the client's
 * own retries wait as long as the headers say.
 */
function quotaPolicy(): Policy {
    let closedUntil = 0;
    return {
        name: "resourceGraphQuota",
        async sendRequest(request, next) {
            await sleep(closedUntil - Date.now());
            const response = await next(request);
            const resetsAfter = milliseconds(response.headers.get("x-ms-user-quota-resets-after"));
            if (resetsAfter !== undefined) {
                if (response.status === 429 && !response.headers.has("Retry-After")) {
                    response.headers.set("retry-after-ms", String(resetsAfter));
                }
                if (response.headers.get("x-ms-user-quota-remaining") === "0") {
                    closedUntil = Date.now() + resetsAfter;
                }
            }
            return response;
        },
    };
}

/** Of `hh:mm:ss`. */
function milliseconds(text: string | undefined): number | undefined {
    const parts = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/
        .exec(text ?? "")
        ?.slice(1)
        .map(Number);
    const [hours = 0, minutes = 0, seconds = 0] = parts ?? [];
    return parts && Math.ceil(((hours * 60 + minutes) * 60 + seconds) * 1000);
}

/** Longer than this nobody would wait; the service has never asked for it. */
const LONGEST_WAIT = 5 * 60_000;

function sleep(time: number): Promise<void> {
    return time <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, Math.min(time, LONGEST_WAIT)));
}

/** The identity could not get a token at all: no question will be answered. */
export function isSignInError(error: unknown): boolean {
    const { name } = error as Error;
    return /^(AggregateAuthenticationError|Authentication(Required)?Error|CredentialUnavailableError)$/.test(name);
}

/** What the identity platform calls it: `AADSTS7000215`. */
export function signInCode(error: unknown): string | undefined {
    return /AADSTS\d+/.exec((error as Error).message)?.[0];
}

/** True where a part of the subscriptions may be what was refused, so that it is worth asking for fewer. */
export function isAboutScope(error: unknown): boolean {
    const status = statusOf(error);
    return status !== undefined && status >= 400 && status < 500 && status !== 401 && status !== 429;
}

export function isDenied(error: unknown): boolean {
    return statusOf(error) === 403;
}

/** True where the same question may well be answered when asked again, and the client itself does not do so. */
export function isTorn(error: unknown): boolean {
    return error instanceof ForeignAnswer || codeOf(error) === TORN;
}

const TORN = "PARSE_ERROR";

/**
 * Why a question was not answered, in a few words. Never the error's own text: that may hold the request, with its token,
 * or the whole answer.
 */
export function reasonOf(error: unknown): string {
    const [status, code] = [statusOf(error), codeOf(error)];
    if (error instanceof ForeignAnswer) {
        return "what answered is not Resource Graph";
    }
    if (code === TORN) {
        return "the answer is torn";
    }
    const named = code === undefined ? "" : ` ${code}`;
    switch (status) {
        case undefined:
            return code === undefined ? `it failed (${(error as Error).name})` : `the connection failed (${code})`;
        case 403:
            return `access is denied (403${named})`;
        case 429:
            return `Resource Graph is throttled, and stayed so (429${named})`;
        default:
            return `Resource Graph answered ${status}${named}`;
    }
}

function statusOf(error: unknown): number | undefined {
    const { statusCode } = error as { readonly statusCode?: unknown };
    return typeof statusCode === "number" ? statusCode : undefined;
}

/** A code is one word; anything else is not repeated. */
function codeOf(error: unknown): string | undefined {
    const { code } = error as { readonly code?: unknown };
    return typeof code === "string" && /^[A-Za-z_]{1,60}$/.test(code) ? code : undefined;
}
