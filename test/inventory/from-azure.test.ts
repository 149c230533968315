import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import tty from "node:tty";
import { inventoryFromAzure, type FromAzureOptions } from "../../src/cli/commands/inventory-from-azure";
import { UsageError } from "../../src/cli/usage-error";
import type { Inventory } from "../../src/inventory/document";
import { readAzure } from "../../src/inventory/from-azure";
import type { AzureScope } from "../../src/inventory/azure-subscriptions";
import type { GraphProgress } from "../../src/inventory/graph-pages";
import { connectAzure } from "../../src/inventory/resource-graph";
import { failure, resourceGraphServer, send, TOKEN, type GraphServer } from "./resource-graph-server";

const QUERIES = path.join(__dirname, "..", "..", "src", "inventory", "queries");
const A = "aaaaaaaa-0000-4000-8000-000000000001";
const B = "bbbbbbbb-0000-4000-8000-000000000002";
const C = "cccccccc-0000-4000-8000-000000000003";

const subscription = (id: string): unknown => ({ id: `/subscriptions/${id}`, subscriptionId: id });
const group = (id: string): string => `/subscriptions/${id}/resourceGroups/estate/providers`;
const vmId = (id: string, name: string): string => `${group(id)}/Microsoft.Compute/virtualMachines/${name}`;
const vm = (id: string, name: string): unknown => ({ id: vmId(id, name), subscriptionId: id, dataDisks: [] });
const vaultId = (id: string): string => `${group(id)}/Microsoft.RecoveryServices/vaults/safe`;
const vault = (id: string): unknown => ({
    id: vaultId(id),
    subscriptionId: id,
    type: "microsoft.recoveryservices/vaults",
});

let server: GraphServer;

beforeEach(async () => {
    server = await resourceGraphServer({
        subscriptions: [A, B, C].map(subscription),
        machines: [A, B, C].flatMap((id) => [vm(id, "web"), vm(id, "db")]),
        vaults: [A, B, C].map(vault),
    });
});

afterEach(async () => {
    // A module that a test has stood in for is loaded anew.
    jest.resetModules();
    await server.close();
});

async function read(scope: Partial<AzureScope> = {}, progress: GraphProgress[] = []): Promise<Inventory> {
    return readAzure({
        ask: await server.ask(),
        scope: { subscriptions: [], managementGroups: [], ...scope },
        queryNamed: (name) => readFileSync(path.join(QUERIES, `${name}.kql`), "utf8"),
        progress: (each) => progress.push(each),
        now: new Date("2026-11-22T21:04:05.678Z"),
        pause: 1,
    });
}

const problems = ({ sources }: Inventory): Readonly<Record<string, string | undefined>> =>
    Object.fromEntries(sources.map(({ name, problem }) => [name, problem]));
const names = ({ machines }: Inventory): readonly string[] => machines.map(({ id }) => id);
const asked = (table: string): readonly (readonly string[] | undefined)[] =>
    server.calls.filter((call) => call.table === table).map(({ subscriptions }) => subscriptions);

