// Plays Azure Resource Graph on this machine: checks the token, picks the rows of a query's table and of the subscriptions
// asked for, and gives them out page by page. It runs no query, so a test gives the rows that the audit's queries would find.
// Whatever else a test wants to happen, it answers itself.
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import type { ResourceGraphClientOptionalParams } from "@azure/arm-resourcegraph";
import { connectAzure, type AskGraph } from "../../src/inventory/resource-graph";

export const TOKEN = "eyJ0eXAiOiJKV1QifQ.c2VjcmV0LW9mLXRoZS10ZXN0.c2lnbmF0dXJl";

export interface GraphCall {
    readonly table: Table;
    readonly subscriptions: readonly string[] | undefined;
    readonly managementGroups: readonly string[] | undefined;
    readonly skipToken: string | undefined;
    readonly top: number;
    readonly query: string;
    readonly at: number;
}

/** What tells the queries of the inventory apart. */
const TABLES = {
    subscriptions: "microsoft.resources/subscriptions",
    machines: "microsoft.compute/virtualmachines",
    vaults: "microsoft.recoveryservices/vaults'",
    backupItems: "/protecteditems'",
    diskBackups: "/backupinstances'",
    replicatedItems: "/replicationprotecteditems'",
    recoveryPlans: "/replicationrecoveryplans'",
} as const;

/** A table of the inventory, or a query of the audit. */
type Table = keyof typeof TABLES | `audit/${string}`;

const ONLY_SUBSCRIPTIONS = /^\| where subscriptionId in~ \((.*)\)\n/m;

/** Those to which a query itself is narrowed. */
function subscriptionsIn(query: string): readonly string[] | undefined {
    const [, list] = ONLY_SUBSCRIPTIONS.exec(query) ?? [];
    return list?.split(", ").map((id) => id.slice(1, -1).toLowerCase());
}

/** The same for a query as its file has it, and as settings, a scope or ids have changed it. */
function shapeOf(query: string): string {
    return query
        .replace(ONLY_SUBSCRIPTIONS, "")
        .split("\n")
        .filter((line) => !line.startsWith("//"))
        .join("\n")
        .trim()
        .replace(/in \('[^)]*\)/g, "in ()")
        .replace(/= ('.*'|true|false|\d+)$/gm, "= …");
}

const QUERIES = path.join(__dirname, "..", "..", "src", "audit", "queries");

const AUDITED: ReadonlyMap<string, `audit/${string}`> = new Map(
    readdirSync(QUERIES).map((file) => [
        shapeOf(readFileSync(path.join(QUERIES, file), "utf8")),
        `audit/${path.parse(file).name}` as const,
    ]),
);

/** True where it has answered. */
export type Misbehaviour = (call: GraphCall, response: ServerResponse) => boolean;

export interface GraphServer {
    readonly calls: GraphCall[];
    readonly rows: Partial<Record<Table, readonly unknown[]>>;
    readonly ask: () => Promise<AskGraph>;
    readonly close: () => Promise<void>;
    misbehave: Misbehaviour;
    pageSize: number;
    /** Headers of good answers. */
    headers: Readonly<Record<string, string>>;
}

export async function resourceGraphServer(rows: GraphServer["rows"]): Promise<GraphServer> {
    const calls: GraphCall[] = [];
    const server = createServer((request, response) => {
        void read(request).then((call) => {
            calls.push(call);
            if (request.headers.authorization !== `Bearer ${TOKEN}`) {
                send(response, 401, failure("AuthenticationFailed"));
            } else if (!playing.misbehave(call, response)) {
                send(response, 200, page(call, playing), playing.headers);
            }
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const playing: GraphServer = {
        calls,
        rows,
        misbehave: () => false,
        pageSize: 1000,
        headers: {},
        ask: () =>
            connectAzure("public", credential, {
                retryOptions: { maxRetries: 2, retryDelayInMs: 1 },
                additionalPolicies: [{ policy: redirected(port), position: "perRetry" }],
            }),
        close: () => {
            server.closeAllConnections();
            return new Promise((resolve) => server.close(() => resolve()));
        },
    };
    return playing;
}

const credential = {
    getToken: (scopes: string | string[]) => {
        expect(scopes).toEqual(["https://management.azure.com/.default"]);
        return Promise.resolve({ token: TOKEN, expiresOnTimestamp: Date.now() + 3_600_000 });
    },
};

type Policy = NonNullable<ResourceGraphClientOptionalParams["additionalPolicies"]>[number]["policy"];

/** The client takes a token only for https; what it has made ready goes to the server behind its back. */
function redirected(port: number): Policy {
    return {
        name: "toThisMachine",
        sendRequest: (request, next) => {
            request.url = request.url.replace("https://management.azure.com", `http://127.0.0.1:${port}`);
            request.allowInsecureConnection = true;
            return next(request);
        },
    };
}

async function read(request: IncomingMessage): Promise<GraphCall> {
    const parts: Buffer[] = [];
    for await (const part of request) {
        parts.push(part as Buffer);
    }
    const body = JSON.parse(Buffer.concat(parts).toString()) as {
        query: string;
        subscriptions?: string[];
        managementGroups?: string[];
        options: { $skipToken?: string; $top: number };
    };
    const table =
        AUDITED.get(shapeOf(body.query)) ??
        (Object.keys(TABLES) as (keyof typeof TABLES)[]).find((name) => body.query.includes(TABLES[name]));
    if (table === undefined || !(request.url ?? "").startsWith("/providers/Microsoft.ResourceGraph/resources?")) {
        throw new Error(`Not a question that the server knows: ${request.url ?? ""} ${body.query}`);
    }
    const { subscriptions, managementGroups, query, options } = body;
    return {
        table,
        subscriptions,
        managementGroups,
        query,
        skipToken: options.$skipToken,
        top: options.$top,
        at: Date.now(),
    };
}

function page(call: GraphCall, { rows, pageSize }: GraphServer): unknown {
    const scopes = [call.subscriptions, subscriptionsIn(call.query)].filter((each) => each !== undefined);
    const all = (rows[call.table] ?? []).filter((row) => {
        const { subscriptionId } = (row ?? {}) as { subscriptionId?: unknown };
        return (
            typeof subscriptionId !== "string" || scopes.every((scope) => scope.includes(subscriptionId.toLowerCase()))
        );
    });
    const from = Number(call.skipToken ?? 0);
    const data = all.slice(from, from + pageSize);
    const more = from + pageSize < all.length;
    return {
        totalRecords: all.length,
        count: data.length,
        resultTruncated: "false",
        data,
        facets: [],
        ...(more ? { $skipToken: String(from + pageSize) } : {}),
    };
}

export function failure(code: string, message = "said the server"): unknown {
    return { error: { code, message } };
}

export function send(
    response: ServerResponse,
    status: number,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
): true {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
    return true;
}