describe("what is read", () => {
    test("is all that the identity may read, with a source for each subscription", async () => {
        const inventory = await read();
        expect(inventory.sources).toEqual(
            [A, B, C].map((id) => ({
                kind: "azure",
                name: `subscription ${id}`,
                readAt: "2026-11-22T21:04:05Z",
            })),
        );
        expect(inventory.vaults.map(({ id, source }) => [id, source])).toEqual([
            [vaultId(A), 0],
            [vaultId(B), 1],
            [vaultId(C), 2],
        ]);
        expect(inventory.machines).toHaveLength(6);
        expect(server.calls[0]).toMatchObject({ table: "subscriptions", subscriptions: undefined });
    });

    test("comes page by page, and progress is told", async () => {
        server.pageSize = 2;
        const progress: GraphProgress[] = [];
        const inventory = await read({}, progress);
        expect(names(inventory)).toEqual([A, B, C].flatMap((id) => [vmId(id, "web"), vmId(id, "db")]));
        const calls = server.calls.filter(({ table }) => table === "machines");
        expect(calls.map(({ skipToken }) => skipToken)).toEqual([undefined, "2", "4"]);
        expect(calls.every(({ top }) => top === 1000)).toBe(true);
        expect(new Set(calls.map(({ query }) => query)).size).toBe(1);
        expect(calls[0]?.query).toMatch(/order by id asc$/);
        expect(calls[0]?.query).not.toContain("//");
        expect(progress.map(({ pages }) => pages)).toEqual(server.calls.map((_, index) => index + 1));
        expect(progress.at(-1)).toMatchObject({ table: "recovery plans", rows: 12 });
    });

    test("counts a row once that two pages have", async () => {
        server.rows.machines = [vm(A, "web"), vm(A, "WEB"), vm(A, "db")];
        expect(names(await read())).toEqual([vmId(A, "WEB"), vmId(A, "db")]);
    });

    test("is asked for in groups of subscriptions", async () => {
        const many = Array.from(
            { length: 150 },
            (_, at) => `${String(at).padStart(8, "0")}-0000-4000-8000-000000000000`,
        );
        server.rows.subscriptions = many.map(subscription);
        await read();
        expect(asked("vaults").map((each) => each?.length)).toEqual([100, 50]);
    });

    test("is what management groups and subscriptions hold together", async () => {
        server.rows.subscriptions = [A, B].map(subscription);
        const inventory = await read({ managementGroups: ["landing-zones"], subscriptions: [A.toUpperCase()] });
        expect(server.calls[0]).toMatchObject({ managementGroups: ["landing-zones"], subscriptions: undefined });
        expect(server.calls[1]).toMatchObject({ table: "subscriptions", subscriptions: [A] });
        expect(inventory.sources.map(({ name }) => name)).toEqual([A, B].map((id) => `subscription ${id}`));
        expect(asked("machines")).toEqual([[A, B]]);
    });
});

describe("a service that is throttled", () => {
    test.each([
        ["Retry-After", { "Retry-After": "1" }],
        ["its own header", { "x-ms-user-quota-remaining": "0", "x-ms-user-quota-resets-after": "00:00:01" }],
    ])("is asked again after the time in %s", async (_, headers) => {
        let turnedAway = 0;
        server.misbehave = ({ table }, response) =>
            table === "machines" && turnedAway++ === 0 && send(response, 429, failure("RateLimiting"), headers);
        const inventory = await read();
        expect(problems(inventory)).toEqual(problems({ ...inventory, sources: inventory.sources.map(withoutProblem) }));
        expect(inventory.machines).toHaveLength(6);
        const [first, second] = server.calls.filter(({ table }) => table === "machines");
        expect(second!.at - first!.at).toBeGreaterThanOrEqual(990);
    });

    test("is not asked before its quota is there again", async () => {
        server.misbehave = ({ table }) => {
            server.headers =
                table === "vaults"
                    ? { "x-ms-user-quota-remaining": "0", "x-ms-user-quota-resets-after": "00:00:01" }
                    : { "x-ms-user-quota-remaining": "9", "x-ms-user-quota-resets-after": "00:00:05" };
            return false;
        };
        await read();
        const at = server.calls.findIndex(({ table }) => table === "vaults");
        expect(server.calls[at + 1]!.at - server.calls[at]!.at).toBeGreaterThanOrEqual(990);
        expect(server.calls.at(-1)!.at - server.calls[at + 1]!.at).toBeLessThan(900);
    });

    test("is told where it stays so", async () => {
        server.misbehave = ({ table }, response) =>
            table === "machines" && send(response, 429, failure("RateLimiting"), { "Retry-After": "0" });
        const inventory = await read({ subscriptions: [A] });
        expect(problems(inventory)).toEqual({
            [`subscription ${A}`]: "VMs: Resource Graph is throttled, and stayed so (429 RateLimiting)",
        });
        expect(inventory.vaults).toHaveLength(1);
    });
});

const withoutProblem = (source: Inventory["sources"][number]): Inventory["sources"][number] => {
    const { problem: _, ...rest } = source;
    return rest;
};

describe("what cannot be read", () => {
    test("is told of a subscription that is refused, and the others go on", async () => {
        server.misbehave = ({ table, subscriptions }, response) =>
            table !== "subscriptions" &&
            subscriptions?.includes(B) === true &&
            send(response, 403, failure("AuthorizationFailed"));
        const inventory = await read();
        expect(problems(inventory)).toEqual({
            [`subscription ${A}`]: undefined,
            [`subscription ${B}`]: "VMs: access is denied (403 AuthorizationFailed)",
            [`subscription ${C}`]: undefined,
        });
        expect(names(inventory)).toEqual([A, C].flatMap((id) => [vmId(id, "web"), vmId(id, "db")]));
        // Once refused, it is not asked for again.
        expect(asked("vaults")).toEqual([[A, C]]);
    });

    test("is told of a subscription that Resource Graph leaves out in silence", async () => {
        server.rows.subscriptions = [subscription(A)];
        const inventory = await read({ subscriptions: [A, B] });
        expect(problems(inventory)).toEqual({
            [`subscription ${A}`]: undefined,
            [`subscription ${B}`]: expect.stringContaining("does not show it to this identity") as string,
        });
        expect(asked("machines")).toEqual([[A]]);
    });

    test("is told of a management group", async () => {
        server.misbehave = ({ managementGroups }, response) =>
            managementGroups?.[0] === "closed" && send(response, 403, failure("AuthorizationFailed"));
        const inventory = await read({ managementGroups: ["closed", "open"] });
        expect(problems(inventory)["management group closed"]).toBe(
            "its subscriptions: access is denied (403 AuthorizationFailed)",
        );
        expect(inventory.machines).toHaveLength(6);
    });

    test("is told of a tenant without a subscription, and an empty subscription is just empty", async () => {
        server.rows.subscriptions = [];
        const tenant = await read();
        expect(problems(tenant)).toEqual({
            tenant: expect.stringContaining("shows this identity no subscription") as string,
        });
        expect(server.calls).toHaveLength(1);
        server.rows.subscriptions = [subscription("eeeeeeee-0000-4000-8000-000000000005")];
        const empty = await read();
        expect(empty.machines).toEqual([]);
        expect(empty.sources).toHaveLength(1);
        expect(empty.sources[0]).not.toHaveProperty("problem");
    });

    test("is told of a tenant with more subscriptions than are looked at", async () => {
        server.headers = { "x-ms-tenant-subscription-limit-hit": "true" };
        expect(problems(await read())["tenant"]).toBe(
            "it has more subscriptions than Resource Graph looks at in one question",
        );
    });

    test("is told of rows that are malformed, with their table and number", async () => {
        server.rows.machines = [
            vm(A, "web"),
            { id: vmId(A, "db"), subscriptionId: A, osDisk: 7 },
            { id: vmId(A, "app"), subscriptionId: A, osDisk: ["x"] },
            null,
            vm(B, "web"),
        ];
        server.rows.replicatedItems = [{ id: "no id", subscriptionId: C }];
        const inventory = await read();
        expect(names(inventory)).toEqual([vmId(A, "web"), vmId(B, "web")]);
        expect(problems(inventory)).toEqual({
            [`subscription ${A}`]: 'VMs, row 2: "osDisk" is a number, not a text. (and 1 more such rows)',
            [`subscription ${B}`]: undefined,
            [`subscription ${C}`]: 'replicated items, row 1: "id" is no resource id.',
            "Resource Graph": "VMs, row 4: it is null, not an object.",
        });
    });

    test.each([
        ["cut off", (response: Response) => void response.writeHead(200, { "content-length": "900" }).write('{"tot')],
        ["half", (response: Response) => void send(response, 200, '{"totalRecords": 1, "data": [{"id"')],
        ["foreign", (response: Response) => void send(response, 200, { welcome: "to the proxy" })],
    ])("is told of an answer that stays %s, and asked for again before", async (kind, answer) => {
        let torn = 0;
        let isHealed = true;
        server.misbehave = ({ table }, response) => {
            if (table !== "machines" || (isHealed && torn > 0)) {
                return false;
            }
            torn++;
            answer(response);
            if (kind === "cut off") {
                setTimeout(() => response.destroy(), 20);
            }
            return true;
        };
        const healed = await read();
        expect(healed.machines).toHaveLength(6);
        expect(healed.sources.every(({ problem }) => problem === undefined)).toBe(true);
        isHealed = false;
        const broken = await read({ subscriptions: [A] });
        const reason = kind === "foreign" ? "what answered is not Resource Graph" : "the answer is torn";
        expect(problems(broken)).toEqual({ [`subscription ${A}`]: `VMs: ${reason}` });
        expect(torn).toBe(4);
        expect(broken.vaults).toHaveLength(1);
    });

    test("is told of a connection that stays dropped, and tried again before", async () => {
        let drops = 0;
        let most = 1;
        server.misbehave = ({ table }, response) => {
            if (table !== "machines" || drops >= most) {
                return false;
            }
            drops++;
            response.destroy();
            return true;
        };
        expect((await read()).machines).toHaveLength(6);
        most = Infinity;
        expect(problems(await read({ subscriptions: [A] }))).toEqual({
            [`subscription ${A}`]: "VMs: the connection failed (ECONNRESET)",
        });
    });

    test("is told of rows that are cut short, in the subscription that is too large", async () => {
        server.misbehave = ({ table, subscriptions }, response) =>
            table === "machines" &&
            subscriptions?.includes(C) === true &&
            send(response, 200, {
                totalRecords: 5000,
                count: 1,
                resultTruncated: "true",
                data: [vm(C, "web")],
                facets: [],
            });
        const inventory = await read();
        expect(problems(inventory)).toEqual({
            [`subscription ${A}`]: undefined,
            [`subscription ${B}`]: undefined,
            [`subscription ${C}`]: "VMs: Resource Graph has 5000 rows and gave 1, not all of them",
        });
        expect(inventory.machines).toHaveLength(4);
    });
});

type Response = Parameters<GraphServer["misbehave"]>[1];

describe("the command", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "inventory-"));
    const output = path.join(folder, "inventory.json");
    afterAll(() => rmSync(folder, { recursive: true }));

    async function run(
        options: Partial<FromAzureOptions> = {},
    ): Promise<{ code: number; said: string; wrote: Inventory }> {
        let said = "";
        const stderr = jest.spyOn(process.stderr, "write").mockImplementation((text) => {
            said += String(text);
            return true;
        });
        try {
            const code = await inventoryFromAzure({ cloud: "public", output, ...options }, () => server.ask());
            return { code, said, wrote: JSON.parse(readFileSync(output, "utf8")) as Inventory };
        } finally {
            stderr.mockRestore();
        }
    }

    test("writes the inventory", async () => {
        const { code, said, wrote } = await run();
        expect(code).toBe(0);
        expect(wrote.machines).toHaveLength(6);
        expect(said).toMatch(
            /6 VMs, 0 backup items, 0 disk backups, 0 replicated items, 3 vaults and 0 recovery plans, read in \d+ s\./,
        );
    });

    test("tells its progress every fifty pages, and on one line where somebody watches", async () => {
        server.pageSize = 1;
        server.rows.machines = Array.from({ length: 120 }, (_, at) => vm(A, `web-${at}`));
        const isatty = jest.spyOn(tty, "isatty").mockReturnValue(true);
        const watched = await run();
        expect(watched.said).toContain("\r\u001b[KReading VMs: 8 rows on 8 pages so far\r\u001b[KReading VMs: 9");
        expect(watched.said.split("\n")).toHaveLength(2);
        isatty.mockReturnValue(false);
        const { said } = await run();
        isatty.mockRestore();
        expect(said.match(/^Reading .*$/gm)).toEqual([
            "Reading VMs: 50 rows on 50 pages so far",
            "Reading VMs: 100 rows on 100 pages so far",
        ]);
    });

    test("fails where something could not be read, unless that is accepted, and writes what was", async () => {
        server.misbehave = ({ table, subscriptions }, response) =>
            table === "vaults" && subscriptions?.includes(B) === true && send(response, 403, failure("Forbidden"));
        const { code, said, wrote } = await run();
        expect(code).toBe(4);
        expect(said).toContain(`Not read, or not wholly: subscription ${B}: vaults: access is denied (403 Forbidden)`);
        expect(wrote.vaults).toHaveLength(2);
        expect(await run({ allowIncomplete: true })).toMatchObject({ code: 0 });
    });

    test.each<[string, GraphServer["misbehave"]]>([
        ["all goes well", () => false],
        ["the answer repeats it", (_, response) => send(response, 403, failure(TOKEN, `Bearer ${TOKEN} is denied`))],
        [
            "the answer is torn around it",
            ({ table }, response) => table === "vaults" && send(response, 200, `{"you sent": "${TOKEN}"`),
        ],
        ["the connection drops", (_, response) => !!response.destroy()],
        ["a row holds it", ({ table }, response) => table === "vaults" && send(response, 200, rowWith(TOKEN))],
    ])("shows the token to nobody where %s", async (_, misbehave) => {
        server.misbehave = misbehave;
        const { said } = await run();
        expect(said).not.toContain(TOKEN);
        expect(readFileSync(output, "utf8")).not.toContain(TOKEN);
    });

    const rowWith = (text: string): unknown => ({
        totalRecords: 1,
        count: 1,
        resultTruncated: "false",
        data: [{ id: `/${text}`, subscriptionId: A }],
    });

    test("says how to sign in where there is no token, and not what the identity platform said", async () => {
        const refused = Object.assign(new Error(`AADSTS7000215: invalid secret ${TOKEN}`), {
            name: "AuthenticationError",
        });
        const asking = inventoryFromAzure({ cloud: "public", output }, () =>
            connectAzure("public", { getToken: () => Promise.reject(refused) }),
        );
        await expect(asking).rejects.toThrow(UsageError);
        await expect(asking).rejects.toThrow(/^Azure gave no token \(AADSTS7000215\)\. Sign in with az login/);
        await expect(asking).rejects.not.toThrow(TOKEN);
    });

    test.each(["@azure/arm-resourcegraph", "@azure/identity"])("says what to install where %s is not", async (name) => {
        jest.doMock(name, () => {
            throw Object.assign(new Error(`Cannot find module '${name}'`), { code: "MODULE_NOT_FOUND" });
        });
        try {
            await expect(inventoryFromAzure({ cloud: "public" })).rejects.toThrow(
                `${name} is not installed. Reading Azure Resource Graph needs it: npm install @azure/arm-resourcegraph@5 @azure/identity@4`,
            );
        } finally {
            jest.dontMock(name);
        }
    });

    test.each([
        ["public", "https://login.microsoftonline.com", "https://management.azure.com"],
        ["usgov", "https://login.microsoftonline.us", "https://management.usgovcloudapi.net"],
        ["china", "https://login.chinacloudapi.cn", "https://management.chinacloudapi.cn"],
    ] as const)("asks the %s cloud with a token of its own", async (cloud, authorityHost, endpoint) => {
        const scopes: (string | string[])[] = [];
        const DefaultAzureCredential = jest.fn(() => ({
            getToken: (scope: string | string[]) => {
                scopes.push(scope);
                return Promise.resolve({ token: TOKEN, expiresOnTimestamp: Date.now() + 3_600_000 });
            },
        }));
        jest.doMock("@azure/identity", () => ({ DefaultAzureCredential }));
        try {
            let url = "";
            const ask = await connectAzure(cloud, undefined, {
                retryOptions: { maxRetries: 0 },
                additionalPolicies: [
                    {
                        position: "perRetry",
                        policy: {
                            name: "stop",
                            sendRequest: (request) => {
                                url = request.url;
                                return Promise.reject(new Error("far enough"));
                            },
                        },
                    },
                ],
            });
            await expect(ask({ query: "resources" })).rejects.toThrow("far enough");
            expect(DefaultAzureCredential).toHaveBeenCalledWith({ authorityHost });
            expect(scopes).toEqual([[`${endpoint}/.default`]]);
            expect(url).toMatch(`${endpoint}/providers/Microsoft.ResourceGraph/resources?api-version=`);
        } finally {
            jest.dontMock("@azure/identity");
        }
    });
});
